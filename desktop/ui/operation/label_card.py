"""What the text of a label says, in words: who issued it, every part of it, and what the catalogue knows."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.exchange.read_label import Outcome
from desktop.rules.label import NAMES, label_facts, show_fact, show_raw
from desktop.services.label import LabelReading
from desktop.ui.kit.cards import Card, FactPair, Pill, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, Tone, px

OUTCOMES: dict[Outcome, tuple[str, Tone]] = {
    Outcome.READ: ("read", "good"),
    Outcome.DOUBTFUL: ("read in part", "warning"),
    Outcome.CHECK_WRONG: ("check character wrong", "danger"),
    Outcome.NOT_READ: ("could not be read", "danger"),
}
_LINE = 16
"""After so many characters a text without blanks may go on in the next line."""


def breakable(text: str) -> str:
    """The same letters, with places where a line may end that nobody sees: a label knows no blanks."""
    words = text.split(" ")
    return " ".join("\u200b".join(word[at : at + _LINE] for at in range(0, len(word), _LINE)) for word in words)


class LabelCard(Card):
    def __init__(self) -> None:
        super().__init__("What the label says")
        self._pill: Pill | None = None
        self._said: QWidget | None = None
        self.raw = Text("", "heading", wrap=True, tabular=True)
        self.raw.setObjectName("raw")
        box = SunkenBox()
        box.add(Text("EVERY CHARACTER AS IT CAME; ␝ (GS) IS A SEPARATOR", "caption", wrap=True))
        box.add(self.raw)
        self.add(box)

    def show_reading(self, reading: LabelReading, today: dt.date) -> None:
        read = reading.read
        shown = show_raw(read.raw)
        self.raw.setText(breakable(shown))
        self.raw.setAccessibleName(shown)
        for old in (self._pill, self._said):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._pill = Pill(*OUTCOMES[read.outcome])
        self.trail(self._pill)
        self._said = _Said(reading, today)
        self.add(self._said)


class _Said(QWidget):
    def __init__(self, reading: LabelReading, today: dt.date) -> None:
        super().__init__()
        read = reading.read
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(SPACE_L))
        grid.setVerticalSpacing(px(SPACE_S))
        line = 0
        for problem in read.problems:
            tone = "warning" if problem.outcome is Outcome.DOUBTFUL else "danger"
            grid.addWidget(Text(problem.message, "body", wrap=True, tone=tone), line, 0, 1, 2)
            line += 1
        pairs = [FactPair("Issued by", read.issuer.label)] if read.issuer else []
        pairs += [self._fact(name, fact, today) for name, fact in label_facts(read).items()]
        if read.quantity is not None:
            pairs.append(FactPair("Pieces", str(read.quantity)))
        for at, pair in enumerate(pairs):
            grid.addWidget(pair, line + at // 2, at % 2)
        line += (len(pairs) + 1) // 2
        if read.parts:
            parts = " · ".join(f"{part.title} ({part.code}): {show_raw(part.text)}" for part in read.parts)
            grid.addWidget(Text(breakable(f"As it stands: {parts}"), "muted", wrap=True), line, 0, 1, 2)
            line += 1
        if read.device_identifier is not None:
            known = ", ".join(filter(None, (reading.product, reading.product_detail)))
            words = f"Catalogue: {known}" if known else "The catalogue does not know this product."
            grid.addWidget(Text(words, "body", wrap=True), line, 0, 1, 2)
            line += 1
        for remark in read.remarks:
            grid.addWidget(Text(remark, "muted", wrap=True), line, 0, 1, 2)
            line += 1
        for column in (0, 1):
            grid.setColumnStretch(column, 1)

    @staticmethod
    def _fact(name: str, fact: object, today: dt.date) -> FactPair:
        caption = "usable through" if name == "expires_on" else NAMES[name]
        is_expired = name == "expires_on" and isinstance(fact, dt.date) and fact < today
        words = f"{show_fact(fact)} · expired by today" if is_expired else show_fact(fact)
        pair = FactPair(caption[:1].upper() + caption[1:], words)
        if is_expired:
            pair.value.set_tone("warning")
        return pair
