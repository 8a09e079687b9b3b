"""How dates and times are read from what people type, and how they are shown: always with the month in words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from desktop.models.partial_date import PartialDate
from desktop.rules.reading import Unreadable, clean_line, plain_digits

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORT: Final = tuple(month[:3].title() for month in MONTHS)
MONTH_NUMBERS: Final = {name: n for n, month in enumerate(MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_RELATIVE: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SEASONS: Final = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_LONGEST_DAYS_AWAY = 36_500
_HOW = "Write the date like 14 Mar 1981 or 1981-03-14."
_HOW_PARTIAL = "Write as much as is known: 2009, April 2009 or 17 Apr 2009."
_HOW_TIME = "Write the time like 08:30."
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_ABOUT = re.compile(r"(?:about|around|circa|ca\b\.?|c\.|~)\s*")
_AFTER_MINUTES = r"(?P<minute>\d\d)(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s+(?P<turn>first|second))?"
_TIME = re.compile(rf"(?P<hour>\d{{1,2}})(?:\s?[:.h]\s?)?{_AFTER_MINUTES}")
# After a day the hour and the minute are parted, so that the year in 17 Apr 2009 is never read as nine past eight.
_DAY_AND_TIME = re.compile(rf"(?P<day>.*\S)[\s,]+(?P<hour>\d{{1,2}})[:.h]{_AFTER_MINUTES}")


def read_date(text: str, today: dt.date, day_first: bool | None = None) -> dt.date:
    """A whole date from any clear way of writing it; Unreadable says how to write it.

    `today`, `yesterday`, `tomorrow` and `+3` or `-3` (days) count from `today`. 3/2/1981 is refused with both readings
    in words unless `day_first` says which is meant; a year of two digits is always refused.
    Years 1800 to 2199. Source: clinical reference §8, trap 10.
    """
    plain = _plain(text)
    if (away := _days_away(plain)) is not None:
        return _on_calendar(today, away)
    found = _read_parts(plain, today, day_first, _HOW)
    if found.month is None:
        raise Unreadable(f"The day and the month are missing. {_HOW}")
    if found.day is None:
        raise Unreadable(f"The day or the year is missing. {_HOW}")
    return found.earliest


def read_partial_date(text: str, today: dt.date, day_first: bool | None = None) -> PartialDate:
    """A date about the past, as precise as it is written: `2009`, `april 2009`, `04/2009`, or what `read_date` reads.

    `about 2009` is 2009; `about 17 apr 2009` is refused, because a day that is not sure is not to look exact.
    """
    plain = _plain(text)
    if (away := _days_away(plain)) is not None:
        return PartialDate.of(_on_calendar(today, away))
    if seasons := _SEASONS.intersection(_WORDS.findall(plain)):
        raise Unreadable(
            f"A season ({min(seasons)}) cannot be kept. Write the year, like 2009, or the month, April 2009."
        )
    about = _ABOUT.match(plain)
    found = _read_parts(plain[about.end() :] if about else plain, today, day_first, _HOW_PARTIAL)
    if about and found.is_exact:
        raise Unreadable(
            "A day that is only about right would look exact. Write the month and year, or the year alone."
        )
    return found


def show_date(date: dt.date) -> str:
    """`14 Mar 1981`: the same on every machine, and never mistaken for another order of numbers."""
    return f"{date.day} {_SHORT[date.month - 1]} {date.year:04}"


def show_partial_date(date: PartialDate) -> str:
    """`14 Mar 1981`, `Mar 1981` or `1981`, whichever is known."""
    if date.is_exact:
        return show_date(date.earliest)
    return f"{date.year:04}" if date.month is None else f"{_SHORT[date.month - 1]} {date.year:04}"


def years_between(start: dt.date, end: dt.date) -> int:
    """Whole calendar years; somebody born on 29 Feb is a year older on 1 Mar of a common year.

    ValueError if `end` lies before `start`.
    """
    return months_between(start, end) // 12


def months_between(start: dt.date, end: dt.date) -> int:
    """Whole calendar months: from 31 Jan to 28 Feb is none. ValueError if `end` lies before `start`."""
    if end < start:
        raise ValueError("the end lies before the start")
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def show_age(birth: dt.date, on: dt.date) -> str:
    """`45 y`; age counts as of a day somebody names, such as the day of surgery."""
    return "not born yet" if on < birth else f"{years_between(birth, on)} y"


def read_moment(text: str, day: dt.date, zone: dt.tzinfo | None = None, now: dt.datetime | None = None) -> dt.datetime:
    """A time of `day` as an instant in UTC: `08:30`, `0830`, `8.30`, `8:30 pm`, `now`, or with its own day.

    `22 nov 19:30` without a year is the 22 Nov nearest to `day`. `zone` None is the zone of this computer.
    A time that the clocks skip is refused; one that they repeat needs `first` or `second` after it.
    Source: clinical reference §8, trap 11.
    """
    plain = _plain(text)
    if plain == "now":
        if now is None:
            raise Unreadable(_HOW_TIME)
        return now.astimezone(dt.UTC).replace(second=0, microsecond=0)
    found = _TIME.fullmatch(plain) or _DAY_AND_TIME.fullmatch(plain)
    if found is None:
        raise Unreadable(f"“{clean_line(text)[:40]}” is not a time. {_HOW_TIME}")
    parts = found.groupdict()
    own_day = _nearest_day(parts["day"], day) if "day" in parts else day
    hour, minute = _clock_hour(int(found["hour"]), found["half"]), int(found["minute"])
    if hour > 23 or minute > 59:
        raise Unreadable(f"{hour:02}:{minute:02} is not a time of the day. {_HOW_TIME}")
    return _instant(dt.datetime.combine(own_day, dt.time(hour, minute)), zone, found["turn"])


def show_time(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """`08:30` on the clock of `zone`, None being this computer's; a repeated hour says which turn it is."""
    local = _at_zone(moment, zone)
    earlier, later = _both_turns(local.replace(tzinfo=None), zone)
    turn = "" if earlier == later else " first" if moment == earlier else " second"
    return f"{local:%H:%M}{turn}"


