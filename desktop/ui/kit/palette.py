"""How anyone and anything is found: an overlay with one line to type in, grouped answers and nothing but keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.cards import Divider
from desktop.ui.kit.palette_rows import Heading, Result, RowDelegate
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import font, px, theme

__all__ = ["Palette", "Result"]
_ROOT = QModelIndex()


@dataclass(frozen=True)
class _Ticket:
    number: int
    text: str


class _Rows(QAbstractListModel):
    """The answers with a heading before each group."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Heading | Result] = []

    def show(self, results: Sequence[Result]) -> None:
        self.beginResetModel()
        self._rows, group = [], None
        for result in results:
            if result.group != group:
                group = result.group
                self._rows.append(Heading(group))
            self._rows.append(result)
        self.endResetModel()

    def at(self, row: int) -> Heading | Result:
        return self._rows[row]

    def choosable(self) -> list[int]:
        return [row for row, each in enumerate(self._rows) if isinstance(each, Result)]

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words()
        return None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Palette(QWidget):
    """Covers its window. `ask(text, ticket)` is called at every key; answers come back by `show_results(ticket, …)`,
    and an answer to an older question is dropped."""

    chosen = Signal(object, bool)
    """The key of the result, and whether Ctrl was held."""
    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        ask: Callable[[str, int], object],
        *,
        hint: str = "Name, phone, date of birth, record number, serial — or what you want to do",
        footer: str = "↑↓ choose · Enter open · Ctrl+Enter open in recovery · Esc close",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._ask, self._ticket = ask, _Ticket(0, "")
        self._answered = 0
        self._entered: bool | None = None
        self._came_from: QWidget | None = None
        self.setAccessibleName("Find anyone, do anything")
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "card")
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.line = QLineEdit()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName("Search")
        self.line.setMaxLength(200)
        self.line.setTextMargins(px(20), px(15), px(20), px(15))
        self.line.textChanged.connect(self._changed)
        self.line.installEventFilter(self)
        self._rows = _Rows(self)
        self.list = QListView()
        self.list.setProperty("kind", "results")
        self.list.setModel(self._rows)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Results")
        self.list.clicked.connect(lambda index: self._choose(index.row(), alternative=False))
        self.nothing = Text("", tone="muted", wrap=True)
        self.nothing.setContentsMargins(px(20), px(14), px(20), px(14))
        self.nothing.hide()
        foot = Text(footer, "muted", elide=True)
        foot.setContentsMargins(px(20), px(8), px(20), px(12))
        for widget in (self.line, Divider(), self.nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(foot)
        self.hide()
        window.installEventFilter(self)

    def open(self, text: str = "") -> None:
        """Appear over the window with this already typed, and ask."""
        self._came_from = QApplication.focusWidget()
        self._fit()
        letters = font("title")
        letters.setPixelSize(px(17))
        letters.setWeight(letters.Weight.Normal)
        self.line.setFont(letters)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.line.text() == text:
            self._changed(text)
        else:
            self.line.setText(text)

    def close_palette(self) -> None:
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None
        self.closed.emit()

    def show_results(self, ticket: int, results: Sequence[Result]) -> None:
        if ticket != self._ticket.number or not self.isVisible():
            return
        delegate = self.list.itemDelegate()
        assert isinstance(delegate, RowDelegate)
        delegate.query = self._ticket.text
        self._rows.show(results)
        choosable = self._rows.choosable()
        asked = self._ticket.text
        self.nothing.setText(f"Nothing found for “{asked}”. Try a part of it: a few letters, or the last digits.")
        self.nothing.setVisible(not choosable and bool(asked.strip()))
        self._answered = ticket
        if choosable:
            self._go_to(choosable[0])
            self.list.scrollToTop()
        if self._entered is not None:
            self._enter(self._entered)

    def current(self) -> Result | None:
        index = self.list.currentIndex()
        row = self._rows.at(index.row()) if index.isValid() else None
        return row if isinstance(row, Result) else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut of the screen underneath may act while the palette is open
                return True
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(theme().text if theme().name == "light" else theme().rail)
        veil.setAlphaF(0.36 if theme().name == "light" else 0.62)
        QPainter(self).fillRect(self.rect(), veil)

    def _key(self, event: QKeyEvent) -> bool:
        key, rows = Qt.Key(event.key()), self._rows.choosable()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._enter(bool(held))
        elif key in steps:
            if rows:
                here = self.list.currentIndex().row()
                at = rows.index(here) if here in rows else 0
                self._go_to(rows[max(0, min(len(rows) - 1, at + steps[key]))])
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def _enter(self, held: bool) -> None:
        """Choose among the answers to what stands in the line; while they are on their way, wait for them."""
        self._entered = None if self._answered == self._ticket.number else held
        if self._entered is None:
            self._choose(self.list.currentIndex().row(), alternative=held)

    def _changed(self, text: str) -> None:
        self._entered = None
        self._ticket = _Ticket(self._ticket.number + 1, text)
        self._ask(text, self._ticket.number)

    def _go_to(self, row: int) -> None:
        index = self._rows.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self.line.setAccessibleDescription(self._rows.at(row).words())

    def _choose(self, row: int, *, alternative: bool) -> None:
        result = self._rows.at(row) if row in self._rows.choosable() else None
        if isinstance(result, Result):
            self.close_palette()
            self.chosen.emit(result.key, alternative)

    def _fit(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(px(680), window.width() - px(48))
        height = min(px(520), window.height() - px(64))
        top = min(px(110), (window.height() - height) // 2)
        self.panel.setGeometry((window.width() - width) // 2, top, width, height)
