"""A consent as it leaves on paper: whose it is on every page, each side in words, what is missing as missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.consent_record import ConsentRecord, render_consent_record
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.errors import DocumentIncomplete

Reader = Callable[[bytes], Any]


@pytest.fixture
def record(practice: PracticeLines, patient: PatientLines) -> ConsentRecord:
    return ConsentRecord(
        title="Consent to the operation",
        practice=practice,
        patient=patient,
        form=(("Which form", "Consent to revision"), ("Interpreter", None)),
        talk=(("Gone through on", "16 Nov 2026"),),
        right="Total capsulectomy; implant exchange",
        left=None,
        item_count=12,
        items=tuple((str(number), "RO") for number in range(1, 13)),
        signatures=(("Patient", "Rosalind Okafor, 19 Nov 2026"), ("Time to think", "signed 15 days before surgery")),
        remarks=None,
        issued_on=dt.date(2026, 11, 23),
        filed_line="Dr. A. Marchetti · 20 Nov 2026 09:00 · hash 3f2a90c1b7de",
    )


def test_that_the_page_says_form_sides_items_signatures_and_whose_it_is(
    record: ConsentRecord, read_pdf: Reader
) -> None:
    pdf = render_consent_record(record)
    printed = read_pdf(pdf)
    assert len(printed.pages) == 1
    for part in (
        "Rosalind Okafor Born 14 March 1981 · Record 004217",
        "Consent to revision",
        "RIGHT Total capsulectomy; implant exchange LEFT nothing in this side",
        "The form has 12 items",
        "1 RO 2 RO",
        "signed 15 days before surgery",
        "Filed Dr. A. Marchetti · 20 Nov 2026 09:00",
        "Interpreter not recorded",
    ):
        assert part in printed.text
    assert "WITHDRAWN" not in printed.text
    assert "Draft" not in printed.text
    assert render_consent_record(record) == pdf


def test_that_a_draft_is_marked_and_says_what_it_lacks(record: ConsentRecord, read_pdf: Reader) -> None:
    bare = tuple((item, None if item == "7" else initials) for item, initials in record.items)
    draft = replace(record, filed_line=None, missing=("no version of the form",), items=bare)
    text = read_pdf(render_consent_record(draft)).text
    assert "Draft: not filed • no version of the form" in text
    assert "7 not initialed" in text


def test_that_a_withdrawn_one_says_so_before_all_else(record: ConsentRecord, read_pdf: Reader) -> None:
    text = read_pdf(render_consent_record(replace(record, withdrawn_line="By the patient on 21 Nov 2026"))).text
    assert text.index("WITHDRAWN By the patient on 21 Nov 2026") < text.index("Filed")


def test_that_sides_are_left_out_where_the_kind_asks_for_none(record: ConsentRecord, read_pdf: Reader) -> None:
    sideless = replace(record, right=None, left=None, asks_sides=False)
    assert "What was agreed to" not in read_pdf(render_consent_record(sideless)).text
    assert "nothing in this side" in read_pdf(render_consent_record(replace(sideless, asks_sides=True))).text


def test_that_a_long_form_stays_on_one_page_and_endless_words_name_the_patient_on_each(
    record: ConsentRecord, read_pdf: Reader
) -> None:
    sixty = replace(record, item_count=60, items=tuple((str(number), "R.O.") for number in range(1, 61)))
    assert len(read_pdf(render_consent_record(sixty)).pages) == 1
    endless = "Wolfeschlegelsteinhausenbergerdorff" * 90
    pages = read_pdf(render_consent_record(replace(record, right=endless, left=endless, remarks=endless))).pages
    assert len(pages) > 1
    assert all("Rosalind Okafor Born 14 March 1981 · Record 004217" in page for page in pages)


def test_that_text_is_never_read_as_markup(record: ConsentRecord, read_pdf: Reader) -> None:
    text = read_pdf(render_consent_record(replace(record, right='#import "x" *bold* $x$ <b>'))).text
    assert '#import "x" *bold* $x$ <b>' in text


def test_that_nothing_is_printed_that_would_not_say_whose_it_is(record: ConsentRecord) -> None:
    with pytest.raises(DocumentIncomplete, match="birth date is missing"):
        render_consent_record(replace(record, patient=replace(record.patient, birth_date=None)))
