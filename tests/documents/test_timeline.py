"""The devices over time as they leave on paper: drawn from numbers, and every fact in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.timeline import PrintedLane, PrintedMark, PrintedSpell, TimelinePage, render_timeline
from desktop.errors import DocumentIncomplete
from desktop.models.choices import PaperSize
from desktop.rules.lane_span import Span

Reader = Callable[[bytes], Any]

AS_OF = dt.date(2026, 11, 23)
IN_2009 = Span(dt.date(2009, 1, 1), dt.date(2009, 12, 31))
SWAPPED = Span.of(dt.date(2014, 5, 12))
NOTHING = PrintedLane(("No device recorded", "none recorded here or elsewhere"))


def row(number: int, side: str = "RIGHT", what: str = "Mentor MemoryGel · 325 mL") -> tuple[str, ...]:
    return (str(number), side, what, "12 May 2014", "in place", "12 y", "unknown", "not recorded")


@pytest.fixture
def page(practice: PracticeLines, patient: PatientLines) -> TimelinePage:
    return TimelinePage(
        practice=practice,
        patient=patient,
        right=PrintedLane(
            ("Mentor MemoryGel · 325 mL", "since 12 May 2014 (12 y)"),
            (
                PrintedSpell(1, ("Unknown saline", "Unknown"), IN_2009, SWAPPED, None, True),
                PrintedSpell(2, ("Mentor MemoryGel · 325 mL · Subglandular · 12 y",), SWAPPED, None),
            ),
            (PrintedMark(3, Span.of(dt.date(2026, 8, 1)), True), PrintedMark(4, IN_2009)),
        ),
        left=PrintedLane(
            ("No device in place", "the last came out 2019"),
            (PrintedSpell(5, ("Unknown device",), None, Span.of(dt.date(2012, 4, 1))),),
            (PrintedMark(6, None),),
            ((Span.of(dt.date(2012, 4, 1)), None),),
        ),
        rows=(row(1), row(2), row(3, "LEFT", "MRI: rupture suspected")),
        as_of=AS_OF,
        printed_at=dt.datetime(2026, 11, 23, 14, 5, tzinfo=dt.UTC),
        alerts=("Allergy: penicillin",),
    )


def test_that_both_lanes_and_what_is_in_place_are_printed(page: TimelinePage, read_pdf: Reader) -> None:
    text = read_pdf(render_timeline(page)).text
    for part in (
        "Harbour Plastic Surgery",
        "Allergy: penicillin",
        "RIGHT · in place on 23 November 2026 Mentor MemoryGel · 325 mL since 12 May 2014 (12 y)",
        "LEFT · in place on 23 November 2026 No device in place",
        "1 Unknown saline",
        "2 Mentor MemoryGel · 325 mL · Subglandular · 12 y",
        "1 left in, without function",
        "no device recorded",
        "undated",
        "today",
        "2010",
        "Hatched and dashed: not known exactly.",
    ):
        assert part in text, part


def test_that_every_fact_stands_in_the_table_and_unknown_is_said(page: TimelinePage, read_pdf: Reader) -> None:
    text = read_pdf(render_timeline(page)).text
    assert "No. Side What From To How long Plane Source" in text
    assert "3 LEFT MRI: rupture suspected 12 May 2014 in place 12 y unknown not recorded" in text


def test_that_every_page_names_the_patient_and_counts_itself(page: TimelinePage, read_pdf: Reader) -> None:
    long = replace(page, rows=tuple(row(number) for number in range(1, 80)))
    pages = read_pdf(render_timeline(long)).pages
    assert len(pages) > 2
    for number, words in enumerate(pages, start=1):
        assert "Rosalind Okafor Born 14 March 1981 · Record 004217" in words
        assert "Printed 23 November 2026, 14:05" in words
        assert f"Page {number} of {len(pages)}" in words
    assert all("No. Side What" in words for words in pages)


@pytest.mark.parametrize(("paper", "size"), [(PaperSize.LETTER, (792, 612)), (PaperSize.A4, (842, 595))])
def test_that_the_page_lies_on_its_side(
    page: TimelinePage, read_pdf: Reader, paper: PaperSize, size: tuple[int, int]
) -> None:
    printed = read_pdf(render_timeline(replace(page, practice=replace(page.practice, paper_size=paper))))
    assert set(printed.sizes) == {size}


def test_that_nothing_recorded_is_said_and_not_left_blank(page: TimelinePage, read_pdf: Reader) -> None:
    text = read_pdf(render_timeline(replace(page, right=NOTHING, left=NOTHING, rows=(), alerts=()))).text
    assert text.count("No device recorded") == 4
    assert "No operation and no device is recorded." in text
    assert "undated" not in text


def test_that_twelve_devices_a_side_and_all_marks_on_one_day_keep_inside_the_page(
    page: TimelinePage, read_pdf: Reader
) -> None:
    spells = tuple(
        PrintedSpell(n, ("An endless name of a device " * 4, "Endless"), Span.of(dt.date(1964 + 5 * n, 1, 1)),
                     Span.of(dt.date(1969 + 5 * n, 1, 1)))
        for n in range(1, 13)
    )  # fmt: skip
    marks = tuple(PrintedMark(700 + n, Span.of(AS_OF)) for n in range(8))
    lane = PrintedLane(page.right.in_place, spells, marks)
    printed = read_pdf(render_timeline(replace(page, right=lane, left=lane)))
    (only,) = printed.pages
    assert only.count(" 1 2 3 4 5 6 7 8 9 10 11 12 ") == 2
    assert all(only.count(str(number)) == 2 for number in range(700, 708))
    assert not printed.ink_right_of(0.945)


def test_that_the_same_facts_give_the_same_bytes(page: TimelinePage) -> None:
    assert render_timeline(page) == render_timeline(page)


def test_that_a_page_without_a_birth_date_is_refused(page: TimelinePage) -> None:
    with pytest.raises(DocumentIncomplete):
        render_timeline(replace(page, patient=replace(page.patient, birth_date=None)))


def test_that_hostile_text_is_printed_as_it_is(page: TimelinePage, read_pdf: Reader) -> None:
    hostile = '#import "x": * $x$ @a <b> *bold* \\ //'
    lane = PrintedLane((hostile, hostile), (PrintedSpell(1, (hostile,), SWAPPED, None),))
    text = read_pdf(render_timeline(replace(page, right=lane, rows=(row(1, what=hostile),)))).text
    assert text.count(hostile) >= 3
