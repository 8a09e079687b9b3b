"""The assessment of a case: its list of reasons, and over it the page of findings that one of them leads to."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import Indication, Side
from desktop.rules.indication import compare_layers
from desktop.rules.patient import rows_of
from desktop.rules.permission import Verb, may
from desktop.services.draft import NEW_OF_PATIENT, DraftOf
from desktop.services.imaging import open_imaging, save_imaging
from desktop.services.indication import Assessment, read_assessment
from desktop.services.ready_to_sign import devices_in_place
from desktop.services.record import Snapshot
from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.record_page import RecordPage, Subject
from desktop.ui.revision.assessment.code_rows import CodeRows
from desktop.ui.revision.assessment.finding_page import FindingPageView
from desktop.ui.revision.assessment.indication_rows import IndicationRows
from desktop.ui.revision.assessment.layers_board import LayersBoard
from desktop.ui.revision.assessment.urgency import CaseUrgency
from desktop.ui.revision.work_up.of_case import WorkUpsOfCase


class AssessmentPages(QStackedWidget):
    """`editor` holds the case. A page is made when it is first asked for, one for each kind of indication."""

    page_changed = Signal()
    """A page lies over the list now, or does no more."""

    def __init__(self, editor: RecordEditor, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor, self._background = editor, background
        self._patient_id = 0
        self._case_id: int | None = None
        self._may_edit = may(background.actor.roles, Verb.EDIT_CASE)
        self._findings: dict[tuple[Indication, bool], FindingPageView] = {}
        self._imaging: RecordPage | None = None
        self._came_from: FindingPageView | None = None
        self._asked_by: int | None = None
        self.addWidget(editor)
        rows, codes = editor.form.boxes["indications"].editor, editor.form.boxes["codes"].editor
        assert isinstance(rows, IndicationRows), "the form of a case lists its indications"
        assert isinstance(codes, CodeRows), "the form of a case lists its codes"
        self.rows, self.codes = rows, codes
        self.urgency, self.layers = CaseUrgency(editor), LayersBoard(editor)
        editor.form.add_above(self.urgency)
        self.work_ups = WorkUpsOfCase(self, background)
        editor.form.add_above(self.work_ups.line)
        self.currentChanged.connect(lambda _page: self.page_changed.emit())
        editor.form.add_after(CASE_FORM.sections[0].title, self.layers)
        self.rows.findings_asked.connect(self._open_row)
        editor.form.edited.connect(self._follow_form)
        editor.opened.connect(lambda _snapshot: self._follow_form())
        editor.saved.connect(lambda _snapshot: self._follow_form())

    def begin(self, patient_id: int) -> None:
        """A case nobody saved yet."""
        self.turn_to(patient_id, None)
        self.work_ups.begin()
        self._may_edit = may(self._background.actor.roles, Verb.EDIT_CASE)
        self.urgency.hide()

        def show(devices: Any) -> None:
            if (patient_id, None) == (self._patient_id, self._case_id):
                self.rows.show_devices({side: devices[side] is not None for side in Side})

        self._background.read(self, devices_in_place, patient_id, {}, done=show)

    def turn_to(self, patient_id: int, case_id: int | None) -> None:
        """A case that was saved for the first time is the one that was begun; from any other its pages are shut."""
        goes_on = self._patient_id == patient_id and self._case_id in (None, case_id) and case_id is not None
        if not goes_on:
            self._asked_by = None
            self.back_to_list()
        if not goes_on and case_id != self._case_id:
            self.editor.form.verticalScrollBar().setValue(0)
        self._patient_id, self._case_id = patient_id, case_id

    def update_case(self, file: CaseFile) -> None:
        """What stands beside the form; a page of findings stays as it is typed."""
        case_id = file.case.id
        self._may_edit = may(self._background.actor.roles, Verb.EDIT_CASE) and file.closed_on is None
        self.rows.show_devices({side: file.devices[side] is not None for side in Side})

        def show(assessment: Assessment) -> None:
            if case_id == self._case_id:
                self._show(assessment)

        self._background.read(self, read_assessment, self._patient_id, case_id, done=show)
        self.work_ups.update_case(self._patient_id, file)
        for page in self._findings.values():
            page.read_beside_again()

    def shows_page(self) -> bool:
        return self.currentWidget() is not self.editor

    def shown_finding(self) -> FindingPageView | None:
        page = self.currentWidget()
        return page if isinstance(page, FindingPageView) else None

    def open_finding(self, indication_id: int, indication: Indication) -> None:
        """The page of one row of the case."""
        page = self._page_of(indication)
        self._asked_by = indication_id
        page.show_finding(self._patient_id, indication_id)

    def keep_drafts(self) -> None:
        self.work_ups.keep_drafts()
        for page in self._findings.values():
            page.record.editor.keep_draft()
        if self._imaging is not None:
            self._imaging.editor.keep_draft()

    def back_to_list(self) -> None:
        for page in self._findings.values():
            page.close_finding()
        self.work_ups.close()
        self.setCurrentWidget(self.editor)
        asked_by, self._asked_by = self._asked_by, None
        if asked_by is not None:
            self.rows.focus_findings(asked_by)

    def _open_row(self, at: int) -> None:
        """What is typed is saved first: the findings belong to a row that is stored."""

        def open_it() -> None:
            snapshot = self.editor.snapshot
            row = rows_of(snapshot.values["indications"])[at] if snapshot else None
            if row is not None and row.get("indication"):
                self.open_finding(row["id"], row["indication"])

        snapshot = self.editor.snapshot
        if snapshot is None or snapshot.id is None or self.editor.form.is_dirty():
            self.editor.save(open_it)
        else:
            open_it()

    def _page_of(self, indication: Indication) -> FindingPageView:
        key = (indication, self._may_edit)
        if key not in self._findings:
            page = FindingPageView(indication, self._background, may_edit=self._may_edit, parent=self)
            page.left.connect(self.back_to_list)
            page.ready.connect(lambda: self._show_page(page))
            page.study_asked.connect(self._record_study)
            self._findings[key] = page
            self.addWidget(page)
        return self._findings[key]

    def _show_page(self, page: FindingPageView) -> None:
        """Unless somebody turned to something else meanwhile."""
        if page.page is not None and page.page.indication_id == self._asked_by:
            self.setCurrentWidget(page)

    def _record_study(self, side: Side) -> None:
        """A new imaging study of the side, which is then what the finding rests on."""
        patient_id, finding = self._patient_id, self.shown_finding()
        if finding is None:
            return
        if self._imaging is None:
            self._imaging = RecordPage(IMAGING_FORM, self._background, may_edit=True, back_to="the findings")
            self._imaging.left.connect(self._back_to_finding)
            self._imaging.editor.saved.connect(self._take_study)
            self.addWidget(self._imaging)
        self._came_from = finding
        finding.record.editor.keep_draft()

        def verbs(record_id: int | None) -> Verbs:
            def stored(session: Any) -> Snapshot:
                if record_id is not None:
                    return open_imaging(session, record_id)
                return Snapshot(None, None, IMAGING_FORM.empty() | {"side": side})

            return Verbs(stored, lambda session, opened, values: save_imaging(session, opened, values, patient_id))

        def draft(record_id: int | None) -> DraftOf:
            new = f"{NEW_OF_PATIENT[0].format(patient_id)}:{side.value}"
            return DraftOf(IMAGING_FORM.name, new if record_id is None else str(record_id))

        self._imaging.show_record(Subject("Imaging", "", side, None, verbs, draft))
        self.setCurrentWidget(self._imaging)

    def _take_study(self, saved: Snapshot) -> None:
        if saved.id is not None and self._came_from is not None:
            self._came_from.choose_study(saved.id)

    def _back_to_finding(self) -> None:
        finding = self._came_from
        if self._imaging is None or finding is None:
            return
        self._imaging.close_record()
        self.setCurrentWidget(finding)
        if finding.study is not None:
            finding.study.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, assessment: Assessment) -> None:
        self.urgency.show_assessment(assessment)
        self.rows.show_findings(assessment.has_findings)
        self.codes.show_codes(assessment.codes)

    def _follow_form(self) -> None:
        self.layers.show_layers(compare_layers(rows_of(self.editor.form.values().get("indications"))))
        self.codes.refresh()
