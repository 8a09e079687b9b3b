"""What needs somebody's attention: a mark, a sentence, and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, Tone, px, theme


@dataclass(frozen=True)
class AttentionPoint:
    text: str
    detail: str = ""
    tone: Tone = "warning"


class _Point(QWidget):
    def __init__(self, point: AttentionPoint, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), 0, 0, 0)
        column.setSpacing(0)
        self._text = Text("", "strong", wrap=True, parent=self)
        self._detail = Text("", "muted", wrap=True, parent=self)
        column.addWidget(self._text)
        column.addWidget(self._detail)
        self.show_point(point)

    def show_point(self, point: AttentionPoint) -> None:
        self._tone = point.tone
        self._text.setText(point.text)
        self._detail.setText(point.detail)
        self._detail.setHidden(not point.detail)
        self.setAccessibleName(f"{point.text}. {point.detail}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().words_of(self._tone)))
        painter.drawEllipse(QPointF(px(6), px(9)), px(5), px(5))


class AttentionList(QWidget):
    def __init__(self, points: Sequence[AttentionPoint] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(SPACE_M))
        self._column.addStretch(1)
        self._made: list[_Point] = []
        self.show_points(points)

    def show_points(self, points: Sequence[AttentionPoint]) -> None:
        """Those made before are filled anew: to dress a widget takes longer than all that is said in it."""
        for made in self._made[len(points) :]:
            made.hide()
        for at, point in enumerate(points):
            if at < len(self._made):
                self._made[at].show_point(point)
                self._made[at].show()
            else:
                made = _Point(point, self)
                self._made.append(made)
                self._column.insertWidget(at, made)
