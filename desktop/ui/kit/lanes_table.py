"""The facts of the timeline as a table: read by those who cannot see the bars, copied as text by everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget
from typing_extensions import override

from desktop.ui.kit.tables import Column, ColumnsModel, Index, ListTable
from desktop.ui.kit.theme import px


class FactsModel(ColumnsModel):
    """Rows that are all known; each cell is a text, which is also what is spoken and copied."""

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def text_of(self, numbers: Sequence[int]) -> str:
        """With the headings, a tab between the cells: as a spreadsheet and a letter take it."""
        lines = [[column.title for column in self._columns]]
        lines += [[column.show(self._rows[number]) for column in self._columns] for number in numbers]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        column = self._columns[index.column()]
        words = column.show(self._rows[index.row()])
        return words if role == Qt.ItemDataRole.DisplayRole else f"{column.title}: {words or 'nothing'}"


class FactsTable(ListTable):
    """Whole rows are chosen, several with Shift; Ctrl+C copies them as text. Long words break, so none is cut."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        self.facts = FactsModel(columns)
        super().__init__(self.facts, columns, parent)
        self.facts.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(True)
        self.setMinimumHeight(px(200))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(px(32))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # a history is short

    def copy(self) -> None:
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(self.facts.text_of(chosen))

    @override
    def sizeHintForRow(self, row: int) -> int:
        return super().sizeHintForRow(row) + px(12)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)
