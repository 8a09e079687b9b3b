"""What an examination may say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from desktop.models.choices import Baker, BakerScale, Ptosis, Quadrant, Rippling
from desktop.rules.examination import check_examination
from desktop.rules.problem import Circumstances

TODAY = dt.date(2026, 11, 23)
NOW = Circumstances(today=TODAY)


def test_that_an_examination_in_the_future_is_refused() -> None:
    problems = check_examination({"examined_on": TODAY + dt.timedelta(days=1)}, NOW)
    assert [(problem.field, problem.is_question) for problem in problems] == [("examined_on", False)]
    assert check_examination({"examined_on": TODAY}, NOW) == []


def test_that_rippling_nobody_saw_has_no_place() -> None:
    values = {"left.rippling": Rippling.NONE, "left.rippling_place": Quadrant.UPPER_INNER}
    assert [problem.field for problem in check_examination(values, NOW)] == ["left.rippling_place"]
    assert check_examination(values | {"left.rippling": Rippling.UPRIGHT}, NOW) == []


def asked(**values: Any) -> list[tuple[str, bool]]:
    told = {"examined_by": "Dr. A. Marchetti"} | {name.replace("__", "."): value for name, value in values.items()}
    return [(problem.field, problem.is_question) for problem in check_examination(told, NOW)]


@pytest.mark.parametrize("grade", [Baker.IA, Baker.IB])
@pytest.mark.parametrize("scale", [None, BakerScale.BAKER])
def test_that_the_halves_of_grade_one_belong_to_the_scale_of_1995(grade: Baker, scale: BakerScale | None) -> None:
    assert asked(right__baker=grade, right__baker_scale=scale) == [("right.baker_scale", False)]
    assert asked(right__baker=grade, right__baker_scale=BakerScale.RECONSTRUCTION_1995) == []


def test_that_the_scale_of_1995_asks_which_half_of_grade_one() -> None:
    assert asked(left__baker=Baker.I, left__baker_scale=BakerScale.RECONSTRUCTION_1995) == [("left.baker_scale", True)]
    assert asked(left__baker=Baker.II, left__baker_scale=BakerScale.RECONSTRUCTION_1995) == []


def test_that_a_grade_needs_no_scale_but_a_scale_needs_a_grade() -> None:
    assert asked(left__baker=Baker.III) == []
    assert asked(left__baker_scale=BakerScale.BAKER) == [("left.baker_scale", False)]


def test_that_it_is_asked_who_gave_a_grade() -> None:
    assert asked(examined_by=None, right__baker=Baker.III) == [("examined_by", True)]
    assert asked(examined_by=None, right__pain_nrs=3) == []


def test_that_an_unlikely_weight_and_an_unlikely_length_are_asked_about() -> None:
    assert asked(weight_kg=Decimal(205), right__base_width_mm=950) == [
        ("weight_kg", True),
        ("right.base_width_mm", True),
    ]
    assert asked(weight_kg=Decimal(0)) == [("weight_kg", False)]


def test_that_the_grade_of_the_surgeon_stands_whatever_was_measured() -> None:
    """Regnault used no numbers: no level of the nipple contradicts a grade."""
    for grade in Ptosis:
        assert asked(right__ptosis=grade, right__nipple_above_fold_mm=-50) == []
