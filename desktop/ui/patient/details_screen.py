"""Register a patient, or change what is known about her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.form import ListField
from desktop.forms.patient import PATIENT_FORM
from desktop.services.draft import DraftOf, drop_draft
from desktop.services.duplicate import LikelySame, PerhapsRegistered, register_patient
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot, open_record
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.patient.likely_line import LikelyLine
from desktop.ui.patient.likely_question import LikelyQuestion
from desktop.ui.patient.merged_records import MergedRecords

REGISTRATION = DraftOf(PATIENT_FORM.name, "new")
WHO_SHE_IS = ("family_name", "given_name", "former_name", "birth_date")


class PatientDetailsScreen(Screen):
    """With a patient: her details. Without: the registration of a new one."""

    recognised = Signal(int, object)
    """Whom somebody began to register is this patient; and what was typed about her."""

    watches = frozenset({"patient_merge"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.title = Text("Register a patient", "title")
        column.addWidget(self.title)
        self.likely = LikelyLine(background)
        self.likely.compare_asked.connect(self._compare)
        column.addWidget(self.likely)
        self.editor = RecordEditor(PATIENT_FORM, background)
        column.addWidget(self.editor, 1)
        self.merged = MergedRecords(background)
        self.merged.went.connect(self.went)
        self.editor.form.add_below(self.merged)
        self.editor.saved.connect(self._on_saved)
        self.editor.refused.connect(self._on_refused)
        self.editor.opened.connect(self._on_opened)
        self.editor.form.edited.connect(self._look_for_her)
        self.question: LikelyQuestion | None = None
        self._is_registration = False
        self._denied: frozenset[int] = frozenset()
        self._brought: tuple[int, Mapping[str, Any]] | None = None

    def show_patient(self, patient_id: int) -> None:
        self._is_registration = False
        self.title.hide()
        self.likely.hide()
        self.merged.show_patient(patient_id)
        self.editor.edit(
            Verbs(lambda session: open_record(session, PATIENT_FORM, patient_id), save_patient),
            DraftOf(PATIENT_FORM.name, str(patient_id)),
        )

    def register(self, family_name: str = "") -> None:
        """An empty form, or the one that was begun and not saved."""
        self._is_registration, self._denied = True, frozenset()
        self.title.show()
        self.likely.show()
        self.likely.forget()
        self.merged.hide()
        self._close_question()

        def empty(_session: Any) -> Snapshot:
            return Snapshot(None, None, PATIENT_FORM.empty() | {"family_name": family_name or None})

        def save(session: Any, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
            return register_patient(session, opened, values, self._denied)

        self.editor.edit(Verbs(empty, save), REGISTRATION)

    def bring(self, patient_id: int, typed: Mapping[str, Any]) -> None:
        """What was typed while registering her comes into her own details, once these are open; it is not saved."""
        self._brought = (patient_id, typed)
        if self.editor.snapshot is not None:
            self._type_brought(self.editor.snapshot)

    @override
    def refresh(self) -> None:
        """After a merge, or its undoing, other answers stand."""
        shown = self.editor.snapshot
        if not self._is_registration and shown is not None and shown.id is not None:
            self.merged.refresh()
            self.background.read(self, open_record, PATIENT_FORM, shown.id, done=self.editor.renew)

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    def _on_opened(self, snapshot: Snapshot) -> None:
        self.editor.form.focus_first()
        self._type_brought(snapshot)
        self._look_for_her()

    def _look_for_her(self) -> None:
        if self._is_registration:
            self.likely.look_for(self.editor.form.values)

    def _on_refused(self, error: Exception) -> None:
        if self._is_registration and isinstance(error, PerhapsRegistered):
            self._compare(error.likely)

    def _compare(self, likely: tuple[LikelySame, ...]) -> None:
        self._close_question()
        self.question = question = LikelyQuestion(self.editor.form.values(), likely, self)
        question.left.connect(self._back_to_form)
        question.somebody_else.connect(self._register_somebody_else)
        question.is_her.connect(self._recognise)
        for each in (self.title, self.likely, self.editor):
            each.hide()
        self._column.addWidget(question, 1)
        question.show()
        question.setFocus()

    def _close_question(self) -> None:
        if self.question is not None:
            self._column.removeWidget(self.question)
            self.question.hide()
            self.question.deleteLater()
            self.question = None
        self.title.setVisible(self._is_registration)
        self.likely.setVisible(self._is_registration)
        self.editor.show()

    def _back_to_form(self) -> None:
        self._close_question()
        self.editor.messages.note("Not saved yet")
        self.editor.form.focus_first()

    def _register_somebody_else(self) -> None:
        if self.question is not None:
            self._denied |= {each.id for each in self.question.likely}
            self._back_to_form()
            self.editor.save()

    def _recognise(self, patient_id: int) -> None:
        typed, _stood = self.editor.form.changes()
        self._close_question()
        self.editor.close_record()  # which keeps the registration as a draft, until what was typed stands elsewhere
        self.recognised.emit(patient_id, typed)

    def _type_brought(self, snapshot: Snapshot) -> None:
        if self._brought is None or self._brought[0] != snapshot.id:
            return
        typed, self._brought = self._brought[1], None
        standing = self.editor.form.draft()
        fresh: dict[str, Any] = {}
        for field in PATIENT_FORM:
            if field.name in WHO_SHE_IS or not typed.get(field.name):
                continue
            if isinstance(field, ListField):
                rows = [{**row, "id": None} for row in typed[field.name]]
                added = [row for row in rows if row not in [{**each, "id": None} for each in standing[field.name]]]
                fresh |= {field.name: [*standing[field.name], *added]} if added else {}
            elif typed[field.name] != standing[field.name]:
                fresh[field.name] = typed[field.name]
        if fresh:
            self.editor.type_in(fresh)
        self.background.run(self, drop_draft, REGISTRATION)

    def _on_saved(self, snapshot: Snapshot) -> None:
        if self._is_registration:
            self.likely.forget()
            self.went.emit(Place("patient", snapshot.id))
        else:
            self.header_changed.emit()
