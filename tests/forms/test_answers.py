"""What counts as known, and when a question about an answer counts as answered."""

from __future__ import annotations

from desktop.forms.answers import known, unconfirmed
from desktop.forms.form import confirmed
from desktop.models.choices import UNKNOWN
from desktop.rules.problem import Problem

QUESTION = Problem("serial", "Is it right?", is_question=True)
REFUSAL = Problem("serial", "It cannot be.")


def test_that_neither_an_unanswered_nor_an_unknown_fact_is_known() -> None:
    values = {"lot": UNKNOWN, "serial": "A1"}
    assert (known(values, "serial"), known(values, "lot"), known(values, "model")) == ("A1", None, None)


def test_that_a_question_is_answered_only_for_the_value_that_stands_there_now() -> None:
    assert unconfirmed([QUESTION], {"serial": "A1", confirmed("serial"): "A1"}) == []
    assert unconfirmed([QUESTION], {"serial": "A2", confirmed("serial"): "A1"}) == [QUESTION]
    assert unconfirmed([QUESTION], {"serial": "A1"}) == [QUESTION]


def test_that_no_confirmation_answers_a_refusal() -> None:
    assert unconfirmed([REFUSAL], {"serial": "A1", confirmed("serial"): "A1"}) == [REFUSAL]


def test_that_two_questions_about_one_answer_are_asked_as_one() -> None:
    (problem,) = unconfirmed([QUESTION, Problem("serial", "Is it hers?", is_question=True)], {"serial": "A1"})
    assert problem.message == "Is it right? Is it hers?"
