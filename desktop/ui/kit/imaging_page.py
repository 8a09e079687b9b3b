"""The page of one imaging study of a patient, with the report that is kept with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.forms.imaging import IMAGING_FORM
from desktop.models.choices import AttachmentKind
from desktop.services.attachment import BelongsTo, KeptFile
from desktop.services.draft import NEW_OF_PATIENT, DraftOf
from desktop.services.imaging import open_imaging, save_imaging
from desktop.services.record import Snapshot
from desktop.services.withdrawal import withdraw_imaging
from desktop.ui.kit.attachments import AttachmentList, files_of
from desktop.ui.kit.background import Background
from desktop.ui.kit.file_view import FileView
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.record_page import RecordPage, Subject


def imaging_subject(patient_id: int, study_id: int | None) -> Subject:
    def verbs(record_id: int | None) -> Verbs:
        return Verbs(
            lambda session: open_imaging(session, record_id),
            lambda session, opened, values: save_imaging(session, opened, values, patient_id),
        )

    def draft_of(number: int | None) -> DraftOf:
        key = NEW_OF_PATIENT[0].format(patient_id) if number is None else str(number)
        return DraftOf(IMAGING_FORM.name, key)

    return Subject(IMAGING_FORM.title, "", None, study_id, verbs, draft_of, withdraw_imaging)


class ImagingPage(RecordPage):
    """A report is added to a study that is saved, and looked at in the same place; Escape leads back to the study."""

    def __init__(self, background: Background, *, may_edit: bool, back_to: str = "the operation") -> None:
        super().__init__(IMAGING_FORM, background, may_edit=may_edit, back_to=back_to)
        self._patient_id: int | None = None
        self._view: FileView | None = None
        self.files = AttachmentList(background, self.editor.messages, AttachmentKind.IMAGING_REPORT, "Report")
        self.files.opened.connect(self._show_file)
        self.editor.form.add_below(self.files)
        self.editor.saved.connect(self._show_files)

    def show_study(self, patient_id: int, study_id: int | None) -> None:
        self._patient_id = patient_id
        self._close_file()
        self.files.show_files(None, may_edit=False)
        self.show_record(imaging_subject(patient_id, study_id))

    @override
    def _on_opened(self, snapshot: Snapshot) -> None:
        super()._on_opened(snapshot)
        self._show_files(snapshot)

    def _show_files(self, snapshot: Snapshot) -> None:
        if self._patient_id is None or snapshot.id is None:
            self.files.show_files(None, may_edit=False)
        else:
            belongs = BelongsTo(self._patient_id, imaging_id=snapshot.id)
            self.files.show_files(files_of(belongs), may_edit=self._may_edit)

    def _show_file(self, file: KeptFile) -> None:
        if self._view is None:
            self._view = FileView("Back to the study", self)
            self._view.left.connect(self._close_file)
            self._column.addWidget(self._view, 1)
        self._stand_back(True)
        self._view.show()
        self._view.show_file(file)

    def _close_file(self) -> None:
        if self._view is not None and not self._view.isHidden():
            self._view.hide()
            self._stand_back(False)
            self.files.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_back(self, back: bool) -> None:
        for each in (self._head, self.editor):
            each.setVisible(not back)
