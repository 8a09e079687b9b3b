"""Everything the office waits for, the most overdue first and in words: records, specimens and warranties."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.permission import Verb, may
from desktop.services.handout import Issued
from desktop.services.outstanding import PAGE as OUTSTANDING_PAGE
from desktop.services.outstanding import Outstanding
from desktop.services.records_request import PAGE, RequestRow, remind
from desktop.ui.chasing.lists import (
    OUTSTANDING_COLUMNS,
    REQUEST_COLUMNS,
    WaitingTable,
    fetch_outstanding,
    fetch_requests,
)
from desktop.ui.chasing.patient_page import CLOSE
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.printing import print_pdf
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.tables import ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px

REQUESTS, OUTSTANDING = "requests", "outstanding"
KEYS = {
    REQUESTS: "↑↓ choose · Enter opens her records · P prints a reminder · C closes",
    OUTSTANDING: "↑↓ choose · Enter opens the operation",
}
NOTHING = {
    REQUESTS: "Nobody is asked for records at present. A request is made from a patient's records, with Ctrl+R.",
    OUTSTANDING: "No specimen waits for its result, and no warranty waits to be claimed.",
}
NOT_YOURS = "Your role includes none of what is chased here."


class ChasingScreen(Screen):
    watches = frozenset({"records_request", "removal", "specimen", "patient"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.print_bytes = print_pdf
        self._arrives = True
        self.requests = PagedModel(REQUEST_COLUMNS, background, fetch_requests, PAGE, self)
        self.outstanding = PagedModel(OUTSTANDING_COLUMNS, background, fetch_outstanding, OUTSTANDING_PAGE, self)
        self.requests_table = WaitingTable(self.requests)
        self.requests_table.setAccessibleName(f"Requests for records. {KEYS[REQUESTS]}")
        self.requests_table.opened.connect(lambda row: self._open_request(row))
        self.requests_table.closing_asked.connect(lambda row: self._open_request(row, CLOSE))
        self.requests_table.reminder_asked.connect(self._remind)
        self.outstanding_table = ListTable(self.outstanding, OUTSTANDING_COLUMNS)
        self.outstanding_table.setAccessibleName(f"Specimens and warranties. {KEYS[OUTSTANDING]}")
        self.outstanding_table.opened.connect(self._open_operation)
        lists = {
            REQUESTS: ("Records", Verb.CHASE_RECORDS, self.requests, self.requests_table),
            OUTSTANDING: ("Specimens and warranties", Verb.VIEW_CASE, self.outstanding, self.outstanding_table),
        }
        self._lists = {key: each for key, each in lists.items() if may(background.actor.roles, each[1])}
        self.which = Segmented("What is chased", [(key, words) for key, (words, *_rest) in self._lists.items()])
        self.which.set_value(next(iter(self._lists), None))
        self.which.changed.connect(self._choose)
        self.nothing = EmptyState(NOT_YOURS)
        self._stack = QStackedWidget()
        for page in (self.requests_table, self.outstanding_table, self.nothing):
            self._stack.addWidget(page)
        self.count = Text("", "muted")
        self.keys = Text("", "muted")
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_L))
        head.addWidget(Text("To chase", "title"))
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.count)
        card = Card()
        card.add(self._stack, 1)
        self.messages = MessageBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addWidget(self.keys)
        column.addWidget(self.messages)
        for _words, _verb, model, _table in self._lists.values():
            model.loaded.connect(self._show)
        self._stack.setCurrentWidget(self.nothing)

    @override
    def refresh(self) -> None:
        for _words, _verb, model, _table in self._lists.values():
            model.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._arrives = True  # the keyboard is on the list as soon as it is there
        super().showEvent(event)

    def listed(self) -> tuple[str, ...]:
        """Which lists the person's role includes."""
        return tuple(self._lists)

    def show_list(self, key: str) -> None:
        if key in self._lists:
            self.which.set_value(key)
            self._show()

    def _choose(self, key: str | None) -> None:
        if key is None:
            self.which.set_value(next(iter(self._lists)))
        self._show()

    def _show(self) -> None:
        key = self.which.value()
        if key is None:
            return
        _words, _verb, model, table = self._lists[key]
        shown = model.rowCount()
        self.nothing.words.setText(NOTHING[key])
        self._stack.setCurrentWidget(table if shown else self.nothing)
        self.keys.setText(KEYS[key] if shown else "")
        self.count.setText(self._count(key, shown))
        if shown and self._arrives:
            self._arrives = False
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, key: str, shown: int) -> str:
        if not shown:
            return ""
        if key == OUTSTANDING:
            return f"{shown}{'+' if shown >= OUTSTANDING_PAGE else ''} outstanding"
        overdue = sum(self.requests.row(number).is_overdue for number in range(shown))
        more = "+" if shown >= PAGE else ""  # the overdue come first, so that only a page full of them hides some
        late = f"{overdue}{more if overdue == shown else ''}"
        return f"{shown}{more} waiting · {late} overdue"

    def _open_request(self, row: int, text: str = "") -> None:
        request: RequestRow = self.requests.row(row)
        self.went.emit(Place("records", request.patient_id, request.id, text))

    def _open_operation(self, row: int) -> None:
        found: Outstanding = self.outstanding.row(row)
        self.went.emit(Place("history", found.patient_id, found.operation_id))

    def _remind(self, row: int) -> None:
        request: RequestRow = self.requests.row(row)

        def done(issued: Issued) -> None:
            try:
                was_sent = self.print_bytes(issued.pdf, self, title=issued.title)
            except UserError as refusal:
                self.messages.refuse(f"Reminder kept as given. {refusal}")
                return
            words = "Printed" if was_sent else "Not printed; choose it under her documents to print it"
            self.messages.say(f"Reminder kept as given. {words}")

        self.background.run(self, remind, request.id, request.version, done=done, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
