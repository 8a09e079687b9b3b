"""How a grade or a measurement changed from visit to visit, and where it cannot be compared: the device was another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import Baker, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.measurement import ACROSS, OF_A_SIDE, Measurement
from desktop.rules.side import field_at


@dataclass(frozen=True)
class Seen:
    """One visit: the answers of its form by field name. `on` None: nobody recorded the day."""

    on: dt.date | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """An operation put a device into this side or took one out; `on` None: nobody recorded when."""

    side: Side
    on: PartialDate | None

    @property
    def words(self) -> str:
        return f"device changed {show_partial_date(self.on)}" if self.on else "device changed, date unknown"


@dataclass(frozen=True)
class Reading:
    on: dt.date
    value: int
    words: str


@dataclass(frozen=True)
class Subject:
    """What is followed. `value` is where an answer stands on the axis; `marks` are the lines of the axis where these
    do not follow from the values."""

    name: str
    title: str
    unit: str
    show: Callable[[Any], str]
    value: Callable[[Any], int]
    show_value: Callable[[int], str]
    marks: tuple[int, ...] = ()
    is_of_a_side: bool = True


@dataclass(frozen=True)
class Line:
    """One side, or both together. A run is what may be joined: nothing is missing in it and the device is one."""

    side: Side | None
    runs: tuple[tuple[Reading, ...], ...]
    changes: tuple[Change, ...]
    words: str

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(reading for run in self.runs for reading in run)


@dataclass(frozen=True)
class Trend:
    subject: Subject
    lines: tuple[Line, ...]

    @property
    def is_seen_once_at_most(self) -> bool:
        """There is nothing to draw."""
        return all(len(line.readings) < 2 for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not any(line.words for line in self.lines)


_HEIGHT: Final = {Baker.I: 1, Baker.IA: 1, Baker.IB: 1, Baker.II: 2, Baker.III: 3, Baker.IV: 4}
_GRADES: Final = ("I", "II", "III", "IV")


def _grade_words(grade: Baker) -> str:
    return grade.label.removeprefix("Baker ")


def _measured(measurement: Measurement, *, is_of_a_side: bool) -> Subject:
    return Subject(
        measurement.name,
        measurement.label,
        measurement.unit.value,
        measurement.show,
        int,
        measurement.show_number,
        is_of_a_side=is_of_a_side,
    )


SUBJECTS: Final = (
    Subject("baker", "Baker", "", _grade_words, _HEIGHT.__getitem__, lambda at: _GRADES[at - 1], (1, 2, 3, 4)),
    Subject("pain_nrs", "Pain, 0 to 10", "", str, int, str, (0, 5, 10)),
    *(_measured(each, is_of_a_side=True) for each in OF_A_SIDE),
    *(_measured(each, is_of_a_side=False) for each in ACROSS),
)
"""In the order in which they are shown."""


def trends(visits: Iterable[Seen], changes: Sequence[Change]) -> tuple[Trend, ...]:
    """Of everything that somebody recorded at least once; the visits in any order."""
    dated = sorted((visit for visit in visits if visit.on), key=lambda visit: visit.on or dt.date.min)
    found = (Trend(subject, tuple(_lines(subject, dated, changes))) for subject in SUBJECTS)
    return tuple(trend for trend in found if not trend.is_empty)


def parts(change: Change, before: dt.date, after: dt.date) -> bool:
    """Whether the device can have changed between the two visits. The visit of the day itself was before the surgery;
    a date known only in part parts every pair of visits between which it can lie."""
    return change.on is not None and change.on.earliest < after and change.on.latest >= before


def _lines(subject: Subject, visits: Sequence[Seen], changes: Sequence[Change]) -> Iterable[Line]:
    if not subject.is_of_a_side:
        yield _line(subject, None, subject.name, visits, changes)
        return
    for side in Side:
        own = tuple(change for change in changes if change.side is side)
        yield _line(subject, side, field_at(side, subject.name), visits, own)


def _line(subject: Subject, side: Side | None, name: str, visits: Sequence[Seen], changes: Sequence[Change]) -> Line:
    """Before the first reading and after the last nothing is missing: it was not looked for then."""
    told = [at for at, visit in enumerate(visits) if visit.values.get(name) is not None]
    if not told:
        return Line(side, (), (), "")
    span = visits[told[0] : told[-1] + 1]
    runs: list[list[Reading]] = [[]]
    words, shown = "", []
    for before, visit in zip([None, *span[:-1]], span, strict=True):
        assert visit.on is not None
        if before is not None and before.on is not None:
            between = [change for change in changes if parts(change, before.on, visit.on)]
            shown += between
            told_once = dict.fromkeys(change.words for change in between)
            words += "".join(f" | {change}" for change in told_once) + (" | " if between else " → ")
            if between:
                runs.append([])
        answer = visit.values.get(name)
        words += f"{'not recorded' if answer is None else subject.show(answer)} ({show_date(visit.on)})"
        if answer is None:
            runs.append([])
        else:
            runs[-1].append(Reading(visit.on, subject.value(answer), subject.show(answer)))
    if len(told) > 1 and any(change.on is None for change in changes):
        words += ". When a device was changed is not known: grades of different devices may stand here"
    who = f"{side.label} {subject.title}" if side else subject.title
    return Line(side, tuple(tuple(run) for run in runs if run), tuple(dict.fromkeys(shown)), f"{who}: {words}")
