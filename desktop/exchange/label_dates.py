"""How labels write dates: short, without a century, and some without a day."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

from desktop.rules.dates import MONTHS
from desktop.rules.reading import Unreadable

_CENTURY: Final = {"0": 2000, "9": 1900}


def full_year(two_digits: int, today: dt.date) -> int:
    """The year that two digits mean on a label read on `today`. Source: clinical reference §2.8.1, date century."""
    away = two_digits - today.year % 100
    this_century = today.year - today.year % 100 + two_digits
    return this_century - 100 if away >= 51 else this_century + 100 if away <= -50 else this_century


def read_yymmdd(text: str, today: dt.date, *, day_may_lack: bool = False) -> dt.date:
    """`271231`; with `day_may_lack`, `271200` is the last day of the month (clinical reference §2.8.1, day 00)."""
    year, month, day = full_year(int(text[:2]), today), int(text[2:4]), int(text[4:6])
    if day == 0 and day_may_lack and 1 <= month <= 12:
        return _last_day(year, month)
    return _date(text, year, month, day)


def read_mmddyy(text: str, today: dt.date) -> dt.date:
    return _date(text, full_year(int(text[4:6]), today), int(text[:2]), int(text[2:4]))


def read_mmyy(text: str, today: dt.date) -> dt.date:
    """A month is over on its last day (clinical reference §2.8.2)."""
    year, month = full_year(int(text[2:4]), today), int(text[:2])
    if not 1 <= month <= 12:
        raise Unreadable(f"The date {text} on the label does not exist: there is no month {month}.")
    return _last_day(year, month)


def read_yyyymmdd(text: str) -> dt.date:
    return _date(text, int(text[:4]), int(text[4:6]), int(text[6:8]))


def read_yyjjj(text: str, today: dt.date) -> dt.date:
    """A year and the number of a day in it: `20015` is 15 Jan 2020."""
    return _day_of_year(text, full_year(int(text[:2]), today), int(text[2:5]))


def read_cyyjjj(text: str) -> dt.date:
    """The last digit of the century, the year and the number of a day in it. Source: clinical reference §2.8.3."""
    century = _CENTURY.get(text[0])
    if century is None:
        raise Unreadable(f"The date {text} on the label does not exist: its century is 0 for 20 or 9 for 19.")
    return _day_of_year(text, century + int(text[1:3]), int(text[3:6]))


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _date(text: str, year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12:
        raise Unreadable(f"The date {text} on the label does not exist: there is no month {month}.")
    try:
        return dt.date(year, month, day)
    except ValueError:
        shown = f"{day} {MONTHS[month - 1].title()} {year}"
        raise Unreadable(f"The date {text} on the label does not exist: there is no {shown}.") from None


def _day_of_year(text: str, year: int, day: int) -> dt.date:
    if not 1 <= day <= 365 + calendar.isleap(year):
        raise Unreadable(f"The date {text} on the label does not exist: {year} has no day {day}.")
    return dt.date(year, 1, 1) + dt.timedelta(days=day - 1)
