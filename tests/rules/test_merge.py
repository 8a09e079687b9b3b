"""Which of two answers stands, and what a person is asked before two records become one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import Side
from desktop.rules.duplicate import Likeness
from desktop.rules.lane import Occupation
from desktop.rules.merge import (
    KEPT,
    OTHER,
    SEEN,
    Question,
    Standing,
    allergy_questions,
    chain_questions,
    likeness_questions,
    rows_to_add,
    standing,
    unanswered,
)

LATEX = {"id": 1, "substance": "Latex", "reaction": None}


@pytest.mark.parametrize(
    ("kept", "other", "stands"),
    [
        ("Okafor", "Okafor", Standing.SAME),
        ("Okafor", " OKAFOR ", Standing.SAME),
        ("Okafor", "Okafer", Standing.ASKED),
        ("Okafor", None, Standing.KEPT),
        (None, "Okafor", Standing.OTHER),
        ("", None, Standing.SAME),
        (False, None, Standing.SAME),
        (True, False, Standing.KEPT),
        (False, True, Standing.OTHER),
        (62, 64, Standing.ASKED),
    ],
)
def test_that_a_missing_answer_never_replaces_one_that_is_there(kept: Any, other: Any, stands: Standing) -> None:
    assert standing(kept, other) is stands


answers = st.none() | st.text(max_size=4) | st.integers(1, 3) | st.booleans()


@given(answers, answers)
def test_that_it_is_asked_whichever_of_two_answers_comes_first(one: Any, other: Any) -> None:
    mirrored = {Standing.KEPT: Standing.OTHER, Standing.OTHER: Standing.KEPT}
    found = standing(one, other)
    assert standing(other, one) is mirrored.get(found, found)


def test_that_rows_of_the_other_are_added_unless_they_stand_there_word_for_word() -> None:
    same, milder = {**LATEX, "id": 7, "substance": "LATEX "}, {**LATEX, "id": 8, "reaction": "Rash"}
    assert rows_to_add((LATEX,), (same, milder)) == (milder,)
    assert rows_to_add((), (same,)) == (same,)


def test_that_a_statement_against_a_listed_allergy_is_asked_and_nothing_else_is() -> None:
    none: dict[str, Any] = {"allergies": (), "no_known_allergies": True}
    listed = {"allergies": (LATEX,), "no_known_allergies": False}
    for pair in ((none, listed), (listed, none)):
        (question,) = allergy_questions(*pair)
        assert "Latex" in question.sentence
        assert [value for value, _words in question.options] == [SEEN]
    assert allergy_questions(none, none) == ()
    assert allergy_questions(listed, listed) == ()


def test_that_two_who_are_hardly_alike_are_asked_about_with_what_agrees() -> None:
    assert likeness_questions(Likeness(80, ("same family name", "same birth date"))) == ()
    (question,) = likeness_questions(Likeness(30, ("same family name",)))
    assert question.sentence.startswith("Beside same family name nothing says that these two are one person.")


def stay(spell_id: int | None, *, removed_by: int | None = None, fate_unknown: bool = False) -> Occupation:
    return Occupation(Side.RIGHT, spell_id, None, None, removed_by, fate_unknown)


def test_that_two_devices_at_one_time_and_one_that_never_went_in_are_pointed_out() -> None:
    apart = (stay(1), stay(2))
    assert chain_questions(Side.RIGHT, apart, (stay(1, removed_by=9), stay(2))) == ()
    (two,) = chain_questions(Side.RIGHT, apart, (stay(1, fate_unknown=True), stay(2)))
    assert two.sentence.startswith("RIGHT: two devices would be in place at the same time")
    (out,) = chain_questions(Side.RIGHT, apart, (stay(1), stay(2), stay(None, removed_by=9)))
    assert out.sentence == "RIGHT: a device would come out that nobody recorded going in."
    known = (stay(None, removed_by=9),)
    assert chain_questions(Side.RIGHT, known, known) == ()


def test_that_everything_has_to_be_answered_with_one_of_its_answers() -> None:
    question = Question("open_case", "Which?", (("4", "This"), ("5", "That")))
    assert unanswered(("phone",), (question,), {}) == ("phone", "open_case")
    assert unanswered(("phone",), (question,), {"phone": "mine", "open_case": "6"}) == ("phone", "open_case")
    assert unanswered(("phone",), (question,), {"phone": OTHER, "open_case": "5"}) == ()
    assert unanswered(("phone",), (), {"phone": KEPT}) == ()
