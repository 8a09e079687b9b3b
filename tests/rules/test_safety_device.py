"""How devices are read aloud, and what in them is loud."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.models.choices import DeviceRole, PlanStep, Side
from desktop.rules.safety_device import AtHand, Said, planned_volumes, read_devices

ON = dt.date(2026, 12, 4)
PLAN: dict[str, Any] = {
    "right.steps": (PlanStep.IMPLANT_EXCHANGE,),
    "right.volume_ml": 300,
    "devices": ({"side": Side.RIGHT, "role": DeviceRole.SPARE, "volume_ml": 325},),
}


def device(**changes: Any) -> AtHand:
    known = {
        "manufacturer": "Mentor",
        "line": "MemoryGel",
        "style": "350",
        "volume_ml": 300,
        "lot": "77",
        "serial": "8",
    }
    return AtHand(**{"side": Side.RIGHT, **known, "expires_on": dt.date(2027, 5, 31), **changes})


def read(*devices: AtHand, side: Side = Side.RIGHT) -> list[Said]:
    return list(read_devices(devices, PLAN, side, ON))


def test_that_a_device_is_read_with_its_side_maker_style_volume_lot_serial_and_expiry() -> None:
    (said,) = read(device())
    assert said.text == (
        "RIGHT, first choice: Mentor MemoryGel · style 350 · 300 mL · lot 77 · serial 8 · usable through 31 May 2027"
    )
    assert said.tone == ""


def test_that_what_is_not_known_is_said_and_never_left_out() -> None:
    (said,) = read(AtHand(side=Side.RIGHT))
    for missing in ("maker and line", "volume", "lot", "serial", "expiry"):
        assert f"{missing} not recorded" in said.text


def test_that_a_device_past_its_date_on_the_day_of_surgery_is_loud_and_one_of_that_day_is_not() -> None:
    assert [each.tone for each in read(device(expires_on=dt.date(2026, 12, 3)))] == ["", "danger"]
    assert [each.tone for each in read(device(expires_on=ON))] == [""]


def test_that_a_volume_nobody_planned_is_loud_and_a_spare_size_is_not() -> None:
    assert planned_volumes(PLAN, Side.RIGHT) == (300, 325)
    assert [each.tone for each in read(device(volume_ml=325))] == [""]
    loud = read(device(volume_ml=375))[-1]
    assert loud.tone == "danger"
    assert loud.text == "375 mL is neither first choice nor spare size of RIGHT (planned: 300, 325 mL)."


def test_that_a_sizer_and_a_matrix_are_compared_with_nothing() -> None:
    assert [each.tone for each in read(device(role=DeviceRole.SIZER, volume_ml=999))] == [""]
    assert "mL" not in read(device(role=DeviceRole.MATRIX, volume_ml=None))[0].text


def test_that_a_side_with_a_planned_device_and_none_at_hand_is_loud() -> None:
    assert [each.tone for each in read(device(side=Side.LEFT), side=Side.RIGHT)] == ["danger"]
    assert [each.tone for each in read(side=Side.LEFT)] == ["muted"]


def test_that_a_device_in_a_side_into_which_none_is_planned_is_loud() -> None:
    assert read(device(side=Side.LEFT), side=Side.LEFT)[-1] == Said("The plan puts no device in LEFT.", "danger")