def _plain(text: str) -> str:
    return plain_digits(clean_line(text)).casefold()


def _days_away(plain: str) -> int | None:
    if plain in _RELATIVE:
        return _RELATIVE[plain]
    found = re.fullmatch(r"([+\-−])\s?(\d{1,6})", plain)
    return None if found is None else int(found[2]) * (1 if found[1] == "+" else -1)


def _on_calendar(today: dt.date, away: int) -> dt.date:
    if abs(away) > _LONGEST_DAYS_AWAY:
        raise Unreadable(f"{abs(away):,} days is too far away. {_HOW}")
    return today + dt.timedelta(days=away)


def _read_parts(plain: str, today: dt.date, day_first: bool | None, how: str) -> PartialDate:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    parts = [part for part in _WORDS.findall(plain) if part != "of"]
    months = [part for part in parts if part in MONTH_NUMBERS]
    numbers = [part for part in parts if part.isdecimal()]
    clear = re.fullmatch(r"[\w\s./,\-–]*", plain) and len(months) + len(numbers) == len(parts)
    if not clear or len(months) > 1 or not numbers:
        raise Unreadable(f"“{plain[:40]}” is not a date. {how}")
    if months:
        return _from_words(MONTH_NUMBERS[months[0]], numbers, today, how)
    if len(numbers) == 1:
        return _from_one_number(numbers[0], day_first, how)
    return _from_numbers(numbers, today, day_first, how)


def _from_words(month: int, numbers: list[str], today: dt.date, how: str) -> PartialDate:
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) == 1 and len(years) + len(days) == len(numbers) and len(days) <= 1:
        return _checked(int(years[0]), month, int(days[0]) if days else None)
    if len(days) == len(numbers) == 2:
        raise Unreadable(_two_digit_year(days[1], f"{int(days[0])} {_SHORT[month - 1]} ", today))
    if len(days) == len(numbers) == 1:
        raise Unreadable(f"The year is missing, or has two digits. {how}")
    raise Unreadable(f"The day or the year is not clear. {how}")


