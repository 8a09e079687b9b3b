"""What an operative report may say of the steps of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.models.choices import Side, StepOutcome
from desktop.rules.performed import Row, needs_reason, rows_at, steps_done
from desktop.rules.plan_step import questions
from desktop.rules.problem import Circumstances, Problem, Values

LATER_FACTS: Final = {
    "removal": frozenset(
        {"disposition", "disposition_on", "given_to"}
        | {"warranty", "warranty_until", "warranty_claimed_on", "warranty_claim_no"}
    ),
    "specimen": frozenset({"laboratory", "result", "resulted_on"}),
    "matrix": frozenset({"removed_on"}),
    "drain": frozenset({"removed_on"}),
}
"""What is only known after the operation, by table: it is no part of what was signed and can be written afterwards."""


def check_report(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Whatever was not as planned says what was done and why. Sources: product facts, row 13; §8 traps 1, 25."""
    problems = [problem for side in Side for problem in _check_steps(values, side)]
    if not problems:
        for side in Side:
            asked = questions(steps_done(values, side), has_description=False)
            problems += [Problem("steps", f"{side.label}: {question}", is_question=True) for question in asked[:1]]
    return problems


def _check_steps(values: Values, side: Side) -> Iterator[Problem]:
    for number, row in enumerate(rows_at(values, side), start=1):
        if message := _wrong(row):
            yield Problem("steps", f"{side.label}, {_name(row, number)}: {message}")


def _wrong(row: Row) -> str:
    outcome, planned, performed = row.get("outcome"), row.get("planned"), row.get("performed")
    if planned is None and outcome is not StepOutcome.ADDED:
        return "nobody planned it, so it was added."
    if planned is not None and outcome is StepOutcome.ADDED:
        return "it was planned, so it was not added."
    if outcome in (StepOutcome.INSTEAD, StepOutcome.ADDED) and performed is None:
        return "choose what was done."
    if outcome is StepOutcome.INSTEAD and performed is planned:
        return "that is what was planned. Answer “as planned”, or choose what was done instead."
    if outcome is StepOutcome.AS_PLANNED and performed not in (None, planned):
        return "as planned, and something else was done: choose one of the two."
    if outcome in (None, StepOutcome.NOT_DONE) and performed is not None:
        return "a step is named as done and not answered as done."
    return "write why." if needs_reason(row) and not (row.get("reason") or "").strip() else ""


def _name(row: Row, number: int) -> str:
    step = row.get("planned") or row.get("performed")
    return step.label if step else f"step {number}"
