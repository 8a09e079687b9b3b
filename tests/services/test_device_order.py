"""The order list of a case: made from the plan, and never made over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.models.choices import DeviceRole, OrderState, Side
from desktop.opening import OpenPractice
from desktop.services.device_order import (
    NOTHING_TO_ORDER,
    OrderList,
    make_orders,
    open_order,
    read_orders,
    save_order,
    set_order_state,
)
from desktop.services.revision import open_case_file, open_plan, save_plan, sign_plan
from tests.revision_story import add_planned_patient

SPARE = {"side": Side.RIGHT, "role": DeviceRole.SPARE, "line": "MemoryGel", "volume_ml": 275}


class Desk:
    def __init__(self, practice: OpenPractice, add_patient: Callable[..., int]) -> None:
        self.practice = practice
        answers = {"right.line": "MemoryGel", "devices": (SPARE,)}
        self.patient_id, self.case_id, plan = add_planned_patient(practice, add_patient, **answers)
        self.plan_id, self.plan_version = plan.id or 0, plan.version or 0

    def do(self, verb: Callable[..., Any], *args: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return verb(session, *args)

    def make(self) -> int:
        made: int = self.do(make_orders, self.patient_id, self.case_id)
        return made

    def read(self) -> OrderList:
        orders: OrderList = self.do(read_orders, self.patient_id, self.case_id)
        return orders

    def change_plan(self, **answers: Any) -> None:
        opened = self.do(open_plan, self.plan_id)
        self.do(save_plan, opened, {**opened.values, **answers}, self.patient_id, self.case_id)


@pytest.fixture
def desk(practice: OpenPractice, add_patient: Callable[..., int]) -> Desk:
    return Desk(practice, add_patient)


def test_that_the_list_is_made_from_the_plan_and_making_it_again_adds_nothing(desk: Desk) -> None:
    assert desk.read().words() == "nothing on the list, 2 not on the list yet"
    assert desk.make() == 2
    orders = desk.read()
    assert [line.title for line in orders.lines] == [
        "RIGHT first choice · MemoryGel 300 mL",
        "RIGHT spare size · MemoryGel 275 mL",
    ]
    assert orders.words() == "0 of 2 here"
    with pytest.raises(UserError, match=NOTHING_TO_ORDER):
        desk.make()


def test_that_what_is_ordered_stays_when_the_plan_changes_and_says_so(desk: Desk) -> None:
    desk.make()
    first = desk.read().lines[0]
    desk.do(set_order_state, first.id, first.version, OrderState.ORDERED)
    desk.change_plan(**{"right.volume_ml": 250})
    assert desk.make() == 1
    lines = desk.read().lines
    assert [(line.values["volume_ml"], line.is_in_plan) for line in lines] == [(300, False), (275, True), (250, True)]
    assert lines[0].values["state"] is OrderState.ORDERED
    assert lines[0].values["ordered_on"] == dt.date(2026, 11, 23)


def test_that_the_list_lives_on_after_the_plan_is_signed(desk: Desk) -> None:
    desk.make()
    points = desk.do(open_case_file, desk.patient_id, desk.case_id).open_points
    reasons = {point.text: "Discussed." for point in points}
    desk.do(lambda session: sign_plan(session, desk.plan_id, desk.plan_version, reasons=reasons))
    line = desk.read().lines[0]
    desk.do(set_order_state, line.id, line.version, OrderState.HERE)
    orders = desk.read()
    assert orders.lines[0].values["arrived_on"] == dt.date(2026, 11, 23)
    assert orders.words() == "1 of 2 here"


def test_that_a_line_somebody_else_changed_is_not_set(desk: Desk) -> None:
    desk.make()
    line = desk.read().lines[0]
    desk.do(set_order_state, line.id, line.version, OrderState.ORDERED)
    with pytest.raises(RecordChanged):
        desk.do(set_order_state, line.id, line.version, OrderState.HERE)


def test_that_taking_a_state_back_takes_its_day_back(desk: Desk) -> None:
    desk.make()
    for state in (OrderState.HERE, OrderState.TO_ORDER):
        line = desk.read().lines[0]
        desk.do(set_order_state, line.id, line.version, state)
    values = desk.read().lines[0].values
    assert (values["state"], values["arrived_on"], values["ordered_on"]) == (OrderState.TO_ORDER, None, None)


def test_that_lot_serial_and_date_are_kept_and_a_device_past_its_date_is_open(desk: Desk) -> None:
    desk.make()
    opened = desk.do(open_order, desk.read().lines[0].id)
    answers = {
        "state": OrderState.HERE,
        "arrived_on": dt.date(2026, 11, 20),
        "lot": "L1",
        "serial": "S1",
        "expires_on": dt.date(2026, 12, 3),
    }
    desk.do(save_order, opened, {**opened.values, **answers}, desk.patient_id, desk.case_id)
    (expired,) = [point for point in desk.read().points if point.text.startswith("Past its date")]
    assert expired.detail == "Usable through 3 Dec 2026; surgery is on 4 Dec 2026."


def test_that_a_line_of_another_patient_is_refused(desk: Desk, add_patient: Callable[..., int]) -> None:
    other = add_patient(given_name="Ada")
    with pytest.raises(UserError):
        desk.do(read_orders, other, desk.case_id)
    desk.make()
    opened = desk.do(open_order, desk.read().lines[0].id)
    with pytest.raises(UserError):
        desk.do(save_order, opened, opened.values, other, desk.case_id)


def test_that_an_order_without_a_side_is_refused(desk: Desk) -> None:
    opened = desk.do(open_order, None)
    with pytest.raises(Rejected):
        desk.do(save_order, opened, opened.values, desk.patient_id, desk.case_id)
