"""Says under a field of a report what the plan said, and takes it over by one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from desktop.models.choices import Side
from desktop.rules.reading import Unreadable
from desktop.rules.report_comparison import WAYS
from desktop.rules.report_facts import PlannedSide
from desktop.rules.side import field_at
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.field_box import FieldBox
from desktop.ui.kit.form_view import FormView

KEYS = "Ctrl+Enter: as planned"


class PlannedHints(QObject):
    """Nothing is filled in before somebody says so. Ctrl+Enter in a field, or its button, takes the planned answer."""

    def __init__(self, form: FormView) -> None:
        super().__init__(form)
        self._form = form
        self._planned: Mapping[str, object] = {}
        self._buttons: dict[str, Button] = {}
        self._names: dict[QObject, str] = {}
        self._read_only = False
        for name in (field_at(side, way) for side in Side for way in WAYS):
            box = form.boxes[name]
            made = Button("As planned", "link", box)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same without a further stop
            made.setAccessibleName(f"{box.field.full_label}: as planned")
            made.setToolTip(KEYS)
            made.clicked.connect(lambda _checked=False, name=name: self.take(name))
            made.hide()
            cast(QVBoxLayout, box.layout()).insertWidget(2, made, 0, Qt.AlignmentFlag.AlignLeft)
            self._buttons[name] = made
            for each in box.editor.inputs():
                each.installEventFilter(self)
                self._names[each] = name
        form.edited.connect(self.refresh)

    def show_planned(self, planned: Mapping[Side, PlannedSide]) -> None:
        told = {field_at(side, way): getattr(of_side, way) for side, of_side in planned.items() for way in WAYS}
        self._planned = {name: answer for name, answer in told.items() if answer is not None}
        for name in self._buttons:
            box = self._form.boxes[name]
            box.say(f"planned: {box.field.show(self._planned[name])}" if name in self._planned else "")
        self._form.show_problems()
        self.refresh()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.refresh()

    def refresh(self) -> None:
        """The button stands there while the answer is open."""
        for name, made in self._buttons.items():
            box = self._form.boxes[name]
            made.setVisible(name in self._planned and _is_open(box) and not self._read_only)

    def take(self, name: str) -> None:
        if name in self._planned and not self._read_only:
            editor = self._form.boxes[name].editor
            editor.set_value(self._planned[name])
            editor.edited.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._names:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.take(self._names[watched])
                return True
        return super().eventFilter(watched, event)


def _is_open(box: FieldBox) -> bool:
    try:
        return box.editor.value() is None
    except Unreadable:
        return False
