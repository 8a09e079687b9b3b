"""How a scanned label meets the history: which form is open beneath it, and what of the label goes into that form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedLayout

from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import Side, Source
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.side import field_at
from desktop.services.draft import DraftOf, drop_draft
from desktop.services.label import LabelPlace, TypedOperation, hold_label
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.operation.scan_page import ScanPage

_WAITS = "The label is read; its text is kept with this device when you save."


def held_labels(operation_id: int | None, patient_id: int) -> DraftOf:
    """Where the labels wait that belong to an operation which is being typed."""
    return DraftOf("held_label", f"new:{patient_id}" if operation_id is None else str(operation_id))


class Scanning(QObject):
    left = Signal()
    """Back to what was there before; `came_from` is the tab from which the label was scanned."""
    form_shown = Signal()
    """The label stands in the operation's form, which is to be seen now."""
    by_hand = Signal(object)
    """The `LabelPlace` whose numbers somebody types instead, or None."""

    def __init__(
        self,
        stack: QStackedLayout,
        editor: RecordEditor,
        background: Background,
        add_operation: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._stack, self._editor, self._background = stack, editor, background
        self._add_operation = add_operation
        self._page: ScanPage | None = None
        self._patient_id: int | None = None
        self._operation_id: int | None = None
        self._follows: Callable[[], None] | None = None
        self.came_from = ""
        editor.opened.connect(self._on_opened)
        editor.saved.connect(self._on_saved)
        editor.revert_button.clicked.connect(self._drop_held)

    @property
    def page(self) -> ScanPage:
        """Made when the first label is scanned."""
        if self._page is None:
            self._page = ScanPage(self._background)
            self._page.left.connect(self.left)
            self._page.into_form.connect(self._type_in)
            self._page.by_hand.connect(self.by_hand)
            self._stack.addWidget(self._page)
        return self._page

    def begin(self, patient_id: int, raw: str, came_from: str) -> None:
        """`raw` empty: the page waits for a label, or shows the one that is not in the record yet."""
        if not self.is_shown():
            self.came_from = came_from
        self._patient_id = patient_id
        self._stack.setCurrentWidget(self.page)
        self.page.begin(patient_id, self._typed(), raw)

    def is_shown(self) -> bool:
        return self._page is not None and self._stack.currentWidget() is self._page

    def close(self) -> None:
        """Another patient's file is opened."""
        self._follows = None
        if self._page is not None:
            self._page.leave_patient()

    def _typed(self) -> TypedOperation:
        snapshot, form = self._editor.snapshot, self._editor.form
        if snapshot is not None and form.is_dirty():
            assert self._patient_id is not None
            return TypedOperation(snapshot.id, form.values(), held=held_labels(snapshot.id, self._patient_id))
        return TypedOperation(None, OPERATION_FORM.empty(), is_begun=False)

    def _type_in(self, place: LabelPlace, label: ScannedLabel, chosen: tuple[str, ...]) -> None:
        """Into the open form as if typed; a new operation is begun for a label that belongs to none."""

        def type_in() -> None:
            self._put_into_form(place, label, chosen)

        snapshot = self._editor.snapshot
        if snapshot is not None and snapshot.id == place.target.operation_id:
            type_in()
        else:
            self._follows = type_in
            self._add_operation()

    def _on_saved(self, saved: Snapshot) -> None:
        self._operation_id = saved.id
        self._say_that_it_waits("")

    def _on_opened(self, opened: Snapshot) -> None:
        self._operation_id = opened.id
        self._say_that_it_waits("")
        follows, self._follows = self._follows, None
        if follows is not None:
            follows()

    def _put_into_form(self, place: LabelPlace, label: ScannedLabel, chosen: tuple[str, ...]) -> None:
        assert self._patient_id is not None
        side = place.target.side
        facts = dict(place.fills) | {name: place.differs[name][1] for name in chosen}
        boxes = self._editor.form.boxes
        typed: Mapping[str, Any] = {
            field_at(side, name): {"unknown": False, "text": fact, "source": Source.SCANNED.value}
            for name, fact in facts.items()
            if field_at(side, name) in boxes
        }
        held = held_labels(place.target.operation_id, self._patient_id)
        self._background.run(self, hold_label, held, side, label)
        self._editor.type_in(typed)
        self.form_shown.emit()
        self._say_that_it_waits(_WAITS, side)
        boxes[field_at(side, "serial")].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_that_it_waits(self, words: str, *sides: Side) -> None:
        for side in sides or Side:
            self._editor.form.boxes[field_at(side, "serial")].say(words)
        self._editor.form.show_problems()

    def _drop_held(self) -> None:
        """Reverting takes back what was scanned into the form too."""
        if self._patient_id is not None:
            self._background.run(self, drop_draft, held_labels(self._operation_id, self._patient_id))
