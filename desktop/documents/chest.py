"""What is marked on a chest, as a drawing and as words for any printed page; the layout is `chest.typ`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.models.choices import Displacement, MarkKind, Side
from desktop.rules.chest_figure import (
    AREOLA_LINES,
    BODY_HALF,
    BODY_MIDDLE,
    BREAST_LINES,
    HALF_WIDTH,
    Stroke,
)
from desktop.rules.chest_mark import Mark, side_words
from desktop.rules.chest_symbol import SIZE, marks_of_side, symbol

_OUTWARD = {Side.RIGHT: -1.0, Side.LEFT: 1.0}
"""The patient faces the reader: her right is on the left of the page."""
_TOP, _BOTTOM = 30.0, 318.0
"""What of the figure is printed: paper is dear, and nothing is marked on the neck."""


def chest_drawing(marks: tuple[Mark, ...]) -> dict[str, Any] | None:
    """For `chest.typ`; nothing is drawn where nothing is marked."""
    if not marks:
        return None
    figure = [_printed(stroke) for stroke in BODY_MIDDLE]
    drawn: list[dict[str, Any]] = []
    for side in Side:
        for stroke in (*BODY_HALF, *BREAST_LINES, *AREOLA_LINES):
            figure.append(_printed(stroke, side))
        for _mark, _at, strokes in marks_of_side(marks, side):
            drawn += [_printed(stroke, side) for stroke in strokes]
    return {
        "width": 2 * HALF_WIDTH,
        "height": _BOTTOM - _TOP,
        "figure": figure,
        "marks": drawn,
        "legend": [_legend(kind) for kind in MarkKind if any(mark.kind is kind for mark in marks)],
        "words": {side.label.lower(): list(side_words(marks, side)) for side in Side},
    }


def _legend(kind: MarkKind) -> dict[str, Any]:
    way = Displacement.LATERAL if kind is MarkKind.DISPLACEMENT else None
    strokes = [_printed(stroke, None, SIZE + 6, SIZE + 3) for stroke in symbol(kind, way)]
    return {"strokes": strokes, "words": kind.label}


def _printed(stroke: Stroke, side: Side | None = None, x: float = HALF_WIDTH, y: float = -_TOP) -> dict[str, Any]:
    """In the coordinates of the page; without a side, what lies on the midline."""
    mirror = _OUTWARD[side] if side else 1.0
    return {
        "path": [_moved(part, mirror, x, y) for part in stroke.path],
        "is_closed": stroke.path[0] == stroke.path[-1][-2:],
        "weight": stroke.weight,
        "ink": stroke.ink,
        "is_filled": stroke.is_filled,
        "is_dashed": stroke.is_dashed,
    }


def _moved(part: Iterable[float], mirror: float, x: float, y: float) -> list[float]:
    numbers = list(part)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return [round(number, 2) for across, down in pairs for number in (x + mirror * across, y + down)]
