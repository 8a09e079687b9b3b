"""Between which days each device of a side was in place, no surer than it is known: what a timeline draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation

_DAY: Final = dt.timedelta(days=1)
_UNDATED: Final = dt.timedelta(days=2 * 365)
"""How long a device is drawn that nobody can date; all of it is drawn as uncertain."""


@dataclass(frozen=True)
class Span:
    """A date as precise as it is known: no earlier and no later than."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def of(cls, day: dt.date) -> Self:
        return cls(day, day)

    @classmethod
    def known(cls, date: PartialDate, today: dt.date) -> Self:
        """What happened cannot have happened later than today; a date that lies ahead is left as it is."""
        return cls(date.earliest, max(date.earliest, min(date.latest, today)))

    @classmethod
    def somewhere(cls, earliest: dt.date, latest: dt.date) -> Self:
        """Nobody dated it; never exact, however little room there is for it."""
        return cls(min(earliest, latest - _DAY), latest)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


@dataclass(frozen=True)
class DrawnSpell:
    """`start` None: nobody knows, and nothing before it says. `works_until` None: it works today.

    `lies_until` ends the time without function, None where the device still lies there or never lost its function.
    """

    start: Span | None
    works_until: Span | None
    lies_until: Span | None


def drawn_spells(chain: Sequence[Occupation], today: dt.date) -> tuple[DrawnSpell, ...]:
    """One for each device; what nobody dated lies between its neighbours."""
    drawn: list[DrawnSpell] = []
    following = today
    for at in range(len(chain) - 1, -1, -1):
        one, before = chain[at], chain[at - 1] if at else None
        stopped = one.functionless_since if one.is_functionless else one.until
        since = Span.known(one.since, today) if one.since else None
        if stopped is not None:
            end = Span.known(stopped, today)
        else:
            end = Span.somewhere(since.latest if since else following - _UNDATED, following)
        start = since or _undated_start(before, end, today)
        lies_until = None
        if one.is_functionless and not one.is_in_place:
            lies_until = Span.known(one.until, today) if one.until else Span.somewhere(end.latest, today)
        drawn.append(DrawnSpell(start, None if one.is_working else end, lies_until))
        following = start.earliest if start else end.earliest
    return tuple(reversed(drawn))


def gaps(chain: Sequence[Occupation], today: dt.date) -> tuple[tuple[PartialDate, PartialDate | None], ...]:
    """The times during which no working device is recorded, from a date to a date; None is today.

    Only between dates that are known: an unknown date leaves no gap that anybody could be sure of.
    """
    found: list[tuple[PartialDate, PartialDate | None]] = []
    for one, following in pairwise([*chain, None]):
        assert one is not None
        stopped = one.functionless_since if one.is_functionless else one.until
        if stopped is None:
            continue
        if following is None:
            if stopped.earliest < today:
                found.append((stopped, None))
        elif following.since is not None and stopped.latest < following.since.earliest:
            found.append((stopped, following.since))
    return tuple(found)


def _undated_start(before: Occupation | None, end: Span, today: dt.date) -> Span | None:
    """After what came out before it, or within the same unsure time; beyond that nobody knows."""
    if before is None:
        return None
    stopped = before.functionless_since if before.is_functionless else before.until
    earliest = Span.known(stopped, today).latest if stopped else end.latest - _UNDATED
    return Span.somewhere(min(earliest, end.earliest), end.latest)
