"""What may be said of a request for records, and how long its answer is still to come."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rules.problem import Circumstances
from desktop.rules.records_request import check_request, show_due

TODAY = dt.date(2026, 11, 23)


def fields(**values: object) -> list[str]:
    return [problem.field for problem in check_request(values, Circumstances(today=TODAY))]


def test_that_a_request_asks_for_something_and_for_a_day_that_can_still_come() -> None:
    assert fields(asked_for=["report"], due_on=TODAY) == []
    assert fields(asked_for=[], due_on=TODAY) == ["asked_for"]
    assert fields(asked_for=["report"], due_on=TODAY - dt.timedelta(days=1)) == ["due_on"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-9, "9 days overdue"), (-1, "1 day overdue"), (0, "due today"), (1, "due in 1 day"), (14, "due in 14 days")],
)
def test_that_how_late_it_is_stands_in_words(days: int, words: str) -> None:
    assert show_due(TODAY + dt.timedelta(days=days), TODAY) == words


def test_that_a_request_without_a_day_says_so() -> None:
    assert show_due(None, TODAY) == "no day set"
