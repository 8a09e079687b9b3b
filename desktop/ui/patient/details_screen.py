"""Register a patient, or change what is known about her."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.patient import PATIENT_FORM
from desktop.services.draft import DraftOf
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot, open_record
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text


class PatientDetailsScreen(Screen):
    """With a patient: her details. Without: the registration of a new one."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.title = Text("Register a patient", "title")
        column.addWidget(self.title)
        self.editor = RecordEditor(PATIENT_FORM, background)
        column.addWidget(self.editor, 1)
        self.editor.saved.connect(self._on_saved)
        self.editor.opened.connect(lambda _snapshot: self.editor.form.focus_first())
        self._is_registration = False

    def show_patient(self, patient_id: int) -> None:
        self._is_registration = False
        self.title.hide()
        self.editor.edit(
            Verbs(lambda session: open_record(session, PATIENT_FORM, patient_id), save_patient),
            DraftOf(PATIENT_FORM.name, str(patient_id)),
        )

    def register(self, family_name: str = "") -> None:
        """An empty form, or the one that was begun and not saved."""
        self._is_registration = True
        self.title.show()

        def empty(_session: Any) -> Snapshot:
            return Snapshot(None, None, PATIENT_FORM.empty() | {"family_name": family_name or None})

        self.editor.edit(Verbs(empty, save_patient), DraftOf(PATIENT_FORM.name, "new"))

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    def _on_saved(self, snapshot: Snapshot) -> None:
        if self._is_registration:
            self.went.emit(Place("patient", snapshot.id))
        else:
            self.header_changed.emit()
