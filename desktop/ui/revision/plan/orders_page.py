"""The order list of a case: what is to be ordered, what is on its way, what lies here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.models.choices import OrderState
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb, may
from desktop.rules.plan_device import product_words
from desktop.services.device_order import (
    OrderLine,
    OrderList,
    make_orders,
    open_order,
    read_orders,
    save_order,
    set_order_state,
)
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.record_editor import Verbs
from desktop.ui.kit.tables import Column, ListTable, RowsModel
from desktop.ui.revision.plan.list_and_editor import ListAndEditor

EMPTY = "Nothing is on the list. It is made from the plan: the first choice of each side, and what stands beside it."
NOT_IN_PLAN, PAST_ON_THE_DAY = "no longer planned", "past its date on the day"
_STATES = {Qt.Key.Key_O: OrderState.ORDERED, Qt.Key.Key_H: OrderState.HERE, Qt.Key.Key_N: OrderState.NOT_NEEDED}


def _day(name: str) -> Any:
    return lambda line: show_date(line.values[name]) if line.values[name] else ""


COLUMNS = (
    Column("Side", lambda line: line.values["side"].label, 64),
    Column("What for", lambda line: line.values["role"].label, 110),
    Column("Device", lambda line: _device(line)),
    Column("State", lambda line: line.values["state"].label, 116),
    Column("Ordered", _day("ordered_on"), 108),
    Column("Arrived", _day("arrived_on"), 108),
    Column("Usable through", _day("expires_on"), 116),
    Column("", lambda line: ", ".join(_remarks(line)), 150),
)


def _remarks(line: OrderLine) -> list[str]:
    told = ((not line.is_in_plan, NOT_IN_PLAN), (line.is_past_on_the_day, PAST_ON_THE_DAY))
    return [words for is_so, words in told if is_so]


def _device(line: OrderLine) -> str:
    count = line.values["quantity"] or 1
    words = product_words(line.values, line.values["volume_ml"])
    return f"{count} × {words}" if count > 1 else words


class _OrderTable(ListTable):
    """O says that it is ordered, H that it is here, N that it is not needed; Enter opens it."""

    state_asked = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = _STATES.get(Qt.Key(event.key()))
        if state is not None and not event.modifiers():
            self.state_asked.emit(state)
            return
        super().keyPressEvent(event)


class OrdersPage(ListAndEditor):
    shown = Signal(object)
    """The `OrderList` as it is stored now."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        model = RowsModel(COLUMNS)
        table = _OrderTable(model, COLUMNS)
        super().__init__(background, DEVICE_ORDER_FORM, model, table, parent)
        self._may_order = may(background.actor.roles, Verb.ORDER_DEVICES)
        self._patient_id, self._case_id = 0, 0
        self._takes_keyboard = False
        self.orders = OrderList()
        table.setObjectName("orders")
        table.setAccessibleName("Order list. O ordered, H here, N not needed, Enter opens")
        table.state_asked.connect(self._set)
        self.editor.saved.connect(lambda _saved: self.show_list())
        self.editor.opened.connect(self._guard)
        self.put_button = self.make_button("Put it on the list", "make_orders", self._make, primary=True)
        self.add_button = self.make_button("Add a line", "add_order", lambda: self._open(None))
        self.ordered_button = self.make_button("Ordered today  (O)", "ordered", lambda: self._set(OrderState.ORDERED))
        self.here_button = self.make_button("Here today  (H)", "here", lambda: self._set(OrderState.HERE))
        self.open_button = self.make_button("Open  (Enter)", "open_order", self.open_current)
        self.lay_out(
            "order list",
            (self.put_button, self.ordered_button, self.here_button, self.open_button, self.add_button),
        )

    def open_case(self, patient_id: int, case_id: int) -> None:
        self._patient_id, self._case_id = patient_id, case_id
        self._takes_keyboard = True
        self.messages.clear()
        self.editor.close_record()
        self.pages.setCurrentIndex(0)
        self.refresh()

    @override
    def refresh(self) -> None:
        if case_id := self._case_id:
            self._background.read(
                self, read_orders, self._patient_id, case_id, done=lambda orders: self._show(case_id, orders)
            )

    def focus_first(self) -> None:
        first = self.table if self.orders.lines else self.put_button if self.orders.missing else self.back_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def show_list(self) -> None:
        super().show_list()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, case_id: int, orders: OrderList) -> None:
        """The line that was chosen stays chosen."""
        if case_id != self._case_id:
            return
        current: OrderLine | None = self.current()
        self.orders = orders
        self.model.show_rows(orders.lines)
        at = next((at for at, line in enumerate(orders.lines) if current and line.id == current.id), 0)
        if orders.lines:
            self.table.selectRow(at)
        self._show_words()
        if self._takes_keyboard:
            self._takes_keyboard = False
            self.focus_first()
        self.shown.emit(orders)

    def _show_words(self) -> None:
        orders = self.orders
        told = [orders.words(), *(point.text for point in orders.points)]
        self.words.setText("\n".join(f"{each[:1].upper()}{each[1:]}." for each in told) if orders.lines else EMPTY)
        self.table.setVisible(bool(orders.lines))
        missing = len(orders.missing)
        what = "1 device" if missing == 1 else f"{missing} devices"
        self.put_button.setText(f"Put {what} of the plan on the list")
        self.put_button.setVisible(self._may_order and missing > 0)
        self.add_button.setVisible(self._may_order)
        for each in (self.ordered_button, self.here_button):
            each.setVisible(self._may_order and bool(orders.lines))
        self.open_button.setVisible(bool(orders.lines))

    def _make(self) -> None:
        self._run(make_orders, self._patient_id, self._case_id, said=lambda count: f"{count} put on the list.")

    def _set(self, state: OrderState) -> None:
        line: OrderLine | None = self.current()
        if line is not None and self._may_order:
            said = f"{line.title}: {state.label.lower()}."
            self._run(set_order_state, line.id, line.version, state, said=lambda _none: said)

    def _run(self, verb: Any, *args: Any, said: Any) -> None:
        def done(result: Any) -> None:
            self.messages.say(said(result))
            self.refresh()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self._background.run(self, verb, *args, done=done, failed=self.say_problem)

    @override
    def say_problem(self, error: Exception) -> None:
        super().say_problem(error)
        if isinstance(error, UserError):
            self.refresh()

    @override
    def open_current(self) -> None:
        line: OrderLine | None
        if (line := self.current()) is not None:
            self._open(line.id)

    def _open(self, order_id: int | None) -> None:
        patient_id, case_id = self._patient_id, self._case_id

        def stored(session: Any) -> Snapshot:
            return open_order(session, order_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_order(session, opened, values, patient_id, case_id)

        key = str(order_id) if order_id else f"case {case_id}"
        self.editor.edit(Verbs(stored, save), DraftOf(DEVICE_ORDER_FORM.name, key))
        self.pages.setCurrentIndex(1)
        self.editor.form.focus_first()

    def _guard(self, _snapshot: object) -> None:
        if not self._may_order:
            self.editor.set_read_only(True)
            self.editor.messages.note("You can read this; your role does not include changing it.")
