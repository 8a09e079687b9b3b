"""One visit in its form, with what earlier visits found beside the fields."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.forms.examination import EXAMINATION_FORM
from desktop.rules.dates import show_date
from desktop.services.draft import NEW_OF_PATIENT, DraftOf
from desktop.services.examination import Visits, new_examination, open_examination, save_examination
from desktop.services.record import Snapshot
from desktop.services.withdrawal import withdraw_examination
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.clock import today
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.withdraw_line import WithdrawLine
from desktop.ui.revision.examination.earlier import earlier_words

FILLED_IN = "New visit. The day and your name are filled in; nothing is carried over from an earlier visit."
NOT_YOURS = "You can read this; your role does not include changing it."


def draft_of_new_visit(patient_id: int, case_id: int | None) -> DraftOf:
    """`case_id` None: the visit belongs to no case."""
    key = NEW_OF_PATIENT[1].format(patient_id) if case_id is None else f"case {case_id}"
    return DraftOf(EXAMINATION_FORM.name, key)


class VisitPage(QWidget):
    saved = Signal(int)
    withdrawn = Signal()

    def __init__(self, background: Background, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background, self._may_edit = background, may_edit
        self._patient_id = 0
        self._case_id: int | None = None
        self._visits = Visits()
        self._takes_focus = False
        self.editor = RecordEditor(EXAMINATION_FORM, background, parent=self)
        boxes = self.editor.form.boxes
        measured = {box.name for section in EXAMINATION_FORM.tables for box in section.fields}
        AlignedSides({name: box for name, box in boxes.items() if name not in measured}, self.editor)
        self.withdraw_button = Button("Take out of the record …", "link")
        self.withdraw_button.setObjectName("withdraw_visit")
        self.withdraw_line = WithdrawLine("this visit")
        self.withdraw_button.clicked.connect(self.withdraw_line.ask)
        self.withdraw_line.given.connect(self._withdraw)
        self.editor.add_action(self.withdraw_button)
        self.editor.add_below(self.withdraw_line)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)

    def show_visit(
        self, patient_id: int, case_id: int | None, visits: Visits, examination_id: int | None, *, take_focus: bool
    ) -> None:
        """`case_id` is the case to which a new visit belongs."""
        self._patient_id, self._case_id, self._visits, self._takes_focus = patient_id, case_id, visits, take_focus
        self.withdraw_line.hide()
        self.withdraw_button.hide()
        self.editor.edit(self._verbs(examination_id), self._draft_of(examination_id))

    def follow(self, visits: Visits) -> None:
        """What is stored now: a visit nobody types in is shown anew, and earlier ones are said again."""
        self._visits = visits
        snapshot = self.editor.snapshot
        stored = next((row for row in visits.rows if snapshot and row.id == snapshot.id), None)
        if snapshot and stored and stored.version != snapshot.version and not self.editor.form.is_dirty():
            self.editor.edit(self._verbs(stored.id), self._draft_of(stored.id))
        elif snapshot:
            self._say_earlier(snapshot)

    def _verbs(self, examination_id: int | None) -> Verbs:
        patient_id, case_id = self._patient_id, self._case_id

        def stored(session: Any) -> Snapshot:
            return new_examination(session) if examination_id is None else open_examination(session, examination_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_examination(session, opened, values, patient_id, case_id)

        return Verbs(stored, save)

    def _draft_of(self, examination_id: int | None) -> DraftOf:
        if examination_id is None:
            return draft_of_new_visit(self._patient_id, self._case_id)
        return DraftOf(EXAMINATION_FORM.name, str(examination_id))

    def _on_opened(self, snapshot: Snapshot) -> None:
        why_not = self._why_not(snapshot)
        if why_not:
            self.editor.set_read_only(True)
            self.editor.messages.note(why_not)
        elif snapshot.id is None and not self.editor.form.is_dirty():
            self.editor.messages.note(FILLED_IN)
        self.withdraw_button.setVisible(snapshot.id is not None and not why_not)
        self._say_earlier(snapshot)
        takes_focus, self._takes_focus = self._takes_focus, False
        if takes_focus:
            self.editor.form.focus_first()

    def _why_not(self, snapshot: Snapshot) -> str:
        """Why this visit can be read and not changed."""
        if not self._may_edit:
            return NOT_YOURS
        visit = next((row for row in self._visits.rows if row.id == snapshot.id), None)
        if visit is None or visit.case_closed_on is None or visit.case_opened_on is None:
            return ""
        case = f"the case of {show_date(visit.case_opened_on)}, closed on {show_date(visit.case_closed_on)}"
        return f"This visit belongs to {case}: it is read here, not changed."

    def _say_earlier(self, snapshot: Snapshot) -> None:
        on = snapshot.values.get("examined_on") if snapshot.id else None
        before = self._visits.before(on, snapshot.id)
        for box in self.editor.form.boxes.values():
            box.say_before(earlier_words(box.field, before, self._visits.changes, on or today()))

    def _on_saved(self, snapshot: Snapshot) -> None:
        if snapshot.id is not None:
            self.editor.go_on_as(self._verbs(snapshot.id), self._draft_of(snapshot.id))
            self.withdraw_button.setVisible(self._may_edit)
            self.saved.emit(snapshot.id)

    def _withdraw(self, reason: str) -> None:
        snapshot = self.editor.snapshot
        if snapshot is None or snapshot.id is None:
            return

        def gone(_nothing: None) -> None:
            self.editor.forget_record()
            self.withdrawn.emit()

        self.withdraw_line.hide()
        asked = (snapshot.id, snapshot.version or 0, reason)
        self._background.run(self, withdraw_examination, *asked, done=gone, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)
