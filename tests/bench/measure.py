"""One figure beside what it is measured against, and how often something is done to know how long it takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

WARM_UP = 3


@dataclass(frozen=True)
class Measure:
    goal: str
    what: str
    measured: str
    against: str
    ratio: float
    limit: float

    @property
    def holds(self) -> bool:
        return self.ratio <= self.limit


def milliseconds(value: float) -> str:
    """Three figures, however short or long."""
    return f"{value:.2f} ms" if value < 10 else f"{value:.1f} ms" if value < 100 else f"{value:.0f} ms"


def within(goal: str, what: str, value_ms: float, limit_ms: float) -> Measure:
    """Against a limit in milliseconds."""
    return Measure(goal, what, milliseconds(value_ms), f"{limit_ms:g} ms", value_ms / limit_ms, 1.0)


def against(goal: str, what: str, value_ms: float, name: str, other_ms: float, limit: float) -> Measure:
    """Against the time of something else in the same run."""
    return Measure(goal, what, milliseconds(value_ms), f"{name} {milliseconds(other_ms)}", value_ms / other_ms, limit)


def took(work: Callable[..., Any], *args: Any) -> float:
    """How many milliseconds it took once."""
    began = time.perf_counter()
    work(*args)
    return (time.perf_counter() - began) * 1000


def median_of(times: int, work: Callable[..., Any], *args: Any) -> float:
    for _ in range(WARM_UP):
        work(*args)
    return statistics.median(took(work, *args) for _ in range(times))


def in_turn(one: Callable[[int], Any], other: Callable[[int], Any], times: int) -> tuple[float, float]:
    """The medians of two things done in turn, so that the machine's moods fall on both."""
    seen: tuple[list[float], list[float]] = ([], [])
    for number in range(times + WARM_UP):
        for at, each in enumerate((one, other)):
            spent = took(each, number)
            if number >= WARM_UP:
                seen[at].append(spent)
    return statistics.median(seen[0]), statistics.median(seen[1])


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))]
