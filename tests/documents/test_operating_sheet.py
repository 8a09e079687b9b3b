"""The operating-room sheet: both sides on one page whatever there is to say, and lines to write on where it is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.operating_sheet import OperatingSheet, ReadAloud, SheetSide, render_operating_sheet
from desktop.errors import DocumentIncomplete
from tests.documents.conftest import Printed

Read = Callable[[bytes], Printed]

SIDE = SheetSide(
    reasons=("Capsular contracture: firm since the spring",),
    in_place="Mentor MemoryGel · 325 mL",
    steps=("Total capsulectomy", "Implant exchange"),
    facts=(("Incision", "Through previous scar"), ("Plane", "Dual plane I")),
    changes=("Volume 325 → 300 mL, −25 mL",),
    at_hand=("Spare size: Mentor MemoryGel 275 mL",),
    contingencies=(("If it is ruptured", "total capsulectomy, washout"),),
    read_aloud=(ReadAloud("Mentor", "MemoryGel", "300 mL", "6748213", "6748213-041", "31 May 2029"),),
    remarks="Thin cover.",
)


@pytest.fixture
def page(practice: PracticeLines, patient: PatientLines) -> OperatingSheet:
    return OperatingSheet(
        practice=practice,
        patient=patient,
        surgery_on=dt.date(2026, 12, 4),
        day=(("Anesthesia", "Local with sedation"),),
        alerts=("Penicillin — anaphylaxis",),
        prophylaxis=("Antibiotic: Clindamycin",),
        right=SIDE,
        left=SheetSide(in_place="no implant recorded"),
        signed_over=(("Escort not named", "Her sister comes."),),
        otherwise="Phone her sister.",
        printed_at=dt.datetime(2026, 11, 23, 9, 58, tzinfo=dt.UTC),
        signed_line="Dr. A. Marchetti · 23 Nov 2026 14:05 · hash 3f2a90c1b7de",
        version="2",
    )


def test_that_the_sheet_names_the_side_of_everything_and_who_signed(page: OperatingSheet, read_pdf: Read) -> None:
    printed = read_pdf(render_operating_sheet(page))
    assert len(printed.pages) == 1
    text = printed.text
    for expected in (
        "PATIENT RIGHT", "PATIENT LEFT", "Friday 4 December 2026", page.patient.full_name, "Total capsulectomy",
        "Implant exchange", "Volume 325 → 300 mL, −25 mL", "If it is ruptured", "6748213-041", "31 May 2029",
        "Nothing planned on this side", "Escort not named: Her sister comes.", "Phone her sister.", "Dr. A. Marchetti",
        "Penicillin",
    ):  # fmt: skip
        assert expected in text
    assert text.index("PATIENT RIGHT") < text.index("PATIENT LEFT")


def test_that_an_unsigned_plan_prints_as_a_draft_and_a_missing_day_says_so(
    page: OperatingSheet, read_pdf: Read
) -> None:
    text = read_pdf(render_operating_sheet(replace(page, signed_line=None, surgery_on=None))).text
    assert "Draft, not signed" in text
    assert "no day of surgery" in text


@pytest.mark.parametrize("many", [1, 3, 8])
def test_that_it_stays_one_page_and_says_what_it_shortens(page: OperatingSheet, read_pdf: Read, many: int) -> None:
    full = replace(
        SIDE,
        steps=SIDE.steps * min(many, 5),
        contingencies=SIDE.contingencies * many,
        at_hand=SIDE.at_hand * many,
        remarks="A long remark. " * 20 * many,
    )
    printed = read_pdf(render_operating_sheet(replace(page, right=full, left=full)))
    assert len(printed.pages) == 1
    is_whole = printed.text.count("A long remark.") == 40 * many
    assert is_whole or "whole in the plan" in printed.text


def test_that_a_device_nobody_knows_yet_leaves_lines_to_write_on(page: OperatingSheet, read_pdf: Read) -> None:
    text = read_pdf(render_operating_sheet(replace(page, right=replace(SIDE, read_aloud=())))).text
    assert "Maker Style Volume Lot Serial Expires" in text


def test_that_a_sheet_without_the_patients_identity_is_refused(page: OperatingSheet) -> None:
    with pytest.raises(DocumentIncomplete):
        render_operating_sheet(replace(page, patient=PatientLines("", None, "")))


def test_that_the_same_plan_is_the_same_bytes(page: OperatingSheet) -> None:
    assert render_operating_sheet(page) == render_operating_sheet(page)
