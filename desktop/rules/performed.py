"""What became of each step of a plan, and what the steps that were done did to the device of a side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from desktop.models.choices import OperationKind, PlanStep, Side, SideEvent, StepOutcome
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import NO_SURGERY, PUTS_IN, TAKES_OUT
from desktop.rules.problem import Values
from desktop.rules.spell import PUTS_IN as EVENTS_IN
from desktop.rules.spell import TAKES_OUT as EVENTS_OUT

Row = Mapping[str, Any]
"""One step of a report: its side, what was planned, what became of it, what was performed, and why."""

SUPPORTS: Final = frozenset({PlanStep.SUPPORT_ADM, PlanStep.SUPPORT_MESH})
GRAFTS_FAT: Final = frozenset({PlanStep.FAT_GRAFT, PlanStep.EXPLANT_FAT})
_LIFTS: Final = frozenset(step for step in PlanStep if step.name.startswith("MASTOPEXY_"))
_CAPSULE_AND_POCKET: Final = frozenset(
    step
    for step in PlanStep
    if step.name.startswith(("CAPSUL", "POCKET", "NEO_")) and step is not PlanStep.CAPSULE_RETAINED
) | {PlanStep.EN_BLOC, PlanStep.IMF_REPAIR, PlanStep.SYNMASTIA_REPAIR}
_LEAVES_ONE: Final = {SideEvent.LEFT_IN: SideEvent.KEPT, SideEvent.ADDED: SideEvent.EXCHANGED}
"""What a person may say more exactly than the steps can: the device that was there stayed without function."""


def rows_at(report: Values, side: Side) -> tuple[Row, ...]:
    """The steps of one side in their order."""
    return tuple(row for row in rows_of(report.get("steps")) if row.get("side") is side)


def done(row: Row) -> PlanStep | None:
    """The step that was performed; None where none was, and where nobody has answered yet."""
    match row.get("outcome"):
        case StepOutcome.AS_PLANNED:
            step: PlanStep | None = row.get("planned")
            return step
        case StepOutcome.INSTEAD | StepOutcome.ADDED:
            step = row.get("performed")
            return step
    return None


def expected(row: Row) -> PlanStep | None:
    """The step that was performed, or is still to be while nobody has answered."""
    return row.get("planned") if row.get("outcome") is None else done(row)


def steps_done(report: Values, side: Side) -> tuple[PlanStep, ...]:
    return tuple(step for row in rows_at(report, side) if (step := done(row)) is not None)


def steps_expected(report: Values, side: Side) -> tuple[PlanStep, ...]:
    return tuple(step for row in rows_at(report, side) if (step := expected(row)) is not None)


def needs_reason(row: Row) -> bool:
    """Whatever is not as planned is explained. Source: product facts, row 13."""
    return row.get("outcome") in (StepOutcome.INSTEAD, StepOutcome.NOT_DONE, StepOutcome.ADDED)


def as_planned(row: Row) -> dict[str, Any]:
    """The same step, answered: it was done as it was planned."""
    return {**row, "outcome": StepOutcome.AS_PLANNED, "performed": row.get("planned"), "reason": None}


def added(side: Side, step: PlanStep | None, reason: str | None = None) -> dict[str, Any]:
    """A step that nobody planned."""
    answers = {"planned": None, "outcome": StepOutcome.ADDED, "performed": step, "reason": reason}
    return {"id": None, "side": side, **answers}


def side_event(steps: Collection[PlanStep]) -> SideEvent:
    """What steps do to the device of their side; surgery that touches none leaves what is there."""
    chosen = set(steps)
    takes_out, puts_in = bool(chosen & TAKES_OUT), bool(chosen & PUTS_IN)
    if takes_out and puts_in:
        return SideEvent.EXCHANGED
    if takes_out:
        return SideEvent.REMOVED
    if puts_in:
        return SideEvent.IMPLANTED
    return SideEvent.KEPT if chosen - NO_SURGERY else SideEvent.NONE


def following_event(side: Side, event: SideEvent, before: Values, after: Values) -> SideEvent:
    """What an operation says of a side once the answers of its report changed. While they mean the same, what a person
    wrote there stays."""
    was, is_now = (side_event(steps_expected(each, side)) for each in (before, after))
    return event if was is is_now else is_now


def contradicts(steps: Collection[PlanStep], event: SideEvent) -> bool:
    """Whether steps and what an operation says of the device of that side cannot both be true."""
    said, follows = _LEAVES_ONE.get(event, event), side_event(steps)
    if (said in EVENTS_IN, said in EVENTS_OUT) == (follows in EVENTS_IN, follows in EVENTS_OUT):
        return (said is SideEvent.NONE) is not (follows is SideEvent.NONE)
    return not (event is SideEvent.ADDED and follows is SideEvent.IMPLANTED)


def operation_kind(steps: Mapping[Side, Collection[PlanStep]]) -> OperationKind:
    """The kind of an operation, from what it does in both sides."""
    events = {side_event(each) for each in steps.values()}
    every = {step for each in steps.values() for step in each}
    if SideEvent.EXCHANGED in events:
        return OperationKind.EXCHANGE
    if SideEvent.IMPLANTED in events:
        lifts = every & (_LIFTS | {PlanStep.AUG_MASTOPEXY})
        return OperationKind.AUGMENTATION_MASTOPEXY if lifts else OperationKind.AUGMENTATION
    if SideEvent.REMOVED in events:
        return OperationKind.REMOVAL
    if every & _CAPSULE_AND_POCKET:
        return OperationKind.CAPSULE_SURGERY
    if every & _LIFTS:
        return OperationKind.MASTOPEXY
    return OperationKind.REDUCTION if PlanStep.REDUCTION in every else OperationKind.OTHER


def row_words(row: Row) -> str:
    """`RIGHT Total capsulectomy: not done (bleeding)`, as a person reads it in one line."""
    side, planned, performed = row.get("side"), row.get("planned"), row.get("performed")
    reason = f" ({row['reason']})" if row.get("reason") else ""
    match row.get("outcome"):
        case StepOutcome.INSTEAD:
            said = f"instead {performed.label if performed else '…'}"
        case StepOutcome.ADDED:
            said = "added"
        case None:
            said = "not answered"
        case outcome:
            said = outcome.label.lower()
    step = planned or performed
    return f"{side.label if side else ''} {step.label if step else '…'}: {said}{reason}".strip()
