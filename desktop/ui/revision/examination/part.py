"""The newest examination of a case, to be read and written."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.examination import EXAMINATION_FORM
from desktop.rules.permission import Verb, may
from desktop.services.draft import DraftOf
from desktop.services.examination import open_examination, save_examination
from desktop.services.record import Snapshot
from desktop.services.revision import CaseFile
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.revision.part import CasePart


class ExaminationPart(CasePart):
    key = "examination"
    title = "Examination"

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.editor = RecordEditor(EXAMINATION_FORM, background)
        AlignedSides(self.editor.form.boxes, self.editor)
        self.editor.opened.connect(lambda _snapshot: self._guard())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)

    @override
    def open_case(self, patient_id: int, file: CaseFile) -> None:
        case_id = file.case.id
        examination_id = file.examination.id if file.examination else None

        def stored(session: Any) -> Snapshot:
            if examination_id is None:
                return Snapshot(None, None, EXAMINATION_FORM.empty())
            return open_examination(session, examination_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_examination(session, opened, values, patient_id, case_id)

        key = str(examination_id) if examination_id else f"case {case_id}"
        self.editor.edit(Verbs(stored, save), DraftOf(EXAMINATION_FORM.name, key))

    @override
    def update_case(self, file: CaseFile) -> None:
        """The form shows its own record, which follows the store by itself."""

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    @override
    def focus_first(self) -> None:
        self.editor.form.focus_first()

    def _guard(self) -> None:
        if not may(self.background.actor.roles, Verb.EDIT_CASE):
            self.editor.set_read_only(True)
            self.editor.messages.note("You can read this; your role does not include changing it.")
