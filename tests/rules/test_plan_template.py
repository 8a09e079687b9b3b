"""Templates of plans: what stands in them, when they are offered, and what stays open until it is confirmed."""

from __future__ import annotations

import datetime as dt

from desktop.models.choices import ContingencyWhen, Indication, PlanStep
from desktop.rules.plan_template import check_template, is_empty_plan, says_what_to_do, source_words, suits
from desktop.rules.prefilled import prefilled_points
from desktop.rules.problem import Circumstances


def test_that_a_template_has_a_name() -> None:
    today = Circumstances(today=dt.date(2026, 11, 23))
    assert [problem.field for problem in check_template({"name": "  "}, today)] == ["name"]
    assert check_template({"name": "Exchange"}, today) == []


def test_that_a_plan_is_empty_until_somebody_answered_something() -> None:
    assert is_empty_plan({"anesthesia_kind": "local_sedation", "right.steps": (), "note": "", "devices": []})
    assert not is_empty_plan({"left.steps": (PlanStep.REFER,)})


def test_that_a_contingency_without_its_words_may_say_nothing() -> None:
    assert not says_what_to_do({"happens": ContingencyWhen.FLUID, "steps": ()})
    assert not says_what_to_do({"happens": ContingencyWhen.OTHER, "steps": (PlanStep.REFER,)})
    assert says_what_to_do({"happens": ContingencyWhen.FLUID, "steps": (PlanStep.REFER,)})


def test_that_the_template_that_suits_most_of_the_reasons_counts_most() -> None:
    reasons = (Indication.RIPPLING, Indication.CAPSULAR_CONTRACTURE, Indication.RIPPLING)
    assert suits((Indication.RIPPLING, Indication.PTOSIS), reasons) == 1
    assert source_words("Exchange", 2) == "template “Exchange”, version 2"


def test_that_what_nobody_confirmed_is_open_and_can_be_signed_over_with_a_reason() -> None:
    (point,) = prefilled_points(["right.steps", "note"], "template “Exchange”, version 2")
    assert point.text == "2 answers are filled in from template “Exchange”, version 2 and not confirmed"
    assert point.needs_reason
    assert [each.text for each in prefilled_points(["note"], None)] == [
        "1 answer is filled in from elsewhere and not confirmed"
    ]
    assert list(prefilled_points([], "template")) == []
