"""What happened and when, newest first, as a quiet line with a dot for each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import Tone, paint_focus_ring, px, theme


@dataclass(frozen=True)
class HistoryEntry:
    """`when` is written out already. `filled` is False for what is told rather than recorded here. An entry with a
    `key` can be opened."""

    when: str
    title: str
    detail: str = ""
    tone: Tone = "neutral"
    filled: bool = True
    key: str = ""

    def words(self) -> str:
        return ". ".join(part for part in (self.when, self.title, self.detail) if part)


class HistoryRow(QWidget):
    """One event; the line at its left joins it to its neighbours."""

    opened = Signal(str)

    def __init__(self, entry: HistoryEntry, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._entry, self._is_first, self._is_last = entry, is_first, is_last
        self.setAccessibleName(entry.words())
        if entry.key:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(26), px(2), px(4), px(18 if not is_last else 4))
        column.setSpacing(px(1))
        self._when = Text(entry.when, "muted", tabular=True)
        column.addWidget(self._when)
        column.addWidget(Text(entry.title, "strong", wrap=True))
        if entry.detail:
            column.addWidget(Text(entry.detail, "muted", wrap=True))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, radius = theme(), px(5.5)
        x, y = px(8) + 0.5, self._when.geometry().center().y() + 1.0
        painter.setPen(QPen(QColor(colours.line), px(2)))
        if not self._is_first:
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        if not self._is_last:
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        tone = colours.faint if self._entry.tone == "neutral" else colours.words_of(self._entry.tone)
        painter.setPen(QPen(QColor(tone), px(2)))
        painter.setBrush(QColor(tone if self._entry.filled else colours.surface))
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius).adjusted(1, 1, -1, -1))
        if self.hasFocus():
            bottom = px(14 if not self._is_last else 0)
            paint_focus_ring(painter, QRectF(px(20), 1, self.width() - px(22), self.height() - bottom - 2), px(6))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._entry.key)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._entry.key and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._entry.key)


class HistoryList(QWidget):
    opened = Signal(str)
    """The key of the entry somebody opened."""

    def __init__(self, entries: Sequence[HistoryEntry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, entry in enumerate(entries):
            row = HistoryRow(entry, is_first=at == 0, is_last=at == len(entries) - 1)
            row.opened.connect(self.opened)
            self._column.addWidget(row)
        if not entries:
            self._column.addWidget(Text("Nothing recorded yet.", "muted", wrap=True))
        self._column.addStretch(1)
