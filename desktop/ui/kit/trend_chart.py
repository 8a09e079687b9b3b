"""How one grade or measurement changed from visit to visit: a picture, walked by the arrows, and the same in words."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.rules.trend import Trend
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.theme import font, paint_focus_ring, px, theme
from desktop.ui.kit.trend_drawing import TrendDrawing, day_words


class TrendChart(QWidget):
    """Left and Right walk from visit to visit; the one under the line is written out below."""

    def __init__(self, trend: Trend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend = trend
        self._days = sorted({reading.on for line in trend.lines for reading in line.readings})
        self._at = len(self._days) - 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(px(260), px(150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(trend.subject.title)
        self.setAccessibleDescription(". ".join(line.words for line in trend.lines if line.words))

    def day(self) -> dt.date:
        """The visit the keyboard stands on; the newest at first."""
        return self._days[self._at]

    def detail(self) -> str:
        return day_words(self._trend, self.day())

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(420), px(196))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._days) - 1
        steps = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        to = steps.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
            return
        self._at = to
        self._tell()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            bring_into_view(self)
        self._tell()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = px(18)
        room = QRectF(self.rect()).adjusted(px(6), px(6), -px(6), -px(4) - foot)
        TrendDrawing(room, self._trend).paint(painter, self.day() if self.hasFocus() else None)
        if self.hasFocus():
            painter.setFont(font("muted", tabular=True))
            painter.setPen(QColor(theme().text))
            box = QRectF(room.left() + px(46), room.bottom(), room.width() - px(46), foot)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.detail())
            paint_focus_ring(painter, QRectF(1, 1, self.width() - 2, self.height() - 2))

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._trend.subject.title}, {self.detail()}")
        self.update()
