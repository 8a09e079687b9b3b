"""Every patient, found while typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.dates import show_date
from desktop.services.patient import LIST_PAGE, PatientRow, find_patients
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.tables import Column, ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px


def _name(row: PatientRow) -> str:
    return f"{row.list_name}  (formerly {row.former_name})" if row.former_name else row.list_name


COLUMNS = (
    Column("Name", _name),
    Column("Born", lambda row: show_date(row.birth_date), 130),
    Column("Record", lambda row: row.record_number, 110),
    Column("Phone", lambda row: row.phone, 170),
    Column("Open today", lambda row: row.open_today, 170),
)


def _fetch(session: Any, text: str, after: PatientRow | None) -> tuple[PatientRow, ...]:
    return find_patients(session, text, after.key if after else None)


class _SearchLine(QLineEdit):
    """Typing stays here; the arrows walk the list below, Enter opens."""

    table: ListTable

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.table.keyPressEvent(event)
            return
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
        self.search.setPlaceholderText("Name, former name, phone, date of birth or record number")
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
        self.search.textChanged.connect(self.model.search)
        self.table.opened.connect(lambda row: self.went.emit(Place("patient", self.model.row(row).id)))
        self.model.loaded.connect(self._on_loaded)

    @override
    def refresh(self) -> None:
        self.model.refresh()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _on_loaded(self) -> None:
        shown = self.model.rowCount()
        empty = self.nobody if not self.search.text().strip() else self.no_match
        self._stack.setCurrentWidget(self.table if shown else empty)
        more = " or more; scroll or type more" if shown >= LIST_PAGE else ""
        noun = "patient" if shown == 1 else "patients"
        self.count.setText(f"{shown} {noun}{more} · ↑↓ choose · Enter opens" if shown else "")
