"""One complication, to be read, written and graded; a new case can go on from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from typing_extensions import override

from desktop.forms.complication import COMPLICATION_FORM
from desktop.models.choices import ClavienDindo
from desktop.services.complication import Complications, open_complication, save_complication
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.services.withdrawal import withdraw_complication
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.link_editor import LinkEditor
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.record_page import RecordPage, Subject
from desktop.ui.revision.outcome.meanings import Meanings


class ComplicationPage(RecordPage):
    reoperation_asked = Signal(int)
    """The number of the complication that a new case goes on from."""

    def __init__(self, background: Background, *, may_edit: bool, may_start: bool) -> None:
        super().__init__(COMPLICATION_FORM, background, may_edit=may_edit, back_to="the outcome")
        self._may_start = may_start
        self.meanings = Meanings()
        self.editor.form.add_below(self.meanings)
        self.start_button = button("Start a new case from this …", icon="add")
        self.start_button.setObjectName("reoperate_for_this")
        self.start_button.clicked.connect(self._start)
        self.editor.add_action(self.start_button)
        self.editor.form.edited.connect(self._show_meaning)
        self.editor.opened.connect(lambda _snapshot: self._on_known())
        self.editor.saved.connect(lambda _snapshot: self._on_known())

    def show_complication(
        self, patient_id: int, case_id: int, known: Complications, complication_id: int | None
    ) -> None:
        """None: a new one."""

        def verbs(number: int | None) -> Verbs:
            def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
                return save_complication(session, opened, values, patient_id, case_id)

            return Verbs(lambda session: open_complication(session, number), save)

        def draft(number: int | None) -> DraftOf:
            return DraftOf(COMPLICATION_FORM.name, f"case {case_id}" if number is None else str(number))

        self.show_choices(known)
        self.start_button.hide()
        title = "New complication" if complication_id is None else "Complication"
        facts = "Graded by how it was treated. Several of one patient are each recorded; the highest grade counts."
        self.show_record(Subject(title, facts, None, complication_id, verbs, draft, withdraw_complication))

    def show_choices(self, known: Complications) -> None:
        for name, links in (("operation_id", known.operations), ("device_id", known.devices)):
            editor = self.editor.form.boxes[name].editor
            assert isinstance(editor, LinkEditor)
            editor.show_links(links)

    @override
    def close_record(self) -> None:
        super().close_record()
        self.start_button.hide()

    def _on_known(self) -> None:
        snapshot = self.editor.snapshot
        self.start_button.setVisible(self._may_start and snapshot is not None and snapshot.id is not None)
        if self._subject is not None and snapshot is not None and snapshot.id is not None:
            self._subject = replace(self._subject, title="Complication")  # new no longer, once it is saved
            self._show_heading()
        self._show_meaning()

    def _show_meaning(self) -> None:
        grade = self.editor.form.boxes["grade"].editor.value()
        self.meanings.show_grade(grade if isinstance(grade, ClavienDindo) else None)

    def _start(self) -> None:
        """What is typed is saved first, so that what is carried over is what is seen."""
        snapshot = self.editor.snapshot
        if self.editor.form.is_dirty():
            self.editor.save(self._start)
        elif snapshot is not None and snapshot.id is not None:
            self.reoperation_asked.emit(snapshot.id)
