"""Which shape stands for a mark on the chest: every kind has its own, so that none is known by its color alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_figure import NIPPLE, RADIUS, Path, Point, Stroke, circle
from desktop.rules.chest_mark import Mark, drawn_points

SIZE: Final = 8.5
"""How far a symbol reaches from its middle, in units of the drawing."""
_USUAL_LENGTH: Final = 26.0
_LONGEST: Final = 90.0
_AREOLA_RADIUS: Final = 14.0
_TICK: Final = 3.6
_ALONG_FOLD: Final = (ChestPlace.FOLD, ChestPlace.BELOW)
_WEIGHT: Final = 2.1

_WAYS: Final[dict[Displacement, Point]] = {
    Displacement.SUPERIOR: (0, -1),
    Displacement.INFERIOR: (0, 1),
    Displacement.LATERAL: (1, 0),
    Displacement.MEDIAL: (-1, 0),
}


def marks_of_side(marks: tuple[Mark, ...], side: Side) -> Iterator[tuple[Mark, Point, tuple[Stroke, ...]]]:
    """Each mark of a side, where its middle is drawn and with which strokes, in units of the drawing."""
    for mark, (across, down) in zip(marks, drawn_points(marks), strict=True):
        if mark.side is side:
            at = units_of(across, down)
            yield mark, at, strokes_of(mark, at)


def units_of(across: float, down: float) -> Point:
    """Thousandths of the breast's radius from the nipple, as a point of the drawing."""
    return NIPPLE[0] + across * RADIUS / 1000, NIPPLE[1] + down * RADIUS / 1000


def thousandths_of(x: float, y: float) -> Point:
    """A point of the drawing, as thousandths of the breast's radius from the nipple."""
    return (x - NIPPLE[0]) * 1000 / RADIUS, (y - NIPPLE[1]) * 1000 / RADIUS


def strokes_of(mark: Mark, at: Point) -> tuple[Stroke, ...]:
    """A mark with its middle at this point of the drawing."""
    drawn = (
        _line(mark, at) if mark.kind in (MarkKind.SCAR, MarkKind.INCISION) else symbol(mark.kind, mark.direction, at)
    )
    if mark.place is ChestPlace.WHOLE and mark.kind is not MarkKind.DISPLACEMENT:
        ring = Stroke(circle(NIPPLE[0] - 3, NIPPLE[1] - 8, 60), 1.3, drawn[0].ink, is_dashed=True)
        return (ring, *drawn)
    return drawn


def symbol(kind: MarkKind, direction: Displacement | None = None, at: Point = (0, 0)) -> tuple[Stroke, ...]:
    """The shape of a kind, for the drawing and for its legend."""
    x, y = at
    weight = _WEIGHT

    def line(*points: Point) -> Stroke:
        return Stroke(tuple((x + across, y + down) for across, down in points), weight, "danger")

    def disc(radius: float, across: float = 0, down: float = 0) -> Stroke:
        return Stroke(circle(x + across, y + down, radius), weight, "danger", is_filled=True)

    match kind:
        case MarkKind.RIPPLING:
            return tuple(Stroke(_wave(x, y + row), weight, "danger") for row in (-5, 0, 5))
        case MarkKind.DISPLACEMENT:
            return _arrow(at, direction)
        case MarkKind.FIRMNESS:
            square = ((-7, -7), (7, -7), (7, 7), (-7, 7), (-7, -7))
            core = tuple((x + across * 0.45, y + down * 0.45) for across, down in square)
            return line(*square), Stroke(core, weight, "danger", is_filled=True)
        case MarkKind.PAIN:
            bolt = ((2.5, -8.5), (-6, 1.5), (-0.5, 1.5), (-2.5, 8.5), (6, -1.8), (0.5, -1.8), (2.5, -8.5))
            return (Stroke(tuple((x + across, y + down) for across, down in bolt), 1.2, "danger", is_filled=True),)
        case MarkKind.LUMP:
            return (disc(5.6),)
        case MarkKind.SWELLING:
            drop = (
                (x, y - 8.5),
                (x + 1.5, y - 4.5, x + 6.6, y - 1, x + 6.6, y + 2.6),
                (x + 6.6, y + 6.2, x + 3.6, y + 8.4, x, y + 8.4),
                (x - 3.6, y + 8.4, x - 6.6, y + 6.2, x - 6.6, y + 2.6),
                (x - 6.6, y - 1, x - 1.5, y - 4.5, x, y - 8.5),
            )
            return (Stroke(drop, weight, "danger"),)
        case MarkKind.REDNESS:
            round_edge = Stroke(circle(x, y, 8), weight, "danger")
            return round_edge, line((-7, 3.4), (3.4, -7)), line((-5, 6), (6, -5)), line((-1, 7.4), (7.4, -1))
        case MarkKind.THIN_SKIN:
            return (Stroke(circle(x, y, 7.6), 1.7, "danger", is_dashed=True),)
        case MarkKind.WOUND:
            return line((-6, -6), (6, 6)), line((-6, 6), (6, -6))
        case MarkKind.SCAR | MarkKind.INCISION:
            return _straight(kind, at, SIZE)
        case MarkKind.NUMBNESS:
            return tuple(disc(1.15, across, down) for across in (-6, 0, 6) for down in (-6, 0, 6))
        case MarkKind.OTHER:
            return (line((0, -8), (8, 0), (0, 8), (-8, 0), (0, -8)),)


