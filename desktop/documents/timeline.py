"""The devices of both breasts over time on paper: two lanes drawn from numbers, then every fact in a table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.typesetting import render
from desktop.documents.wording import wording_of
from desktop.rules.lane_span import Span
from desktop.rules.time_axis import TimeAxis

_LEAST_BETWEEN_LINES: Final = 0.08
_LEAST_BETWEEN_MARKS: Final = 0.024
_LEAST_FOR_NUMBER: Final = 0.035
"""As shares of the axis: a year in small letters, a numbered mark, and a bar that can hold its number."""
_ROWS: Final = 3
_MOST_IN_ROW: Final = 36


@dataclass(frozen=True)
class PrintedSpell:
    """One device; `labels` from the longest to the shortest, of which the first that fits its bar is printed."""

    number: int
    labels: tuple[str, ...]
    start: Span | None
    works_until: Span | None
    lies_until: Span | None = None
    is_functionless: bool = False


@dataclass(frozen=True)
class PrintedMark:
    """Something seen or done; the table tells its number in words."""

    number: int
    on: Span | None
    is_serious: bool = False


@dataclass(frozen=True)
class PrintedLane:
    """`in_place` says in words what is there today. A gap is from a day to a day, None is today."""

    in_place: tuple[str, str]
    spells: tuple[PrintedSpell, ...] = ()
    marks: tuple[PrintedMark, ...] = ()
    gaps: tuple[tuple[Span, Span | None], ...] = ()

    def spans(self) -> Iterator[Span | None]:
        for spell in self.spells:
            yield from (spell.start, spell.works_until, spell.lies_until)
        yield from (mark.on for mark in self.marks)


@dataclass(frozen=True)
class TimelinePage:
    """`rows` are number, side, what, from, to, how long, plane and source. `printed_at` is in the practice's zone."""

    practice: PracticeLines
    patient: PatientLines
    right: PrintedLane
    left: PrintedLane
    rows: tuple[tuple[str, ...], ...]
    as_of: dt.date
    printed_at: dt.datetime
    alerts: tuple[str, ...] = ()
    language: str = "en"
    is_demo: bool = False


def render_timeline(page: TimelinePage) -> bytes:
    refuse_if_lacking(lacking_identity(page.patient))
    wording = wording_of(page.language)
    axis = TimeAxis.whole((*page.right.spans(), *page.left.spans()), page.as_of)
    printed_on = page.printed_at.date()
    return render(
        "timeline",
        {
            **sheet(
                wording,
                page.practice,
                page.patient,
                title=wording["timeline_title"],
                issued_on=printed_on,
                is_demo=page.is_demo,
            ),
            "printed_at": f"{wording.day(printed_on)}, {page.printed_at:%H:%M}",
            "alerts": list(page.alerts),
            "as_of": wording.day(page.as_of),
            "today": axis.share(page.as_of),
            "ticks": [(axis.share(day), label) for day, label in axis.ticks(_LEAST_BETWEEN_LINES)],
            "lanes": [_lane("right", page.right, axis, page.as_of), _lane("left", page.left, axis, page.as_of)],
            "has_undated": None in (*_begins(page.right), *_begins(page.left)),
            "rows": [list(row) for row in page.rows],
        },
    )


def _begins(lane: PrintedLane) -> Iterator[Span | None]:
    yield from (spell.start for spell in lane.spells)
    yield from (mark.on for mark in lane.marks)


def _lane(side: str, lane: PrintedLane, axis: TimeAxis, today: dt.date) -> dict[str, Any]:
    return {
        "side": side,
        "in_place": list(lane.in_place),
        "bars": [_bar(spell, axis, today) for spell in lane.spells],
        "thin": [_thin(spell, axis, today) for spell in lane.spells if spell.is_functionless],
        "gaps": [
            (axis.share(since.latest), axis.share(until.earliest if until else today)) for since, until in lane.gaps
        ],
        "narrow": list(_narrow(lane.spells, axis, today)),
        "marks": _marks(lane.marks, axis),
    }


def _bar(spell: PrintedSpell, axis: TimeAxis, today: dt.date) -> dict[str, Any]:
    return _drawn(spell, spell.start, spell.works_until or Span.of(today), axis) | {"labels": list(spell.labels)}


