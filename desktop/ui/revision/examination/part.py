"""What was seen and measured at each visit: the visits, one of them to be read or written, trends and imaging."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from desktop.forms.imaging import IMAGING_FORM
from desktop.rules.permission import Verb, may
from desktop.services.draft import find_draft
from desktop.services.examination import Visits, read_visits
from desktop.services.imaging import Study, read_studies
from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import EmptyState
from desktop.ui.kit.imaging_page import ImagingPage
from desktop.ui.kit.theme import SPACE_L, px
from desktop.ui.revision.examination.trends_page import TrendsPage
from desktop.ui.revision.examination.visit_column import VisitColumn
from desktop.ui.revision.examination.visit_page import VisitPage, draft_of_new_visit
from desktop.ui.revision.part import CasePart

NOTHING = "No visit is recorded of this patient. A nurse or a surgeon can record one."


class ExaminationPart(CasePart):
    """The pages are made when they are first needed: the visits stand there before the form does."""

    key = "examination"
    title = "Examination"
    help_topic = "examination"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        roles = background.actor.roles
        self._may_edit, self._may_add_imaging = may(roles, Verb.EDIT_CASE), may(roles, IMAGING_FORM.edit)
        self._patient_id = 0
        self._file: CaseFile | None = None
        self._visits = Visits()
        self._has_begun = self._has_opened = False
        self._shown_id: int | None = None
        self._ticket = 0
        self.visit: VisitPage | None = None
        self.trends: TrendsPage | None = None
        self.imaging: ImagingPage | None = None
        self.column = VisitColumn(may_edit=self._may_edit, may_add_imaging=self._may_add_imaging, parent=self)
        self.column.visit_asked.connect(self._go_to_visit)
        self.column.trends_asked.connect(self.show_trends)
        self.column.study_asked.connect(self.open_study)
        self._stack = QStackedWidget(self)
        self._blank, self.nothing = QWidget(), EmptyState(NOTHING)
        for page in (self._blank, self.nothing):
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_L))
        row.addWidget(self.column)
        row.addWidget(self._stack, 1)

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        is_another = self._file is None or (patient_id, file.case.id) != (self._patient_id, self._file.case.id)
        self._patient_id, self._file = patient_id, file
        if is_another:
            self._has_opened, self._visits = False, Visits()
            self._stack.setCurrentWidget(self._blank)
            self.column.show_visits(Visits(), None, has_begun=False)
            self.column.show_studies(())
            for page in (self.visit, self.imaging):
                if page is not None:
                    page.editor.close_record()
        self._read()

    @override
    def update_case(self, file: CaseFile) -> None:
        self._file = file
        self._read()

    @override
    def keep_drafts(self) -> None:
        for page in (self.visit, self.imaging):
            if page is not None:
                page.editor.keep_draft()

    @override
    def focus_first(self) -> None:
        if self.visit is not None and self._stack.currentWidget() is self.visit:
            self.visit.editor.form.focus_first()
        else:
            self.column.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_visit(self, examination_id: int | None, *, take_focus: bool = False) -> None:
        """None: a new one, or the one that was begun and not saved."""
        if examination_id is None and not self._may_edit:
            return
        self._has_opened, self._shown_id = True, examination_id
        if self.visit is None:
            self.visit = VisitPage(self.background, may_edit=self._may_edit, parent=self._stack)
            self.visit.saved.connect(self._on_saved)
            self.visit.withdrawn.connect(self._on_withdrawn)
            self._stack.addWidget(self.visit)
        self.visit.show_visit(
            self._patient_id, self._case_of_new(), self._visits, examination_id, take_focus=take_focus
        )
        self._stack.setCurrentWidget(self.visit)
        self.column.pick(examination_id)

    def show_trends(self) -> None:
        if self.trends is None:
            self.trends = TrendsPage(self._stack)
            self.trends.left.connect(self._back_to_visit)
            self._stack.addWidget(self.trends)
        self.keep_drafts()
        self.trends.show_visits(self._visits)
        self._stack.setCurrentWidget(self.trends)
        self.trends.take_focus()

    def open_study(self, study_id: int | None) -> None:
        if self.imaging is None:
            self.imaging = ImagingPage(self.background, may_edit=self._may_add_imaging, back_to="the visit")
            self.imaging.left.connect(self._back_to_visit)
            self._stack.addWidget(self.imaging)
        self.keep_drafts()
        self.imaging.show_study(self._patient_id, study_id)
        self._stack.setCurrentWidget(self.imaging)

    def _go_to_visit(self, examination_id: int | None) -> None:
        """What was typed in another is its draft now, which the column tells."""
        self.open_visit(examination_id, take_focus=True)
        self._read()

    def _read(self) -> None:
        """Only the newest answer is shown; the case may have been opened and told anew in one go."""
        self._ticket += 1
        ticket, patient_id, case_id = self._ticket, self._patient_id, self._case_of_new()

        def read(session: Any) -> tuple[Visits, tuple[Study, ...], bool]:
            begun = find_draft(session, draft_of_new_visit(patient_id, case_id)) is not None
            return read_visits(session, patient_id), read_studies(session, patient_id), begun

        self.background.read(self, read, done=lambda found: self._show(*found) if ticket == self._ticket else None)

    def _show(self, visits: Visits, studies: tuple[Study, ...], has_begun: bool) -> None:
        self._visits, self._has_begun = visits, has_begun
        self.column.show_visits(visits, self._case_id(), has_begun=has_begun)
        self.column.show_studies(studies)
        is_gone = self._shown_id is not None and self._shown_id not in {row.id for row in visits.rows}
        if not self._has_opened or is_gone:
            self._open_first()
        elif self.visit is not None:
            self.visit.follow(visits)
            self.column.pick(self._shown_id)
        if self.trends is not None and self._stack.currentWidget() is self.trends:
            self.trends.show_visits(visits)

    def _open_first(self) -> None:
        """What was begun, else the newest visit of this case, else a new one; whoever only reads sees the newest."""
        own = [row.id for row in self._visits.rows if row.case_id in (None, self._case_id())]
        every = [row.id for row in self._visits.rows]
        if self._may_edit and (self._has_begun or not own):
            self.open_visit(None)
        elif own or every:
            self.open_visit((own or every)[0])
        else:
            self._stack.setCurrentWidget(self.nothing)

    def _on_saved(self, examination_id: int) -> None:
        self._shown_id = examination_id
        self._read()

    def _on_withdrawn(self) -> None:
        self._has_opened, self._shown_id = False, None
        self._read()
        self.column.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_visit(self) -> None:
        page = self.visit or self.nothing
        from_trends = self._stack.currentWidget() is self.trends
        if self.imaging is not None:
            self.imaging.close_record()
        self._stack.setCurrentWidget(page)
        button = self.column.trends_button if from_trends else self.column.imaging_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _case_id(self) -> int | None:
        return self._file.case.id if self._file is not None else None

    def _case_of_new(self) -> int | None:
        """A visit after the case was closed is kept with the patient."""
        return self._case_id() if self._file is not None and self._file.closed_on is None else None
