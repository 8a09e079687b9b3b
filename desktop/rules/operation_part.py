"""What holds for whatever hangs on an operation: it keeps its side, and nothing came out before it went in."""

from __future__ import annotations

from typing import Any

from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.problem import Problem


def check_side_stays(was: Any, is_now: Any) -> list[Problem]:
    """A question when a stored side changes: RIGHT does not become LEFT by a slip. Source: clinical reference §8,
    trap 1.
    """
    if not isinstance(was, Side) or not isinstance(is_now, Side) or was is is_now:
        return []
    message = f"This was recorded for {was.label}. Confirm {is_now.label} only if the side was recorded wrongly."
    return [Problem("side", message, is_question=True)]


def check_out_after_in(removed_on: PartialDate | None, put_in_on: PartialDate | None) -> list[Problem]:
    """Only what is certain is refused: the last day it can have come out is before the first it can have gone in."""
    if removed_on is None or put_in_on is None or removed_on.latest >= put_in_on.earliest:
        return []
    message = f"It was put in {show_partial_date(put_in_on)} and cannot have come out before."
    return [Problem("removed_on", message)]
