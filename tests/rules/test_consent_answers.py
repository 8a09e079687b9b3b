"""What the answers of a consent may say before it is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.rules.consent_answers import check_consent
from desktop.rules.problem import Circumstances, Problem
from tests.consent_story import consent_answers, initialled

TODAY = Circumstances(today=dt.date(2026, 11, 23))


def problems(**changes: Any) -> dict[str, Problem]:
    """The first of each field, which is the one a form shows."""
    return {problem.field: problem for problem in reversed(check_consent(consent_answers(**changes), TODAY))}


def test_that_a_consent_that_agrees_with_itself_has_no_problem() -> None:
    assert problems() == {}


@pytest.mark.parametrize(
    "name", ["given_on", "reviewed_on", "patient_signed_on", "clinician_signed_on", "copy_given_on"]
)
def test_that_no_day_lies_ahead(name: str) -> None:
    assert "has not come yet" in problems(**{name: dt.date(2026, 11, 24)})[name].message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reviewed_on", "gone through before it was given (10 Nov 2026)"),
        ("patient_signed_on", "signed before it was given"),
        ("copy_given_on", "a copy before the form itself was given"),
    ],
)
def test_that_nothing_comes_before_the_form_was_given(name: str, said: str) -> None:
    assert said in problems(**{name: dt.date(2026, 11, 9)})[name].message


def test_that_nobody_signs_before_it_was_gone_through() -> None:
    day = dt.date(2026, 11, 15)
    found = problems(patient_signed_on=day, clinician_signed_on=day)
    assert set(found) == {"patient_signed_on", "clinician_signed_on"}
    assert all("signed before it was gone through (16 Nov 2026)" in each.message for each in found.values())


def test_that_days_may_be_left_open_in_any_order() -> None:
    assert problems(given_on=None, reviewed_on=None) == {}


def test_that_more_items_than_the_form_has_and_an_item_twice_are_refused() -> None:
    assert "4 items are listed, and the form has 3" in problems(items=initialled(4))["items"].message
    twice = (*initialled(2), {"item": " 2", "initials": "RO"})
    assert "Item 2 is listed twice" in problems(items=twice)["items"].message


def test_that_words_of_the_other_side_are_asked_about_and_never_read_as_a_side() -> None:
    problem = problems(**{"right.procedure": "Implant exchange, left"})["right.procedure"]
    assert problem.is_question
    assert "This is RIGHT, and the words name LEFT" in problem.message
    problem = problems(**{"left.procedure": "Exchange on both sides"})["left.procedure"]
    assert problem.is_question
    assert "This is LEFT alone" in problem.message
    assert problems(**{"left.procedure": "Exchange, straight leftward pocket"}) == {}
