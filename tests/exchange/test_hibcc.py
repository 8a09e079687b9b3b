from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.exchange.hibcc import ALPHABET, check_character, read_hibcc
from desktop.exchange.read_label import Outcome
from desktop.rules.reading import Unreadable

TODAY = dt.date(2026, 11, 23)
PRODUCT = "+A999BI4101/"
"""A999 is a sample maker."""


def whole(text: str) -> str:
    return text + check_character(text)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("+A123BJC5D6E71G", {"device_identifier": "A123BJC5D6E71"}),
        ("+BLUEUNICORN7N", {"device_identifier": "BLUEUNICORN7"}),
        ("+A999BI4101R", {"device_identifier": "A999BI4101"}),
        (
            "+A123BJC5D6E71/$$52001510X3C",
            {"device_identifier": "A123BJC5D6E71", "expires_on": dt.date(2020, 1, 15), "lot": "10X3"},
        ),
        (
            "+$$20928053C001/S0001/16D20000101XQ",
            {
                "expires_on": dt.date(2005, 9, 28),
                "lot": "3C001",
                "serial": "0001",
                "made_on": dt.date(2000, 1, 1),
            },
        ),
        (
            "+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ4567890123 45678/16D20130202C",
            {
                "device_identifier": "H123PARTNO1234567890120",
                "expires_on": dt.date(2020, 2, 2),
                "lot": "LOT123456789012345",
                "serial": "XYZ4567890123 45678",
                "made_on": dt.date(2013, 2, 2),
            },
        ),
        ("+A999BI4101/$$+3270331SN0001%", {"serial": "SN0001", "expires_on": dt.date(2027, 3, 31)}),
        (
            "+A999BI4101/$$7LOT12345/SSN0001/14D202703317",
            {"lot": "LOT12345", "serial": "SN0001", "expires_on": dt.date(2027, 3, 31)},
        ),
        ("+A999BI4101/$$20331271A2", {"lot": "1A", "expires_on": dt.date(2027, 3, 31)}),
        ("+A999BI4101/$$0327LOTX6", {"lot": "LOTX", "expires_on": dt.date(2027, 3, 31)}),
    ],
)
def test_that_a_sound_label_states_its_facts(text: str, facts: dict[str, Any]) -> None:
    read = read_hibcc(text, TODAY)
    assert read.outcome is Outcome.READ
    assert {name: getattr(read, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("$LOT1", {"lot": "LOT1"}),
        ("$+SN1", {"serial": "SN1"}),
        ("$$1227", {"expires_on": dt.date(2027, 12, 31)}),
        ("$$0228", {"expires_on": dt.date(2028, 2, 29)}),
        ("$$3270331", {"expires_on": dt.date(2027, 3, 31)}),
        ("$$427033123LOT1", {"expires_on": dt.date(2027, 3, 31), "lot": "LOT1"}),
        ("$$5280601A", {"expires_on": dt.date(2028, 2, 29), "lot": "1A"}),
        ("$$62806023A", {"expires_on": dt.date(2028, 2, 29), "lot": "A"}),
        ("$$+7SN1", {"serial": "SN1"}),
        ("$$812", {"quantity": 12}),
        ("$$812LOT1", {"quantity": 12, "lot": "LOT1"}),
        ("$$8123270331LOT1", {"quantity": 12, "lot": "LOT1", "expires_on": dt.date(2027, 3, 31)}),
        ("$$900012032710X", {"quantity": 12, "lot": "10X", "expires_on": dt.date(2027, 3, 31)}),
        ("$$81271A", {"quantity": 12, "lot": "1A"}),
        ("27090LOT1", {"expires_on": dt.date(2027, 3, 31), "lot": "LOT1"}),
        ("SSN1/Q12", {"serial": "SN1", "quantity": 12}),
        ("$LOT1/14D20270331/16D20240101", {"expires_on": dt.date(2027, 3, 31), "made_on": dt.date(2024, 1, 1)}),
    ],
)
def test_that_every_way_to_name_a_piece_is_read(text: str, facts: dict[str, Any]) -> None:
    read = read_hibcc(whole(PRODUCT + text), TODAY)
    assert read.outcome is Outcome.READ
    assert read.device_identifier == "A999BI4101"
    assert {name: getattr(read, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+A123BJC5D6E71", "G"),
        ("+A123BJC5D6E71/$$52001510X3", "C"),
        ("+A999BI4101", "R"),
        ("+$$20928053C001/S0001/16D20000101X", "Q"),
    ],
)
def test_that_a_check_character_is_the_sum_modulo_43(text: str, expected: str) -> None:
    assert check_character(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+A123BJC5D6E71F", "is F and should be G"),
        # Copies without the space inside, as they are printed in some standards.
        ("+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202C", "should be H"),
        ("+A999BI4101/$$+3270331SN0002%", "should be"),
    ],
)
def test_that_a_wrong_check_character_says_which_was_expected_and_states_nothing(text: str, said: str) -> None:
    read = read_hibcc(text, TODAY)
    assert read.outcome is Outcome.CHECK_WRONG
    assert said in read.problems[0].message
    assert (read.device_identifier, read.lot, read.serial, read.expires_on, read.made_on) == (None,) * 5
    assert read.part("identifier") is not None


