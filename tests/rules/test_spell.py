"""What may be said about an operation in the past, and for how long a device has been in place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import UNKNOWN, OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import years_between
from desktop.rules.lane import Step
from desktop.rules.problem import Circumstances
from desktop.rules.spell import (
    DEVICE_FACTS,
    check_operation,
    check_sequence,
    check_volume,
    describes_device,
    show_age_in_place,
    show_time_in_place,
)

TODAY = dt.date(2026, 11, 23)
DATES = st.dates(dt.date(1962, 1, 1), TODAY)


def problems(**values: Any) -> dict[str, tuple[str, bool]]:
    answers = {name.replace("__", "."): value for name, value in values.items()}
    found = check_operation(answers, Circumstances(today=TODAY))
    return {problem.field: (problem.message, problem.is_question) for problem in found}


def test_that_an_operation_in_the_future_is_refused_and_one_today_or_this_year_is_not() -> None:
    assert "happened_on" in problems(happened_on=PartialDate(2026, 11, 24))
    assert "happened_on" in problems(happened_on=PartialDate(2027))
    for fine in (PartialDate(2026, 11, 23), PartialDate(2026, 11), PartialDate(2026), UNKNOWN, None):
        assert "happened_on" not in problems(happened_on=fine)


@pytest.mark.parametrize(
    ("kind", "event", "is_asked"),
    [
        (OperationKind.EXCHANGE, SideEvent.REMOVED, True),
        (OperationKind.EXCHANGE, SideEvent.KEPT, False),
        (OperationKind.EXCHANGE, SideEvent.EXCHANGED, False),
        (OperationKind.EXCHANGE, SideEvent.ADDED, False),
        (OperationKind.EXCHANGE, None, False),
        (OperationKind.REMOVAL, SideEvent.EXCHANGED, True),
        (OperationKind.REMOVAL, SideEvent.REMOVED, False),
        (OperationKind.CAPSULE_SURGERY, SideEvent.EXCHANGED, False),
    ],
)
def test_that_a_kind_that_contradicts_what_was_done_is_asked(
    kind: OperationKind, event: SideEvent | None, is_asked: bool
) -> None:
    found = problems(kind=kind, right__event=event, left__event=SideEvent.NONE)
    assert ("kind" in found) is is_asked
    assert all(is_question for field, (_message, is_question) in found.items() if field == "kind")


def test_that_a_volume_with_a_digit_too_many_is_refused_with_the_number_that_was_meant() -> None:
    message = "3,250 mL is outside 10–2,000 mL. Did you mean 325?"
    assert problems(left__volume_ml=3250)["left.volume_ml"] == (message, False)


@pytest.mark.parametrize(
    ("volume_ml", "is_fine", "is_question"),
    [
        (9, False, False),
        (10, False, True),
        (79, False, True),
        (80, True, False),
        (1000, True, False),
        (1001, False, True),
        (2000, False, True),
        (2001, False, False),
        (0, False, False),
        (-325, False, False),
    ],
)
def test_that_volumes_are_asked_outside_80_to_1000_and_refused_outside_10_to_2000(
    volume_ml: int, is_fine: bool, is_question: bool
) -> None:
    found = check_volume("right.volume_ml", volume_ml)
    assert (found == []) is is_fine
    assert [problem.is_question for problem in found] == ([] if is_fine else [is_question])


@pytest.mark.parametrize("answer", [None, UNKNOWN, True])
def test_that_a_volume_that_is_no_number_is_never_measured(answer: Any) -> None:
    assert check_volume("right.volume_ml", answer) == []


@given(st.integers(-(10**9), 10**9))
def test_that_an_offered_volume_is_always_a_likely_one_made_of_the_typed_digits(volume_ml: int) -> None:
    for problem in check_volume("right.volume_ml", volume_ml):
        if "Did you mean" in problem.message:
            offered = int(problem.message.rpartition("mean ")[2].rstrip("?"))
            assert 80 <= offered <= 1000
            assert str(volume_ml).startswith(str(offered))


@pytest.mark.parametrize("event", [SideEvent.NONE, SideEvent.REMOVED, SideEvent.KEPT])
@pytest.mark.parametrize("name", DEVICE_FACTS)
def test_that_a_device_is_not_described_in_a_side_into_which_none_went(event: SideEvent, name: str) -> None:
    assert f"left.{name}" in problems(left__event=event, **{f"left__{name}": UNKNOWN})
    assert f"right.{name}" not in problems(left__event=event, **{f"right__{name}": UNKNOWN})


@pytest.mark.parametrize("event", [SideEvent.IMPLANTED, SideEvent.EXCHANGED, None])
def test_that_a_device_is_described_where_one_went_in_or_nobody_said_yet(event: SideEvent | None) -> None:
    assert describes_device(event)
    assert problems(right__event=event, right__serial="A-1", right__volume_ml=325) == {}


def test_that_an_incision_belongs_to_every_side_that_was_operated_on() -> None:
    assert "right.incision" in problems(right__event=SideEvent.NONE, right__incision=UNKNOWN)
    assert "right.incision" not in problems(right__event=SideEvent.REMOVED, right__incision=UNKNOWN)


def test_that_an_operation_on_neither_side_is_refused() -> None:
    assert "right.event" in problems(right__event=SideEvent.NONE, left__event=SideEvent.NONE)
    assert "right.event" not in problems(right__event=SideEvent.NONE, left__event=SideEvent.KEPT)


def test_that_one_serial_number_in_both_sides_is_asked() -> None:
    assert problems(right__serial="6748213", left__serial="6748213")["left.serial"][1] is True
    assert problems(right__serial="6748213", left__serial="6748214") == {}
    assert problems(right__serial=UNKNOWN, left__serial=UNKNOWN) == {}


IN_2009 = Step(1, PartialDate(2009), SideEvent.IMPLANTED, 1)


def asked(this: Step, *others: Step) -> list[str]:
    found = check_sequence(Side.LEFT, others, this)
    assert all(problem.is_question and problem.field == "left.event" for problem in found)
    return [problem.message for problem in found]


def test_that_taking_out_what_nobody_knows_to_be_there_is_asked() -> None:
    out = Step(2, PartialDate(2014), SideEvent.REMOVED, None)
    assert "No device is known to have been in LEFT" in asked(out)[0]
    assert asked(out, IN_2009) == []
    before = Step(3, PartialDate(2005), SideEvent.EXCHANGED, 3)
    assert asked(before, IN_2009)


def test_that_leaving_in_what_nobody_knows_to_be_there_is_asked_once() -> None:
    left_in = Step(2, PartialDate(2014), SideEvent.LEFT_IN, None)
    assert "what was left in is kept as an unknown device" in asked(left_in)[0]
    assert asked(left_in, IN_2009) == []
    assert asked(Step(3, PartialDate(2020), SideEvent.REMOVED, None), left_in) == []


def test_that_a_new_device_beside_one_left_in_without_function_is_not_asked() -> None:
    assert asked(Step(2, PartialDate(2014), SideEvent.ADDED, 2), IN_2009) == []
    assert "what was left in" in asked(Step(2, PartialDate(2014), SideEvent.ADDED, 2))[0]


def test_that_a_second_device_beside_the_first_is_asked_in_whatever_order_they_are_recorded() -> None:
    second = Step(2, PartialDate(2014), SideEvent.IMPLANTED, 2)
    assert "nobody recorded the first coming out" in asked(second, IN_2009)[0]
    assert asked(IN_2009, second)
    exchange = Step(2, PartialDate(2014), SideEvent.EXCHANGED, 2)
    assert asked(exchange, IN_2009) == []
    assert asked(IN_2009, exchange) == []


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2014-05-12", "12 y"),
        ("2014-05", "12 y"),
        ("2014", "about 12 y"),
        ("2009", "about 17 y"),
        ("2014-11", "about 12 y"),
        ("2014-11-23", "12 y"),
        ("2014-11-24", "11 y"),
        ("2026-06-01", "5 months"),
        ("2026-10-23", "1 month"),
        ("2026-11-20", "under 1 month"),
        ("2026-11", "under 1 month"),
        ("2026", "under 1 y"),
        ("2025", "about 1 y"),
        ("2027", "not yet in place"),
    ],
)
def test_that_an_age_in_place_is_no_more_exact_than_its_date(since: str, words: str) -> None:
    assert show_age_in_place(PartialDate.from_iso(since), TODAY) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2009-01-01", "2014-05-12", "5 y"),
        ("2009", "2014-05-12", "about 4 y"),
        ("2009", "2014", "about 5 y"),
        ("2014-05-12", "2014-08-12", "3 months"),
        ("2014-05-12", "2014-05-20", "under 1 month"),
        ("2014", "2014", "under 1 y"),
        ("2014-05", "2014-07", "about 2 months"),
        ("2014-05-12", "2014-07", "about 2 months"),
        ("2015", "2014", "not clear: its dates contradict each other"),
    ],
)
def test_that_a_time_in_place_is_no_more_exact_than_its_dates(since: str, until: str, words: str) -> None:
    assert show_time_in_place(PartialDate.from_iso(since), PartialDate.from_iso(until)) == words


@given(DATES, st.sampled_from(["day", "month", "year"]))
def test_that_an_age_without_about_is_true_for_every_day_the_date_may_mean(day: dt.date, precision: str) -> None:
    known = {"day": PartialDate.of(day), "month": PartialDate(day.year, day.month), "year": PartialDate(day.year)}
    words = show_age_in_place(known[precision], TODAY)
    if words.endswith(" y") and not words.startswith(("about", "under")):
        assert words == f"{years_between(day, TODAY)} y"
    if words.startswith("about") and words.endswith(" y"):
        assert abs(int(words.split()[1]) - years_between(day, TODAY)) <= 1
    if precision == "day":
        assert not words.startswith("about")
