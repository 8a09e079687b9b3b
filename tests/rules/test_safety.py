"""Which items are asked for which sides, what keeps a phase open, and when the second side needs its own time-out."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models.choices import SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side
from desktop.rules.problem import Circumstances
from desktop.rules.safety import (
    AGAIN,
    ITEMS,
    NOBODY_NAMED,
    OF_A_SIDE,
    Line,
    check_phase,
    lines_of,
    missing_in,
    missing_words,
    second_side,
)

BOTH = frozenset(Side)
TODAY = Circumstances(dt.date(2026, 11, 23))


def test_that_every_item_is_asked_in_exactly_one_phase() -> None:
    asked = [item for items in ITEMS.values() for item in items]
    assert sorted(asked, key=lambda item: item.value) == sorted(SafetyItem, key=lambda item: item.value)


def test_that_every_time_out_that_is_called_again_asks_for_patient_and_side() -> None:
    assert set(AGAIN) == set(SafetyAgain)
    assert all(SafetyItem.PATIENT_AND_SIDE in items for items in AGAIN.values())


def test_that_what_belongs_to_a_side_is_asked_for_each_planned_side_with_right_first() -> None:
    lines = lines_of(SafetyMoment.TIME_OUT, BOTH)
    of_implants = [line.side for line in lines if line.item is SafetyItem.IMPLANT_READ]
    assert of_implants == [Side.RIGHT, Side.LEFT]
    assert all(line.side is None for line in lines if line.item not in OF_A_SIDE)


def test_that_one_planned_side_is_asked_for_alone() -> None:
    sides = {line.side for line in lines_of(SafetyMoment.TIME_OUT, {Side.LEFT})}
    assert sides == {None, Side.LEFT}


def test_that_nothing_is_left_out_while_no_side_is_planned() -> None:
    assert [line.item for line in lines_of(SafetyMoment.SIGN_IN, ())] == list(ITEMS[SafetyMoment.SIGN_IN])


def test_that_a_no_without_a_comment_is_refused_and_a_yes_is_not() -> None:
    row = {"item": SafetyItem.SITE_MARKED, "side": Side.RIGHT, "reply": SafetyReply.NO, "comment": "  "}
    values = {"moment": SafetyMoment.SIGN_IN, "answers": (row,)}
    assert "needs a comment" in check_phase(values, TODAY)[0].message
    assert check_phase({**values, "answers": (row | {"comment": "patient asked to wait"},)}, TODAY) == []
    assert check_phase({**values, "answers": (row | {"reply": SafetyReply.YES},)}, TODAY) == []


def test_that_an_item_answered_twice_is_refused() -> None:
    row = {"item": SafetyItem.IDENTITY, "side": None, "reply": SafetyReply.YES, "comment": None}
    assert "twice" in check_phase({"moment": SafetyMoment.SIGN_IN, "answers": (row, row)}, TODAY)[0].message


def test_that_a_time_out_called_again_says_why() -> None:
    problems = check_phase({"moment": SafetyMoment.TIME_OUT_AGAIN, "answers": ()}, TODAY)
    assert [problem.field for problem in problems] == ["again_because"]


def test_that_a_phase_is_open_until_everything_is_answered_and_somebody_is_named() -> None:
    lines = lines_of(SafetyMoment.SIGN_IN, BOTH)
    answered: dict[Line, SafetyReply | None] = dict.fromkeys(lines, SafetyReply.YES)
    assert missing_in(lines, answered, "Pell") == []
    assert missing_in(lines, answered, " ") == [NOBODY_NAMED]
    marked = Line(SafetyItem.SITE_MARKED, Side.LEFT)
    assert missing_in(lines, answered | {marked: None}, "Pell") == ["LEFT · The site is marked"]


def test_that_a_long_list_of_what_is_open_is_counted() -> None:
    assert missing_words(["a", "b", "c"], at_most=2) == "Still open: a; b and 1 more."


@pytest.mark.parametrize(
    ("planned", "begun", "stopped", "says", "is_late"),
    [
        ({Side.RIGHT}, set(), set(), None, False),
        (BOTH, set(), set(), "stop again before the second side", False),
        (BOTH, {Side.LEFT}, set(), "stop again before RIGHT", False),
        (BOTH, BOTH, set(), "no second time-out is finished", True),
        (BOTH, BOTH, {Side.LEFT}, None, False),
    ],
)
def test_that_the_second_side_is_asked_about_until_the_team_stopped_for_it(
    planned: set[Side], begun: set[Side], stopped: set[Side], says: str | None, is_late: bool
) -> None:
    found = second_side(planned, begun, stopped)
    assert (found is None) is (says is None)
    if found is not None and says is not None:
        assert says in found.words
        assert found.is_late is is_late
