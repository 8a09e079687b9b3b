"""The consents of a case: the list of them, one of them, its page on paper, and the files kept with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.models.choices import ConsentKind
from desktop.rules.consent import ConsentFacts
from desktop.rules.permission import Verb, may
from desktop.services.attachment import KeptFile
from desktop.services.consent import consent_facts, language_of
from desktop.services.consent_page import issue_consent_record, preview_consent_record
from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.file_view import FileView
from desktop.ui.kit.print_view import PrintView
from desktop.ui.revision.consent.consent_page import CaseFacts, ConsentPage
from desktop.ui.revision.consent.list_page import ConsentList
from desktop.ui.revision.part import CasePart


class ConsentPart(CasePart):
    key = "consent"
    title = "Consent"
    help_topic = "consent"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._case: CaseFacts | None = None
        self.consents: tuple[ConsentFacts, ...] = ()
        self.list = ConsentList(may(background.actor.roles, Verb.EDIT_CONSENT))
        self.list.opened.connect(self._open)
        self.list.new_asked.connect(self._begin)
        self.page = ConsentPage(background)
        self.page.left.connect(self._back_to_list)
        self.page.print_asked.connect(self._print)
        self.page.file_opened.connect(self._look_at)
        self.paper = PrintView("Record of the consent", "Back to the consent")
        self.paper.left.connect(self._back_to_page)
        self.paper.handed_over.connect(self._keep_page)
        self.file = FileView("Back to the consent")
        self.file.left.connect(self._back_to_page)
        self._stack = QStackedWidget()
        for each in (self.list, self.page, self.paper, self.file):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        """A case that is read again stays as it stands: whoever writes a consent goes on writing it."""
        if self._case is None or self._case.case_id != file.case.id:
            self.page.close_consent()
            self._case, self.consents = None, ()
            self._stack.setCurrentWidget(self.list)
        self._read(patient_id, file)

    @override
    def update_case(self, file: CaseFile) -> None:
        if self._case is not None:
            self._read(self._case.patient_id, file)

    @override
    def keep_drafts(self) -> None:
        self.page.editor.keep_draft()

    @override
    def focus_first(self) -> None:
        if self._stack.currentWidget() is self.list:
            self.list.focus_first()
        else:
            self.page.head.back_button.setFocus()

    def _read(self, patient_id: int, file: CaseFile) -> None:
        case_id = file.case.id
        assert case_id is not None, "a case file is read from the store"

        def read(session: Any) -> tuple[CaseFacts, tuple[ConsentFacts, ...]]:
            surgery_on, is_open = file.case.values["surgery_on"], file.closed_on is None
            language = language_of(session, patient_id)
            facts = CaseFacts(patient_id, case_id, file.plan.values, surgery_on, language, is_open)
            return facts, consent_facts(session, case_id)

        self.background.read(self, read, done=lambda found: self._show(*found))

    def _show(self, case: CaseFacts, consents: tuple[ConsentFacts, ...]) -> None:
        self._case, self.consents = case, consents
        self.list.show_consents(consents, case.plan, case.surgery_on, is_open=case.is_open)
        if self._stack.currentWidget() is not self.list:
            self.page.update_consent(case, consents)

    def _open(self, consent_id: int) -> None:
        consent = next((each for each in self.consents if each.consent_id == consent_id), None)
        if consent is not None and self._case is not None:
            self._stack.setCurrentWidget(self.page)
            self.page.show_consent(self._case, consent.kind, consent)

    def _begin(self, kind: ConsentKind) -> None:
        if self._case is not None:
            self._stack.setCurrentWidget(self.page)
            self.page.show_consent(self._case, kind, None)

    def _back_to_list(self) -> None:
        consent_id = self.page.consent_id
        self.page.close_consent()
        self._stack.setCurrentWidget(self.list)
        self.list.focus_consent(consent_id)

    def _print(self, consent_id: int) -> None:
        self.background.run(self, preview_consent_record, consent_id, done=self._show_paper, failed=self._refuse)

    def _show_paper(self, pdf: bytes) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_pdf(pdf)

    def _keep_page(self, pdf: bytes) -> None:
        """What left of a filed consent is kept as it was given; of a draft there is nothing to keep."""
        consent_id = self.page.consent_id
        filed = next((each for each in self.consents if each.consent_id == consent_id and each.is_filed), None)
        if filed is not None:
            self.background.run(self, issue_consent_record, filed.consent_id, pdf, failed=self._refuse)

    def _look_at(self, kept: KeptFile) -> None:
        self._stack.setCurrentWidget(self.file)
        self.file.show_file(kept)

    def _back_to_page(self) -> None:
        came_from_file = self._stack.currentWidget() is self.file
        self._stack.setCurrentWidget(self.page)
        if came_from_file:
            self.page.files.focus_last()
        else:
            self.page.head.print_button.setFocus()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            shown = self.paper.messages if self._stack.currentWidget() is self.paper else self.page.editor.messages
            shown.refuse(str(error))
        else:
            self.background.failed.emit(error)
