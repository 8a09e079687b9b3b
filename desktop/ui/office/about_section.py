"""Which Reprise this is, under which licence, and on whose work it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from desktop.services.practice import is_demo
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px
from desktop.ui.office.libraries import libraries
from desktop.ui.office.section import OfficeSection
from desktop.version import VERSION

_LICENCE = "Free software under the MIT licence: use, change and share it. It comes without any warranty."
_KEPT = "The records are on this computer alone, in one encrypted store that only a password or the sheet opens."
_DEMO = "This is the demo practice. Its patients are invented."
_HEADINGS = ("Library", "Version", "Licence")


class AboutSection(OfficeSection):
    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.version = Text(f"Reprise {VERSION}", "heading")
        self.kept = Text(_KEPT, wrap=True)
        card = Card()
        for each in (self.version, Text(_LICENCE, wrap=True), self.kept):
            card.add(each)
        self.table = _table()
        others = Card("It stands on the work of others")
        others.add(self.table, 1)
        self.column.addWidget(card)
        self.column.addWidget(others, 1)

    @override
    def refresh(self) -> None:
        self.background.read(self, is_demo, done=lambda demo: self.kept.setText(_DEMO if demo else _KEPT))
        if self.table.rowCount():
            return
        found = libraries()
        self.table.setRowCount(len(found))
        for row, library in enumerate(found):
            for column, words in enumerate((library.name, library.version, library.licence)):
                self.table.setItem(row, column, QTableWidgetItem(words))


def _table() -> QTableWidget:
    made = QTableWidget(0, len(_HEADINGS))
    made.setHorizontalHeaderLabels(list(_HEADINGS))
    made.setAccessibleName("Libraries and their licences")
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(px(30))
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    made.setColumnWidth(0, px(200))
    made.setColumnWidth(1, px(110))
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return made
