"""Every operation a patient had and the devices they left, over time and one by one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.permission import Verb, may
from desktop.rules.side import field_at
from desktop.services.draft import DraftOf, list_drafts
from desktop.services.label import LabelPlace, save_with_labels
from desktop.services.operation import History, open_operation
from desktop.services.record import Snapshot
from desktop.services.timeline import Timeline, read_timeline
from desktop.services.withdrawal import withdraw_operation
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.catalogue_sides import CatalogueSides
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.withdraw_line import WithdrawLine
from desktop.ui.operation.overview import HistoryOverview
from desktop.ui.operation.record_pages import RecordPages
from desktop.ui.operation.scanning import Scanning, held_labels
from desktop.ui.operation.sides import SideColumns
from desktop.ui.operation.timeline_print import TimelinePrint

_NOTHING = (
    "No operation is recorded, and no device is known to be in either side.\n"
    "Somebody who never had breast surgery needs no entry here."
)


class HistoryScreen(Screen):
    """The newest operation is open below the timeline; another is opened from a bar or from the list."""

    watches = frozenset(
        {"operation", "operation_side", "device", "device_spell", "catalogue_product", "catalogue_edition"}
        | {"removal", "imaging_study", "matrix", "revision_case", "examination", "case_indication"}
        | {"drain", "specimen"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._open_id: int | None = None
        self._history = History((), (), ())
        self._timeline: Timeline | None = None
        self._drafts: frozenset[str] = frozenset()
        self._takes_focus = False
        self._types: dict[str, str] = {}
        self._asks_for_serial = False
        self._may_edit = may(background.actor.roles, Verb.EDIT_HISTORY)
        self.overview = HistoryOverview()
        self.overview.opened.connect(lambda operation_id: self.open_operation(operation_id, take_focus=True))
        self.overview.added.connect(self.add_operation)
        self.overview.timeline.removal_asked.connect(lambda side, _fact: self.take_out(side))
        self.overview.timeline.device_asked.connect(self.open_device_of)
        self.overview.timeline.table_shown.connect(lambda _as_table: self._show_top())
        self.editor = RecordEditor(OPERATION_FORM, background)
        self.editor.form.add_above(self.overview)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        self.sides = SideColumns(self.editor.form)
        self.catalogue = CatalogueSides(self.editor.form, background)
        self.withdraw_button = Button("Take out of the record …", "link")
        self.withdraw_button.setObjectName("withdraw_operation")
        self.withdraw_line = WithdrawLine("this operation")
        self.withdraw_button.clicked.connect(self.withdraw_line.ask)
        self.withdraw_line.given.connect(self._withdraw)
        self.editor.add_action(self.withdraw_button)
        self.editor.add_below(self.withdraw_line)
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
        self.paper = TimelinePrint(self._pages, background, self)
        self.overview.timeline.print_asked.connect(self.paper.begin)
        self.paper.left.connect(self._leave_print)
        self.paper.failed.connect(self._tell)
        self.pages = RecordPages(self._pages, self.editor, self.sides, background, may_edit=self._may_edit, parent=self)
        self.pages.left.connect(self._on_page_left)
        self.pages.parts_shown.connect(self._on_parts_shown)
        self.scanning = Scanning(self._pages, self.editor, background, self.add_operation, self)
        self.scanning.left.connect(self._on_scan_left)
        self.scanning.form_shown.connect(lambda: self._pages.setCurrentWidget(self.editor))
        self.scanning.by_hand.connect(self._type_label)

    def show_patient(self, patient_id: int) -> None:
        """Nothing of the patient before stays in sight while the new one's history is read."""
        self.editor.close_record()
        self.pages.forget()
        self.scanning.close()
        self._pages.setCurrentIndex(0)
        self._patient_id, self._open_id = patient_id, None
        self.paper.follow(patient_id)
        self._types = {}
        self._history, self._timeline = History((), (), ()), None
        self._show_top()
        self.refresh()

    @override
    def refresh(self) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def read(session: Any) -> tuple[Timeline, frozenset[str]]:
            drafts = (draft.record_key for draft in list_drafts(session) if draft.form == OPERATION_FORM.name)
            return read_timeline(session, patient_id), frozenset(drafts)

        def show(found: tuple[Timeline, frozenset[str]]) -> None:
            if patient_id == self._patient_id:
                self._show(*found)

        self.background.read(self, read, done=show, failed=self._refuse)
        self.catalogue.refresh()

    @override
    def go_to(self, place: Place) -> None:
        """Open the operation that the place names; its text may name a side, whose new device is meant, or "scan"."""
        if place.text == "scan":
            self.scan("", "revision")
        elif place.record_id is not None and place.text in tuple(Side):
            self.open_device_of(place.record_id, Side.from_code(place.text))
        elif place.record_id is not None:
            self.open_operation(place.record_id, take_focus=True)

    @override
    def help_page(self) -> str:
        if self.scanning.is_shown():
            return "scanning"
        return "devices" if self.pages.shown() is not None else ""

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()
        self.pages.keep_drafts()

    def open_operation(self, operation_id: int, *, take_focus: bool = False) -> None:
        """Show one operation in the form; what was typed in another is kept as its draft."""
        self._open_id, self._takes_focus = operation_id, take_focus
        self._edit()

    def add_operation(self) -> None:
        """An empty form, or the one that was begun for this patient and not saved."""
        if self._patient_id is None or not self._may_edit:
            return
        self._open_id, self._takes_focus = None, True
        self._edit()

    def take_out(self, side: Side) -> None:
        """A new operation that takes out what is in this side; nothing is saved, and what else it did is asked."""
        if self._may_edit:
            self._types = {field_at(side, "event"): SideEvent.REMOVED.value}
            self.add_operation()

    def open_device_of(self, operation_id: int, side: Side) -> None:
        """The page of the device that an operation put into a side."""
        self.pages.go_to_device(side)
        self.open_operation(operation_id)

    def scan(self, raw: str, came_from: str) -> None:
        """Show the page of labels with this one; empty waits for one. Esc leads back to the tab one came from."""
        if self._patient_id is not None:
            self.keep_drafts()
            self.pages.close()
            self.scanning.begin(self._patient_id, raw, came_from)

    def _on_scan_left(self) -> None:
        if self.editor.form.is_dirty() or self._open_id is not None:
            self._edit()
        else:
            self._pages.setCurrentIndex(0)
            self.editor.close_record()
            self.refresh()
        if self.scanning.came_from not in ("", "history"):
            self.went.emit(Place(self.scanning.came_from))
        elif self._open_id is not None:
            self.editor.form.focus_first()

    def _type_label(self, place: LabelPlace | None) -> None:
        """The page of the device to which the label belongs, or the operation's form; its serial number is asked."""
        if place is None or place.target.operation_id is None:
            self._on_scan_left()
        elif place.target.matrix_id is not None:
            self._open_id = place.target.operation_id
            self.pages.follow(self._patient_id, self._open_id, self._name(), self._history)
            self.pages.open_matrix(place.target.matrix_id)
            self._ask_for_serial()
        else:
            self._asks_for_serial = True
            self.open_device_of(place.target.operation_id, place.target.side)

    def _ask_for_serial(self) -> None:
        """On the page that has just been opened, whatever else it asks first."""
        self._asks_for_serial = False
        page = self.pages.shown()
        if page is not None:
            serial = page.editor.form.boxes["serial"].editor.inputs()[0]
            once = Qt.ConnectionType.SingleShotConnection
            page.editor.opened.connect(lambda _opened: serial.setFocus(Qt.FocusReason.OtherFocusReason), once)

    def _edit(self) -> None:
        self.pages.close()
        self._pages.setCurrentWidget(self.editor)
        key = self._new_key() if self._open_id is None else str(self._open_id)
        self.editor.edit(self._verbs(self._open_id), DraftOf(OPERATION_FORM.name, key))

    def _on_page_left(self) -> None:
        """The operation is read again: what was saved on the page may stand in its form too."""
        self._takes_focus = False
        self._edit()
        if not self.pages.give_focus_back():
            self.editor.form.focus_first()

    def _on_parts_shown(self) -> None:
        self.withdraw_button.setVisible(self._may_edit and self._open_id is not None)
        if self._asks_for_serial:
            self._ask_for_serial()

    def _withdraw(self, reason: str) -> None:
        snapshot = self.editor.snapshot
        if snapshot is None or snapshot.id is None:
            return

        def gone(_nothing: None) -> None:
            self.editor.forget_record()
            self._open_id = None
            self._pages.setCurrentIndex(0)
            self.refresh()

        self.withdraw_line.hide()
        asked = (snapshot.id, snapshot.version or 0, reason)
        self.background.run(self, withdraw_operation, *asked, done=gone, failed=self._tell)

    def _verbs(self, operation_id: int | None) -> Verbs:
        patient_id = self._patient_id
        assert patient_id is not None

        def open_one(session: Any) -> Snapshot:
            if operation_id is None:
                return Snapshot(None, None, OPERATION_FORM.empty())
            return open_operation(session, operation_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_with_labels(session, opened, values, patient_id, held_labels(operation_id, patient_id))

        return Verbs(open_one, save)

    def _new_key(self) -> str:
        return f"new:{self._patient_id}"

    def _show(self, timeline: Timeline, drafts: frozenset[str]) -> None:
        history = timeline.history
        self._timeline, self._history, self._drafts = timeline, history, drafts
        has_begun = self._new_key() in drafts
        words = "Go on with the new operation" if has_begun else "Add operation"
        self.overview.add_button.setText(f"{words}  (Ctrl+O)")
        self.overview.add_button.setShortcut("Ctrl+O")
        self.overview.add_button.setAccessibleName(words)
        self.overview.add_button.setVisible(self._may_edit)
        self._show_overview()
        if self.pages.shown() is not None or self.scanning.is_shown():
            return
        if self.editor.snapshot is not None or self._pages.currentWidget() is self.editor:
            self.pages.follow(self._patient_id, self._open_id, self._name(), self._history)
            self.sides.show_operation(self._open_id, self._name(), history)
        elif history.operations:
            self.open_operation(history.operations[0].id)
        elif has_begun:
            self.add_operation()
        else:
            self._pages.setCurrentWidget(self.empty)

    def _show_top(self) -> None:
        """What is in each breast, wherever the form was scrolled to."""
        self.editor.form.verticalScrollBar().setValue(0)

    def _show_overview(self) -> None:
        if self._timeline is not None:
            typed = {int(key) for key in self._drafts if key.isdecimal()}
            self.overview.show_timeline(self._timeline, self._open_id, typed)

    def _leave_print(self) -> None:
        self._pages.setCurrentWidget(self.editor)
        self.overview.timeline.take_focus()

    def _tell(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)

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
        self.catalogue.begin(not self._may_edit)
        self._name_operation()
        self._show_overview()
        self.withdraw_line.hide()
        self.pages.follow(self._patient_id, self._open_id, self._name(), self._history)
        if self._takes_focus:
            self._takes_focus = False
            self.editor.form.focus_first()
        types, self._types = self._types, {}
        if types and self._open_id is None:
            self.editor.type_in(types)

    def _on_saved(self, snapshot: Snapshot) -> None:
        """What stands above reads itself again, because the tables changed."""
        if snapshot.id is not None and self._open_id is None:
            self._open_id = snapshot.id
            self.editor.go_on_as(self._verbs(snapshot.id), DraftOf(OPERATION_FORM.name, str(snapshot.id)))
        self._name_operation()
        self.pages.follow(self._patient_id, self._open_id, self._name(), self._history)

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
