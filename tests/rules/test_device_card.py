"""What the code on a device card holds."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.choices import UdiIssuer
from desktop.rules.device_card import CardCode, code_of

MENTOR = "00643169001763"


def code(**facts: Any) -> CardCode | None:
    return code_of(**({"device_identifier": None, "issuer": None, "serial": None, "lot": None, "label": None} | facts))


def test_that_a_gs1_code_holds_identifier_lot_and_serial_in_this_order() -> None:
    made = code(device_identifier=MENTOR, issuer=UdiIssuer.GS1, serial="21A11F4855", lot="7654321D")
    assert made == CardCode(f"(01){MENTOR}(10)7654321D(21)21A11F4855", is_gs1=True)


def test_that_an_identifier_of_eleven_digits_is_padded_as_the_label_means_it() -> None:
    assert code(device_identifier="81317001171") == CardCode("(01)00081317001171", is_gs1=True)


@pytest.mark.parametrize("wrong", ["10888628001228", "123", "", None])
def test_that_an_identifier_whose_check_digit_is_wrong_gets_no_code(wrong: str | None) -> None:
    assert code(device_identifier=wrong, issuer=UdiIssuer.GS1, serial="1") is None


@pytest.mark.parametrize("odd", ["with space", "A(21)B", "Ü1", "x" * 21, "a@b", "a\x1db"])
def test_that_what_gs1_cannot_write_stays_out_of_the_code(odd: str) -> None:
    made = code(device_identifier=MENTOR, issuer=UdiIssuer.GS1, serial=odd, lot="L1")
    assert made == CardCode(f"(01){MENTOR}(10)L1", is_gs1=True)


def test_that_another_issuers_label_is_taken_as_it_was_scanned() -> None:
    label = "+A999BI4101/$$+3270331SN0001%"
    made = code(device_identifier="A999BI4101", issuer=UdiIssuer.HIBCC, label=label)
    assert made == CardCode(label, is_gs1=False)


@pytest.mark.parametrize("label", [None, "+A9\x1d", "+Ü"])
def test_that_without_a_label_that_can_be_printed_the_identifier_itself_is_taken(label: str | None) -> None:
    made = code(device_identifier="A999BI4101", issuer=UdiIssuer.HIBCC, label=label)
    assert made == CardCode("A999BI4101", is_gs1=False)


@pytest.mark.parametrize("facts", [{}, {"serial": "1", "lot": "2"}, {"label": "nobody could read this"}])
def test_that_nothing_is_made_up_when_no_identifier_is_known(facts: dict[str, str]) -> None:
    assert code(**facts) is None
