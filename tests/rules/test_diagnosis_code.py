"""Which codes are offered for what, on which days they are valid, and what is refused or asked about them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from desktop.models.choices import Indication, Side
from desktop.paths import resource
from desktop.rules.diagnosis_code import (
    Code,
    CodeTable,
    UnreadableCodes,
    check_code_rows,
    check_codes,
    normal_code,
    parse_codes,
)
from tests.factories import indication_row

ON = dt.date(2026, 12, 4)
RIGHT, LEFT = Side
TABLE = parse_codes(resource("rules", "icd10cm.toml").read_text("utf-8"))


def row(code: str, side: Side | None = RIGHT, text: str = "said") -> dict[str, Any]:
    return {"id": None, "side": side, "code": code, "text": text}


def said(*rows: dict[str, Any], table: CodeTable = TABLE, on: dt.date = ON) -> list[tuple[str, bool]]:
    return [(problem.message, problem.is_question) for problem in check_codes(rows, table, on)]


def codes(*rows: dict[str, Any], on: dt.date = ON) -> list[tuple[str, Side]]:
    return [(each.code.code, each.side) for each in TABLE.suggested(rows, on)]


NAMED = (
    "T85.41XA", "T85.42XD", "T85.43XS", "T85.44XA", "T85.49XA", "T85.79XA", "T85.828A", "T85.838A", "T85.898A",
    "T81.40XA", "T81.49XA", "T81.30XA", "T81.31XA", "L76.32", "L76.34", "L76.22", "N64.81", "N64.82",
    "N64.2", "N64.1", "N64.4", "N64.89", "N62", "N65.0", "N65.1", "Z98.82", "Z98.86",
    "Z45.811", "Z45.812", "Z45.819", "Z41.1", "Z42.1", "C84.7A", "C84.7B", "Z85.3", "R22.2",
    "L91.0",
)  # fmt: skip


@pytest.mark.parametrize("code", NAMED)
def test_that_every_code_of_the_reference_is_known_and_stands_without_a_question(code: str) -> None:
    known = TABLE.find(code)
    assert known is not None
    assert known.code == code
    assert said(row(code, known.side)) == []


def test_that_the_seventh_character_is_written_out_in_its_three_ways() -> None:
    assert [TABLE.find(f"T85.44X{letter}") is not None for letter in "ADS"] == [True, True, True]
    assert TABLE.find("T85.44X") is None


def test_that_the_retired_code_of_infection_is_never_offered_and_is_refused_in_words() -> None:
    assert not any("T81.4XX" in code.code for code in TABLE.search("T81.4", ON))
    assert not any("T81.4XX" in code for code, _side in codes(indication_row(RIGHT, Indication.INFECTION)))
    ((message, is_question),) = said(row("T81.4XXA"))
    assert message.startswith("Code 1: T81.4XXA is valid only until 30 Sep 2018, not on 4 Dec 2026.")
    assert not is_question
    assert said(row("T81.4XXA"), on=dt.date(2018, 9, 30)) == []


def test_that_a_code_is_refused_before_it_begins() -> None:
    assert said(row("C84.7B"), on=dt.date(2024, 9, 30))[0][0].startswith("Code 1: C84.7B is valid only from 1 Oct 2024")
    assert said(row("C84.7B"), on=dt.date(2024, 10, 1)) == []


SUGGESTED = {
    Indication.RUPTURE_GEL_INTRA: ["T85.41XA"],
    Indication.MALPOS_LATERAL: ["T85.42XA"],
    Indication.ROTATION: ["T85.42XA"],
    Indication.DEFLATION_SALINE: ["T85.43XA"],
    Indication.CAPSULAR_CONTRACTURE: ["T85.44XA"],
    Indication.RIPPLING: ["T85.49XA"],
    Indication.INFECTION: ["T85.79XA", "T81.40XA"],
    Indication.PTOSIS: ["N64.81"],
    Indication.PAIN_CHRONIC: ["N64.4"],
    Indication.BIA_ALCL: ["C84.7A"],
    Indication.MASS: ["R22.2"],
    Indication.SCAR_PROBLEM: ["L91.0"],
    Indication.SYSTEMIC_SYMPTOMS: [],
    Indication.ANIMATION: [],
    Indication.TISSUE_CHANGE: [],
}


@pytest.mark.parametrize(("indication", "expected"), SUGGESTED.items())
def test_that_what_goes_with_an_indication_is_offered_for_its_side(indication: Indication, expected: list[str]) -> None:
    assert codes(indication_row(LEFT, indication)) == [(code, LEFT) for code in expected]


def test_that_a_code_that_says_a_side_is_offered_for_that_side_only() -> None:
    wish = Indication.PATIENT_REQUEST_EXPLANT
    assert codes(indication_row(RIGHT, wish), indication_row(LEFT, wish)) == [("Z45.811", RIGHT), ("Z45.812", LEFT)]


def test_that_codes_are_found_by_letters_by_words_and_those_for_the_case_first() -> None:
    assert [each.code for each in TABLE.search("t8544", ON)] == ["T85.44XA", "T85.44XD", "T85.44XS"]
    assert [each.code for each in TABLE.search("breast pain", ON)] == ["N64.4"]
    first = TABLE.search("breast", ON, {Indication.PTOSIS})[0]
    assert first.code == "N64.81"
    assert TABLE.search("no such thing", ON) == ()


def test_that_a_side_against_the_code_is_refused() -> None:
    assert said(row("Z45.811", LEFT)) == [("Code 1: Z45.811 says RIGHT: correct the side or the code.", False)]
    assert said(row("Z45.811", RIGHT)) == []


@pytest.mark.parametrize("code", ["T85.44X", "T85.44", "T85.828", "C50"])
def test_that_a_code_that_is_not_whole_is_refused(code: str) -> None:
    ((message, is_question),) = said(row(code))
    assert "lacks" in message
    assert not is_question


def test_that_a_code_of_a_category_is_taken_and_one_nobody_lists_is_asked() -> None:
    assert said(row("C50.911")) == []
    ((message, is_question),) = said(row("N60.19"))
    assert message == f"Code 1: N60.19 is not in the list of this office, {TABLE.edition}. Is it right?"
    assert is_question


def test_that_beside_the_lymphoma_a_code_of_a_complication_is_asked_about() -> None:
    ((message, is_question),) = said(row("C84.7A"), row("T85.44XA"))
    assert "no code of a complication is added" in message
    assert is_question
    assert said(row("C84.7A"), row("N64.4")) == []


@pytest.mark.parametrize(("typed", "code"), [("t85.44xa", "T85.44XA"), (" n6481 ", "N64.81"), ("N62", "N62")])
def test_that_a_code_is_spelled_as_the_list_spells_it(typed: str, code: str) -> None:
    assert normal_code(typed) == code


@pytest.mark.parametrize("typed", ["contracture", "85.44", "T85.44XA1234", "<b>", "T"])
def test_that_what_is_no_code_is_refused(typed: str) -> None:
    assert "is no code" in check_code_rows([row(typed)])[0].message


def test_that_the_same_code_stands_once_for_one_side() -> None:
    assert "says the same as code 1" in check_code_rows([row("N62"), row("n62")])[0].message
    assert check_code_rows([row("N62", RIGHT), row("N62", LEFT), row("", None)]) == []


def test_that_the_offices_own_code_takes_the_place_of_the_shipped_one_and_new_ones_come_behind() -> None:
    own = [Code("N64.81", "Ptosis", "FY 2027"), Code("N60.19", "Mastopathy", "FY 2027")]
    table = TABLE.with_own(own)
    known = table.find("N64.81")
    assert known is not None
    assert (known.text, known.edition, known.indications) == ("Ptosis", "FY 2027", (Indication.PTOSIS,))
    assert table.codes[-1].code == "N60.19"
    assert said(row("N60.19"), table=table) == []


WRONG = (
    ("", "which edition"),
    ('edition = "x"', "no [[codes]]"),
    ('edition = "x"\n[[codes]]\ncode = "N62"', "Line 2"),
    ('edition = "x"\n[[codes]]\ncode = "breast"\ntext = "a"', "no code"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\nside = "B"', "R or L"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\nfor = ["nothing"]', "indications that there are not"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\nvalid_from = "soon"', "like 2024-10-01"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\nprice = 3', "price"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\n[[codes]]\ncode = "N62"\ntext = "b"', "Line 5: N62 stands"),
    ('edition = "x"\n[[codes]]\ncode = "N62"\ntext = "a"\nvalid_from = 2025-01-01\nvalid_to = 2024-01-01', "until"),
    ("edition = ", "Line 1"),
)


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_that_a_list_with_a_fault_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(UnreadableCodes, match=re.escape(words)):
        parse_codes(text)
