"""Where a mark on the chest lies, in words and as a point, and what a mark may say.

A point is told in thousandths of the breast's radius from the nipple: outward and downward positive, the same on either
side. Nothing here knows what is left on a screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.problem import Problem

PLACE_POINTS: Final[Mapping[ChestPlace, tuple[int, int]]] = {
    ChestPlace.UPPER_OUTER: (450, -450),
    ChestPlace.UPPER_INNER: (-470, -450),
    ChestPlace.LOWER_OUTER: (450, 390),
    ChestPlace.LOWER_INNER: (-470, 390),
    ChestPlace.UPPER_POLE: (0, -720),
    ChestPlace.LOWER_POLE: (0, 580),
    ChestPlace.OUTER: (800, 0),
    ChestPlace.INNER: (-850, 0),
    ChestPlace.AREOLA: (0, 180),
    ChestPlace.NIPPLE: (0, 0),
    ChestPlace.FOLD: (0, 930),
    ChestPlace.AXILLA: (860, -1320),
    ChestPlace.ABOVE: (0, -1450),
    ChestPlace.BELOW: (0, 1340),
    ChestPlace.MIDLINE: (-1190, -150),
    ChestPlace.WHOLE: (-640, -980),
}
"""Where a mark is drawn of which no more than its place is known. Our own drawing, no measurement."""
REACH: Final = ((-1190, 1050), (-2000, 1550))
"""How far across and down a mark can lie: no mark touches the midline, so that none can be read as of both sides."""
HAS_LENGTH: Final = frozenset({MarkKind.SCAR, MarkKind.INCISION})
LENGTH_MM: Final = (1, 400)
_APART: Final = 360
"""Closer than this, two symbols would lie over each other."""
_AROUND: Final = tuple(
    (round(ring * _APART * math.cos(turn)), round(ring * _APART * math.sin(turn)))
    for ring, count in ((1, 6), (2, 12))
    for turn in (math.tau * step / count for step in range(count))
)


@dataclass(frozen=True)
class Mark:
    """One row of the marks of an examination; `across` and `down` in thousandths of the radius, None as the place."""

    side: Side
    kind: MarkKind
    place: ChestPlace
    direction: Displacement | None = None
    across: int | None = None
    down: int | None = None
    length_mm: int | None = None
    note: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            row["side"],
            row["kind"],
            row["place"],
            row.get("direction"),
            row.get("across_permille"),
            row.get("down_permille"),
            row.get("length_mm"),
            row.get("note") or "",
        )

    @property
    def point(self) -> tuple[int, int]:
        if self.across is None or self.down is None:
            return PLACE_POINTS[self.place]
        return self.across, self.down


def read_marks(rows: Iterable[Mapping[str, Any]] | None) -> tuple[Mark, ...]:
    """The marks of an examination; a row nobody finished is none yet."""
    return tuple(Mark.from_row(row) for row in rows or () if row.get("side") and row.get("kind") and row.get("place"))


def within_reach(across: float, down: float) -> tuple[int, int]:
    """The nearest point of the same side that a mark can lie on."""
    (inner, outer), (top, bottom) = REACH
    return round(min(outer, max(inner, across))), round(min(bottom, max(top, down)))


def place_at(across: float, down: float) -> ChestPlace:
    """The words for a point. Where the edges of the places lie is our own choice, made to fit the drawing."""
    from_nipple = math.hypot(across, down)
    # 1 on the outline of the breast, which reaches less far inward and down than outward and up.
    edge = math.hypot((across + 50) / 1035, (down + 140) / 1070)
    if from_nipple <= 100:
        return ChestPlace.NIPPLE
    if from_nipple <= 260:
        return ChestPlace.AREOLA
    if across < -1080:
        return ChestPlace.MIDLINE
    if down > 300 and edge > 0.86:
        return ChestPlace.FOLD if edge <= 1.15 else ChestPlace.BELOW
    if edge > 1:
        if across > 550 and down < -900:
            return ChestPlace.AXILLA
        return ChestPlace.OUTER if across > 700 and down > -900 else ChestPlace.ABOVE
    if abs(across) <= 0.36 * abs(down):
        return ChestPlace.UPPER_POLE if down < 0 else ChestPlace.LOWER_POLE
    if abs(down) <= 0.36 * abs(across) and abs(across) > 600:
        return ChestPlace.OUTER if across > 0 else ChestPlace.INNER
    if across > 0:
        return ChestPlace.UPPER_OUTER if down < 0 else ChestPlace.LOWER_OUTER
    return ChestPlace.UPPER_INNER if down < 0 else ChestPlace.LOWER_INNER


def drawn_points(marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Where each mark is drawn: the ones somebody put somewhere just there, the others beside them within their place.

    A place that is full lets the next ones stand just outside it: the words tell what is meant.
    """
    taken: dict[Side, list[tuple[int, int]]] = {side: [] for side in Side}
    points: dict[int, tuple[int, int]] = {}
    placed = [at for at, mark in enumerate(marks) if mark.across is not None and mark.down is not None]
    rest = [at for at in range(len(marks)) if at not in placed]
    for at in (*placed, *rest):
        mark = marks[at]
        points[at] = mark.point if at in placed else _free_point(mark, taken[mark.side])
        taken[mark.side].append(points[at])
    return tuple(points[at] for at in range(len(marks)))


