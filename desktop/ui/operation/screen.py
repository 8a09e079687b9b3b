"""Every operation a patient had and the devices they left, over time and one by one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.operation import OPERATION_FORM
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.permission import Verb, may
from desktop.services.draft import DraftOf, list_drafts
from desktop.services.operation import History, open_operation, read_history, save_operation
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.clock import today
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Screen
from desktop.ui.operation.overview import HistoryOverview
from desktop.ui.operation.sides import SideColumns

_NOTHING = (
    "No operation is recorded, and no device is known to be in either side.\n"
    "Somebody who never had breast surgery needs no entry here."
)


class HistoryScreen(Screen):
    """The newest operation is open below the timeline; another is opened from a bar or from the list."""

    watches = frozenset({"operation", "operation_side", "device", "device_spell"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._open_id: int | None = None
        self._history = History((), (), ())
        self._drafts: frozenset[str] = frozenset()
        self._takes_focus = False
        self._may_edit = may(background.actor.roles, Verb.EDIT_HISTORY)
        self.overview = HistoryOverview()
        self.overview.opened.connect(lambda operation_id: self.open_operation(operation_id, take_focus=True))
        self.overview.added.connect(self.add_operation)
        self.editor = RecordEditor(OPERATION_FORM, background)
        self.editor.form.add_above(self.overview)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        self.sides = SideColumns(self.editor.form)
        self.first_button = button("Record the first operation", primary=True, shortcut="Ctrl+O")
        self.first_button.setObjectName("first_operation")
        self.first_button.clicked.connect(self.add_operation)
        self.empty = Card("Prior surgery & implants")
        self.empty.add(EmptyState(_NOTHING, self.first_button if self._may_edit else None), 1)
        self.refused = EmptyState("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedLayout()
        column.addLayout(self._pages)  # before it has pages: a page that belongs nowhere opens as a window of its own
        for page in (QWidget(), self.empty, self.editor, self.refused):
            self._pages.addWidget(page)

    def show_patient(self, patient_id: int) -> None:
        """Nothing of the patient before stays in sight while the new one's history is read."""
        self.editor.close_record()
        self._pages.setCurrentIndex(0)
        self._patient_id, self._open_id = patient_id, None
        self._history = History((), (), ())
        self.refresh()

    @override
    def refresh(self) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def read(session: Any) -> tuple[History, frozenset[str]]:
            drafts = (draft.record_key for draft in list_drafts(session) if draft.form == OPERATION_FORM.name)
            return read_history(session, patient_id), frozenset(drafts)

        def show(found: tuple[History, frozenset[str]]) -> None:
            if patient_id == self._patient_id:
                self._show(*found)

        self.background.read(self, read, done=show, failed=self._refuse)

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    def open_operation(self, operation_id: int, *, take_focus: bool = False) -> None:
        """Show one operation in the form; what was typed in another is kept as its draft."""
        self._open_id, self._takes_focus = operation_id, take_focus
        self._pages.setCurrentWidget(self.editor)
        self.editor.edit(self._verbs(operation_id), DraftOf(OPERATION_FORM.name, str(operation_id)))

    def add_operation(self) -> None:
        """An empty form, or the one that was begun for this patient and not saved."""
        if self._patient_id is None or not self._may_edit:
            return
        self._open_id, self._takes_focus = None, True
        self._pages.setCurrentWidget(self.editor)
        self.editor.edit(self._verbs(None), DraftOf(OPERATION_FORM.name, self._new_key()))

    def _verbs(self, operation_id: int | None) -> Verbs:
        patient_id = self._patient_id
        assert patient_id is not None

        def open_one(session: Any) -> Snapshot:
            if operation_id is None:
                return Snapshot(None, None, OPERATION_FORM.empty())
            return open_operation(session, operation_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_operation(session, opened, values, patient_id)

        return Verbs(open_one, save)

    def _new_key(self) -> str:
        return f"new:{self._patient_id}"

    def _show(self, history: History, drafts: frozenset[str]) -> None:
        self._history, self._drafts = history, drafts
        has_begun = self._new_key() in drafts
        words = "Go on with the new operation" if has_begun else "Add operation"
        self.overview.add_button.setText(f"{words}  (Ctrl+O)")
        self.overview.add_button.setShortcut("Ctrl+O")
        self.overview.add_button.setAccessibleName(words)
        self.overview.add_button.setVisible(self._may_edit)
        self._show_overview()
        if self.editor.snapshot is not None or self._pages.currentWidget() is self.editor:
            self.sides.show_operation(self._open_id, self._name(), history)
        elif history.operations:
            self.open_operation(history.operations[0].id)
        elif has_begun:
            self.add_operation()
        else:
            self._pages.setCurrentWidget(self.empty)

    def _show_overview(self) -> None:
        typed = {int(key) for key in self._drafts if key.isdecimal()}
        self.overview.show_history(self._history, today(), self._open_id, typed)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.refused.words.setText(str(error))
            self._pages.setCurrentWidget(self.refused)
        else:
            self.background.failed.emit(error)

    def _on_opened(self, _snapshot: Snapshot) -> None:
        if not self._may_edit:
            self.editor.set_read_only(True)
            self.editor.messages.note("Your role may read this, not change it.")
        self.sides.set_read_only(not self._may_edit)
        self._name_operation()
        self._show_overview()
        if self._takes_focus:
            self._takes_focus = False
            self.editor.form.focus_first()

    def _on_saved(self, snapshot: Snapshot) -> None:
        """What stands above reads itself again, because the tables changed."""
        if snapshot.id is not None and self._open_id is None:
            self._open_id = snapshot.id
            self.editor.go_on_as(self._verbs(snapshot.id), DraftOf(OPERATION_FORM.name, str(snapshot.id)))
        self._name_operation()

    def _name_operation(self) -> None:
        self.sides.show_operation(self._open_id, self._name(), self._history)

    def _name(self) -> str:
        snapshot = self.editor.snapshot
        if snapshot is None or snapshot.id is None:
            return "new operation"
        happened_on = snapshot.values.get("happened_on")
        if isinstance(happened_on, PartialDate):
            return f"operation of {show_partial_date(happened_on)}"
        return "operation of unknown date"
