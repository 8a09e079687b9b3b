"""The RIGHT and LEFT columns of the form: what became of each device, what cannot be asked, and one device in both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.reading import Unreadable
from desktop.rules.side import field_at
from desktop.rules.spell import (
    DEVICE_FACTS,
    PUTS_IN,
    SIDE_FACTS,
    TYPE_FACTS,
    describes_device,
    not_asked_after,
    why_no_device,
)
from desktop.services.operation import History
from desktop.services.operation_parts import OperationParts
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.past_editor import PAST_KEYS, PastEditor
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import Tone
from desktop.ui.operation.side_history import BeforeLine, PageButtons, found_before


class SideColumns(QObject):
    device_asked = Signal(object)
    removal_asked = Signal(object)
    """With the side whose page is wanted."""

    def __init__(self, form: FormView) -> None:
        super().__init__(form)
        self._form = form
        self._before_copy: dict[str, Any] | None = None
        self._is_read_only = False
        self._operation_id: int | None = None
        self._history = History((), (), ())
        sides = next(cards for cards in form.cards.values() if len(cards) == 2)
        self._cards = dict(zip((Side.RIGHT, Side.LEFT), sides, strict=True))
        self._pills: dict[Side, Pill | None] = dict.fromkeys(self._cards)
        self.copy_button = button("Same device in LEFT")
        self.copy_button.setObjectName("copy_to_left")
        self.copy_button.clicked.connect(self._copy)
        self._foot(Side.RIGHT, Text("Never copies serial number or lot.", "muted", wrap=True), self.copy_button)
        self._foot(Side.LEFT, Text(f"In a field: {PAST_KEYS}.", "muted", wrap=True))
        self.before = {side: self._before_line(side) for side in self._cards}
        self.pages = {side: self._page_buttons(side) for side in self._cards}
        AlignedSides({field_at(side, "before"): line for side, line in self.before.items()}, self)
        self.clear_buttons = {side: self._clear_button(side) for side in self._cards}
        form.edited.connect(self._on_edited)

    def set_read_only(self, read_only: bool) -> None:
        if self._is_read_only != read_only:
            self._is_read_only = read_only
            self.show_what_can_be_asked()

    def show_operation(self, operation_id: int | None, name: str, history: History) -> None:
        """Head both columns with the operation, and with what became of the device it put in."""
        self._before_copy = None
        self._operation_id, self._history = operation_id, history
        for side, card in self._cards.items():
            assert isinstance(card, Card)
            card.title.setText(f"{side.label} · {name}")
            if (old := self._pills[side]) is not None:
                old.hide()
                old.deleteLater()
            self._pills[side] = pill = _fate(operation_id, side, history)
            if pill is not None:
                card.trail(pill)
        self.show_what_can_be_asked()

    def show_parts(self, parts: OperationParts) -> None:
        """Which pages there are about what was saved in each side."""
        row = next((row for row in self._history.operations if row.id == self._operation_id), None)
        for side, pages in self.pages.items():
            pages.show_pages(side, parts, (row.right if side is Side.RIGHT else row.left) if row else None)

    def take_out(self, side: Side) -> None:
        """What was in place before comes out in this operation; it is exchanged where a new device is described."""
        name = field_at(side, "event")
        event = self._form.boxes[name].editor.value()
        editors = (self._form.boxes[field_at(side, key)].editor for key in DEVICE_FACTS)
        has_new = event in PUTS_IN or any(isinstance(each, PastEditor) and each.has_answer() for each in editors)
        self._form.restore({name: (SideEvent.EXCHANGED if has_new else SideEvent.REMOVED).value})
        self._form.boxes[name].editor.inputs()[0].setFocus()
        self._form.edited.emit()

    def side_with_keyboard(self) -> Side | None:
        focus = QApplication.focusWidget()
        return next(
            (side for side, card in self._cards.items() if focus is not None and card.isAncestorOf(focus)), None
        )

    def show_what_can_be_asked(self) -> None:
        """Close the questions about a device that never went in; an answer already there stays open to be removed."""
        for side in self._cards:
            prefix = field_at(side, "")
            box = self._form.boxes[f"{prefix}event"]
            event = box.editor.value()
            is_asked = describes_device(event)
            closed = not_asked_after(event)
            answered = False
            for key in (*DEVICE_FACTS, *SIDE_FACTS):
                fact = self._form.boxes[prefix + key]
                has_answer = isinstance(fact.editor, PastEditor) and fact.editor.has_answer()
                may_answer = key not in closed
                answered = answered or (has_answer and not may_answer)
                fact.setEnabled(may_answer or has_answer)
            box.say("" if event is None or is_asked else f"{why_no_device(side, event)}: nothing to describe below.")
            self.clear_buttons[side].setVisible(answered and not self._is_read_only)
            before = found_before(self._history, side, self._operation_id, self._happened_on())
            self.before[side].show_before(before, event, self._is_read_only)
        self.copy_button.setVisible(not self._is_read_only)
        self.copy_button.setEnabled(self._before_copy is not None or self._can_copy())
        self.copy_button.setText("Take the copy back" if self._before_copy is not None else "Same device in LEFT")
        self.copy_button.setAccessibleName(self.copy_button.text())
        self._form.show_problems()

    def _happened_on(self) -> PartialDate | None:
        try:
            typed = self._form.boxes["happened_on"].editor.value()
        except Unreadable:
            return None
        return typed if isinstance(typed, PartialDate) else None

    def _can_copy(self) -> bool:
        events = [self._form.boxes[field_at(side, "event")].editor.value() for side in Side]
        typed = (self._form.boxes[f"right.{key}"].editor for key in TYPE_FACTS)
        has_facts = any(isinstance(editor, PastEditor) and editor.has_answer() for editor in typed)
        return has_facts and all(describes_device(event) for event in events)

    def _copy(self) -> None:
        """The facts of the type with their sources, as they were typed; a second press takes the copy back."""
        boxes = self._form.boxes
        back = self._before_copy
        before = {f"left.{key}": boxes[f"left.{key}"].editor.typed() for key in TYPE_FACTS}
        self._form.restore(back or {f"left.{key}": boxes[f"right.{key}"].editor.typed() for key in TYPE_FACTS})
        self._form.edited.emit()
        self._before_copy = None if back else before
        self.show_what_can_be_asked()

    def _clear(self, side: Side) -> None:
        nothing = {"unknown": False, "text": "", "source": ""}
        event = self._form.boxes[field_at(side, "event")].editor.value()
        self._form.restore({field_at(side, key): nothing for key in not_asked_after(event)})
        self._form.boxes[field_at(side, "event")].editor.inputs()[0].setFocus()
        self._form.edited.emit()

    def _on_edited(self) -> None:
        self._before_copy = None
        self.show_what_can_be_asked()

    def _clear_button(self, side: Side) -> Any:
        made = button(f"Remove what is written about a device in {side.label}")
        made.setObjectName(f"clear_{side.label.lower()}")
        made.clicked.connect(lambda: self._clear(side))
        made.hide()
        card = self._cards[side]
        assert isinstance(card, Card)
        card.body.insertWidget(
            3, made, 0, Qt.AlignmentFlag.AlignLeft
        )  # after the heading, what was before, what was done
        card.body.addStretch(1)
        return made

    def _before_line(self, side: Side) -> BeforeLine:
        card = self._cards[side]
        assert isinstance(card, Card)
        line = BeforeLine(side, card)
        line.taken_out.connect(lambda: self.take_out(side))
        card.body.insertWidget(1, line)
        event = self._form.boxes[field_at(side, "event")].editor.inputs()[0]
        QWidget.setTabOrder(line.take_button, event)
        return line

    def _page_buttons(self, side: Side) -> PageButtons:
        card = self._cards[side]
        assert isinstance(card, Card)
        buttons = PageButtons(side, card)
        buttons.device_asked.connect(lambda: self.device_asked.emit(side))
        buttons.removal_asked.connect(lambda: self.removal_asked.emit(side))
        card.add(buttons)
        return buttons

    def _foot(self, side: Side, *widgets: Any) -> None:
        line = QHBoxLayout()
        for at, widget in enumerate(widgets):
            widget.setMinimumHeight(self.copy_button.sizeHint().height())  # one line in both columns
            line.addWidget(widget, 1 if at == 0 and isinstance(widget, Text) else 0)
        card = self._cards[side]
        assert isinstance(card, Card)
        card.add(line)


def _fate(operation_id: int | None, side: Side, history: History) -> Pill | None:
    chain = history.right if side is Side.RIGHT else history.left
    device = next((each for each in chain if operation_id is not None and each.operation_id == operation_id), None)
    if device is None:
        return None
    words: tuple[str, Tone] = ("in place", "good")
    if device.occupation.fate_unknown:
        words = ("fate unknown", "warning")
    elif not device.occupation.is_in_place:
        until = device.occupation.until
        words = (f"out {show_partial_date(until)}" if until else "out, date unknown", "neutral")
    return Pill(*words)