def mark_words(mark: Mark) -> str:
    """`displacement downward`, `scar, fold 45 mm (widened)`."""
    return side_words((mark,), mark.side)[0]


def side_words(marks: Iterable[Mark], side: Side) -> tuple[str, ...]:
    """The marks of one side, those of a kind together: `pain, upper outer and fold`."""
    grouped: dict[str, list[str]] = {}
    for mark in marks:
        if mark.side is side:
            grouped.setdefault(_kind_words(mark), []).append(_where_words(mark))
    return tuple(_phrase(kind, wheres) for kind, wheres in grouped.items())


def all_words(marks: Iterable[Mark]) -> str:
    """`RIGHT · rippling, upper inner; LEFT · displacement downward`; what is on neither side says so."""
    marks = tuple(marks)
    said = [(side, side_words(marks, side)) for side in Side]
    return "; ".join(f"{side.label} · {', '.join(words)}" for side, words in said if words) or "Nothing is marked"


def check_marks(rows: Iterable[Mapping[str, Any]] | None, field: str = "marks") -> list[Problem]:
    """A displacement goes somewhere, only what is a line has a length, and no point lies on the other side."""
    for number, mark in enumerate(read_marks(rows), start=1):
        which = f"Mark {number}, {mark.side.label} {mark.kind.label.lower()}"
        if mark.kind is MarkKind.DISPLACEMENT and mark.direction in (None, Displacement.NONE):
            return [Problem(field, f"{which}: say which way it is displaced, or remove the mark.")]
        if mark.kind is not MarkKind.DISPLACEMENT and mark.direction is not None:
            return [Problem(field, f"{which}: only a displacement has a direction.")]
        if mark.length_mm is not None and mark.kind not in HAS_LENGTH:
            return [Problem(field, f"{which}: only a scar and an incision have a length.")]
        if mark.across is not None and mark.down is not None and within_reach(mark.across, mark.down) != mark.point:
            return [Problem(field, f"{which}: it lies outside its side of the drawing. Put it on it again.")]
    return []


def _kind_words(mark: Mark) -> str:
    kind = mark.kind.label.lower()
    if mark.direction in (None, Displacement.NONE):
        return kind
    return f"{kind} {mark.direction.label.lower()}"


def _where_words(mark: Mark) -> str:
    is_whole_device = mark.kind is MarkKind.DISPLACEMENT and mark.place is ChestPlace.WHOLE
    where = "" if is_whole_device else mark.place.label.lower()
    length = f"{mark.length_mm} mm" if mark.length_mm else ""
    note = f"({mark.note})" if mark.note else ""
    return " ".join(filter(None, (where, length, note)))


def _phrase(kind: str, wheres: Sequence[str]) -> str:
    told = [where for where in wheres if where]
    if not told:
        return kind
    last = " and ".join(told[-2:])
    return f"{kind}, {', '.join([*told[:-2], last])}"


def _free_point(mark: Mark, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    across, down = PLACE_POINTS[mark.place]
    around = [(across, down), *(within_reach(across + x, down + y) for x, y in _AROUND)]
    free = [spot for spot in around if all(math.dist(spot, other) >= _APART * 0.95 for other in taken)]
    inside = [spot for spot in free if spot == (across, down) or place_at(*spot) is mark.place]
    return next(iter((*inside, *free)), (across, down))
