from __future__ import annotations

import datetime as dt

import pytest
import zxingcpp
from zxingcpp import BarcodeFormat

from desktop.exchange.label_picture import MOST_CODES, find_codes
from desktop.exchange.read_label import Outcome
from desktop.exchange.udi import read_label

TODAY = dt.date(2026, 11, 23)
GS1 = "(01)09521234543213(17)271231(10)LOTA1(21)SN0001"
SCANNED = "01095212345432131727123110LOTA1\x1d21SN0001"
HIBCC = "+A999BI4101/$$+3270331SN0001%"


class Page:
    """A white page on which codes are laid."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(b"\xff" * width) for _ in range(height)]

    def lay(self, text: str, kind: BarcodeFormat, x: int, y: int, *, gs1: bool = False) -> Page:
        options = {"gs1": True} if gs1 else {}
        drawn = memoryview(zxingcpp.create_barcode(text, kind, **options).to_image(scale=3))
        height, width = drawn.shape
        pixels = drawn.tobytes()
        for row in range(height):
            self._rows[y + row][x : x + width] = pixels[row * width : (row + 1) * width]
        return self

    def codes(self, padding: int = 0) -> tuple[str, ...]:
        rows = b"".join(bytes(row) + b"\x00" * padding for row in self._rows)
        return find_codes(rows, self.width, self.height, self.width + padding)


@pytest.mark.parametrize(
    ("text", "kind", "gs1", "expected"),
    [
        (GS1, BarcodeFormat.DataMatrix, True, f"]d2{SCANNED}"),
        (GS1, BarcodeFormat.Code128, True, f"]C1{SCANNED}"),
        (GS1, BarcodeFormat.QRCode, True, f"]Q3{SCANNED}"),
        (HIBCC, BarcodeFormat.Code128, False, f"]C0{HIBCC}"),
        (HIBCC, BarcodeFormat.DataMatrix, False, f"]d1{HIBCC}"),
        (HIBCC, BarcodeFormat.QRCode, False, f"]Q1{HIBCC}"),
        ("=/A9999XYZ100T0944=,000025", BarcodeFormat.Code128, False, "]C0=/A9999XYZ100T0944=,000025"),
        ("9521234543213", BarcodeFormat.EAN13, False, "]E09521234543213"),
        ("081317001171", BarcodeFormat.UPCA, False, "]E00081317001171"),
    ],
)
def test_that_separators_and_the_kind_of_symbol_come_through(
    text: str, kind: BarcodeFormat, gs1: bool, expected: str
) -> None:
    codes = Page(1400, 260).lay(text, kind, 40, 20, gs1=gs1).codes()
    assert codes == (expected,)
    assert read_label(codes[0], TODAY).outcome is Outcome.READ


@pytest.mark.parametrize("padding", [0, 1, 13])
def test_that_rows_may_be_longer_than_the_picture_is_wide(padding: int) -> None:
    assert Page(300, 200).lay(GS1, BarcodeFormat.DataMatrix, 20, 20, gs1=True).codes(padding) == (f"]d2{SCANNED}",)


def test_that_all_codes_are_found_in_the_order_in_which_one_reads() -> None:
    page = Page(1400, 700)
    page.lay("+$$20928053C001/S0001/16D20000101XQ", BarcodeFormat.DataMatrix, 700, 45)
    page.lay("+BLUEUNICORN7N", BarcodeFormat.DataMatrix, 100, 50)
    page.lay("9521234543213", BarcodeFormat.EAN13, 500, 450)
    assert page.codes() == ("]d1+BLUEUNICORN7N", "]d7+$$20928053C001/S0001/16D20000101XQ", "]E09521234543213")


def test_that_a_code_that_stands_there_twice_is_told_once() -> None:
    page = Page(600, 200).lay(HIBCC, BarcodeFormat.DataMatrix, 30, 30).lay(HIBCC, BarcodeFormat.DataMatrix, 330, 30)
    assert page.codes() == (f"]d1{HIBCC}",)


def test_that_no_more_codes_are_told_than_a_label_can_hold() -> None:
    page = Page(1400, 700)
    for place in range(MOST_CODES + 5):
        page.lay(f"CODE{place:04}", BarcodeFormat.DataMatrix, 40 + 130 * (place % 10), 40 + 130 * (place // 10))
    assert len(page.codes()) == MOST_CODES


def test_that_an_empty_page_holds_no_code() -> None:
    assert Page(200, 100).codes() == ()


@pytest.mark.parametrize(
    ("width", "height", "stride"), [(0, 10, 10), (10, 0, 10), (10, 10, 9), (10, 11, 10), (-1, 1, 1)]
)
def test_that_a_size_that_the_rows_do_not_hold_is_refused(width: int, height: int, stride: int) -> None:
    with pytest.raises(ValueError, match="shorter than its size"):
        find_codes(bytes(100), width, height, stride)
