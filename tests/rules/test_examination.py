"""What an examination may say."""

from __future__ import annotations

import datetime as dt

from desktop.models.choices import Quadrant, Rippling
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
