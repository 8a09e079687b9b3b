"""What a line of text may become: a short list under it while somebody types, which never takes the typing over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)
from typing_extensions import override

from desktop.ui.kit.palette_rows import Result, RowDelegate
from desktop.ui.kit.theme import px

_LEAST_SEEN, _MOST_SEEN = 3, 7
_ROLE = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class Suggesting(QObject):
    """Arrows walk the list, Enter takes, Esc closes it. Free text stays free: nothing is chosen until somebody does,
    unless `is_picking`, where the line is there for nothing else and Enter takes the first.
    """

    chosen = Signal(object)
    """The key of the result."""

    def __init__(self, line: QLineEdit, ask: Callable[[str], Sequence[Result]], *, is_picking: bool = False) -> None:
        super().__init__(line)
        self._line, self._ask, self._is_picking = line, ask, is_picking
        self._list: _List | None = None
        line.textEdited.connect(self._on_typed)
        line.installEventFilter(self)

    def is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def shown(self) -> tuple[Result, ...]:
        return self._list.results() if self._list is not None and self.is_open() else ()

    def close(self) -> None:
        if self._list is not None:
            self._list.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self.is_open() and event.key() == Qt.Key.Key_Escape:
            event.accept()  # it closes the list before it leaves the page
            return True
        return event.type() == QEvent.Type.KeyPress and self._on_key(Qt.Key(event.key()))

    def _on_key(self, key: Qt.Key) -> bool:
        if not self.is_open() or self._list is None:
            if key == Qt.Key.Key_Down and self._line.text().strip():
                self._on_typed(self._line.text())
                return self.is_open()
            return False
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in _STEPS:
            self._list.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.currentItem() is not None:
            self._take(self._list.currentItem())
        else:
            return False
        return True

    def _on_typed(self, text: str) -> None:
        found = () if self._line.isReadOnly() else tuple(self._ask(text))
        if not found:
            self.close()
            return
        if self._list is None or self._list.parent() is not self._line.window():
            self._list = _List(self._line)
            self._list.itemClicked.connect(self._take)
        self._list.show_results(found, text, chooses_first=self._is_picking)
        self._list.place_under(self._line)

    def _take(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(_ROLE).key)


class _List(QListWidget):
    """Lies over the page, inside the window; the keyboard stays in the line."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line.window())
        self.setProperty("kind", "suggestions")
        self.setItemDelegate(_Rows(self))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(line)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(f"Suggestions for {line.accessibleName()}")
        self.hide()
        line.destroyed.connect(self.deleteLater)
        self._line = line
        line.window().installEventFilter(self)
        around = line.parentWidget()
        while around is not None and not isinstance(around, QAbstractScrollArea):
            around = around.parentWidget()
        if isinstance(around, QAbstractScrollArea):
            around.verticalScrollBar().valueChanged.connect(self._follow)

    def results(self) -> tuple[Result, ...]:
        return tuple(self.item(at).data(_ROLE) for at in range(self.count()))

    def show_results(self, results: Sequence[Result], text: str, *, chooses_first: bool) -> None:
        self.clear()
        for result in results:
            item = QListWidgetItem(result.words(), self)
            item.setData(_ROLE, result)
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.query = text
        self.setCurrentRow(0 if chooses_first else -1)
        self._tell(f"{len(results)} suggestions")

    def place_under(self, line: QLineEdit) -> None:
        """Under the line, shorter where there is less room; over it only where not even a few rows fit below."""
        window = line.window()
        wanted = self._height_of(_MOST_SEEN)
        room = window.height() - line.mapTo(window, QPoint(0, line.height())).y() - px(8)
        height = min(wanted, room) if room >= min(wanted, self._height_of(_LEAST_SEEN)) else wanted
        width = max(line.width(), min(px(480), window.width() - px(24)))
        below = line.mapTo(window, QPoint(0, line.height() + px(2)))
        top = below.y() if below.y() + height <= window.height() else below.y() - line.height() - height - px(4)
        left = max(0, min(below.x(), window.width() - width - px(8)))
        self.setGeometry(left, max(0, top), width, height)
        self.show()
        self.raise_()
        self.scrollToTop()

    def _height_of(self, rows: int) -> int:
        return sum(self.sizeHintForRow(row) for row in range(min(self.count(), rows))) + px(6)

    def step(self, by: int) -> None:
        """Up from the first row is back in the line, with nothing chosen."""
        row = self.currentRow() + by
        self.setCurrentRow(-1 if row < 0 else min(row, self.count() - 1))
        if (item := self.currentItem()) is not None:
            self.scrollToItem(item)
            self._tell(item.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """The page was scrolled: the list stays with its line as long as that is seen."""
        if self.isVisible() and self._line.visibleRegion().isEmpty():
            self.hide()
        elif self.isVisible():
            self.place_under(self._line)

    def _tell(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


class _Rows(RowDelegate):
    """As in the palette, but closer: it lies over what somebody is filling in."""

    side = 12

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(48 if index.data(_ROLE).detail else 32))


def suggest_texts(line: QLineEdit, ask: Callable[[str], Sequence[Result]]) -> Suggesting:
    """A line of free text; what is chosen stands there as if it had been typed."""
    suggesting = Suggesting(line, ask)

    def take(text: Any) -> None:
        line.setText(str(text))
        line.textEdited.emit(line.text())
        suggesting.close()

    suggesting.chosen.connect(take)
    return suggesting
