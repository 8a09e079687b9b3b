"""What the steps of a plan do to the device of a side, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from desktop.models.choices import PlanStep, Side
from desktop.rules.problem import Values
from desktop.rules.side import answer_at

PUTS_IN: Final = frozenset(
    {PlanStep.IMPLANT_EXCHANGE, PlanStep.IMPLANT_INSERTION, PlanStep.AUG_MASTOPEXY, PlanStep.WASHOUT_EXCHANGE}
)
REMOVES_ONLY: Final = frozenset({PlanStep.EXPLANT_ONLY, PlanStep.EXPLANT_LIFT, PlanStep.EXPLANT_FAT})
TAKES_OUT: Final = REMOVES_ONLY | {PlanStep.IMPLANT_EXCHANGE, PlanStep.WASHOUT_EXCHANGE}
REMOVES_CAPSULE: Final = frozenset({PlanStep.CAPSULECTOMY_TOTAL, PlanStep.CAPSULECTOMY_TOTAL_INTACT, PlanStep.EN_BLOC})
NO_SURGERY: Final = frozenset({PlanStep.NON_OPERATIVE, PlanStep.REFER, PlanStep.ASPIRATE_DIAG})
_EXCLUDE_ONE_ANOTHER: Final = (
    (REMOVES_ONLY, PUTS_IN),
    (frozenset({PlanStep.IMPLANT_INSERTION}), frozenset({PlanStep.IMPLANT_EXCHANGE, PlanStep.WASHOUT_EXCHANGE})),
    (frozenset({PlanStep.CAPSULE_RETAINED}), REMOVES_CAPSULE),
    (frozenset({PlanStep.NON_OPERATIVE}), frozenset(PlanStep) - NO_SURGERY),
)
DEVICE_ANSWERS: Final = (
    "manufacturer", "line", "style", "catalogue_no", "volume_ml", "width_mm", "projection_mm",
    "fill", "shape", "surface",
)  # fmt: skip


def puts_device_in(plan: Values, side: Side) -> bool:
    """Whether the plan leaves a new device in this side at this operation."""
    return not PUTS_IN.isdisjoint(steps_at(plan, side))


def describes_device(plan: Values, side: Side) -> bool:
    return any(answer_at(plan, side, name) for name in DEVICE_ANSWERS)


def is_surgery(plan: Values) -> bool:
    """Whether either side is to be operated on; observing, referring and sampling fluid are no operation."""
    return any(set(steps_at(plan, side)) - NO_SURGERY for side in Side)


def questions(steps: Collection[PlanStep], has_description: bool) -> list[str]:
    """What in the steps of one side is possible but unlikely, as questions a surgeon can confirm."""
    chosen, asked = set(steps), []
    for one, other in _EXCLUDE_ONE_ANOTHER:
        first = next((step for step in steps if step in one), None)
        second = next((step for step in steps if step in other and step is not first), None)
        if first and second:
            asked.append(f"“{first.label}” and “{second.label}” exclude one another. Is that right?")
    if has_description and chosen.isdisjoint(PUTS_IN | {PlanStep.DELAYED_REIMPLANT}):
        asked.append("A device is described, but no step puts one in. Is that right?")
    return asked


def steps_at(plan: Values, side: Side) -> tuple[PlanStep, ...]:
    return answer_at(plan, side, "steps") or ()
