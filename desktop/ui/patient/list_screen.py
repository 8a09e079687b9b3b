"""Every patient, found while typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_date
from desktop.services.search import LIST_PAGE, PatientRow, find_patients
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.tables import Column, ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px


def _name(row: PatientRow) -> str:
    return f"{row.list_name}  (formerly {row.former_name})" if row.former_name else row.list_name


def _found_by(row: PatientRow) -> str:
    """The name stands beside it, and says itself that it was found."""
    return "" if row.why == "name" else row.why


COLUMNS = (
    Column("Name", _name),
    Column("Found by", _found_by, 230),
    Column("Born", lambda row: show_date(row.birth_date), 130),
    Column("Record", lambda row: row.record_number, 110),
    Column("Phone", lambda row: row.phone, 170),
    Column("Open today", lambda row: row.open_today, 170),
)


_FOUND_BY = 1
"""The column that says why, while there is more to say than that the name matches."""


def _fetch(session: Any, text: str, after: PatientRow | None) -> tuple[PatientRow, ...]:
    return find_patients(session, text, after.key if after else None)


class _SearchLine(QLineEdit):
    """Typing stays here; the arrows walk the list below, Enter opens."""

    entered = Signal()
    table: ListTable

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class PatientListScreen(Screen):
    watches = frozenset({"patient", "revision_case", "revision_plan", "recovery_checklist"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        self.search = _SearchLine()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(
            "Name, former name, phone, date of birth, record number, serial or week of surgery"
        )
        self.search.setAccessibleName("Search patients")
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_L))
        head.addWidget(Text("Patients", "title"))
        head.addWidget(self.search, 1)
        column.addLayout(head)
        self.model = PagedModel(COLUMNS, background, _fetch, LIST_PAGE, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName("Patients. Enter opens")
        self.table.setColumnHidden(_FOUND_BY, True)
        self.search.table = self.table
        register = button("Register a patient", icon="add_patient")
        register.clicked.connect(lambda: self.went.emit(Place("register")))
        self.nobody = EmptyState("No patient is registered yet.", register)
        self.no_match = EmptyState("Nobody matches. Check the spelling, or type a part of it.")
        card = Card()
        self._stack = QStackedWidget()
        for page in (self.table, self.nobody, self.no_match):
            self._stack.addWidget(page)
        card.add(self._stack, 1)
        column.addWidget(card, 1)
        self.count = Text("", "muted")
        column.addWidget(self.count)
        self._opens_when_found = False
        self._chosen_id: int | None = None
        self.search.textChanged.connect(self._search)
        self.search.entered.connect(self._open_found)
        self.table.opened.connect(self._open)
        self.model.loaded.connect(self._on_loaded)

    @override
    def refresh(self) -> None:
        """Read again; whoever was chosen stays chosen, wherever the line stands now."""
        if self.model.is_answered():
            row = self.table.currentIndex().row()
            self._chosen_id = self.model.row(row).id if row >= 0 else None
        self.model.refresh()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _search(self, text: str) -> None:
        self._opens_when_found = False
        self._chosen_id = None
        self.model.search(text)

    def _open_found(self) -> None:
        """Enter asks for somebody whom the typed text finds, not for who stood there before it was answered."""
        self._opens_when_found = not self.model.is_answered()
        if not self._opens_when_found and self.table.currentIndex().isValid():
            self._open(self.table.currentIndex().row())

    def _open(self, row: int) -> None:
        self.went.emit(Place("patient", self.model.row(row).id))

    def _choose_again(self) -> None:
        """Nobody is chosen when the one who was is not among the rows any more."""
        at = (row for row in range(self.model.rowCount()) if self.model.row(row).id == self._chosen_id)
        self.table.setCurrentIndex(self.model.index(next(at, -1), 0))
        self._chosen_id = None

    def _on_loaded(self) -> None:
        shown = self.model.rowCount()
        says_why = any(_found_by(self.model.row(number)) for number in range(min(shown, LIST_PAGE)))
        self.table.setColumnHidden(_FOUND_BY, not says_why)
        if self._chosen_id is not None:
            self._choose_again()
        empty = self.nobody if not self.search.text().strip() else self.no_match
        self._stack.setCurrentWidget(self.table if shown else empty)
        more = " or more; scroll or type more" if shown >= LIST_PAGE else ""
        noun = "patient" if shown == 1 else "patients"
        self.count.setText(f"{shown} {noun}{more} · ↑↓ choose · Enter opens" if shown else "")
        if self._opens_when_found:
            self._open_found()
