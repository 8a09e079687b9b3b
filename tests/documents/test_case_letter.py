"""The letter about a case: whose it is on every page, what is missing in words, and the same bytes twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.documents.case_letter import CaseLetter, render_case_letter
from desktop.documents.handout import bundled_template
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.record import SectionBlock
from desktop.errors import DocumentIncomplete
from tests.documents.conftest import Printed

Read = Callable[[bytes], Printed]

LETTER = CaseLetter(
    practice=PracticeLines("Harbour Plastic Surgery", ("12 Quay Street", "Portland"), "555-0100", None, None),
    patient=PatientLines("Rosalind Okafor", dt.date(1981, 3, 14), "004 217"),
    recipient=("Dr. Ines Calder", "4 Mill Lane"),
    remark="She would like to hear from you before the day.",
    sections=(SectionBlock("Plan", right_pairs=(("Steps", "Implant exchange"),), left_pairs=(("Steps", "nothing"),)),),
    alerts=("Penicillin — anaphylaxis",),
    signer="Dr. A. Marchetti",
    issued_on=dt.date(2026, 11, 23),
)
TEXT = bundled_template("case_letter", "en")


def test_that_the_letter_says_who_writes_to_whom_about_whom(read_pdf: Read) -> None:
    text = read_pdf(render_case_letter(LETTER, TEXT)).text
    for expected in (
        "Dear Dr. Ines Calder",
        "Rosalind Okafor",
        "14 March 1981",
        "Implant exchange",
        "Penicillin",
        "before the day",
        "Dr. A. Marchetti",
        "RIGHT",
        "LEFT",
    ):
        assert expected in text


def test_that_every_page_carries_the_patient(read_pdf: Read) -> None:
    many = tuple(SectionBlock(f"Section {n}", pairs=(("Fact", "x " * 200),)) for n in range(20))
    pages = read_pdf(render_case_letter(replace(LETTER, sections=many), TEXT)).pages
    assert len(pages) > 1
    assert all("Rosalind Okafor" in page and "004 217" in page for page in pages)


def test_that_the_same_letter_is_the_same_bytes() -> None:
    assert render_case_letter(LETTER, TEXT) == render_case_letter(LETTER, TEXT)


@pytest.mark.parametrize("recipient", [(), ("  ",)])
def test_that_a_letter_to_nobody_is_refused_in_words(recipient: tuple[str, ...]) -> None:
    with pytest.raises(DocumentIncomplete) as refused:
        render_case_letter(replace(LETTER, recipient=recipient), TEXT)
    assert "Nobody to write to" in refused.value.missing["recipient.name"]


def test_that_what_people_typed_is_data(read_pdf: Read) -> None:
    hostile = "#panic() $x$ *bold* <label> @ref // comment"
    text = read_pdf(render_case_letter(replace(LETTER, remark=hostile, recipient=(hostile,)), TEXT)).text
    assert text.count("#panic()") >= 2
