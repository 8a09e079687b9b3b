"""What an examination may say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from desktop.models.choices import Baker, BakerScale, Rippling, Side
from desktop.rules.measurement import check_measurements
from desktop.rules.patient import check_weight
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.side import answer_at, field_at

_GRADES_OF_1995: Final = frozenset({Baker.IA, Baker.IB})


def check_examination(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A day that has come, grades of the scale they are said to be of, and lengths that can be."""
    problems = [problem for side in Side for problem in (*_check_rippling(values, side), *_check_grade(values, side))]
    examined = values.get("examined_on")
    if isinstance(examined, dt.date) and examined > circumstances.today:
        problems.append(Problem("examined_on", "This day has not come yet: write the day of the examination."))
    if not values.get("examined_by") and any(answer_at(values, side, "baker") for side in Side):
        asked = "Who gave the Baker grade? Grades of different people cannot simply be compared."
        problems.append(Problem("examined_by", asked, is_question=True))
    weight = values.get("weight_kg")
    problems += check_weight(weight) if isinstance(weight, Decimal) else []
    return problems + check_measurements(values)


def _check_rippling(values: Values, side: Side) -> list[Problem]:
    if answer_at(values, side, "rippling_place") and answer_at(values, side, "rippling") is Rippling.NONE:
        said = "None was seen: leave this empty or change the answer before."
        return [Problem(field_at(side, "rippling_place"), said)]
    return []


def _check_grade(values: Values, side: Side) -> list[Problem]:
    """Only the variant of 1995 parts grade I in two. Source: clinical reference §1.3."""
    grade, scale = answer_at(values, side, "baker"), answer_at(values, side, "baker_scale")
    where = field_at(side, "baker_scale")
    if grade in _GRADES_OF_1995 and scale is not BakerScale.RECONSTRUCTION_1995:
        said = f"{grade.label} belongs to the scale after reconstruction of 1995: choose that scale, or grade I."
        return [Problem(where, said)]
    if grade is Baker.I and scale is BakerScale.RECONSTRUCTION_1995:
        return [Problem(where, "This scale parts grade I into IA and IB. Is it not known which?", is_question=True)]
    if scale and not grade:
        return [Problem(where, "A scale without a grade: choose the grade, or leave this empty.")]
    return []
