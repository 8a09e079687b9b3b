"""How a chest is drawn from the front, in numbers that the screen and the printed page share.

One half is told, outward from the midline and downward from the top; the other half is its mirror image. A unit is
about a millimetre of the chest, 200 units lie on either side of the midline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Ink = Literal["faint", "muted", "line", "text", "accent", "danger"]
Path = tuple[tuple[float, ...], ...]
"""A point, then two numbers for a line, four for a curve with one handle, six for a curve with two."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    path: Path
    weight: float
    ink: Ink
    is_filled: bool = False
    is_dashed: bool = False


HALF_WIDTH: Final = 200.0
HEIGHT: Final = 328.0
NIPPLE: Final[Point] = (77.0, 214.0)
RADIUS: Final = 56.0
"""From the nipple to the edge of the breast."""


def circle(x: float, y: float, radius: float) -> Path:
    k = radius * 0.5523  # the handle with which four curves make a circle
    return (
        (x + radius, y),
        (x + radius, y + k, x + k, y + radius, x, y + radius),
        (x - k, y + radius, x - radius, y + k, x - radius, y),
        (x - radius, y - k, x - k, y - radius, x, y - radius),
        (x + k, y - radius, x + radius, y - k, x + radius, y),
    )


_SHOULDER: Final[Path] = (
    (27, 4),
    (27, 26, 28, 40, 42, 49),
    (62, 59, 92, 60, 116, 68),
    (146, 77, 161, 98, 165, 130),
    (169, 166, 174, 196, 176, 232),
    (178, 262, 183, 284, 186, 312),
)
_INNER_ARM: Final[Path] = ((128, 158), (134, 190, 142, 220, 147, 250), (150, 274, 153, 292, 156, 312))
_FLANK: Final[Path] = ((121, 240), (114, 268, 111, 294, 118, 322))
"""From under the breast: its outer edge hides the rest."""

BODY_HALF: Final = (
    *(Stroke(path, 1.7, "faint") for path in (_SHOULDER, _INNER_ARM, _FLANK)),
    Stroke(((10, 82), (34, 72, 62, 84, 112, 76)), 1.1, "faint"),
    Stroke(((24, 34), (20, 56, 14, 72, 8, 84)), 1.1, "faint"),
    Stroke(((128, 158), (124, 146, 122, 138, 124, 126)), 1.1, "faint"),
)
"""Shoulder, arm and flank, and finer the collar bone, the neck and the fold of the armpit."""
BODY_MIDDLE: Final = (
    Stroke(((-8, 84), (0, 91, 8, 84)), 1.1, "faint"),
    Stroke(((0, 98), (0, 318)), 1.4, "line", is_dashed=True),
)
BREAST_LINES: Final = (
    Stroke(((121, 150), (132, 178, 134, 206, 124, 230), (114, 256, 92, 267, 70, 266), (44, 265, 24, 250, 17, 222)), 1.9,
           "muted"),
    Stroke(((17, 178), (22, 166, 32, 158, 46, 153)), 1.1, "faint"),
)  # fmt: skip
AREOLA_LINES: Final = (
    Stroke(circle(*NIPPLE, 10.5), 1.4, "muted"),
    Stroke(circle(*NIPPLE, 2.4), 1.4, "muted", is_filled=True),
)
