"""How the words of marks find room: in a few rows below a lane, gathered into one label where they would meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF

_MOST_OF_WIDTH: Final = 0.45
"""How much of the picture a label may take that speaks for several marks."""


@dataclass(frozen=True)
class MarkLabel:
    """`marks` are the places of the marks it speaks for, by their numbers from left to right."""

    box: QRectF
    words: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Room:
    """Where labels may stand; `width_of` and `shortened` measure and cut words as they will be painted."""

    left: float
    right: float
    row_height: float
    apart: float
    width_of: Callable[[str], float]
    shortened: Callable[[str, float], str]


def place_labels(xs: Sequence[float], words: Sequence[str], room: Room, rows: int) -> list[MarkLabel]:
    """Boxes counted from the top of the first row; `xs` ascend. What has no room alone is gathered with its neighbour,
    "3 events", until everything fits."""
    reach = 0.0
    while True:
        placed = _packed(_groups(xs, reach), xs, words, room)
        if max((round(label.box.top() / room.row_height) for label in placed), default=0) < rows:
            return placed
        reach = max(room.apart, reach * 1.5)


def _groups(xs: Sequence[float], reach: float) -> list[tuple[int, ...]]:
    groups: list[list[int]] = [[0]] if xs else []
    for at, (before, x) in enumerate(pairwise(xs), start=1):
        if x - before <= reach:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [tuple(group) for group in groups]


def _packed(
    groups: Sequence[tuple[int, ...]], xs: Sequence[float], words: Sequence[str], room: Room
) -> list[MarkLabel]:
    ends: list[float] = []
    placed = []
    for group in groups:
        said = _words([words[at] for at in group], room)
        width = room.width_of(said) + 4
        middle = sum(xs[at] for at in group) / len(group)
        left = min(max(middle - width / 2, room.left), room.right - width)
        row = next((at for at, end in enumerate(ends) if end + room.apart <= left), len(ends))
        ends[row : row + 1] = [left + width]
        placed.append(MarkLabel(QRectF(left, row * room.row_height, width, room.row_height), said, group))
    return placed


def _words(words: Sequence[str], room: Room) -> str:
    said = " · ".join(words)
    if len(words) > 1 and room.width_of(said) > (room.right - room.left) * _MOST_OF_WIDTH:
        said = f"{len(words)} events"
    return room.shortened(said, room.right - room.left - 4)
