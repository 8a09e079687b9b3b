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

    def __init__(self, entry: HistoryEntry, *, is_first: bool, is_last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(px(1))
        self._when = Text("", "muted", tabular=True, parent=self)
        self._title = Text("", "strong", wrap=True, parent=self)
        self._detail = Text("", "muted", wrap=True, parent=self)
        for each in (self._when, self._title, self._detail):
            self._column.addWidget(each)
        self._fill(entry, is_first, is_last)

    def show_entry(self, entry: HistoryEntry, *, is_first: bool, is_last: bool) -> None:
        """Tell another event in the same place; what is told already is left alone."""
        if (entry, is_first, is_last) != (self._entry, self._is_first, self._is_last):
            self._fill(entry, is_first, is_last)
            self.update()

    def _fill(self, entry: HistoryEntry, is_first: bool, is_last: bool) -> None:
        self._entry, self._is_first, self._is_last = entry, is_first, is_last
        self._column.setContentsMargins(px(26), px(2), px(4), px(18 if not is_last else 4))
        self.setAccessibleName(entry.words())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if entry.key else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if entry.key else Qt.CursorShape.ArrowCursor)
        self._when.setText(entry.when)
        self._title.setText(entry.title)
        self._detail.setText(entry.detail)
        self._detail.setHidden(not entry.detail)

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
        self._rows: list[HistoryRow] = []
        self._nothing = Text("Nothing recorded yet.", "muted", wrap=True, parent=self)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Rows are filled anew rather than made anew: to dress a widget takes longer than all that is said in it."""
        for row in self._rows[len(entries) :]:
            row.hide()
            row.deleteLater()
        del self._rows[len(entries) :]
        for at, entry in enumerate(entries):
            is_first, is_last = at == 0, at == len(entries) - 1
            if at < len(self._rows):
                self._rows[at].show_entry(entry, is_first=is_first, is_last=is_last)
            else:
                self._add_row(HistoryRow(entry, is_first=is_first, is_last=is_last, parent=self))
        self._nothing.setHidden(bool(entries))

    def _add_row(self, row: HistoryRow) -> None:
        row.opened.connect(self.opened)
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
