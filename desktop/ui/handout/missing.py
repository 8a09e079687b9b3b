"""What a page still lacks, each with the way to where it is filled in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.handout import CHECKLIST, MEDICINE, SURGEON, SURGERY_MOVED
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Divider
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px

_PLACES = (
    # The beginning of a field's name, the place where it is filled in, and what its button says.
    (CHECKLIST, "recovery", "Recovery"),
    (SURGERY_MOVED, "recovery", "Recovery"),
    (SURGEON, "revision", "Revision plan"),
    (MEDICINE, "details", "Medicines"),
    ("devices", "history", "Prior surgery & implants"),
    ("practice", "office", "Practice settings"),
    ("patient", "details", "Patient's details"),
    ("surgery", "revision", "Revision plan"),
    ("recovery.responsible_adult", "details", "Patient's details"),
    ("recovery.call_temperature", "board", "Recovery board"),
    ("recovery", "recovery", "Recovery"),
    ("days", "recovery", "Recovery"),
    ("red_flags", "board", "Recovery board"),
)


class MissingFacts(QWidget):
    """`asked` carries the name of a place."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(px(SPACE_M))

    def show_missing(self, missing: Mapping[str, str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._column.addWidget(Text("The page cannot be printed yet", "heading"))
        self._column.addWidget(
            Text("A blank on paper could be read as “nothing to do”. These facts are missing:", wrap=True)
        )
        for name, sentence in missing.items():
            self._column.addWidget(Divider())
            self._column.addWidget(self._line(name, sentence))
        self._column.addStretch(1)

    def _line(self, name: str, sentence: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addWidget(AttentionList([AttentionPoint(sentence)]), 1)
        place, label = next(((p, words) for start, p, words in _PLACES if name.startswith(start)), ("", ""))
        if place:
            go = button(label, icon="next")
            go.setObjectName(f"go {name}")
            go.setAccessibleName(f"{label}: {sentence}")
            go.clicked.connect(lambda: self.asked.emit(place))
            row.addWidget(go)
        return made