def _thin(spell: PrintedSpell, axis: TimeAxis, today: dt.date) -> dict[str, Any]:
    return _drawn(spell, spell.works_until, spell.lies_until or Span.of(today), axis)


def _drawn(spell: PrintedSpell, start: Span | None, end: Span, axis: TimeAxis) -> dict[str, Any]:
    """`from` None begins left of the axis, where the undated stands; between `sure_from` and `sure_to` it was there."""
    last = axis.share(end.latest)
    return {
        "number": spell.number,
        "from": axis.share(start.earliest) if start else None,
        "to": last,
        "sure_from": axis.share(start.latest) if start else last,
        "sure_to": axis.share(end.earliest),
    }


def _narrow(spells: tuple[PrintedSpell, ...], axis: TimeAxis, today: dt.date) -> Iterator[tuple[float, str]]:
    """Numbers over the middle of bars too narrow to hold one; of several side by side, from the first to the last."""
    run: list[tuple[float, float, int]] = []
    for spell in sorted(spells, key=lambda each: each.start.earliest if each.start else dt.date.min):
        first = axis.share(spell.start.earliest) if spell.start else -1.0
        last = axis.share((spell.works_until or Span.of(today)).latest)
        if last - first < _LEAST_FOR_NUMBER:
            run.append((first, last, spell.number))
        elif run:
            yield _told(run)
            run = []
    if run:
        yield _told(run)


def _told(run: list[tuple[float, float, int]]) -> tuple[float, str]:
    numbers = str(run[0][2]) if len(run) == 1 else f"{run[0][2]} – {run[-1][2]}"
    return (run[0][0] + run[-1][1]) / 2, numbers


def _marks(marks: tuple[PrintedMark, ...], axis: TimeAxis) -> list[dict[str, Any]]:
    """In a few rows, moved aside where their numbers would meet; the undated by twos, left of the axis."""
    in_order = sorted(marks, key=lambda each: each.on.earliest if each.on else dt.date.min)
    dated = [(mark, (axis.share(mark.on.earliest) + axis.share(mark.on.latest)) / 2) for mark in in_order if mark.on]
    rows: list[list[tuple[PrintedMark, float]]] = [[] for _ in range(max(_ROWS, math.ceil(len(dated) / _MOST_IN_ROW)))]
    for mark, at in dated:
        free = (row for row in rows if not row or row[-1][1] + _LEAST_BETWEEN_MARKS <= at)
        (next(free, None) or next((row for row in rows if not row), min(rows, key=len))).append((mark, at))
    made = [
        _mark(mark, number, axis, at, shown)
        for number, row in enumerate(rows)
        for (mark, at), shown in zip(row, _apart([at for _mark, at in row]), strict=True)
    ]
    undated = [mark for mark in in_order if mark.on is None]
    return made + [_mark(mark, number // 2, axis, None, float(number % 2)) for number, mark in enumerate(undated)]


def _apart(places: list[float]) -> list[float]:
    """As near to their places as numbers can stand beside each other, none beyond the end of the axis."""
    shown: list[float] = []
    for at in places:
        shown.append(max(at, shown[-1] + _LEAST_BETWEEN_MARKS) if shown else at)
    most = 1.0
    for number in range(len(shown) - 1, -1, -1):
        shown[number] = min(shown[number], most)
        most = shown[number] - _LEAST_BETWEEN_MARKS
    return shown


def _mark(mark: PrintedMark, row: int, axis: TimeAxis, at: float | None, shown: float) -> dict[str, Any]:
    """`at` is where it happened, `shown` where its number stands, `from` and `to` how far the date may lie.

    Where `at` is None, `shown` is 0 or 1: the first or second place left of the axis.
    """
    return {
        "number": mark.number,
        "at": at,
        "shown": shown,
        "from": axis.share(mark.on.earliest) if mark.on else None,
        "to": axis.share(mark.on.latest) if mark.on else None,
        "is_sure": mark.on is not None and mark.on.is_exact,
        "is_serious": mark.is_serious,
        "row": row,
    }
