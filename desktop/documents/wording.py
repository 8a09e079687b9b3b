"""What the fixed words of a printed page are, and how a date is written, in each language we print."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.errors import DocumentIncomplete
from desktop.paths import resource


@dataclass(frozen=True)
class Wording:
    """The words of `resources/layouts/words/<language>.toml`; the layouts read them by their keys."""

    language: str
    words: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.words[key])

    def day(self, date: dt.date) -> str:
        """`4 December 2026`: the month in words, for 03/04 is read two ways."""
        return self["date"].format(day=date.day, month=self.words["months"][date.month - 1], year=date.year)

    def weekday(self, date: dt.date) -> str:
        """`Friday 4 December 2026`."""
        return self["weekday_date"].format(weekday=self.words["weekdays"][date.weekday()], date=self.day(date))

    def short_weekday(self, date: dt.date) -> str:
        """`Fri`, over `short_day`, in the head of a column too narrow for more."""
        return str(self.words["short_weekdays"][date.weekday()])

    def short_day(self, date: dt.date) -> str:
        """`4 Dec`, under a year that is written elsewhere on the page."""
        return self["short_date"].format(day=date.day, month=self.words["short_months"][date.month - 1])

    def days(self, number: int) -> str:
        """`1 day`, `7 days`."""
        return self["one_day" if number == 1 else "many_days"].format(number=number)


@cache
def wording_of(language: str) -> Wording:
    file = resource("layouts", "words", f"{language}.toml")
    if not language.isalpha() or not file.is_file():
        sentence = f"There are no printed pages in “{language}” yet: choose another language."
        raise DocumentIncomplete({"language": sentence})
    return Wording(language, tomllib.loads(file.read_text(encoding="utf-8")))
