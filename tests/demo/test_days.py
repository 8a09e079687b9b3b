"""How the demo's stories write days."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.demo.days import read_day, read_moment, read_partial_day
from desktop.models.partial_date import PartialDate

TODAY = dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", TODAY),
        ("-12 d", dt.date(2028, 2, 17)),
        ("+1 d", dt.date(2028, 3, 1)),
        ("-3 y", dt.date(2025, 2, 28)),
        ("-40 y -10 d", dt.date(1988, 2, 19)),
        (dt.date(1981, 3, 14), dt.date(1981, 3, 14)),
    ],
)
def test_that_a_day_is_steps_from_today(written: object, day: dt.date) -> None:
    assert read_day(written, TODAY) == day


@pytest.mark.parametrize("written", ["12 d", "-12", "-2 w", "yesterday", "", 12, None])
def test_that_anything_else_is_refused_with_how_to_write_it(written: object) -> None:
    with pytest.raises(ValueError, match="write today, -12 d or -43 y -110 d"):
        read_day(written, TODAY)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("-17 y, year", PartialDate(2011)),
        ("-3 y, month", PartialDate(2025, 2)),
        ("-3 y -1 d", PartialDate(2025, 2, 27)),
    ],
)
def test_that_a_day_of_the_past_is_as_precise_as_it_is_told(written: str, day: PartialDate) -> None:
    assert read_partial_day(written, TODAY) == day


def test_that_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="neither year nor month"):
        read_partial_day("-3 y, decade", TODAY)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("-1 d 18:10", dt.datetime.combine(dt.date(2028, 2, 28), dt.time(18, 10))),
        ("08:35", dt.datetime.combine(dt.date(2028, 2, 29), dt.time(8, 35))),
        ("-1 d", dt.datetime.combine(dt.date(2028, 2, 28), dt.time(9))),
    ],
)
def test_that_a_moment_has_its_time_of_day_or_the_usual_one(written: str, moment: dt.datetime) -> None:
    assert read_moment(written, TODAY, dt.time(9)) == moment.astimezone()
