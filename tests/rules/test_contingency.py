"""If …, then …: what a contingency has to say."""

from __future__ import annotations

from typing import Any

from desktop.models.choices import ContingencyWhen, PlanStep, Side
from desktop.rules.contingency import check_contingencies

PLANNED = {"right.steps": (PlanStep.IMPLANT_EXCHANGE,)}


def row(**more: Any) -> dict[str, Any]:
    ruptured = {"id": 7, "side": Side.RIGHT, "happens": ContingencyWhen.RUPTURED, "detail": None}
    return ruptured | {"steps": (PlanStep.CAPSULECTOMY_TOTAL,), "then": None} | more


def told(*rows: dict[str, Any], **more: Any) -> list[tuple[str, bool]]:
    problems = check_contingencies({**PLANNED, "contingency_list": rows, **more})
    return [(problem.message, problem.is_question) for problem in problems]


def test_that_a_step_or_words_are_enough() -> None:
    assert told(row()) == []
    assert told(row(steps=(), then="Aspirate first.")) == []


def test_that_a_contingency_without_anything_to_do_is_refused() -> None:
    ((message, is_question),) = told(row(steps=()))
    assert message == "Contingency 1: nothing is said that is to be done then. Choose a step, or write it."
    assert not is_question


def test_that_something_else_has_to_be_named() -> None:
    assert told(row(happens=ContingencyWhen.OTHER))[0][0].endswith("say under “More exactly” what may be different.")
    assert told(row(happens=ContingencyWhen.OTHER, detail="The old port is broken")) == []


def test_that_steps_that_exclude_one_another_are_asked_about_until_somebody_confirms() -> None:
    odd = row(steps=(PlanStep.EXPLANT_ONLY, PlanStep.IMPLANT_EXCHANGE))
    ((message, is_question),) = told(odd)
    assert "exclude one another" in message
    assert is_question
    assert told(odd, contingency_list_confirmed=({**odd, "id": None},)) == []


def test_that_the_same_case_in_one_side_is_answered_once() -> None:
    assert told(row(), row())[0][0].startswith("Contingency 2 is about the same as contingency 1")
    assert told(row(), row(detail="gel outside the capsule")) == []


def test_that_a_side_for_which_nothing_is_planned_is_asked_about() -> None:
    assert told(row(side=Side.LEFT)) == [("Contingency 1: nothing is planned for LEFT. Is the side right?", True)]
