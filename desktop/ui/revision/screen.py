"""A patient's revision: start the case, assess, plan, sign, amend, print."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, UserError
from desktop.rules.permission import Verb, may
from desktop.services.draft import KeptDraft, find_draft
from desktop.services.operating_sheet import operating_sheet
from desktop.services.patient import PatientHeader, read_header
from desktop.services.plan_page import plan_page
from desktop.services.record import Snapshot
from desktop.services.revision import (
    CaseFile,
    amend_plan,
    close_case,
    find_newest_case,
    open_case_file,
    reopen_case,
    sign_plan,
)
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import EmptyState
from desktop.ui.kit.print_view import PrintView
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.revision.case_page import CasePage, draft_of_new_case
from desktop.ui.revision.letter.page import LetterPage
from desktop.ui.revision.parts import ASSESSMENT, BAR, PLAN
from desktop.ui.revision.sign_dialog import SignDialog

NO_CASE = "No revision case is open for this patient. A case holds why the patient came, what was found, and the plan."
CHANGED_MEANWHILE = "Not signed: it was changed meanwhile. Read it again, then sign."
NOT_YOURS = "The revision case is kept by the surgeon and the nurses. Your role does not include it."


class RevisionScreen(Screen):
    watches = frozenset(
        {
            "revision_case",
            "case_indication",
            "case_code",
            "indication_finding",
            "imaging_study",
            "practice",
            "examination",
            "examination_side",
            "chest_mark",
            "seroma_work_up",
            "revision_plan",
            "plan_side",
            "consent",
            "consent_side",
            "consent_item",
            "consent_withdrawal",
            "patient",
            "allergy",
            "medicine",
            "operation",
            "operation_side",
            "operative_report",
            "report_side",
            "report_step",
            "device",
            "device_spell",
            "removal",
            "matrix",
            "drain",
            "device_order",
            "plan_template",
            "safety_phase",
            "anesthesia_note",
            "complication",
        }
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._part_asked = ""
        self.start_button = button("Start a revision case", primary=True, icon="add")
        self.start_button.setObjectName("start_case")
        self.start_button.clicked.connect(self._begin)
        may_start = may(background.actor.roles, Verb.EDIT_CASE)
        self.nothing = EmptyState(NO_CASE, self.start_button if may_start else None)
        self.not_yours = EmptyState(NOT_YOURS)
        self.case = CasePage(background)
        self.page = PrintView("Revision plan", "Back to the plan")
        self.sheet = PrintView("Operating-room sheet", "Back to the plan")
        self.letter = LetterPage(background)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        for each in (self._blank, self.nothing, self.not_yours, self.case, self.page, self.sheet, self.letter):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.case.case_saved.connect(self._on_case_saved)
        self.case.plan_saved.connect(lambda _snapshot: self.refresh())
        self.case.new_case_asked.connect(self._begin)
        self.case.went.connect(self.went)
        self.case.column.sign_asked.connect(self._prepare_to_sign)
        self.case.column.amended.connect(self._amend)
        self.case.column.print_asked.connect(self._print)
        self.case.column.sheet_asked.connect(self._print_sheet)
        self.case.column.letter_asked.connect(self._write_letter)
        self.case.column.close_asked.connect(self._close_or_reopen)
        for page in (self.page, self.sheet, self.letter):
            page.left.connect(lambda: self._stack.setCurrentWidget(self.case))

    def show_patient(self, patient_id: int) -> None:
        self._patient_id = patient_id
        if not may(self.background.actor.roles, Verb.VIEW_CASE):
            self._stack.setCurrentWidget(self.not_yours)
            return
        self._stack.setCurrentWidget(self._blank)

        def read(session: Any) -> tuple[CaseFile | None, KeptDraft | None]:
            return find_newest_case(session, patient_id), find_draft(session, draft_of_new_case(patient_id))

        self.background.read(self, read, done=lambda found: self._show(patient_id, *found))

    @override
    def refresh(self) -> None:
        """What stands beside the forms follows the store; a form nobody types in does too."""
        if self._patient_id is None or self._stack.currentWidget() not in (self.case, self.nothing):
            return
        patient_id, shown = self._patient_id, self.case.file
        past_id = shown.case.id if shown is not None and shown.newest_id is not None else None

        def read(session: Any) -> CaseFile | None:
            """A case of the past that somebody looks at stays the one that is shown."""
            if past_id is not None:
                return open_case_file(session, patient_id, past_id)
            return find_newest_case(session, patient_id)

        self.background.read(self, read, done=lambda file: self._show_again(patient_id, file))

    @override
    def go_to(self, place: Place) -> None:
        """The part of the case that the place names, as soon as the case is there; and which case, if it names one."""
        self._part_asked = place.text
        if place.record_id is not None and place.patient_id is not None:
            self._look_at(place.patient_id, place.record_id)
        elif self.case.file is not None and self._stack.currentWidget() is self.case:
            self._show_part_asked()

    @override
    def help_page(self) -> str:
        return self.case.help_topic()

    @override
    def keep_drafts(self) -> None:
        self.case.keep_drafts()
        self.letter.keep_drafts()

    def _show(self, patient_id: int, file: CaseFile | None, begun: KeptDraft | None) -> None:
        if patient_id != self._patient_id:
            return
        if begun is not None and (file is None or file.closed_on is not None):
            self._begin()
        elif file is None:
            self._stack.setCurrentWidget(self.nothing)
        else:
            self.case.open_case(patient_id, file)
            self.case.show_part(PLAN if file.plan.id is not None else ASSESSMENT)
            self._show_case_once_filled(patient_id)

    def _show_case_once_filled(self, patient_id: int) -> None:
        """Out of sight it is filled at a fraction of the cost, and it is laid out and painted once."""

        def show() -> None:
            if patient_id == self._patient_id:
                self._stack.setCurrentWidget(self.case)
                self._show_part_asked()

        if (editor := self.case.editor_in_sight()) is not None and self.case.is_opening(editor):
            editor.opened.connect(show, Qt.ConnectionType.SingleShotConnection)
        else:
            show()

    def _look_at(self, patient_id: int, case_id: int) -> None:
        """One case of this patient, also one of the past."""

        def show(file: CaseFile) -> None:
            self._part_asked = part
            self._show(patient_id, file, None)

        part, self._part_asked = self._part_asked, ""
        self.background.read(self, open_case_file, patient_id, case_id, done=show)

    def _show_part_asked(self) -> None:
        part, self._part_asked = self._part_asked, ""
        if part in dict(BAR):
            self.case.go_to(part)

    def _show_again(self, patient_id: int, file: CaseFile | None) -> None:
        if patient_id != self._patient_id or file is None:
            return
        known = self.case.file
        if known is None or known.case.id != file.case.id:
            if self._stack.currentWidget() is self.nothing:
                self._show(patient_id, file, None)
            return
        if self.case.is_behind(file):
            self.case.open_case(patient_id, file)
        else:
            self.case.update_case(file)

    def _begin(self) -> None:
        if self._patient_id is not None:
            self.case.begin(self._patient_id)
            self._stack.setCurrentWidget(self.case)
            self.case.assessment.form.focus_first()

    def _on_case_saved(self, saved: Snapshot) -> None:
        if self.case.file is not None and self.case.file.case.id == saved.id:
            self.refresh()
        elif self._patient_id is not None:
            patient_id = self._patient_id
            self.background.read(
                self, find_newest_case, patient_id, done=lambda file: self._open_saved(patient_id, file)
            )
            self.header_changed.emit()

    def _open_saved(self, patient_id: int, file: CaseFile | None) -> None:
        """A case that is stored for the first time; the part that was in sight stays in sight."""
        if patient_id == self._patient_id and file is not None:
            self.case.open_case(patient_id, file)

    def _prepare_to_sign(self) -> None:
        """What is typed is saved first, so that what is signed is what is seen."""
        self.case.show_newest()
        assessment, plan = self.case.assessment, self.case.plan
        if self.case.is_opening(plan):
            plan.opened.connect(self._prepare_to_sign, Qt.ConnectionType.SingleShotConnection)
        elif assessment.snapshot is not None and assessment.form.is_dirty():
            assessment.save(self._prepare_to_sign)
        elif plan.form.is_dirty() or (plan.snapshot is not None and plan.snapshot.id is None):
            plan.save(self._prepare_to_sign)
        elif self._patient_id is not None:
            patient_id = self._patient_id

            def read(session: Any) -> tuple[CaseFile | None, PatientHeader]:
                return find_newest_case(session, patient_id), read_header(session, patient_id)

            self.background.read(self, read, done=lambda found: self._ask_to_sign(*found))

    def _ask_to_sign(self, file: CaseFile | None, header: PatientHeader) -> None:
        if file is None or header.id != self._patient_id or file.plan.id is None:
            return
        if self.case.is_behind(file):
            self.case.open_case(header.id, file, CHANGED_MEANWHILE)
            return
        self.case.update_case(file)
        if blocking := [point.text for point in file.open_points if point.blocks]:
            self.case.plan.messages.refuse(f"Not signed yet. {'. '.join(blocking)}.")
            return
        signer = self.background.actor.name
        dialog = SignDialog(header, file.plan.values, file.plan_version, signer, file.open_points, self)
        dialog.accepted.connect(lambda: self._sign(file, dialog.reasons()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sign(self, file: CaseFile, reasons: dict[str, str]) -> None:
        self.background.run(
            self,
            sign_plan,
            file.plan.id,
            file.plan.version,
            file.case.version,
            reasons,
            file.seen,
            done=lambda _signed: self._reload(then=self.case.column.amend_button.setFocus),
            failed=self._say_refusal,
        )

    def _amend(self, reason: str) -> None:
        if self.case.file is not None:
            self.background.run(
                self,
                amend_plan,
                self.case.file.plan.id,
                reason,
                done=lambda _amended: self._reload(then=self.case.plan.form.focus_first),
                failed=self._say_refusal,
            )

    def _close_or_reopen(self) -> None:
        if self.case.file is not None:
            self.case.keep_drafts()
            change = close_case if self.case.file.closed_on is None else reopen_case
            self.background.run(
                self, change, self.case.file.case.id, done=lambda _none: self._reload(), failed=self._say_refusal
            )

    def _print(self) -> None:
        plan_id = self.case.shown_plan_id()
        if plan_id is not None:
            show = partial(self._show_page, self.page)
            self.background.run(self, plan_page, plan_id, done=show, failed=self._say_refusal)

    def _print_sheet(self) -> None:
        plan_id = self.case.shown_plan_id()
        if plan_id is not None:
            show = partial(self._show_page, self.sheet)
            self.background.run(self, operating_sheet, plan_id, done=show, failed=self._say_refusal)

    def _show_page(self, view: PrintView, data: bytes) -> None:
        try:
            view.show_pdf(data)
        except UserError as error:
            self._say_refusal(error)
            return
        self._stack.setCurrentWidget(view)

    def _write_letter(self) -> None:
        file = self.case.file
        if self._patient_id is not None and file is not None and file.case.id is not None:
            self._stack.setCurrentWidget(self.letter)
            self.letter.write(self._patient_id, file.case.id)

    def _reload(self, refusal: str = "", then: Callable[[], object] | None = None) -> None:
        """Read the case and its plan from the store again, in the part that is in sight; `then` moves the keyboard."""
        if self._patient_id is None:
            return
        patient_id, part = self._patient_id, self.case.parts.value()

        def show(file: CaseFile | None) -> None:
            if patient_id == self._patient_id and file is not None:
                self.case.open_case(patient_id, file, refusal)
                self.case.show_part(part)
                if then:
                    then()

        self.background.read(self, find_newest_case, patient_id, done=show)

    def _say_refusal(self, error: Exception) -> None:
        editor = self.case.plan if self.case.parts.value() == PLAN else self.case.assessment
        if isinstance(error, RecordChanged):
            self._reload(CHANGED_MEANWHILE)
        elif isinstance(error, UserError):
            editor.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
