"""What may be said of a drain that an operation left in."""

from __future__ import annotations

import datetime as dt

from desktop.rules.dates import show_date
from desktop.rules.problem import Circumstances, Problem, Values


def check_drain(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A drain that is out came out on a day that has been. Source: clinical reference §2.7."""
    removed_on, today = values.get("removed_on"), circumstances.today
    if isinstance(removed_on, dt.date) and removed_on > today:
        return [Problem("removed_on", f"{show_date(removed_on)} is in the future; today is {show_date(today)}.")]
    return []
