"""What the answers of a consent may say: days that follow one another, items that fit their number, its own side."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from desktop.models.choices import Side
from desktop.rules.consent import said_in, shortened
from desktop.rules.dates import show_date
from desktop.rules.patient import rows_of
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.side import field_at

_DAYS: Final = ("given_on", "reviewed_on", "patient_signed_on", "clinician_signed_on", "copy_given_on")
_BOTH: Final = frozenset({"both", "bilateral", "bilaterally"})


def check_consent(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Whatever is written may be saved while it agrees with itself; what it lacks is said by `missing_in`."""
    return [*_check_days(values, circumstances.today), *_check_items(values), *_check_words(values)]


def _check_days(values: Values, today: dt.date) -> Iterator[Problem]:
    days: dict[str, Any] = {name: values.get(name) for name in _DAYS}
    for name, day in days.items():
        if isinstance(day, dt.date) and day > today:
            yield Problem(name, "This day has not come yet: write the day on which it happened.")
    for before, after, why in (
        ("given_on", "reviewed_on", "gone through before it was given"),
        ("given_on", "patient_signed_on", "signed before it was given"),
        ("reviewed_on", "patient_signed_on", "signed before it was gone through"),
        ("reviewed_on", "clinician_signed_on", "signed before it was gone through"),
        ("given_on", "copy_given_on", "a copy before the form itself was given"),
    ):
        first, then = days[before], days[after]
        if isinstance(first, dt.date) and isinstance(then, dt.date) and then < first:
            yield Problem(after, f"That would be {why} ({show_date(first)}). Correct one of the two days.")


def _check_items(values: Values) -> Iterator[Problem]:
    rows, count = rows_of(values.get("items")), values.get("item_count")
    if isinstance(count, int) and len(rows) > count:
        yield Problem("items", f"{len(rows)} items are listed, and the form has {count}: correct the one or the other.")
    repeated = [item for item, times in Counter(said_in(row.get("item")) for row in rows).items() if item and times > 1]
    if repeated:
        yield Problem("items", f"Item {shortened(repeated)} is listed twice: remove one.")


def _check_words(values: Values) -> Iterator[Problem]:
    """Words are never read as a side, but words of the other side are asked about: it is how a swap looks."""
    for side in Side:
        name, other = field_at(side, "procedure"), next(each for each in Side if each is not side)
        said = set(re.findall(r"\w+", said_in(values.get(name)).casefold()))
        if said & {other.label.casefold()}:
            yield Problem(
                name, f"This is {side.label}, and the words name {other.label}. Is that right?", is_question=True
            )
        elif said & _BOTH:
            yield Problem(name, f"This is {side.label} alone; write each side under its own. Is that right?", True)
