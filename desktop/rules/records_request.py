"""What may be said of a request for records, and how long its answer is still to come."""

from __future__ import annotations

import datetime as dt

from desktop.rules.dates import show_date
from desktop.rules.problem import Circumstances, Problem, Values


def check_request(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What keeps a request from being sent."""
    problems = []
    if not values.get("asked_for"):
        problems.append(Problem("asked_for", "Tick at least one fact, or there is nothing to ask for."))
    due_on = values.get("due_on")
    if isinstance(due_on, dt.date) and due_on < circumstances.today:
        problems.append(
            Problem("due_on", f"{show_date(due_on)} is in the past; today is {show_date(circumstances.today)}.")
        )
    return problems


def show_due(due_on: dt.date | None, today: dt.date) -> str:
    """`9 days overdue`, `due today`, `due in 14 days`; in words, so that no colour is needed."""
    if due_on is None:
        return "no day set"
    days = (due_on - today).days
    if days == 0:
        return "due today"
    number = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"due in {number}" if days > 0 else f"{number} overdue"
