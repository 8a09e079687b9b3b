"""Which days somebody may mean who types a date into the search: every reading, and none is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from desktop.models.partial_date import PartialDate
from desktop.rules.dates import MONTH_NUMBERS

_OLDEST_YEARS: Final = 120
_SURGERY_YEARS: Final = (-60, 5)
_WEEK = "(?:week|wk|w|kw|cw)"
_WEEK_OF_YEAR = re.compile(rf"{_WEEK}\s?(?P<week>\d{{1,2}})(?:[\s/\-]+(?P<year>\d{{4}}))?")
_YEAR_OF_WEEK = re.compile(rf"(?P<year>\d{{4}})[\s/\-]*{_WEEK}\s?(?P<week>\d{{1,2}})")
_NEAR_WEEKS: Final = {"last week": -1, "this week": 0, "next week": 1}
_NEAR_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_APART = r"\s?[./\-– ]\s?"
_NUMBERS = re.compile(rf"(\d{{1,4}}){_APART}(\d{{1,2}})(?:{_APART}(\d{{1,4}}))?\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_DAY_MONTH, _MONTH_DAY = "read as day/month", "read as month/day"


@dataclass(frozen=True)
class ReadDays:
    """From the first to the last of the days; `as_read` is the order of an ambiguous date, in words."""

    first: dt.date
    last: dt.date
    as_read: str = ""


def read_birth_dates(text: str, today: dt.date) -> tuple[ReadDays, ...]:
    """Every day or month on which somebody alive may have been born and which `text` may mean.

    3/2/81 is 3 Feb and 2 Mar 1981; a year of two digits is of this century and of the last, whichever is possible.
    """
    oldest = today.year - _OLDEST_YEARS
    return _distinct(days for days in _readings(text) if days.first <= today and days.last.year >= oldest)


def read_surgery_days(text: str, today: dt.date) -> tuple[ReadDays, ...]:
    """The week or day of a surgery: `week 47`, `2026-W47`, `this week`, `today`, a whole date; `Nov 23` is its week.

    A week without its year is the nearest one to `today`. Weeks are those of ISO 8601, from Monday to Sunday.
    """
    plain = " ".join(text.casefold().split())
    if plain in _NEAR_DAYS:
        day = today + dt.timedelta(days=_NEAR_DAYS[plain])
        return (ReadDays(day, day),)
    if (monday := _monday(plain, today)) is not None:
        return (ReadDays(monday, monday + dt.timedelta(days=6)),)
    first, last = (today.year + away for away in _SURGERY_YEARS)
    return _distinct(days for days in _readings(text) if days.first == days.last and first <= days.first.year <= last)


def _distinct(found: Iterable[ReadDays]) -> tuple[ReadDays, ...]:
    """How a date was read is said only where another reading makes another day."""
    all_found = tuple(dict.fromkeys(found))
    is_ambiguous = len({(days.first, days.last) for days in all_found}) > 1
    return all_found if is_ambiguous else tuple(ReadDays(days.first, days.last) for days in all_found[:1])


def _monday(plain: str, today: dt.date) -> dt.date | None:
    this_monday = today - dt.timedelta(days=today.weekday())
    if plain in _NEAR_WEEKS:
        return this_monday + dt.timedelta(weeks=_NEAR_WEEKS[plain])
    near_years = [today.year + away for away in (0, -1, 1)]
    if found := _WEEK_OF_YEAR.fullmatch(plain) or _YEAR_OF_WEEK.fullmatch(plain):
        years = [int(found["year"])] if found["year"] else near_years
        return _nearest((_week(year, int(found["week"])) for year in years), this_monday)
    pieces = _PIECES.findall(_ORDINAL.sub("", plain))
    months = [MONTH_NUMBERS[piece] for piece in pieces if piece in MONTH_NUMBERS]
    numbers = [int(piece) for piece in pieces if piece.isdecimal() and len(piece) <= 2]
    if len(pieces) != 2 or len(months) != 1 or len(numbers) != 1:
        return None
    day = _nearest((_day(year, months[0], numbers[0]) for year in near_years), today)
    return None if day is None else day - dt.timedelta(days=day.weekday())


def _readings(text: str) -> Iterator[ReadDays]:
    plain = _ORDINAL.sub("", " ".join(text.casefold().split()))
    pieces = [piece for piece in _PIECES.findall(plain) if piece != "of"]
    months = [MONTH_NUMBERS[piece] for piece in pieces if piece in MONTH_NUMBERS]
    numbers = [piece for piece in pieces if piece.isdecimal()]
    if len(months) == 1 and len(pieces) == len(numbers) + 1:
        yield from _with_month(months[0], numbers)
    elif found := _NUMBERS.fullmatch(plain):
        yield from _in_numbers([number for number in found.groups() if number is not None])
    elif plain.isdecimal() and len(plain) == 8:
        yield from _in_numbers([plain[:4], plain[4:6], plain[6:]])
        yield from _in_numbers([plain[:2], plain[2:4], plain[4:]])
    elif plain.isdecimal() and len(plain) == 6:
        yield from _in_numbers([plain[:2], plain[2:4], plain[4:]])


def _with_month(month: int, numbers: list[str]) -> Iterator[ReadDays]:
    """A day and a year in either order, or a year of four digits alone."""
    if len(numbers) == 1 and len(numbers[0]) == 4:
        yield from _dates(numbers[0], month, None)
    if len(numbers) == 2:
        day, year = sorted(numbers, key=lambda number: len(number) > 2 or int(number) > 31)
        yield from _dates(year, month, int(day))


def _in_numbers(numbers: list[str]) -> Iterator[ReadDays]:
    if len(numbers) == 2:
        month, year = sorted(numbers, key=len)
        if len(year) == 4 and len(month) <= 2:
            yield from _dates(year, int(month), None)
        return
    first, second, third = numbers
    if len(first) == 4 or int(first) > 31:
        yield from _dates(first, int(second), int(third))
    else:
        yield from _dates(third, int(second), int(first), _DAY_MONTH)
        yield from _dates(third, int(first), int(second), _MONTH_DAY)


def _dates(year: str, month: int, day: int | None, as_read: str = "") -> Iterator[ReadDays]:
    """None where there is no such day; a year of one or two digits is of either century."""
    if len(year) == 3 or (day is not None and day > 31):
        return
    for full in (int(year),) if len(year) == 4 else (1900 + int(year), 2000 + int(year)):
        try:
            date = PartialDate(full, month, day)
        except ValueError:
            continue
        yield ReadDays(date.earliest, date.latest, as_read)


def _week(year: int, week: int) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _nearest(days: Iterator[dt.date | None], today: dt.date) -> dt.date | None:
    return min((day for day in days if day is not None), key=lambda day: abs(day - today), default=None)
