"""What a plan does to the device of a side, and how the sides differ: signed, and nothing unknown taken for nought."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.choices import UNKNOWN, Fill, Plane, PlanStep, Shape, Side, Surface
from desktop.rules.plan_change import asymmetries, changes, known_facts

EXCHANGE = (PlanStep.IMPLANT_EXCHANGE,)


def facts(**more: Any) -> dict[str, Any]:
    return known_facts(more)


def told(now: dict[str, Any] | None, plan: dict[str, Any]) -> dict[str, str]:
    return {change.name: change.words() for change in changes(now, plan, Side.LEFT)}


@pytest.mark.parametrize(
    ("step", "planned_ml", "now", "words"),
    [
        (PlanStep.IMPLANT_EXCHANGE, 300, facts(volume_ml=325), "325 → 300 mL, −25 mL"),
        (PlanStep.IMPLANT_EXCHANGE, 1_050, facts(volume_ml=325), "325 → 1,050 mL, +725 mL"),
        (PlanStep.IMPLANT_EXCHANGE, 325, facts(volume_ml=325), "325 → 325 mL, the same volume"),
        (PlanStep.IMPLANT_EXCHANGE, 300, facts(), "not recorded → 300 mL"),
        (PlanStep.IMPLANT_EXCHANGE, 300, facts(volume_ml=UNKNOWN), "unknown → 300 mL"),
        (PlanStep.IMPLANT_EXCHANGE, None, facts(volume_ml=325), "325 mL → open"),
        (PlanStep.IMPLANT_INSERTION, 250, None, "no implant → 250 mL"),
        (PlanStep.EXPLANT_LIFT, None, facts(volume_ml=325), "325 mL → no implant"),
        (PlanStep.CAPSULOTOMY, None, facts(volume_ml=325), "325 mL, unchanged"),
        (PlanStep.MASTOPEXY_VERTICAL, None, None, "no implant, unchanged"),
    ],
)
def test_that_the_change_of_a_volume_is_said_in_words(
    step: PlanStep, planned_ml: int | None, now: dict[str, Any] | None, words: str
) -> None:
    assert told(now, {"left.steps": (step,), "left.volume_ml": planned_ml})["volume_ml"] == words


def test_that_every_answer_that_is_known_is_compared() -> None:
    now = facts(volume_ml=325, diameter_mm=128, plane=Plane.SUBGLANDULAR, surface=UNKNOWN, fill=Fill.SILICONE_GEL)
    plan = {
        "left.steps": EXCHANGE,
        "left.volume_ml": 300,
        "left.width_mm": 120,
        "left.projection_mm": 41,
        "left.plane": Plane.DUAL_PLANE_I,
        "left.surface": Surface.SMOOTH,
        "left.fill": Fill.SILICONE_GEL,
    }
    assert told(now, plan) == {
        "volume_ml": "325 → 300 mL, −25 mL",
        "width_mm": "128 → 120 mm, −8 mm",
        "projection_mm": "not recorded → 41 mm",
        "plane": "Subglandular → Dual plane I",
        "surface": "unknown → Smooth",
        "fill": "Silicone gel, unchanged",
    }


def test_that_a_device_that_stays_may_change_its_plane_only() -> None:
    now = facts(volume_ml=325, plane=Plane.SUBGLANDULAR, shape=Shape.ROUND)
    plan = {"left.steps": (PlanStep.POCKET_CHANGE,), "left.plane": Plane.SUBFASCIAL, "left.volume_ml": 300}
    assert told(now, plan) == {
        "volume_ml": "325 mL, unchanged",
        "plane": "Subglandular → Subfascial",
        "shape": "Round, unchanged",
    }


def test_that_the_base_of_a_round_device_is_its_diameter_and_its_own_width_wins() -> None:
    assert facts(diameter_mm=128)["width_mm"] == 128
    assert facts(diameter_mm=128, width_mm=UNKNOWN)["width_mm"] == 128
    assert facts(diameter_mm=128, width_mm=110)["width_mm"] == 110


def test_that_the_sides_are_compared_today_and_as_planned() -> None:
    now = {Side.RIGHT: facts(volume_ml=325), Side.LEFT: facts(volume_ml=325)}
    plan = {"right.steps": EXCHANGE, "right.volume_ml": 300, "right.width_mm": 120}
    volume, width = asymmetries(now, plan)
    assert (volume.today, volume.planned) == ("the same", "LEFT 25 mL more than RIGHT")
    assert (width.today, width.planned) == ("RIGHT and LEFT not known", "LEFT not known")


def test_that_one_implant_is_no_difference_of_volumes() -> None:
    now = {Side.RIGHT: facts(volume_ml=325), Side.LEFT: None}
    (volume,) = asymmetries(now, {"right.steps": (PlanStep.EXPLANT_ONLY,)})
    assert (volume.today, volume.planned) == ("implant in RIGHT only", "no implant in either side")
    assert asymmetries({Side.RIGHT: None, Side.LEFT: None}, {}) == ()
