"""What time it is for the screens; one place, so that a test or the tour can set it."""

from __future__ import annotations

import datetime as dt


class _Clock:
    fixed: dt.datetime | None = None


_clock = _Clock()


def now() -> dt.datetime:
    return _clock.fixed or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    return now().astimezone().date()


def set_clock(moment: dt.datetime | None) -> None:
    """Hold the clock at `moment`, or let it run again with None."""
    _clock.fixed = moment
