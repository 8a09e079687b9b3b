"""Signing the note: asked once with what it does not say, and afterwards who signed it and what was added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.rules.dates import show_date, show_time
from desktop.services.anesthesia import AddendumLine, KnownFacts
from desktop.ui.anesthesia.facts_card import FactsCard
from desktop.ui.anesthesia.told import Line
from desktop.ui.kit.buttons import button
from desktop.ui.kit.theme import SPACE_S, px


class SignQuestion(FactsCard):
    """Whom the note is about, what is not in it, and what signing does. The keyboard stands on "Not yet"."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Sign and lock this note?")
        self.no = button("Not yet")
        self.no.setObjectName("sign.no")
        self.yes = button("Sign and lock", icon="sign")
        self.yes.setObjectName("sign.yes")
        self.no.clicked.connect(lambda: self._answer(False))
        self.yes.clicked.connect(lambda: self._answer(True))
        self._row = QHBoxLayout()
        self._row.setSpacing(px(SPACE_S))
        self._row.addWidget(self.no)
        self._row.addWidget(self.yes)
        self._row.addStretch(1)
        self.add(self._row)  # buttons without a parent would outlive the card
        self.hide()

    def ask(self, known: KnownFacts, signs_as: str, lacking: Sequence[str]) -> None:
        born = f"born {show_date(known.birth_date)}, record {known.record_number}"
        lines = [
            Line(known.full_name, "strong"),
            Line(born, "muted"),
            Line(f"You sign as {signs_as}. After that nothing in the note can be changed; additions stand below it."),
        ]
        if lacking:
            lines.append(Line(f"Not recorded: {', '.join(lacking)}.", "warning"))
        self.body.removeItem(self._row)
        self.tell(lines)
        self.add(self._row)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, signs: bool) -> None:
        self.hide()
        self.answered.emit(signs)


class SignatureCard(FactsCard):
    """Who signed, when, and the addenda in the order in which they were written."""

    def __init__(self) -> None:
        super().__init__("Signed")
        self.hide()

    def show_signature(self, by: str, at: dt.datetime, addenda: Sequence[AddendumLine]) -> None:
        lines = [Line(f"{by} · {_moment(at)}", "strong"), Line("Nothing in the note can be changed.", "muted")]
        for each in addenda:
            lines += [
                Line(each.text, "pair", f"Addendum · {_moment(each.added_at)}"),
                Line(f"{each.author} · because: {each.reason}", "muted"),
            ]
        self.tell(lines)
        self.show()


def _moment(at: dt.datetime) -> str:
    return f"{show_date(at.astimezone().date())} {show_time(at)}"
