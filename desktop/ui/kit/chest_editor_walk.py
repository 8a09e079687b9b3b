"""What keys mean on the chest drawing: arrows lead from place to place as they lie before our eyes, letters place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_mark import PLACE_POINTS
from desktop.ui.kit.chest_frame import OUTWARD

Here = tuple[Side, ChestPlace]

START: Final[Here] = (Side.RIGHT, ChestPlace.NIPPLE)
ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""What an arrow means across and down the screen."""

LETTERS: Final = {
    "R": MarkKind.RIPPLING,
    "D": MarkKind.DISPLACEMENT,
    "F": MarkKind.FIRMNESS,
    "P": MarkKind.PAIN,
    "L": MarkKind.LUMP,
    "S": MarkKind.SWELLING,
    "E": MarkKind.REDNESS,
    "T": MarkKind.THIN_SKIN,
    "W": MarkKind.WOUND,
    "C": MarkKind.SCAR,
    "I": MarkKind.INCISION,
    "N": MarkKind.NUMBNESS,
    "O": MarkKind.OTHER,
}
"""The letter that places a kind of mark."""

_ROWS: Final = (
    (ChestPlace.AXILLA, ChestPlace.ABOVE, ChestPlace.WHOLE),
    (ChestPlace.UPPER_OUTER, ChestPlace.UPPER_POLE, ChestPlace.UPPER_INNER),
    (ChestPlace.OUTER, ChestPlace.NIPPLE, ChestPlace.INNER, ChestPlace.MIDLINE),
    (ChestPlace.LOWER_OUTER, ChestPlace.AREOLA, ChestPlace.LOWER_INNER),
    (ChestPlace.LOWER_POLE,),
    (ChestPlace.FOLD,),
    (ChestPlace.BELOW,),
)
"""From the top down, each row from the outside to the midline."""


def walk(here: Here, key: Qt.Key) -> Here:
    """One step; beyond the last place one stays, and past the midline begins the other side."""
    side, place = here
    across, down = ARROWS[key]
    row = next(number for number, places in enumerate(_ROWS) if place in places)
    if down:
        return side, _nearest(place, _ROWS[max(0, min(len(_ROWS) - 1, row + down))])
    inward = -across * OUTWARD[side]
    at = _ROWS[row].index(place) + int(inward)
    if at >= len(_ROWS[row]):
        return side.other, _ROWS[row][-1]
    return side, _ROWS[row][max(0, at)]


def direction_of(side: Side, key: Qt.Key) -> Displacement:
    """Which way on the body an arrow points, for a device of that side."""
    across, down = ARROWS[key]
    if down:
        return Displacement.INFERIOR if down > 0 else Displacement.SUPERIOR
    return Displacement.LATERAL if across == OUTWARD[side] else Displacement.MEDIAL


def _nearest(place: ChestPlace, row: tuple[ChestPlace, ...]) -> ChestPlace:
    if place in row:
        return place
    return min(row, key=lambda each: abs(PLACE_POINTS[each][0] - PLACE_POINTS[place][0]))
