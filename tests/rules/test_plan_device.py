"""Which devices a plan asks for, what may be said of them, and what of the order list is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import DeviceRole, OrderState, PlanStep, Side
from desktop.rules.plan_device import (
    check_devices,
    check_order,
    compare_orders,
    order_points,
    wanted_devices,
)
from desktop.rules.problem import Circumstances

TODAY = Circumstances(today=dt.date(2026, 11, 23))
EXCHANGE = {"right.steps": (PlanStep.IMPLANT_EXCHANGE,), "right.line": "MemoryGel", "right.volume_ml": 300}


def row(side: Side = Side.RIGHT, role: DeviceRole = DeviceRole.SPARE, **more: Any) -> dict[str, Any]:
    names = ("manufacturer", "line", "style", "volume_ml", "quantity", "note")
    return {"id": None, "side": side, "role": role} | dict.fromkeys(names) | more


def line(**more: Any) -> dict[str, Any]:
    first = {"side": Side.RIGHT, "role": DeviceRole.FIRST_CHOICE, "line": "MemoryGel", "volume_ml": 300}
    return first | {"state": OrderState.TO_ORDER} | more


def messages(*rows: dict[str, Any], **more: Any) -> list[str]:
    return [problem.message for problem in check_devices({**EXCHANGE, "devices": rows, **more})]


def test_that_a_plan_asks_for_its_first_choice_and_for_what_stands_beside_it() -> None:
    rows = (row(Side.LEFT, DeviceRole.MATRIX, line="GalaFLEX"), row(volume_ml=275, quantity=2))
    first, spare, matrix = wanted_devices({**EXCHANGE, "devices": rows})
    assert (first.side, first.role, first.volume_ml) == (Side.RIGHT, DeviceRole.FIRST_CHOICE, 300)
    assert (spare.role, spare.volume_ml, spare.quantity) == (DeviceRole.SPARE, 275, 2)
    assert (matrix.side, matrix.line, matrix.quantity) == (Side.LEFT, "GalaFLEX", 1)


def test_that_a_side_into_which_nothing_goes_asks_for_no_device() -> None:
    assert wanted_devices({"left.steps": (PlanStep.EXPLANT_ONLY,), "left.volume_ml": 300}) == ()


def test_that_a_line_is_the_same_wish_whatever_whoever_ordered_added_to_it() -> None:
    wanted = wanted_devices({**EXCHANGE, "devices": (row(volume_ml=275),)})
    lines = [line(catalogue_no="350-3001BC", manufacturer="Mentor"), line(role=DeviceRole.SPARE, volume_ml=250)]
    missing, strays = compare_orders(wanted, lines)
    assert [wish.volume_ml for wish in missing] == [275]
    assert strays == {1}


def test_that_one_line_answers_one_wish_and_the_most_exact_first() -> None:
    wanted = wanted_devices({**EXCHANGE, "right.volume_ml": None})
    missing, strays = compare_orders(wanted, [line(), line(volume_ml=None)])
    assert (missing, strays) == ((), {0})


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (row(), "Device 1: say which one: its maker, line, style or volume."),
        (
            row(role=DeviceRole.FIRST_CHOICE, line="X"),
            "Device 1: the first choice is described in the plan of its side.",
        ),
        (row(role=DeviceRole.MATRIX, line="X", volume_ml=300), "Device 1: a matrix or mesh has no volume. Remove it."),
        (row(volume_ml=3_000), "Device 1: 3,000 mL is outside 10–2,000 mL. Did you mean 300?"),
        (row(volume_ml=70), "Device 1: 70 mL is outside the usual 80–1,000 mL."),
        (row(Side.LEFT, line="X"), "Device 1: no step puts a device in LEFT. Is the side right?"),
        (row(role=DeviceRole.MATRIX, line="X"), "Device 1: no step in RIGHT uses a matrix or mesh. Is that right?"),
    ],
)
def test_that_a_row_that_says_too_little_or_too_much_is_answered(told: dict[str, Any], said: str) -> None:
    (message,) = messages(told)
    assert message.startswith(said)


def test_that_the_same_device_is_not_written_twice() -> None:
    assert messages(row(line="X"), row(line="x ")) == ["Device 2 is the same as device 1. Raise how many instead."]
    assert messages(row(line="X"), row(line="X", volume_ml=250)) == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"ordered_on": dt.date(2026, 11, 24), "state": OrderState.ORDERED}, "ordered_on"),
        (
            {"arrived_on": dt.date(2026, 11, 1), "ordered_on": dt.date(2026, 11, 2), "state": OrderState.HERE},
            "arrived_on",
        ),
        ({"arrived_on": dt.date(2026, 11, 1), "state": OrderState.ORDERED}, "state"),
        ({"ordered_on": dt.date(2026, 11, 1)}, "state"),
        ({"expires_on": dt.date(2026, 11, 22), "state": OrderState.HERE}, "expires_on"),
        ({"volume_ml": 5}, "volume_ml"),
    ],
)
def test_that_days_and_state_of_an_order_agree(told: dict[str, Any], field: str) -> None:
    assert [problem.field for problem in check_order(line(**told), TODAY)] == [field]
    assert check_order(line(), TODAY) == []


def test_that_what_is_not_here_or_past_its_date_on_the_day_is_open() -> None:
    orders = [
        line(),
        line(state=OrderState.ORDERED, volume_ml=275),
        line(state=OrderState.HERE, expires_on=dt.date(2026, 12, 3)),
        line(state=OrderState.HERE, expires_on=dt.date(2026, 12, 4)),
        line(state=OrderState.NOT_NEEDED, expires_on=dt.date(2020, 1, 1)),
    ]
    points = list(order_points(orders, dt.date(2026, 12, 4)))
    assert [point.text for point in points] == [
        "1 device not ordered",
        "1 device ordered, not here",
        "Past its date on the day: RIGHT first choice · MemoryGel 300 mL",
    ]
    assert all(point.needs_reason for point in points)
    assert len(list(order_points(orders, None))) == 2
