"""What is in each breast and what was found there: the front view of a person facing us, and the same in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.kit.chest_drawing import paint_chest
from desktop.ui.kit.chest_side import ChestSide
from desktop.ui.kit.theme import px, theme

__all__ = ["ChestDiagram", "ChestSide", "paint_chest"]


class ChestDiagram(QWidget):
    """The patient's right is on the left of the screen, and labelled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._right, self._left = ChestSide(), ChestSide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(px(200), px(200))
        self.setAccessibleName("Chest diagram")
        self.setAccessibleDescription(self.words())

    def set_sides(self, right: ChestSide, left: ChestSide) -> None:
        self._right, self._left = right, left
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        return f"Patient RIGHT: {self._right.words()}. Patient LEFT: {self._left.words()}."

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(400), px(400))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chest(painter, QRectF(self.rect()), self._right, self._left, theme())
