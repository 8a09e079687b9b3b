"""The cards under an operation: the matrices and drains it put in beside the devices, and the patient's imaging."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.operation_parts import OperationParts, PartRow
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px


class PartsCards(QWidget):
    """Rows are walked with the arrows, Enter opens one. Each signal carries a number, or None for a new one."""

    matrix_asked = Signal(object)
    drain_asked = Signal(object)
    imaging_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        self.matrix_button = self._adding("Add matrix or mesh", "add_matrix", self.matrix_asked)
        self.drain_button = self._adding("Add drain", "add_drain", self.drain_asked)
        self.imaging_button = self._adding("Add imaging", "add_imaging", self.imaging_asked)
        self._put_in, self._imaging = WalkedList(), WalkedList()
        put_in = Card("Also put in", self.matrix_button)
        put_in.trail(self.drain_button)
        put_in.add(self._put_in)
        put_in.body.addStretch(1)
        imaging = Card("Imaging of this patient", self.imaging_button)
        imaging.add(self._imaging)
        imaging.body.addStretch(1)
        row.addWidget(put_in, 1)
        row.addWidget(imaging, 1)

    def show_parts(self, parts: OperationParts, *, is_saved: bool, may_edit: bool) -> None:
        for each in (self.matrix_button, self.drain_button):
            each.setVisible(may_edit and is_saved)
        self.imaging_button.setVisible(may_edit)
        self._put_in.clear()
        self._add(self._put_in, parts.matrices, self.matrix_asked)
        self._add(self._put_in, parts.drains, self.drain_asked)
        if not parts.matrices and not parts.drains:
            nothing = "No matrix, mesh or drain is recorded for this operation."
            self._put_in.add(Text(nothing if is_saved else "Save the operation first.", "muted", wrap=True))
        self._imaging.clear()
        self._add(self._imaging, parts.imaging, self.imaging_asked)
        if not parts.imaging:
            self._imaging.add(Text("No imaging is recorded.", "muted", wrap=True))

    def _add(self, to: WalkedList, rows: Iterable[PartRow], asked: SignalInstance) -> None:
        for part in rows:
            line = _PartLine(part)
            line.opened.connect(lambda number=part.id: asked.emit(number))
            to.add(line)

    def _adding(self, words: str, name: str, asked: SignalInstance) -> Button:
        made = button(words, icon="add")
        made.setObjectName(name)
        made.clicked.connect(lambda: asked.emit(None))
        made.hide()
        return made


class _PartLine(PickRow):
    """RIGHT or LEFT as a word in its colour, what it is, and what is known of it."""

    def __init__(self, part: PartRow) -> None:
        words = f"{part.side.label}: {part.title}"
        super().__init__(". ".join(filter(None, (words, part.detail))))
        self.setObjectName("part")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_S), px(6), px(SPACE_S), px(6))
        row.setSpacing(px(SPACE_S))
        side = Text(part.side.label, "strong", tone=part.side.label.lower())
        side.setMinimumWidth(px(52))
        row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(1))
        column.addWidget(Text(part.title, "body", wrap=True))
        if part.detail:
            column.addWidget(Text(part.detail, "muted", wrap=True))
        row.addLayout(column, 1)
