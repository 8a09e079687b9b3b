from __future__ import annotations

import datetime as dt

import pytest

from desktop.exchange.gs1 import read_gs1, read_gtin
from desktop.exchange.label_dates import full_year, read_yymmdd
from desktop.exchange.read_label import Outcome
from desktop.rules.reading import Unreadable

TODAY = dt.date(2026, 11, 23)
DEMO = "0109521234543213"
"""A product of the range that GS1 keeps for demonstrations."""


@pytest.mark.parametrize(
    ("digits", "identifier"),
    [
        ("10888628001206", "10888628001206"),
        ("10888628001213", "10888628001213"),
        ("10888628001220", "10888628001220"),
        ("10888628001275", "10888628001275"),
        ("81317001171", "00081317001171"),
        ("081317001195", "00081317001195"),
        ("9521234543213", "09521234543213"),
        ("96385074", "00000096385074"),
    ],
)
def test_that_a_product_number_is_padded_to_fourteen_digits(digits: str, identifier: str) -> None:
    read = read_gtin(digits)
    assert read.outcome is Outcome.READ
    assert read.device_identifier == identifier
    assert (read.lot, read.serial, read.expires_on) == (None, None, None)
    assert "only the number of the product" in read.remarks[0]


@pytest.mark.parametrize(("digits", "expected"), [("10888628001228", 0), ("10888628001230", 7), ("00081317001172", 1)])
def test_that_a_wrong_check_digit_says_which_was_expected_and_states_nothing(digits: str, expected: int) -> None:
    read = read_gtin(digits)
    assert read.outcome is Outcome.CHECK_WRONG
    assert f"is {digits[-1]} and should be {expected}," in read.problems[0].message
    assert read.device_identifier is None
    assert read.part("01") == digits


def test_that_parts_for_people_and_parts_from_a_scanner_say_the_same() -> None:
    people = read_gs1("(01)09521234543213(17)271231(10)LOTA1(21)SN0001", TODAY)
    scanner = read_gs1(f"{DEMO}1727123110LOTA1\x1d21SN0001", TODAY)
    assert people.outcome is scanner.outcome is Outcome.READ
    assert people.parts == scanner.parts
    assert people.device_identifier == scanner.device_identifier == "09521234543213"
    assert (people.lot, people.serial, people.expires_on) == ("LOTA1", "SN0001", dt.date(2027, 12, 31))


def test_that_the_order_of_the_parts_is_free() -> None:
    read = read_gs1(f"21sn-1\x1d10a/B.2\x1d17271231{DEMO}", TODAY)
    assert (read.device_identifier, read.serial, read.lot) == ("09521234543213", "sn-1", "a/B.2")


def test_that_parts_that_are_no_facts_of_a_device_are_shown_and_skipped() -> None:
    read = read_gs1(f"{DEMO}2005240350-4001BC\x1d21SN1\x1d8013MODEL1\x1d301", TODAY)
    assert read.outcome is Outcome.READ
    assert read.serial == "SN1"
    assert read.quantity == 1
    assert [part.code for part in read.parts] == ["01", "20", "240", "21", "8013", "30"]
    assert all(part.title for part in read.parts)


@pytest.mark.parametrize("spelled", ["\x1d", "␝", "<GS>", "{GS}", "[GS]", "^]"])
def test_that_a_separator_that_the_scanner_spells_is_read_as_one(spelled: str) -> None:
    read = read_gs1(f"{DEMO}10LOTA1{spelled}21SN0001", TODAY)
    assert (read.outcome, read.lot, read.serial) == (Outcome.READ, "LOTA1", "SN0001")


def test_that_real_and_spelled_separators_together_are_refused() -> None:
    with pytest.raises(Unreadable, match="not clear"):
        read_gs1(f"{DEMO}10LOT<GS>A1\x1d21SN0001", TODAY)


def test_that_a_lost_separator_is_said_and_the_end_of_the_part_is_not_guessed() -> None:
    read = read_gs1(f"{DEMO}1727123110LOTA121SN0001", TODAY)
    assert read.outcome is Outcome.DOUBTFUL
    assert (read.lot, read.serial) == (None, None)
    assert (read.device_identifier, read.expires_on) == ("09521234543213", dt.date(2027, 12, 31))
    assert "“LOTA121SN0001” may be the lot alone or several parts" in read.problems[0].message


@pytest.mark.parametrize("lost", ["21SN0001", "17271231", "11240100", "1727123121SN1"])
def test_that_every_part_that_may_follow_a_lot_makes_its_end_doubtful(lost: str) -> None:
    assert read_gs1(f"{DEMO}10LOTA1{lost}", TODAY).lot is None


