"""Why somebody was found, in the words of the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from desktop.rules.dates import show_date
from desktop.rules.search_key import ALIKE, likeness_of_sound, whole_names, words_of

FEWEST_INSIDE = 3
"""So many letters are looked for inside words too; fewer only at their beginning."""

_FEWEST_SHOWN_DIGITS = 4


def reason_of_names(asked: Sequence[str], family: str, given: str, former: str) -> tuple[str, bool]:
    """What the asked words say beyond the name that is shown anyway, and whether one of them only sounds like hers."""
    current = words_of(family) | words_of(given) | set(whole_names(family, given))
    before = words_of(former)
    said: dict[str, None] = {}
    alike = [key for key in asked if not (is_found(key, current) or is_found(key, before))]
    if any(not is_found(key, current) and is_found(key, before) for key in asked):
        said[f"former name {former}"] = None
    said |= dict.fromkeys(f"sounds like “{key}”" for key in alike)
    return " · ".join(said), bool(alike)


def are_hers(asked: Iterable[str], family: str, given: str, former: str) -> bool:
    """Whether each asked word is a part of one of her names, or sounds much like one."""
    hers = words_of(family) | words_of(given) | words_of(former) | set(whole_names(family, given))
    return all(is_found(key, hers) or any(likeness_of_sound(key, word) >= ALIKE for word in hers) for key in asked)


def is_found(key: str, words: Collection[str]) -> bool:
    return any(word.startswith(key) or (len(key) >= FEWEST_INSIDE and key in word) for word in words)


def reason_of_birth(born: dt.date, as_read: str) -> str:
    """`born 3 Feb 1981 (read as day/month)`."""
    return f"born {show_date(born)} ({as_read})" if as_read else f"born {show_date(born)}"


def reason_of_phone(tail: str, phones: Sequence[tuple[str, str]]) -> str:
    """`mobile phone …0142`: which of her numbers ends so; `phones` are pairs of a label and its digits."""
    shown = max(len(tail), _FEWEST_SHOWN_DIGITS)
    for label, number in phones:
        if number.endswith(tail):
            return f"{label} …{number[-shown:]}"
    return f"phone …{tail} of a record merged into this one"


def reason_of_surgery(on: dt.date, was_done: bool, as_read: str, today: dt.date) -> str:
    """`surgery planned 25 Nov 2026 (week 48)`, `operated 12 May 2014 (week 20)`."""
    what = "operated" if was_done else "surgery today," if on == today else "surgery planned"
    note = as_read or f"week {on.isocalendar().week}"
    return f"{what} {show_date(on)} ({note})"
