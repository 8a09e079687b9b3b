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
    def __init__(self, point: AttentionPoint) -> None:
        super().__init__()
        self._tone = point.tone
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(point.text, "strong", wrap=True))
        if point.detail:
            column.addWidget(Text(point.detail, "muted", wrap=True))
        self.setAccessibleName(f"{point.text}. {point.detail}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().words_of(self._tone)))
        painter.drawEllipse(QPointF(px(6), px(9)), px(5), px(5))


class AttentionList(QWidget):
    def __init__(self, points: Sequence[AttentionPoint], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        for point in points:
            column.addWidget(_Point(point))
        column.addStretch(1)
