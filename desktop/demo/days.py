"""How the demo's stories write days: as steps from today, so that the practice is always as old as it was."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from desktop.models.partial_date import PartialDate

_STEPS = re.compile(r"[+-]\d+ [yd](?: [+-]\d+ [yd])*")
_PRECISION = {"day": 3, "month": 2, "year": 1}


def read_day(written: object, today: dt.date) -> dt.date:
    """`today`, `-12 d`, `+3 d`, `-43 y -110 d`, or a date of the calendar for someone the pictures show."""
    if isinstance(written, dt.date) and not isinstance(written, dt.datetime):
        return written
    if written == "today":
        return today
    if not isinstance(written, str) or not _STEPS.fullmatch(written):
        raise ValueError(f"{written!r} is no day: write today, -12 d or -43 y -110 d")
    steps = written.split()
    for number, unit in zip(steps[::2], steps[1::2], strict=True):
        today = _years_on(today, int(number)) if unit == "y" else today + dt.timedelta(days=int(number))
    return today


def read_partial_day(written: object, today: dt.date) -> PartialDate:
    """A day as `read_day` reads it, followed by `, year` or `, month` when no more is known."""
    text, _comma, precision = written.partition(", ") if isinstance(written, str) else (written, "", "")
    if precision not in ("", *_PRECISION):
        raise ValueError(f"{written!r} ends in neither year nor month")
    day = read_day(text, today)
    return PartialDate(*(day.year, day.month, day.day)[: _PRECISION[precision or "day"]])


def read_moment(written: object, today: dt.date, usual: dt.time) -> dt.datetime:
    """`-1 d 18:10` where the practice is; without a time of day at the `usual` one."""
    time = re.search(r"(?:^| )(\d{2}:\d{2})$", written) if isinstance(written, str) else None
    if time is None:
        return dt.datetime.combine(read_day(written, today), usual).astimezone()
    text = str(written)[: time.start()] or "today"
    return dt.datetime.combine(read_day(text, today), dt.time.fromisoformat(time[1])).astimezone()


def _years_on(day: dt.date, years: int) -> dt.date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))
