"""A patient's missing records: what is not known about her devices, whom to ask, and what was asked already."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.models.choices import RequestState
from desktop.rules.missing_records import WhomToAsk
from desktop.rules.permission import Verb, may
from desktop.services.handout import Issued
from desktop.services.missing_records import read_missing
from desktop.services.outstanding import list_outstanding
from desktop.services.records_request import Made, RequestRow, list_requests, remind
from desktop.ui.chasing.closing_page import ClosingPage
from desktop.ui.chasing.records_overview import Found, RecordsOverview
from desktop.ui.chasing.request_page import RequestPage
from desktop.ui.chasing.request_rows import RequestRowView, WhomRow
from desktop.ui.kit.background import Background
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.printing import print_pdf
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.theme import SPACE_S, px

CLOSE = "close"


class RecordsScreen(Screen):
    """Ctrl+R asks whoever is chosen, or the first who can be asked."""

    watches = frozenset(
        {"records_request", "operation", "operation_side", "device", "device_spell", "removal", "specimen", "patient"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._found: Found | None = None
        self._wanted: Place | None = None
        self.print_bytes = print_pdf
        self._may_see = may(background.actor.roles, Verb.VIEW_CASE)
        self._may_chase = may(background.actor.roles, Verb.CHASE_RECORDS)
        self.shown = RecordsOverview(may_see=self._may_see, may_chase=self._may_chase)
        self.shown.ask_button.clicked.connect(self.ask_for_records)
        self.shown.whom_chosen.connect(self._ask)
        self.shown.request_chosen.connect(self._open_closing)
        self.shown.reminder_asked.connect(self._remind)
        self.shown.went.connect(self.went)
        self._overview = QWidget()
        self.messages = MessageBar()
        column = QVBoxLayout(self._overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.shown, 1)
        column.addWidget(self.messages)
        self.request_page = RequestPage(background)
        self.request_page.left.connect(self._step_back)
        self.request_page.made.connect(self._on_made)
        self.closing_page = ClosingPage(background)
        self.closing_page.left.connect(self._step_back)
        self.closing_page.closed.connect(self._on_closed)
        self.closing_page.operation_asked.connect(
            lambda operation_id: self.went.emit(Place("history", self._patient_id, operation_id))
        )
        self._pages = QStackedWidget()
        for page in (self._overview, self.request_page, self.closing_page):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.shown.hide()

    def show_patient(self, patient_id: int) -> None:
        """Nothing of the patient before stays in sight meanwhile."""
        self._patient_id, self._found = patient_id, None
        self.request_page.close_request()
        self.closing_page.let_go()
        self.messages.clear()
        self.shown.hide()
        self._pages.setCurrentWidget(self._overview)
        self.refresh()

    @override
    def go_to(self, place: Place) -> None:
        """Lead to one request, now or as soon as its patient is here; the text “close” leads on to closing it."""
        self._wanted = place
        self._lead_to_wanted()

    @override
    def refresh(self) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def read(session: Any) -> Found:
            return Found(
                read_missing(session, patient_id) if self._may_see else None,
                list_requests(session, patient_id) if self._may_chase else None,
                list_outstanding(session, patient_id=patient_id) if self._may_see else (),
            )

        def show(found: Found) -> None:
            if patient_id == self._patient_id:
                self._show(found)

        self.background.read(self, read, done=show, failed=self._refuse)
        self.closing_page.refresh()

    @override
    def keep_drafts(self) -> None:
        self.request_page.editor.keep_draft()

    def ask_for_records(self) -> None:
        """Whoever has the keyboard, or else the first who is not waited for already."""
        rows = [row for row in self.shown.rows if isinstance(row, WhomRow)]
        rows.sort(key=lambda row: (not row.hasFocus(), row.is_waiting))
        chosen = next(iter(rows), None)
        self._ask(chosen.whom if chosen else None)

    def _show(self, found: Found) -> None:
        had = next((row.objectName() for row in self.shown.rows if row.hasFocus()), None)
        is_first = self._found is None
        if found != self._found:
            self._found = found
            self.shown.show_found(found)
        self.shown.show()
        if self._pages.currentWidget() is self._overview:
            again = next((row for row in self.shown.rows if row.objectName() == had), None)
            if again is None and (is_first or had):
                again = next(iter(self.shown.rows), None)
            if again is not None:
                again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lead_to_wanted()

    def _ask(self, whom: WhomToAsk | None) -> None:
        if self._patient_id is not None and self._found is not None:
            self._pages.setCurrentWidget(self.request_page)
            operation_id = whom.operation_id if whom else self._newest_operation()
            self.request_page.open(self._patient_id, operation_id, whom)

    def _newest_operation(self) -> int | None:
        devices = self._found.missing.devices if self._found and self._found.missing else ()
        return next((found.device.operation_id for found in devices), None)

    def _open_closing(self, request_id: int) -> None:
        self._pages.setCurrentWidget(self.closing_page)
        self.closing_page.open(request_id)

    def _lead_to_wanted(self) -> None:
        wanted = self._wanted
        if wanted is None or wanted.patient_id != self._patient_id or self._found is None:
            return
        self._wanted = None
        row = next((each for each in self.shown.rows if each.objectName() == f"request {wanted.record_id}"), None)
        if isinstance(row, RequestRowView):
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            if wanted.text == CLOSE and row.row.state is RequestState.OPEN:
                self._open_closing(row.row.id)

    def _remind(self, request: RequestRow) -> None:
        def done(issued: Issued) -> None:
            self._print((issued,), "Reminder kept as given. ")

        self.background.run(self, remind, request.id, request.version, done=done, failed=self._refuse)

    def _on_made(self, made: Made) -> None:
        self._step_back()
        self._print((made.request, made.release), "Both letters are kept as given. ")

    def _on_closed(self, row: RequestRow) -> None:
        self._step_back()
        self.messages.say(f"Closed: {row.recipient_name}, {row.state.label.lower()}")

    def _print(self, letters: tuple[Issued, ...], kept: str) -> None:
        """What is kept goes out now; what does not can be printed from the documents at any time."""
        try:
            sent = [self.print_bytes(issued.pdf, self, title=issued.title) for issued in letters]
        except UserError as refusal:
            self.messages.refuse(f"{kept}{refusal}")
            return
        words = "Printed" if all(sent) else "Not printed; choose it under “Documents” to print it"
        self.messages.say(f"{kept}{words}")

    def _step_back(self) -> None:
        self.closing_page.let_go()
        self._pages.setCurrentWidget(self._overview)
        if self.shown.rows:
            self.shown.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shown.show()
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
