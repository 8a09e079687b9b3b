"""What hangs on the operation in the form, and the pages that open over the history for one record each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from shiboken6 import isValid

from desktop.forms.device import DEVICE_FORM
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.services.operation import History
from desktop.services.operation_parts import OperationParts, read_parts
from desktop.ui.kit.background import Background
from desktop.ui.kit.imaging_page import ImagingPage
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.record_page import RecordPage, Subject
from desktop.ui.operation.parts import PartsCards
from desktop.ui.operation.side_history import found_before
from desktop.ui.operation.sides import SideColumns
from desktop.ui.operation.subjects import (
    PICKS,
    device_subject,
    drain_subject,
    matrix_subject,
    removal_subject,
)


class RecordPages(QObject):
    """`editor` holds the operation. A page is made when it is first asked for; what is typed on it and not saved is
    kept as a draft."""

    left = Signal()
    """Somebody goes back to the operation."""
    parts_shown = Signal()

    def __init__(
        self,
        stack: QStackedLayout,
        editor: RecordEditor,
        sides: SideColumns,
        background: Background,
        *,
        may_edit: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._stack, self._editor, self._sides = stack, editor, sides
        self._background, self._may_edit = background, may_edit
        self._pages: dict[str, RecordPage] = {}
        self._came_from: QWidget | None = None
        self._goes_to: Side | None = None
        self._patient_id: int | None = None
        self._operation_id: int | None = None
        self._name, self._history, self._parts = "", History((), (), ()), OperationParts()
        self.cards = PartsCards()
        self.cards.matrix_asked.connect(self.open_matrix)
        self.cards.drain_asked.connect(self.open_drain)
        self.cards.imaging_asked.connect(self.open_imaging)
        editor.form.add_below(self.cards)
        sides.device_asked.connect(self.open_device)
        sides.removal_asked.connect(self.open_removal)
        device_key = QShortcut(QKeySequence("Ctrl+D"), editor)
        device_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        device_key.activated.connect(self._open_device_by_key)

    def follow(self, patient_id: int | None, operation_id: int | None, name: str, history: History) -> None:
        """Which operation the form shows now, None while it is new; what hangs on it is read."""
        self._patient_id, self._operation_id, self._name, self._history = patient_id, operation_id, name, history
        if patient_id is None:
            return

        def show(parts: OperationParts) -> None:
            if (patient_id, operation_id) == (self._patient_id, self._operation_id):
                self._show_parts(parts)

        self._background.read(self, read_parts, patient_id, operation_id, done=show)

    def forget(self) -> None:
        """Nothing of the patient before stays."""
        self.close()
        self._patient_id = self._operation_id = self._goes_to = self._came_from = None
        self._parts = OperationParts()

    def go_to_device(self, side: Side) -> None:
        """As soon as what hangs on the next operation is known."""
        self._goes_to = side

    def open_device(self, side: Side) -> None:
        if self._operation_id is not None and side in self._parts.devices:
            device, facts = self._parts.devices[side], f"put in {self._when_and_where()}"
            self._open(DEVICE_FORM, device_subject(self._operation_id, side, device, facts))

    def open_removal(self, side: Side) -> None:
        if self._operation_id is not None:
            device = found_before(self._history, side, self._operation_id, None)
            title, facts = device.title if device else "Unknown device", f"came out {self._when_and_where()}"
            self._open(REMOVAL_FORM, removal_subject(self._operation_id, side, title, facts))

    def open_matrix(self, matrix_id: int | None) -> None:
        if self._operation_id is not None:
            self._open(MATRIX_FORM, matrix_subject(self._operation_id, matrix_id, self._name))

    def open_drain(self, drain_id: int | None) -> None:
        if self._operation_id is not None:
            self._open(DRAIN_FORM, drain_subject(self._operation_id, drain_id, self._name))

    def open_imaging(self, study_id: int | None) -> None:
        if self._patient_id is not None:
            page = self._pages.get(IMAGING_FORM.name)
            if not isinstance(page, ImagingPage):
                page = ImagingPage(self._background, may_edit=self._may_edit)
                self._add(IMAGING_FORM, page)
            self._begin()
            page.show_study(self._patient_id, study_id)
            self._stack.setCurrentWidget(page)

    def shown(self) -> RecordPage | None:
        page = self._stack.currentWidget()
        return page if isinstance(page, RecordPage) else None

    def close(self) -> None:
        for page in self._pages.values():
            if page.shown() is not None:
                page.close_record()

    def keep_drafts(self) -> None:
        for page in self._pages.values():
            page.editor.keep_draft()

    def give_focus_back(self) -> bool:
        """To what had the keyboard when the page was opened, if it is still there."""
        came_from, self._came_from = self._came_from, None
        if came_from is None or not isValid(came_from) or not came_from.isVisible():
            return False
        came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _open(self, form: Form, subject: Subject) -> None:
        page = self._pages.get(form.name)
        if page is None:
            picks = PICKS.get(form.name, frozenset())
            page = RecordPage(form, self._background, may_edit=self._may_edit, picks=picks)
            self._add(form, page)
        self._begin()
        page.show_record(subject)
        self._stack.setCurrentWidget(page)

    def _add(self, form: Form, page: RecordPage) -> None:
        self._pages[form.name] = page
        page.left.connect(self._leave)
        self._stack.addWidget(page)

    def _begin(self) -> None:
        """What is typed in the operation is kept, and where the keyboard was is remembered."""
        self._editor.keep_draft()
        self._came_from = QApplication.focusWidget()

    def _leave(self) -> None:
        self.close()
        self.left.emit()

    def _show_parts(self, parts: OperationParts) -> None:
        self._parts = parts
        self._sides.show_parts(parts)
        self.cards.show_parts(parts, is_saved=self._operation_id is not None, may_edit=self._may_edit)
        side, self._goes_to = self._goes_to, None
        if side is not None:
            self.open_device(side)
        self.parts_shown.emit()

    def _open_device_by_key(self) -> None:
        """Of the side that has the keyboard, or of the only one with a device; else a person says which."""
        sides = [side for side in Side if side in self._parts.devices]
        side = self._sides.side_with_keyboard()
        if side is None and len(sides) == 1:
            side = sides[0]
        if side in sides:
            self.open_device(side)
        elif sides:
            self._sides.pages[sides[0]].device_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _when_and_where(self) -> str:
        values = self._editor.snapshot.values if self._editor.snapshot else {}
        happened_on, facility = values.get("happened_on"), values.get("facility")
        when = show_partial_date(happened_on) if isinstance(happened_on, PartialDate) else "on an unknown date"
        return f"{when} at {facility}" if isinstance(facility, str) else when
