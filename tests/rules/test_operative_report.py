from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import PlanStep, Side, StepOutcome
from desktop.rules.operative_report import check_report
from desktop.rules.problem import Circumstances
from tests.rules.test_performed import CAPSULECTOMY, EXCHANGE, row

TODAY = Circumstances(today=dt.date(2026, 11, 23))


def said(*rows: dict[str, Any]) -> list[str]:
    return [problem.message for problem in check_report({"steps": rows}, TODAY)]


def test_that_nothing_answered_and_everything_as_planned_are_both_fine() -> None:
    assert said(row(), row(Side.LEFT)) == []
    assert said(row(outcome=StepOutcome.AS_PLANNED, performed=EXCHANGE)) == []
    assert check_report({}, TODAY) == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"outcome": StepOutcome.NOT_DONE}, "write why."),
        ({"outcome": StepOutcome.NOT_DONE, "reason": "  "}, "write why."),
        ({"outcome": StepOutcome.INSTEAD, "reason": "x"}, "choose what was done."),
        ({"outcome": StepOutcome.INSTEAD, "performed": EXCHANGE, "reason": "x"}, "that is what was planned."),
        ({"outcome": StepOutcome.INSTEAD, "performed": CAPSULECTOMY}, "write why."),
        ({"outcome": StepOutcome.AS_PLANNED, "performed": CAPSULECTOMY}, "something else was done"),
        ({"outcome": StepOutcome.NOT_DONE, "performed": CAPSULECTOMY, "reason": "x"}, "not answered as done"),
        ({"outcome": StepOutcome.ADDED, "performed": CAPSULECTOMY, "reason": "x"}, "it was planned"),
        ({"planned": None, "outcome": StepOutcome.AS_PLANNED}, "nobody planned it"),
        ({"planned": None, "outcome": StepOutcome.ADDED, "reason": "x"}, "choose what was done."),
        ({"planned": None, "outcome": StepOutcome.ADDED, "performed": CAPSULECTOMY}, "write why."),
    ],
)
def test_that_a_step_that_cannot_stand_so_is_named_with_its_side(answers: dict[str, Any], message: str) -> None:
    (problem,) = check_report({"steps": (row(Side.LEFT, **answers),)}, TODAY)
    assert problem.field == "steps"
    assert problem.message.startswith("LEFT, ")
    assert message in problem.message
    assert not problem.is_question


def test_that_steps_which_exclude_one_another_are_asked_about() -> None:
    removed = row(planned=PlanStep.EXPLANT_ONLY, outcome=StepOutcome.AS_PLANNED, performed=PlanStep.EXPLANT_ONLY)
    exchanged = row(outcome=StepOutcome.AS_PLANNED, performed=EXCHANGE)
    (problem,) = check_report({"steps": (removed, exchanged)}, TODAY)
    assert problem.is_question
    assert problem.message.startswith("RIGHT: ")
    assert "exclude one another" in problem.message
