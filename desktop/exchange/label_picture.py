"""Which codes a picture of a label holds: their texts as a scanner would send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zxingcpp import Barcode

MOST_CODES: Final = 20
"""A sticker holds two or three; a page full of codes is no label."""


def find_codes(grey: bytes | bytearray | memoryview, width: int, height: int, stride: int) -> tuple[str, ...]:
    """The text of every code in a picture, in the order in which one reads: line by line from the left.

    `grey` holds `height` rows of `stride` bytes, of which the first `width` are pixels from 0 (black) to 255.
    Each text begins with its symbology identifier (`]d2` is GS1 DataMatrix) and keeps its separators (0x1D).
    """
    from zxingcpp import ImageFormat, ImageView, TextMode, read_barcodes

    if width <= 0 or height <= 0 or stride < width or len(grey) < height * stride:
        raise ValueError("the rows of the picture are shorter than its size says")
    view = ImageView(grey, width, height, ImageFormat.Lum, stride)
    found = [code for code in read_barcodes(view, text_mode=TextMode.Plain) if code.valid]
    texts = (f"{code.symbology_identifier}{code.text}" for code in _in_reading_order(found))
    return tuple(dict.fromkeys(texts))[:MOST_CODES]


def _in_reading_order(codes: list[Barcode]) -> list[Barcode]:
    """A code stands in the line of an earlier one when the middle of either is beside the other."""
    lines: list[list[Barcode]] = []
    for code in sorted(codes, key=_top):
        line = next((line for line in lines if _is_beside(code, line[0]) or _is_beside(line[0], code)), None)
        if line is None:
            lines.append([code])
        else:
            line.append(code)
    return [code for line in lines for code in sorted(line, key=_left)]


def _corners(code: Barcode) -> list[tuple[int, int]]:
    position = code.position
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    return [(corner.x, corner.y) for corner in corners]


def _left(code: Barcode) -> int:
    return min(x for x, _y in _corners(code))


def _top(code: Barcode) -> int:
    return min(y for _x, y in _corners(code))


def _bottom(code: Barcode) -> int:
    return max(y for _x, y in _corners(code))


def _is_beside(one: Barcode, other: Barcode) -> bool:
    return _top(other) <= (_top(one) + _bottom(one)) / 2 <= _bottom(other)
