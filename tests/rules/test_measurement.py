"""What is measured on a chest, how it is read, and what is asked about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import Side
from desktop.models.examination import Examination, ExaminationSide
from desktop.rules.measurement import (
    ACROSS,
    NAMED,
    OF_A_SIDE,
    Measurement,
    check_measurements,
    difference,
    show_difference,
)
from desktop.rules.measurement_text import read_measurement
from desktop.rules.problem import Problem
from desktop.rules.reading import Unreadable
from desktop.rules.side import field_at

TODAY = dt.date(2026, 11, 23)
RANGED = [each for each in (*OF_A_SIDE, *ACROSS) if each.lowest is not None]


def asked(name: str, value: Any) -> list[Problem]:
    key = name if name in {each.name for each in ACROSS} else field_at(Side.RIGHT, name)
    return check_measurements({key: value})


def test_that_every_measurement_has_its_column() -> None:
    assert all(each.name in ExaminationSide.__table__.columns for each in OF_A_SIDE)
    assert all(each.name in Examination.__table__.columns for each in ACROSS)
    assert len(NAMED) == len(OF_A_SIDE) + len(ACROSS)


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("notch_to_nipple_mm", 120, 400),
        ("nipple_to_fold_mm", 20, 200),
        ("nipple_to_fold_stretched_mm", 20, 200),
        ("nipple_above_fold_mm", -150, 100),
        ("base_width_mm", 80, 200),
        ("pinch_upper_mm", 2, 80),
        ("pinch_lower_mm", 2, 80),
        ("pinch_medial_mm", 2, 80),
        ("pinch_lateral_mm", 2, 80),
        ("skin_stretch_mm", 0, 80),
        ("envelope_fill_percent", 0, 150),
        ("areola_width_mm", 15, 120),
        ("areola_height_mm", 15, 120),
        ("nipple_to_midline_mm", 50, 180),
        ("between_breasts_mm", 0, 80),
        ("nipple_to_nipple_mm", 120, 320),
    ],
)
def test_that_a_range_is_that_of_the_clinical_reference_and_ends_where_it_ends(
    name: str, lowest: int, highest: int
) -> None:
    assert (NAMED[name].lowest, NAMED[name].highest) == (lowest, highest)
    assert asked(name, lowest) == asked(name, highest) == asked(name, None) == []
    for beyond in (highest + 1, lowest - 1):
        found = asked(name, beyond)
        refuses = beyond < 0 and NAMED[name].direction is None
        assert [problem.is_question for problem in found] == [not refuses], beyond


def test_that_a_question_names_the_range_in_centimeters() -> None:
    assert asked("base_width_mm", 212)[0].message.startswith("21.2 cm is outside 8.0–20.0 cm.")
    assert "is outside −15.0 to +10.0 cm" in asked("nipple_above_fold_mm", 105)[0].message


def test_that_millimeters_taken_for_centimeters_are_asked_with_what_was_meant() -> None:
    (problem,) = asked("nipple_to_fold_mm", 950)
    assert problem.is_question
    assert problem.message == "95.0 cm is outside 2.0–20.0 cm. Did you mean 9.5 cm?"
    (problem,) = asked("nipple_above_fold_mm", -200)
    assert "Did you mean 2.0 cm below the fold?" in problem.message


def test_that_inches_taken_for_centimeters_are_asked_with_what_was_meant() -> None:
    (problem,) = asked("notch_to_nipple_mm", 90)
    assert problem.message.endswith("Did you mean 9 in, which is 22.9 cm?")


def test_that_nothing_is_guessed_where_no_other_unit_fits() -> None:
    assert asked("pinch_upper_mm", 90)[0].message.endswith("Did you mean 0.9 cm?")
    assert asked("base_width_mm", 205)[0].message.endswith("Is that right?")


@pytest.mark.parametrize("each", RANGED, ids=lambda each: each.name)
def test_that_ten_times_the_range_is_refused(each: Measurement) -> None:
    assert [problem.is_question for problem in asked(each.name, each.limit)] == [True]
    assert [problem.is_question for problem in asked(each.name, each.limit + 1)] == [False]


@pytest.mark.parametrize(("name", "most"), [("fold_difference_mm", 1_000), ("volume_estimate_ml", 10_000)])
def test_that_what_has_no_range_is_not_asked_about_until_it_is_impossible(name: str, most: int) -> None:
    assert asked(name, most) == []
    assert [problem.is_question for problem in asked(name, most + 1)] == [False]


def test_that_no_length_and_no_volume_is_below_zero() -> None:
    for name in ("base_width_mm", "volume_estimate_ml", "skin_stretch_mm"):
        assert [problem.is_question for problem in asked(name, -1)] == [False]


def test_that_skin_that_is_shorter_when_stretched_is_asked_about() -> None:
    values = {"left.nipple_to_fold_mm": 90, "left.nipple_to_fold_stretched_mm": 85}
    (problem,) = check_measurements(values)
    assert (problem.field, problem.is_question) == ("left.nipple_to_fold_stretched_mm", True)
    assert check_measurements({"left.nipple_to_fold_stretched_mm": 85}) == []
    assert check_measurements(values | {"left.nipple_to_fold_stretched_mm": 90}) == []


def test_that_missing_is_not_zero() -> None:
    assert difference(None, 50) is difference(50, None) is None
    assert difference(0, 50) == -50
    assert show_difference(NAMED["base_width_mm"], None, 120) == ""


@pytest.mark.parametrize(
    ("name", "right", "left", "shown"),
    [
        ("notch_to_nipple_mm", 205, 220, "−1.5 cm"),
        ("notch_to_nipple_mm", 220, 205, "+1.5 cm"),
        ("notch_to_nipple_mm", 220, 220, "equal"),
        ("nipple_above_fold_mm", -20, 10, "−3.0 cm"),
        ("volume_estimate_ml", 410, 435, "−25 mL"),
        ("envelope_fill_percent", 95, 90, "+5 %"),
    ],
)
def test_that_the_difference_is_right_minus_left_with_its_sign(name: str, right: int, left: int, shown: str) -> None:
    assert show_difference(NAMED[name], right, left) == shown


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("base_width_mm", 95, "9.5 cm"),
        ("base_width_mm", 100, "10.0 cm"),
        ("nipple_above_fold_mm", 15, "1.5 cm above the fold"),
        ("nipple_above_fold_mm", -20, "2.0 cm below the fold"),
        ("nipple_above_fold_mm", 0, "at the fold"),
        ("fold_difference_mm", 12, "1.2 cm higher on the RIGHT"),
        ("fold_difference_mm", -12, "1.2 cm higher on the LEFT"),
        ("fold_difference_mm", 0, "equal"),
        ("volume_estimate_ml", 1_250, "1,250 mL"),
    ],
)
def test_that_a_measurement_is_shown_with_its_unit_and_its_direction(name: str, value: int, shown: str) -> None:
    assert NAMED[name].show(value) == shown
    assert read_measurement(NAMED[name], shown.replace(",", "")) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("+2", 20),
        ("−2", -20),
        ("-2.5 cm", -25),
        ("2 below", -20),
        ("above 1,5", 15),
        ("20 mm below the fold", -20),
        ("0", 0),
        ("At the fold", 0),
    ],
)
def test_that_the_level_of_the_nipple_takes_a_sign_or_a_word(typed: str, value: int) -> None:
    assert read_measurement(NAMED["nipple_above_fold_mm"], typed) == value


def test_that_a_level_without_a_direction_is_refused_because_it_can_be_either() -> None:
    with pytest.raises(Unreadable, match=r"Write 2\.0 above or 2\.0 below, or a sign: \+2\.0, −2\.0\."):
        read_measurement(NAMED["nipple_above_fold_mm"], "2")
    with pytest.raises(Unreadable, match="Write one of the two"):
        read_measurement(NAMED["nipple_above_fold_mm"], "-2 below")


@pytest.mark.parametrize(("typed", "value"), [("right 1", 10), ("1,2 LEFT", -12), ("equal", 0), ("-0.5", -5)])
def test_that_the_fold_difference_takes_the_higher_side(typed: str, value: int) -> None:
    assert read_measurement(NAMED["fold_difference_mm"], typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("envelope_fill_percent", "110 %", 110),
        ("envelope_fill_percent", "110", 110),
        ("volume_estimate_ml", "410 cc", 410),
        ("base_width_mm", "12.5", 125),
    ],
)
def test_that_other_units_are_read_as_they_are_written(name: str, typed: str, value: int) -> None:
    assert read_measurement(NAMED[name], typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("envelope_fill_percent", "1.5"),
        ("volume_estimate_ml", "410 g"),
        ("base_width_mm", "12 kg"),
        ("base_width_mm", "x"),
    ],
)
def test_that_a_unit_that_is_none_of_it_is_refused(name: str, typed: str) -> None:
    with pytest.raises(Unreadable):
        read_measurement(NAMED[name], typed)
