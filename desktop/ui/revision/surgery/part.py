"""The surgery of a case: begin the operative report from the signed plan, write it, sign it, amend it, print it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.models.choices import Indication, Side
from desktop.rules.permission import Verb, may
from desktop.services.found_at_surgery import add_found, take_back_found
from desktop.services.operative_report import Begun, amend_report, begin_report, sign_report
from desktop.services.operative_report_page import operative_report_page
from desktop.services.patient import PatientHeader, read_header
from desktop.services.report_file import ReportFile, read_report_file
from desktop.services.revision import CaseFile
from desktop.services.withdrawal import withdraw_report
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import EmptyState
from desktop.ui.kit.print_view import PrintView
from desktop.ui.kit.screen import Place
from desktop.ui.revision.part import CasePart
from desktop.ui.revision.surgery.begin_page import BeginPage
from desktop.ui.revision.surgery.report_page import ReportPage
from desktop.ui.revision.surgery.sign_dialog import SignReportDialog

BEGUN_ALREADY = "Somebody began this report meanwhile: here it is."
CHANGED_MEANWHILE = "Not signed: it was changed meanwhile. Read it again, then sign."


class SurgeryPart(CasePart):
    key = "surgery"
    title = "Surgery"
    help_topic = "signing"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id = self._case_id = 0
        self._is_closed = False
        self._sure: set[str] = set()
        self._offers: object = None
        self._takes_focus = False
        self._remark = ""
        self._blank = QWidget()
        self.empty = EmptyState("")
        self.begin = BeginPage()
        self.page = ReportPage(background)
        self._paper: PrintView | None = None
        self._stack = QStackedWidget()
        for each in (self._blank, self.empty, self.begin, self.page):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.begin.begun.connect(self._begin)
        page, beside = self.page, self.page.column
        page.editor.saved.connect(lambda _snapshot: self._read())
        page.editor.opened.connect(lambda _snapshot: self._on_opened())
        page.found.found.connect(self._add_found)
        page.found.taken_back.connect(self._take_back)
        page.devices.scan_asked.connect(lambda: self._go_to_history("scan"))
        page.devices.device_asked.connect(lambda side: self._go_to_history(side.value))
        page.devices.operation_asked.connect(lambda: self._go_to_history(""))
        page.operation_asked.connect(lambda: self._go_to_history(""))
        page.withdraw_line.given.connect(self._withdraw)
        beside.sign_asked.connect(self._prepare_to_sign)
        beside.amended.connect(self._amend)
        beside.print_asked.connect(lambda: self._print(None))
        beside.version_asked.connect(self._print)

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        assert file.case.id is not None, "a case file is read from the store"
        self._patient_id, self._case_id = patient_id, file.case.id
        self._is_closed = file.closed_on is not None
        self._offers = None
        self.page.editor.keep_draft()
        self.page.forget()
        self._stack.setCurrentWidget(self._blank)
        self._read()

    @override
    def update_case(self, file: CaseFile) -> None:
        self._is_closed = file.closed_on is not None
        self._read()

    @override
    def keep_drafts(self) -> None:
        self.page.editor.keep_draft()

    @override
    def focus_first(self) -> None:
        if self._stack.currentWidget() is self.begin:
            self.begin.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.focus_first()

    @property
    def paper(self) -> PrintView:
        """Made when somebody prints for the first time."""
        if self._paper is None:
            self._paper = PrintView("Operative report", "Back to the report", self)
            self._paper.left.connect(self._leave_paper)
            self._stack.addWidget(self._paper)
        return self._paper

    def _read(self) -> None:
        patient_id, case_id = self._patient_id, self._case_id

        def show(file: ReportFile) -> None:
            if (patient_id, case_id) == (self._patient_id, self._case_id):
                self._show(file)

        self.background.read(self, read_report_file, patient_id, case_id, done=show)

    def _show(self, file: ReportFile) -> None:
        if self._paper is not None and self._stack.currentWidget() is self._paper:
            return
        if file.report is None:
            self._offer(file)
            return
        if self.page.is_showing(file):
            self.page.show_file(file, is_closed=self._is_closed)
        else:
            self.page.open(self._patient_id, file, is_closed=self._is_closed)
        self._stack.setCurrentWidget(self.page)

    def _offer(self, file: ReportFile) -> None:
        """What was typed over the offer stays while the plan it comes from is the same."""
        self.empty.words.setText(file.refusal)
        if not file.refusal and self._offers != (self._case_id, file.plan_version):
            self._offers = (self._case_id, file.plan_version)
            self._sure = set()
            may_begin = may(self.background.actor.roles, Verb.EDIT_REPORT)
            self.begin.offer(file, self.background.actor.name, may_begin=may_begin)
        self._stack.setCurrentWidget(self.empty if file.refusal else self.begin)

    def _begin(self, day: dt.date | None, surgeon: str) -> None:
        sure = frozenset(self._sure) if self.begin.is_sure() else frozenset()
        asked = (self._case_id, day, surgeon, sure)
        self.background.run(self, begin_report, *asked, done=self._on_begun, failed=self._on_not_begun)

    def _on_begun(self, begun: Begun) -> None:
        self._takes_focus, self._remark = True, "" if begun.is_new else BEGUN_ALREADY
        self._read()

    def _on_not_begun(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            words = " ".join(problem.message for problem in error.problems)
            if all(problem.is_question for problem in error.problems):
                self._sure |= {problem.field for problem in error.problems}
                self.begin.ask(words)
            else:
                self.begin.refuse(words)
        elif isinstance(error, UserError):
            self.begin.refuse(str(error))
        else:
            self.background.failed.emit(error)

    def _on_opened(self) -> None:
        if self._takes_focus:
            self._takes_focus = False
            self.page.focus_first()
        if self._remark:
            self.page.editor.messages.note(self._remark)
            self._remark = ""

    def _add_found(self, side: Side, indication: Indication) -> None:
        asked = (self._patient_id, self._case_id, side, indication)
        self.background.run(self, add_found, *asked, done=lambda _case: self._read(), failed=self._refuse)

    def _take_back(self, side: Side, indication: Indication) -> None:
        asked = (self._patient_id, self._case_id, side, indication)
        self.background.run(self, take_back_found, *asked, done=lambda _case: self._read(), failed=self._refuse)

    def _go_to_history(self, what: str) -> None:
        if self.page.file is not None:
            self.page.editor.keep_draft()
            self.went.emit(Place("history", self._patient_id, self.page.file.operation_id, what))

    def _prepare_to_sign(self) -> None:
        """What is typed is saved first, so that what is signed is what is seen."""
        editor = self.page.editor
        if editor.form.is_dirty():
            editor.save(self._prepare_to_sign)
            return
        patient_id, case_id = self._patient_id, self._case_id

        def read(session: Any) -> tuple[ReportFile, PatientHeader]:
            return read_report_file(session, patient_id, case_id), read_header(session, patient_id)

        self.background.read(self, read, done=lambda found: self._ask_to_sign(*found))

    def _ask_to_sign(self, file: ReportFile, header: PatientHeader) -> None:
        seen = self.page.file
        if header.id != self._patient_id or seen is None or file.report is None or file.newest is None:
            return
        is_same = (seen.operation_seen, seen.case_version) == (file.operation_seen, file.case_version)
        shown = self.page.editor.snapshot
        is_same &= shown is not None and shown.version == file.report.version
        self._show(file)
        if not is_same:
            self.page.editor.messages.refuse(CHANGED_MEANWHILE)
            return
        points = self.page.points()
        if blocking := [point.text for point in points if point.blocks]:
            self.page.editor.messages.refuse(f"Not signed yet. {'. '.join(blocking)}.")
            return
        signer, version = self.background.actor.name, file.newest.report_version
        dialog = SignReportDialog(header, file.facts, version, signer, points, self)
        dialog.accepted.connect(lambda: self._sign(file))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sign(self, file: ReportFile) -> None:
        assert file.report is not None, "only a report can be signed"
        asked = (file.report.id, file.report.version, file.case_version, file.operation_seen)
        self.background.run(self, sign_report, *asked, done=lambda _signed: self._read_again(), failed=self._refuse)

    def _amend(self, reason: str) -> None:
        if self.page.file is not None and self.page.file.newest is not None:
            asked = (self.page.file.newest.id, reason)
            self.background.run(
                self, amend_report, *asked, done=lambda _amended: self._read_again(), failed=self._refuse
            )

    def _withdraw(self, reason: str) -> None:
        self.page.withdraw_line.hide()
        shown = self.page.editor.snapshot
        if shown is not None and shown.id is not None:
            asked = (shown.id, shown.version or 0, reason)
            self.background.run(self, withdraw_report, *asked, done=lambda _none: self._gone(), failed=self._refuse)

    def _gone(self) -> None:
        """Taken out; what was typed in it goes with it."""
        self.page.editor.forget_record()
        self.page.forget()
        self._offers = None
        self._read()

    def _read_again(self) -> None:
        """Its version is another one now, or it is frozen: the form is opened anew."""
        self._takes_focus = True
        self.page.forget()
        self._read()

    def _print(self, report_id: int | None) -> None:
        newest = self.page.file.newest if self.page.file else None
        if report_id is None and newest is not None:
            report_id = newest.id
        if report_id is not None:
            self.background.run(self, operative_report_page, report_id, done=self._show_paper, failed=self._refuse)

    def _show_paper(self, data: bytes) -> None:
        try:
            self.paper.show_pdf(data)
        except UserError as error:
            self._refuse(error)
            return
        self._stack.setCurrentWidget(self.paper)

    def _leave_paper(self) -> None:
        self._stack.setCurrentWidget(self.page)
        self.page.column.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, RecordChanged):
            self.page.editor.messages.refuse(CHANGED_MEANWHILE)
            self._read()
        elif isinstance(error, UserError):
            self.page.editor.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
