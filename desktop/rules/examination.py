"""What an examination may say."""

from __future__ import annotations

import datetime as dt

from desktop.models.choices import Rippling, Side
from desktop.rules.plan_step import answer_at, field_at
from desktop.rules.problem import Circumstances, Problem, Values


def check_examination(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A day that has come, and no place of a rippling that nobody saw."""
    problems = [
        Problem(field_at(side, "rippling_place"), "None was seen: leave this empty or change the answer before.")
        for side in Side
        if answer_at(values, side, "rippling_place") and answer_at(values, side, "rippling") is Rippling.NONE
    ]
    examined = values.get("examined_on")
    if isinstance(examined, dt.date) and examined > circumstances.today:
        problems.append(Problem("examined_on", "This day has not come yet: write the day of the examination."))
    return problems
