"""What is planned in one side, copied into the other side's own answers."""

from __future__ import annotations

from typing import Any

from desktop.models.choices import Side
from desktop.rules.other_side import copy_to_other_side

NAMES = ("steps", "volume_ml", "plane")


def typed(**more: Any) -> dict[str, Any]:
    return {f"{side}.{name}": "" for side in ("right", "left") for name in NAMES} | {"prefilled": []} | more


def copied(**more: Any) -> dict[str, Any]:
    return dict(copy_to_other_side(typed(**more), Side.RIGHT, NAMES).changes)


def test_that_what_is_planned_becomes_the_other_sides_own() -> None:
    changes = copied(**{"right.steps": ["implant_exchange"], "right.volume_ml": "300 cc"})
    assert changes == {"left.steps": ["implant_exchange"], "left.volume_ml": "300 cc", "prefilled": []}


def test_that_nothing_empty_is_copied_and_what_would_be_lost_is_named() -> None:
    told = copy_to_other_side(typed(**{"right.volume_ml": "300", "left.volume_ml": "275"}), Side.RIGHT, NAMES)
    assert told.replaced == ("left.volume_ml",)
    kept = copy_to_other_side(typed(**{"left.volume_ml": "275"}), Side.RIGHT, NAMES)
    assert kept.changes == {}


def test_that_rows_are_added_and_none_of_the_other_sides_is_touched() -> None:
    spare = {"id": 4, "side": "R", "role": "spare", "volume_ml": "275"}
    theirs = {"id": 5, "side": "L", "role": "sizer", "volume_ml": "300"}
    changes = copied(devices=[spare, theirs])
    assert changes["devices"] == [spare, theirs, {**spare, "id": None, "side": "L"}]
    assert "devices" not in copied(devices=[spare, {**spare, "id": 6, "side": "L"}])


def test_that_what_waits_to_be_confirmed_waits_in_the_other_side_too() -> None:
    answers = {"right.plane": "subfascial", "right.volume_ml": "300", "left.volume_ml": "275"}
    changes = copied(**answers, prefilled=["right.plane", "left.volume_ml"])
    assert changes["prefilled"] == ["right.plane", "left.plane"]
