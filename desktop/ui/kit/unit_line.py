"""A line of text with its unit inside its right end, painted: a label for each would cost as much as the line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from desktop.ui.kit.theme import font, px, theme


class UnitLine(QLineEdit):
    """What is typed ends before the unit."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit
        self.setTextMargins(0, 0, QFontMetrics(font("muted")).horizontalAdvance(unit) + px(4), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(font("muted"))
        painter.setPen(QColor(theme().muted))
        room = QRectF(self.rect()).adjusted(0, 0, -px(12), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
