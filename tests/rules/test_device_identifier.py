from __future__ import annotations

import pytest

from desktop.rules.device_identifier import check_digit, identifier_key, read_identifier
from desktop.rules.reading import Unreadable


@pytest.mark.parametrize(
    ("payload", "digit"),
    [
        ("1088862800120", "6"),
        ("1088862800121", "3"),
        ("1088862800122", "0"),
        ("1088862800127", "5"),
        ("0008131700117", "1"),
        ("0008131700119", "5"),
        ("5102222223333", "6"),
        ("0950400005911", "8"),
        ("0064316900176", "3"),
        ("0952123454321", "3"),
        ("0000000000000", "0"),
    ],
)
def test_that_a_check_digit_is_worked_out_from_the_right(payload: str, digit: str) -> None:
    assert check_digit(payload) == digit


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("81317001171", "00081317001171"),
        (" 10888628001206 ", "10888628001206"),
        ("+A123BJC5D6E71", "A123BJC5D6E71"),
        ("=/A9999XYZ100T0944", "A9999XYZ100T0944"),
    ],
)
def test_that_a_number_is_one_key_however_its_label_writes_it(written: str, key: str) -> None:
    assert identifier_key(written) == read_identifier(written) == key


@pytest.mark.parametrize("written", ["10888628001207", "1234567", "108886280012061", "350-4001BC", ""])
def test_that_what_can_be_no_product_number_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        read_identifier(written)
