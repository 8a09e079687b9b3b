"""Show a long list a page at a time; rows come from a service in the order of a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from desktop.ui.kit.background import Background
from desktop.ui.kit.theme import font, px

_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    title: str
    show: Callable[[Any], str]
    width: int = 0
    """Pixels at 100 %; 0 takes what is left."""


class ColumnsModel(QAbstractTableModel):
    """Rows of which each column shows a text."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[Any] = []

    def row(self, number: int) -> Any:
        return self._rows[number]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return self._columns[index.column()].show(self._rows[index.row()])

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._columns[section].title if role == Qt.ItemDataRole.DisplayRole else None


class RowsModel(ColumnsModel):
    """A list short enough to be held whole."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()


class PagedModel(ColumnsModel):
    """`fetch(session, text, after)` returns the page of rows behind the row `after`, at most `page` of them.

    A new text drops the answers to the old one; the next page is asked for only when the view comes near the end.
    """

    loaded = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        background: Background,
        fetch: Callable[..., Sequence[Any]],
        page: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._background, self._fetch, self._page = background, fetch, page
        self._text = ""
        self._ticket = self._answered = 0
        self._waiting = False
        self._ended = False

    def search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def refresh(self) -> None:
        self._ticket += 1
        self._ask(None)

    def is_answered(self) -> bool:
        """Whether the rows are those of the text that was searched for last."""
        return self._answered == self._ticket

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._waiting and not self._ended and bool(self._rows)

    @override
    def fetchMore(self, parent: Index) -> None:
        self._ask(self._rows[-1])

    def _ask(self, after: Any) -> None:
        self._waiting = True
        ticket = self._ticket
        self._background.ask(
            self, self._fetch, self._text, after, done=lambda rows: self._show(rows, after is None, ticket)
        )

    def _show(self, rows: Sequence[Any], is_first: bool, ticket: int) -> None:
        if ticket != self._ticket:
            return
        self._waiting = False
        self._ended = len(rows) < self._page
        if is_first:
            self._answered = ticket
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif rows:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self.loaded.emit()


class ListTable(QTableView):
    """A calm table: whole rows, no grid, Enter opens."""

    opened = Signal(int)

    def __init__(self, model: QAbstractTableModel, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(font("body", tabular=True))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(40))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for at, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, px(column.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelReset.connect(self._select_first)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _select_first(self) -> None:
        if self.model().rowCount():
            self.selectRow(0)
