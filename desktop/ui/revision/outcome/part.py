"""What came of the case: its complications, one of them on its page, and the case that goes on from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.permission import Verb, may
from desktop.services.complication import Complications, read_complications
from desktop.services.reoperation import CaseRow, read_cases, start_reoperation
from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.revision.outcome.complication_page import ComplicationPage
from desktop.ui.revision.outcome.list_page import OutcomeList
from desktop.ui.revision.part import CasePart


class OutcomePart(CasePart):
    key = "outcome"
    title = "Outcome"
    help_topic = "outcome"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        roles = background.actor.roles
        may_edit, may_start = may(roles, Verb.EDIT_COMPLICATION), may(roles, Verb.EDIT_CASE)
        self._patient_id, self._case_id, self._is_open = 0, 0, False
        self._complication_id: int | None = None
        self.known = Complications()
        self.list = OutcomeList(may_edit=may_edit, may_start=may_start)
        self.list.opened.connect(self._open)
        self.list.new_asked.connect(lambda: self._open(None))
        self.list.case_asked.connect(self._go_to_case)
        self.list.reoperation_asked.connect(lambda: self._ask_to_start(None))
        self.list.question.agreed.connect(self._start)
        self.page = ComplicationPage(background, may_edit=may_edit, may_start=may_start)
        self.page.left.connect(self._back_to_list)
        self.page.reoperation_asked.connect(self._ask_to_start)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        assert file.case.id is not None, "a case file is read from the store"
        if file.case.id != self._case_id:
            self.page.close_record()
            self._stack.setCurrentWidget(self.list)
            self.list.question.hide()
            self.list.messages.clear()
            self.list.show_outcome(Complications(), (), file.case.id)
        self._patient_id, self._case_id = patient_id, file.case.id
        self.update_case(file)

    @override
    def update_case(self, file: CaseFile) -> None:
        self._is_open = file.closed_on is None
        patient_id, case_id = self._patient_id, self._case_id

        def read(session: Any) -> tuple[Complications, tuple[CaseRow, ...]]:
            return read_complications(session, patient_id, case_id), read_cases(session, patient_id)

        def show(found: tuple[Complications, tuple[CaseRow, ...]]) -> None:
            if case_id == self._case_id:
                self.known = found[0]
                self.list.show_outcome(*found, case_id)
                self.page.show_choices(self.known)

        self.background.read(self, read, done=show)

    @override
    def keep_drafts(self) -> None:
        self.page.editor.keep_draft()

    @override
    def focus_first(self) -> None:
        if self._stack.currentWidget() is self.page:
            self.page.editor.form.focus_first()
        elif self.known.rows:
            self.list.focus_row(f"complication_{self.known.rows[0].id}")
        else:
            self.list.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, complication_id: int | None) -> None:
        self._stack.setCurrentWidget(self.page)
        self.page.show_complication(self._patient_id, self._case_id, self.known, complication_id)

    def _back_to_list(self) -> None:
        shown = self.page.editor.snapshot
        self.page.close_record()
        self._stack.setCurrentWidget(self.list)
        self.list.focus_row(f"complication_{shown.id}" if shown is not None else "")

    def _go_to_case(self, case_id: int) -> None:
        if case_id != self._case_id:
            self.went.emit(Place("revision", self._patient_id, case_id, "outcome"))

    def _ask_to_start(self, complication_id: int | None) -> None:
        self._complication_id = complication_id
        self.page.close_record()
        self._stack.setCurrentWidget(self.list)
        self.list.question.ask(is_open=self._is_open)

    def _start(self) -> None:
        patient_id, case_id, complication_id = self._patient_id, self._case_id, self._complication_id

        def start(session: Any) -> int:
            return start_reoperation(session, patient_id, case_id, complication_id, close_first=True)

        def started(new_id: int) -> None:
            self.list.question.hide()
            self.went.emit(Place("revision", patient_id, new_id, "assessment"))

        self.background.run(self, start, done=started, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        self.list.question.hide()
        if isinstance(error, UserError):
            self.list.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
