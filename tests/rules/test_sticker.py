from __future__ import annotations

import dataclasses

import pytest

from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.sticker import Placed, check_removal, check_sticker

LABEL = "(01)09521234543213(21)SN0001"
RIGHT = Placed(
    record_number="000017",
    side=Side.RIGHT,
    operation_id=1,
    put_in_on=PartialDate(2014, 5, 12),
    device_identifier="09521234543213",
    serial="SN0001",
    raw=LABEL,
)


def asked(this: Placed, *others: Placed) -> list[str]:
    problems = check_sticker(this, others)
    assert all(problem.is_question and problem.field == "serial" for problem in problems)
    return [problem.message for problem in problems]


def test_that_one_serial_number_in_two_patients_is_asked_with_the_record_number_alone() -> None:
    other = dataclasses.replace(RIGHT, record_number="000233", operation_id=9)
    (message,) = asked(RIGHT, other)
    assert "SN0001 is already recorded for another patient, record 000 233" in message
    assert "Compare the stickers" in message


def test_that_one_serial_number_in_two_patients_is_asked_even_when_the_first_device_came_out() -> None:
    other = dataclasses.replace(RIGHT, record_number="000233", was_removed=True, removed_on=PartialDate(2010))
    assert asked(RIGHT, other)


@pytest.mark.parametrize("operation_id", [1, 2])
@pytest.mark.parametrize("was_removed", [False, True])
def test_that_one_serial_number_in_both_sides_is_asked(operation_id: int, was_removed: bool) -> None:
    left = dataclasses.replace(RIGHT, side=Side.LEFT, operation_id=operation_id, raw=None, was_removed=was_removed)
    (message,) = asked(left, RIGHT)
    assert "RIGHT has the same serial number SN0001" in message
    assert "LEFT and RIGHT may be swapped" in message


def test_that_one_label_scanned_for_both_sides_is_asked_once() -> None:
    (message,) = asked(dataclasses.replace(RIGHT, side=Side.LEFT), RIGHT)
    assert "The label of LEFT is the same text as the label of RIGHT" in message


def test_that_labels_without_a_serial_number_are_compared_as_texts() -> None:
    right = dataclasses.replace(RIGHT, serial=None, raw="(01)09521234543213(10)LOTA1")
    left = dataclasses.replace(right, side=Side.LEFT)
    assert "the same text" in asked(left, right)[0]
    assert asked(dataclasses.replace(left, record_number="000233"), right) == []
    assert asked(dataclasses.replace(left, raw=None), dataclasses.replace(right, raw=None)) == []
    assert asked(dataclasses.replace(right, operation_id=2), right) == []


def test_that_a_device_put_in_twice_is_asked_unless_it_came_out_in_between() -> None:
    again = dataclasses.replace(RIGHT, operation_id=2, put_in_on=PartialDate(2020, 3))
    (message,) = asked(again, RIGHT)
    assert "already put into RIGHT at another operation (12 May 2014)" in message
    for removed_on in (PartialDate(2018), PartialDate(2020, 3, 31), PartialDate(2020), None):
        assert asked(again, dataclasses.replace(RIGHT, was_removed=True, removed_on=removed_on)) == []
    late = dataclasses.replace(RIGHT, was_removed=True, removed_on=PartialDate(2021))
    assert asked(again, late)
    assert asked(RIGHT, again)
    assert asked(dataclasses.replace(RIGHT, was_removed=True, removed_on=PartialDate(2018)), again) == []


def test_that_an_operation_without_a_date_is_named_without_one() -> None:
    undated = dataclasses.replace(RIGHT, put_in_on=None)
    (message,) = asked(dataclasses.replace(RIGHT, operation_id=2), undated)
    assert "at another operation, and nobody" in message


def test_that_a_device_is_never_compared_with_itself() -> None:
    assert asked(RIGHT, RIGHT) == []


@pytest.mark.parametrize(
    "other",
    [
        {"serial": "SN0002"},
        {"serial": "sn0001"},
        {"serial": None},
        {"device_identifier": "10888628001206"},
    ],
)
def test_that_another_serial_number_or_product_is_another_device(other: dict[str, str | None]) -> None:
    placed = dataclasses.replace(RIGHT, record_number="000233", raw=None, **other)
    assert asked(RIGHT, placed) == []


def test_that_a_serial_number_alone_is_enough_to_ask() -> None:
    typed = Placed(record_number="000233", side=Side.LEFT, serial="SN0001")
    assert asked(RIGHT, typed)
    assert asked(typed, RIGHT)
    assert asked(dataclasses.replace(typed, serial=None), dataclasses.replace(RIGHT, serial=None)) == []


def test_that_taking_out_what_was_never_put_in_is_asked() -> None:
    (problem,) = check_removal(Side.LEFT, PartialDate(2020), [RIGHT])
    assert problem.field == "event"
    assert problem.is_question
    assert "No device was ever recorded as put into LEFT" in problem.message
    assert check_removal(Side.RIGHT, PartialDate(2020), [RIGHT]) == []


@pytest.mark.parametrize(
    ("removed_on", "is_asked"),
    [
        (PartialDate(2014, 5, 11), True),
        (PartialDate(2014, 4), True),
        (PartialDate(2013), True),
        (PartialDate(2014, 5, 12), False),
        (PartialDate(2014, 5), False),
        (PartialDate(2014), False),
        (None, False),
    ],
)
def test_that_taking_a_device_out_before_it_was_put_in_is_asked(removed_on: PartialDate | None, is_asked: bool) -> None:
    problems = check_removal(Side.RIGHT, removed_on, [RIGHT])
    assert [problem.field for problem in problems] == (["happened_on"] if is_asked else [])
    for problem in problems:
        assert "put in 12 May 2014" in problem.message


def test_that_a_device_whose_day_nobody_knows_may_have_come_out_on_any() -> None:
    undated = dataclasses.replace(RIGHT, put_in_on=None)
    assert check_removal(Side.RIGHT, PartialDate(1990), [RIGHT, undated]) == []
