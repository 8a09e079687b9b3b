"""Says on the assessment where a swelling is a late seroma, on what that rests, and leads to its work-up."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.late_seroma import state_words
from desktop.services.seroma_work_up import Seroma
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px
from desktop.ui.revision.work_up.words import headline


class WorkUpLine(QWidget):
    """Shows nothing where there is nothing to tell."""

    asked = Signal(object)
    """The `Side` whose work-up somebody wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        self.lines = {side: _SideLine(side, self) for side in Side}
        for side, line in self.lines.items():
            line.open.clicked.connect(lambda _checked=False, side=side: self.asked.emit(side))
            column.addWidget(line)
        self.show_seromas({})

    def show_seromas(self, seromas: Mapping[Side, Seroma]) -> None:
        for side, line in self.lines.items():
            line.setVisible(side in seromas)
            if side in seromas:
                line.show_seroma(seromas[side])
        self.setVisible(bool(seromas))


class _SideLine(Card):
    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.title = Text("", "strong", tone="warning", wrap=True)
        self.basis = Text("", "muted", wrap=True)
        self.state = Text("", "body", wrap=True)
        self.open = button("Work-up …")
        self.open.setObjectName(f"work_up_{side.label.lower()}")
        self.open.setAccessibleName(f"Late seroma work-up, {side.label}")
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for text in (self.title, self.basis, self.state):
            words.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_L))
        row.addLayout(words, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(row)

    def show_seroma(self, seroma: Seroma) -> None:
        self.title.setText(headline(seroma.late))
        self.basis.setText(seroma.late.words())
        self.state.setText(state_words(seroma.work_up.values))
        self.open.setAccessibleDescription(f"{seroma.late.words()} {state_words(seroma.work_up.values)}")