def _wave(x: float, y: float) -> Path:
    return ((x - 8.5, y), (x - 5.5, y - 3.6, x - 3, y - 3.6, x, y), (x + 3, y + 3.6, x + 5.5, y + 3.6, x + 8.5, y))


def _arrow(at: Point, direction: Displacement | None) -> tuple[Stroke, ...]:
    """Where nobody said which way, a cross of arrows with no heads and a ring: it is not to be read as a way."""
    x, y = at
    if direction not in _WAYS:
        cross = (((x - 8, y), (x + 8, y)), ((x, y - 8), (x, y + 8)))
        return (Stroke(circle(x, y, 3.4), 1.7, "danger"), *(Stroke(path, 1.7, "danger") for path in cross))
    (dx, dy), half = _WAYS[direction], 13.0
    start, end = (x - dx * half, y - dy * half), (x + dx * half, y + dy * half)
    head = tuple((end[0] - dx * 7.5 + turn * dy * 6, end[1] - dy * 7.5 + turn * dx * 6) for turn in (1, -1))
    return Stroke((start, end), 2.6, "danger"), Stroke((head[0], end, head[1]), 2.6, "danger")


def _line(mark: Mark, at: Point) -> tuple[Stroke, ...]:
    """A scar is a line with cross ticks, a planned incision a dashed one between two ends; round the areola it bends.

    As long as it was measured, but never over the midline.
    """
    x, y = at
    length = min(_LONGEST, float(mark.length_mm)) if mark.length_mm else _USUAL_LENGTH
    if mark.place in (ChestPlace.AREOLA, ChestPlace.NIPPLE):
        middle = math.atan2(y - NIPPLE[1], x - NIPPLE[0]) if (x, y) != NIPPLE else math.pi / 2
        spread = min(math.tau * 0.97, max(1.0, length / _AREOLA_RADIUS))
        turns = [middle + spread * (step / 12 - 0.5) for step in range(13)]
        normals = [(math.cos(turn), math.sin(turn)) for turn in turns]
        bent = [(NIPPLE[0] + _AREOLA_RADIUS * nx, NIPPLE[1] + _AREOLA_RADIUS * ny) for nx, ny in normals]
        return _with_ticks(mark.kind, bent, normals)
    return _straight(mark.kind, at, min(length / 2, x - 2.5), follows_fold=mark.place in _ALONG_FOLD)


def _straight(kind: MarkKind, at: Point, half: float, follows_fold: bool = False) -> tuple[Stroke, ...]:
    (x, y), bend = at, -half * half / 190 if follows_fold else 0.0
    points = [(x + half * step / 6, y + bend * (step / 6) ** 2) for step in range(-6, 7)]
    return _with_ticks(kind, points, [(0.0, 1.0)] * len(points))


def _with_ticks(kind: MarkKind, points: list[Point], normals: list[Point]) -> tuple[Stroke, ...]:
    path = tuple(points)

    def tick(number: int) -> Path:
        (px, py), (nx, ny) = points[number], normals[number]
        return ((px - nx * _TICK, py - ny * _TICK), (px + nx * _TICK, py + ny * _TICK))

    if kind is MarkKind.INCISION:
        ends = (Stroke(tick(0), 1.8, "accent"), Stroke(tick(-1), 1.8, "accent"))
        return (Stroke(path, 2.4, "accent", is_dashed=True), *ends)
    return (Stroke(path, 1.9, "text"), *(Stroke(tick(number), 1.3, "text") for number in (1, 4, 8, 11)))
