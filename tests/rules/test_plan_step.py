"""What a plan does to the device of a side."""

from __future__ import annotations

import pytest

from desktop.models.choices import PlanStep, Side
from desktop.rules.plan_step import device_change


@pytest.mark.parametrize(
    ("step", "planned_ml", "has_device", "now_ml", "words"),
    [
        (PlanStep.IMPLANT_EXCHANGE, 300, True, 325, "325 → 300 mL, −25 mL"),
        (PlanStep.IMPLANT_EXCHANGE, 1_050, True, 325, "325 → 1,050 mL, +725 mL"),
        (PlanStep.IMPLANT_EXCHANGE, 325, True, 325, "325 → 325 mL, the same volume"),
        (PlanStep.IMPLANT_EXCHANGE, 300, True, None, "volume not recorded → 300 mL"),
        (PlanStep.IMPLANT_EXCHANGE, None, True, 325, "325 mL → volume open"),
        (PlanStep.IMPLANT_INSERTION, 250, False, None, "no implant → 250 mL"),
        (PlanStep.EXPLANT_LIFT, None, True, 325, "325 mL → no implant"),
        (PlanStep.CAPSULOTOMY, None, True, 325, "325 mL, unchanged"),
        (PlanStep.MASTOPEXY_VERTICAL, None, False, None, "no implant, unchanged"),
    ],
)
def test_that_the_change_of_a_device_is_said_in_words(
    step: PlanStep, planned_ml: int | None, has_device: bool, now_ml: int | None, words: str
) -> None:
    plan = {"left.steps": (step,), "left.volume_ml": planned_ml}
    assert device_change(plan, Side.LEFT, has_device=has_device, volume_now_ml=now_ml).words() == words


def test_that_a_missing_volume_is_never_a_difference() -> None:
    plan = {"right.steps": (PlanStep.IMPLANT_EXCHANGE,)}
    assert device_change(plan, Side.RIGHT, has_device=True, volume_now_ml=None).difference_ml is None
