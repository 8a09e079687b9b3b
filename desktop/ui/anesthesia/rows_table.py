"""The rows of a list as they were typed, and the table that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from desktop.forms.anesthesia import TimedRowsField
from desktop.forms.form import ChoiceField, Field, TextField
from desktop.models.choices import Choice
from desktop.rules.reading import Unreadable
from desktop.ui.kit.theme import font, px

_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Reader(Protocol):
    """Reads and writes one kind of answer; the editor of a field is one."""

    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...

    def typed(self) -> Any: ...

    def retype(self, typed: Any) -> None: ...


class ChoiceReader:
    """A closed list is read without a box of its own."""

    def __init__(self, choices: type[Choice]) -> None:
        self._choices, self._code = choices, ""

    def value(self) -> Choice | None:
        return self._choices.from_code(self._code) if self._code else None

    def set_value(self, value: Choice | None) -> None:
        self._code = value.value if value else ""

    def typed(self) -> str:
        return self._code

    def retype(self, typed: Any) -> None:
        self._code = str(typed)


class TypedRow:
    """One row as it was typed, and what that means on the day of the note."""

    def __init__(self, record_id: int | None, typed: Mapping[str, Any]) -> None:
        self.record_id = record_id
        self.typed = dict(typed)
        self._read_for: Any = self
        self._values: dict[str, Any] = {}
        self._unreadable: Unreadable | None = None

    def values(self, readers: Mapping[str, Reader], day: Any) -> dict[str, Any]:
        """What was typed, as values; raises `Unreadable`. Times are read anew when the day of the note changes."""
        if self._read_for is self or self._read_for != day:
            self._read_for, self._unreadable, self._values = day, None, {}
            for name, reader in readers.items():
                try:
                    reader.retype(self.typed.get(name, ""))
                    self._values[name] = reader.value()
                except Unreadable as problem:
                    self._unreadable = self._unreadable or problem
        if self._unreadable is not None:
            raise self._unreadable
        return {"id": self.record_id} | self._values

    def known(self) -> Mapping[str, Any]:
        """What could be read, for showing it."""
        return self._values


class RowsModel(QAbstractTableModel):
    def __init__(self, field: TimedRowsField) -> None:
        super().__init__()
        self._columns = field.columns
        self.rows: Sequence[TypedRow] = ()

    def show_rows(self, rows: Sequence[TypedRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        column, row = self._columns[index.column()], self.rows[index.row()]
        shown = shown_cell(column, row)
        return f"{column.label}: {shown}" if role == Qt.ItemDataRole.AccessibleTextRole else shown

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        column = self._columns[section]
        unit = getattr(column, "unit", "")
        return f"{column.label}\n{unit}" if unit else column.label


def shown_cell(column: Field[Any], row: TypedRow) -> str:
    """A choice by its label; everything else as it was typed, because that is what it was read from."""
    value, typed = row.known().get(column.name), row.typed.get(column.name, "")
    return column.show(value) if value is not None and hasattr(value, "label") else str(typed)


class RowsTable(QTableView):
    """Enter opens a row for change, Delete takes it out; letters go on to the screen, where they begin an entry."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, model: RowsModel, columns: Sequence[Field[Any]]) -> None:
        super().__init__()
        self._shares = [_share(column) for column in columns]
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(font("body", tabular=True))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(32))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(px(30))
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.chosen.emit(row)
        elif row >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row)
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for at, share in enumerate(self._shares):
            self.setColumnWidth(at, int(width * share / sum(self._shares)))

    def fit(self) -> None:
        """As tall as its rows, so that nothing scrolls inside a page that scrolls."""
        rows = self.model().rowCount()
        self.setVisible(rows > 0)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * px(32) + 2 * self.frameWidth() + 4)


def _share(column: Field[Any]) -> float:
    """How much of the width a column takes: words need more than numbers."""
    if isinstance(column, ChoiceField):
        longest = max(len(choice.label) for choice in column.choices)
        return 2.6 if longest > 16 else 1.2
    return 2.6 if isinstance(column, TextField) else max(1, len(column.label) / 8)