def _from_one_number(number: str, day_first: bool | None, how: str) -> PartialDate:
    if len(number) == 4:
        return _checked(int(number), None, None)
    if len(number) == 8:
        # The fifth and sixth digit are a century in 02031981 and a month in 19810302, and no month is that high.
        if number[4:6] in ("18", "19", "20", "21"):
            return _ordered(int(number[:2]), int(number[2:4]), int(number[4:]), day_first)
        return _checked(int(number[:4]), int(number[4:6]), int(number[6:]))
    raise Unreadable(f"“{number[:40]}” is not a date. {how}")


def _from_numbers(numbers: list[str], today: dt.date, day_first: bool | None, how: str) -> PartialDate:
    lengths = [len(number) if len(number) > 2 else 2 for number in numbers]
    if lengths == [4, 2, 2]:
        return _checked(*(int(number) for number in numbers))
    if lengths == [2, 2, 4]:
        first, second, year = (int(number) for number in numbers)
        return _ordered(first, second, year, day_first)
    if lengths == [4, 2]:
        return _checked(int(numbers[0]), int(numbers[1]), None)
    if lengths == [2, 4]:
        return _checked(int(numbers[1]), int(numbers[0]), None)
    if lengths == [2, 2, 2]:
        raise Unreadable(_two_digit_year(numbers[2], "", today))
    if lengths == [2, 2]:
        raise Unreadable(f"The year is missing, or has two digits. {how}")
    raise Unreadable(f"“{'/'.join(numbers)[:40]}” is not a date. {how}")


def _ordered(first: int, second: int, year: int, day_first: bool | None) -> PartialDate:
    """Numbers in an order that depends on the country: read only when one reading is possible or meant."""
    _checked(year, None, None)
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return _checked(year, month, day)
    if day_first is None and first and second:
        day_reading = show_date(dt.date(year, second, first))
        month_reading = show_date(dt.date(year, first, second))
        raise Unreadable(f"This is {day_reading} or {month_reading}. Write the month as a word, like {day_reading}.")
    day, month = (first, second) if day_first else (second, first)
    return _checked(year, month, day)


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable(f"The year {year} cannot be right. Write a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    if month is not None and not 1 <= month <= 12:
        raise Unreadable(f"There is no month {month}. Write the month as a word, like 14 Mar {year}.")
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no {day} {_SHORT[(month or 1) - 1]} {year}. Check the day.") from None


def _two_digit_year(year: str, before: str, today: dt.date) -> str:
    years = [str(century + int(year)) for century in (1900, 2000)]
    if int(years[1]) > today.year:
        years = years[:1]
    meant = " or ".join(before + full for full in years)
    return f"The year {int(year):02} has two digits. Write all four: {meant}."


def _nearest_day(text: str, day: dt.date) -> dt.date:
    try:
        return read_date(text, day)
    except Unreadable:
        candidates = []
        for year in (day.year - 1, day.year, day.year + 1):
            try:
                candidates.append(read_date(f"{text} {year}", day))
            except Unreadable:
                continue
    if not candidates:
        raise Unreadable(f"“{text[:40]}” is not a day. Write the day and the time like 22 Nov 19:30.")
    return min(candidates, key=lambda candidate: abs(candidate - day))


def _clock_hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise Unreadable(f"{hour} is not an hour of the morning or afternoon. {_HOW_TIME}")
    return hour % 12 + (12 if half == "p" else 0)


def _instant(local: dt.datetime, zone: dt.tzinfo | None, turn: str | None) -> dt.datetime:
    if not _exists(local, zone):
        raise Unreadable(f"The clocks skipped {local:%H:%M} on {show_date(local)}. Write the time after the change.")
    earlier, later = _both_turns(local, zone)
    if earlier == later:
        return earlier
    if turn is None:
        time = f"{local:%H:%M}"
        raise Unreadable(f"The clocks showed {time} twice on {show_date(local)}. Write {time} first or {time} second.")
    return earlier if turn == "first" else later


def _both_turns(local: dt.datetime, zone: dt.tzinfo | None) -> tuple[dt.datetime, dt.datetime]:
    both = (local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1))
    earlier, later = (turn.astimezone(dt.UTC) for turn in both)
    return earlier, later


def _exists(local: dt.datetime, zone: dt.tzinfo | None) -> bool:
    there_and_back = _at_zone(_both_turns(local, zone)[0], zone)
    return there_and_back.replace(tzinfo=None, fold=0) == local.replace(fold=0)


def _at_zone(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(zone)
