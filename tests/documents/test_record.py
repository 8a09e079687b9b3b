"""Any record as it leaves on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.record import RecordPage, SectionBlock, TableBlock, render_record
from desktop.errors import DocumentIncomplete

Reader = Callable[[bytes], Any]


@pytest.fixture
def page(practice: PracticeLines, patient: PatientLines) -> RecordPage:
    times = tuple((f"08:{minute:02}", "72", "98 %", None) for minute in range(60))
    return RecordPage(
        title="Revision plan",
        practice=practice,
        patient=patient,
        sections=(
            SectionBlock("Why she came", pairs=(("Since", "spring 2025"), ("Tobacco", None))),
            SectionBlock(
                "Plan",
                right_pairs=(("Step", "Exchange"), ("Step", "Pocket stays"), ("Drain", "none")),
                left_pairs=(("Step", "Capsulectomy"), ("Specimen", "to pathology")),
            ),
            SectionBlock("Vital signs", table=TableBlock(("Time", "Heart rate", "SpO₂", "Remark"), times)),
            SectionBlock("Nothing asked yet"),
        ),
        printed_at=dt.datetime(2026, 11, 22, 14, 5, tzinfo=dt.UTC),
        signed_line="Dr. A. Marchetti, 22 November 2026, 13:58",
        alerts=("Allergy: penicillin",),
        version="2",
    )


def test_that_every_page_of_a_record_names_the_patient_and_the_moment_of_printing(
    page: RecordPage, read_pdf: Reader
) -> None:
    pages = read_pdf(render_record(page)).pages
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert "Rosalind Okafor Born 14 March 1981 · Record 004217" in words
        assert "Printed 22 November 2026, 14:05 · version 2" in words
        assert f"Page {number} of {len(pages)}" in words


def test_that_right_stands_before_left_and_a_repeated_label_has_a_row_each_time(
    page: RecordPage, read_pdf: Reader
) -> None:
    text = read_pdf(render_record(page)).text
    assert "RIGHT LEFT Step Exchange Capsulectomy Step Pocket stays not recorded" in text
    assert "Drain none not recorded Specimen not recorded to pathology" in text


def test_that_an_answer_nobody_gave_is_said_to_be_missing(page: RecordPage, read_pdf: Reader) -> None:
    text = read_pdf(render_record(page)).text
    assert "Tobacco not recorded" in text
    assert "Nothing asked yet not recorded" in text


def test_that_the_head_of_a_table_is_repeated_on_the_next_page(page: RecordPage, read_pdf: Reader) -> None:
    pages = read_pdf(render_record(page)).pages
    assert all("Time Heart rate" in words for words in pages if "08:" in words)


def test_that_a_record_without_a_signature_is_a_draft(page: RecordPage, read_pdf: Reader) -> None:
    assert "Draft, not signed" not in read_pdf(render_record(page)).text
    assert "Draft, not signed" in read_pdf(render_record(replace(page, signed_line=None))).pages[0]


def test_that_the_same_record_gives_the_same_bytes(page: RecordPage) -> None:
    assert render_record(page) == render_record(replace(page))


def test_that_a_record_of_nobody_is_refused(page: RecordPage) -> None:
    with pytest.raises(DocumentIncomplete) as refusal:
        render_record(replace(page, patient=PatientLines("", None, "")))
    assert set(refusal.value.missing) == {"patient.full_name", "patient.birth_date", "patient.record_number"}


def test_that_a_row_that_does_not_fit_its_columns_is_a_bug() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        TableBlock(("Time", "Pulse"), (("08:00",),))