@pytest.mark.parametrize("lot", ["LOTA1", "A213B1", "17279931", "1710", "10LOT", "LOT21", "01234567890123"])
def test_that_a_lot_in_which_no_further_part_fits_is_read(lot: str) -> None:
    assert read_gs1(f"{DEMO}21SN1\x1d10{lot}", TODAY).lot == lot


def test_that_a_lost_separator_behind_a_whole_lot_breaks_the_label() -> None:
    with pytest.raises(Unreadable, match="no separator behind it"):
        read_gs1(f"{DEMO}10LOTA1234567890123456721SN0001", TODAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{DEMO}17271301", "17271301"),
        (f"{DEMO}17270230", "no 30 February 2027"),
        (f"{DEMO}17270229", "no 29 February 2027"),
        (f"{DEMO}17270000", "no month 0"),
        (f"{DEMO}10", "10"),
        (f"{DEMO}10\x1d21SN1", "10"),
        (f"{DEMO}10LOT A", "a space"),
        (f"{DEMO}10LOT#A", "“#”"),
        (f"{DEMO}10LÖT", "“Ö”"),
        (f"{DEMO}10LOT\x00", "a control character"),
        (f"{DEMO}21A\x1d21B", "twice"),
        (f"{DEMO}1712", "1712"),
        (f"{DEMO}05123", "05123"),
        ("0109521234\x1d543213", "0109521234"),
        ("010٩521234543213", "“٩”"),
        ("\x1d", "empty"),
        ("(01)09521234543213(21)", r"\(21\)"),
        ("(01)09521234543213(10)LOT A", "a space"),
        ("(01)09521234543213(10)LOT(A)", "parentheses"),
        ("(01)09521234543213(10)LOT)", "parentheses"),
        ("(010)9521234543213", r"\(010\)"),
        ("(09)123", r"\(09\)"),
        ("(01)0952123454321", r"\(01\)"),
        ("(01)09521234543213(10)LOTA1\x1d", "a control character"),
    ],
)
def test_that_a_broken_label_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_gs1(text, TODAY)


def test_that_spaces_between_the_parts_for_people_are_only_layout() -> None:
    read = read_gs1("(01) 09521234543213 (10)LOTA1  (21)SN0001", TODAY)
    assert (read.lot, read.serial) == ("LOTA1", "SN0001")


def test_that_a_wrong_check_digit_takes_every_fact_away_and_leaves_the_parts() -> None:
    read = read_gs1("(01)09521234543214(17)271231(10)LOTA1", TODAY)
    assert read.outcome is Outcome.CHECK_WRONG
    assert (read.device_identifier, read.lot, read.expires_on) == (None, None, None)
    assert read.part("10") == "LOTA1"
    assert "should be 3" in read.problems[0].message


def test_that_another_wrong_check_digit_counts_too() -> None:
    read = read_gs1(f"{DEMO}00123456789012345670", TODAY)
    assert read.outcome is Outcome.CHECK_WRONG
    assert "part (00)" in read.problems[0].message


@pytest.mark.parametrize(
    ("year", "on", "full"),
    [
        (26, 2026, 2026),
        (0, 2026, 2000),
        (76, 2026, 2076),
        (77, 2026, 1977),
        (99, 2026, 1999),
        (0, 2049, 2000),
        (0, 2050, 2100),
        (0, 2051, 2100),
        (1, 2051, 2101),
        (2, 2051, 2002),
        (49, 1999, 2049),
        (50, 1999, 1950),
    ],
)
def test_that_the_century_is_the_one_nearest_to_the_day_handed_in(year: int, on: int, full: int) -> None:
    assert full_year(year, dt.date(on, 6, 15)) == full


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("271200", dt.date(2027, 12, 31)),
        ("280200", dt.date(2028, 2, 29)),
        ("270200", dt.date(2027, 2, 28)),
        ("000200", dt.date(2000, 2, 29)),
        ("280229", dt.date(2028, 2, 29)),
        ("141231", dt.date(2014, 12, 31)),
    ],
)
def test_that_a_date_without_a_day_is_the_last_day_of_its_month(text: str, date: dt.date) -> None:
    assert read_yymmdd(text, TODAY, day_may_lack=True) == date


def test_that_a_day_may_lack_only_where_the_label_allows_it() -> None:
    with pytest.raises(Unreadable, match="no 0 December 2027"):
        read_yymmdd("271200", TODAY)


def test_that_the_label_is_read_as_of_the_day_handed_in_and_not_of_the_clock() -> None:
    text = f"{DEMO}17801231"
    assert read_gs1(text, dt.date(2026, 1, 1)).expires_on == dt.date(1980, 12, 31)
    assert read_gs1(text, dt.date(2031, 1, 1)).expires_on == dt.date(2080, 12, 31)