SPACED = next(text for letter in ALPHABET[:36] if whole(text := f"{PRODUCT}$LOT{letter}") == f"{text} ")
"""A label whose check character is a space."""


def test_that_a_space_at_the_end_can_be_the_check_character() -> None:
    read = read_hibcc(f"{SPACED} ", TODAY)
    assert read.outcome is Outcome.READ
    assert read.lot == SPACED.partition("$")[2]


def test_that_a_lost_space_at_the_end_is_named_as_what_may_be_wrong() -> None:
    read = read_hibcc(SPACED, TODAY)
    assert read.outcome is Outcome.CHECK_WRONG
    assert "a space that got lost at the end" in read.problems[0].message


@pytest.mark.parametrize("text", ["+A123BJC5D6E71G", f"{SPACED} "])
def test_that_spaces_pasted_behind_a_whole_label_change_nothing(text: str) -> None:
    assert read_hibcc(f"{text}   ", TODAY).parts == read_hibcc(text, TODAY).parts


def test_that_asterisks_that_people_write_around_a_label_are_left_out() -> None:
    assert read_hibcc("*+A123BJC5D6E71G*", TODAY).device_identifier == "A123BJC5D6E71"


def test_that_a_secondary_code_alone_keeps_its_link_character() -> None:
    read = read_hibcc("+$$20928053C001/S0001/16D20000101XQ", TODAY)
    assert read.device_identifier is None
    assert (read.part("link"), read.part("check")) == ("X", "Q")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("+a123bjc5d6e71g", "Caps Lock"),
        ("+", "too early"),
        ("+A", "too early"),
        ("+$", "too early"),
        ("+A123G", "does not name"),
        ("+A1 3BJC5D6E71G", "does not name"),
        ("+1123BJC5D6E71G", "no part"),
        ("+A123BJC5D6EXG", "does not name"),
        ("+A123BJC5D6E71\x1dG", "a control character"),
        ("+A123BJC5D6E71_G", "“_”"),
        ("+A123BJC5D6E71G+A123BJC5D6E71G", "does not name"),
        (whole(f"{PRODUCT}$"), "Nothing follows"),
        (whole(f"{PRODUCT}$$"), "date flag"),
        (whole(f"{PRODUCT}$$LOT1"), "date flag"),
        (whole(f"{PRODUCT}$$1327LOT"), "no month 13"),
        (whole(f"{PRODUCT}$$3270230LOT"), "no 30 February 2027"),
        (whole(f"{PRODUCT}$$3271200LOT"), "no 0 December 2027"),
        (whole(f"{PRODUCT}$$327X"), "6 digits"),
        (whole(f"{PRODUCT}$$427033124LOT"), "no hour 24"),
        (whole(f"{PRODUCT}$$527366LOT"), "2027 has no day 366"),
        (whole(f"{PRODUCT}$$8X"), "2 digits"),
        (whole(f"{PRODUCT}$$8128LOT"), "date flag"),
        (whole(f"{PRODUCT}$LOT/X1"), "“X1” is no part"),
        (whole(f"{PRODUCT}$LOT//S1"), "is no part"),
        (whole(f"{PRODUCT}$LOT/14D20271331"), "no month 13"),
        (whole(f"{PRODUCT}$LOT/14D00000101"), "does not exist"),
        (whole(f"{PRODUCT}$$3270331LOT/14D20270330"), "twice"),
        (whole(f"{PRODUCT}$LOT/S{'1' * 21}"), "no serial"),
        (whole(f"{PRODUCT}$LO+T"), "no lot"),
    ],
)
def test_that_a_broken_label_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_hibcc(text, TODAY)
