"""What is marked on the chest is printed as a drawing and in words, her right on the left of the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage

from desktop.documents.chest import chest_drawing
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.record import RecordPage, SectionBlock, render_record
from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.rules.chest_mark import Mark

R, L = Side.RIGHT, Side.LEFT
PAGE = RecordPage(
    title="Revision plan",
    practice=PracticeLines("Harbour Plastic Surgery", ("12 Quay Street",), "555-0100", None, None),
    patient=PatientLines("Rosalind Okafor", dt.date(1981, 3, 14), "004217"),
    sections=(),
    printed_at=dt.datetime(2026, 11, 22, 14, 5, tzinfo=dt.UTC),
)


def rendered(*marks: Mark) -> bytes:
    return render_record(dataclasses.replace(PAGE, sections=(SectionBlock("Findings", marks=marks),)))


def reds(image: QImage) -> list[int]:
    """Where across the page there is ink in the color of findings."""
    pixels = ((x, image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height() // 2))
    return [x for x, color in pixels if color.red() > 150 and max(color.green(), color.blue()) < 75]


def test_that_every_mark_is_printed_in_words_under_its_side(read_pdf: Callable[[bytes], Any]) -> None:
    marks = (
        Mark(L, MarkKind.DISPLACEMENT, ChestPlace.WHOLE, Displacement.INFERIOR),
        Mark(R, MarkKind.RIPPLING, ChestPlace.UPPER_INNER),
        Mark(R, MarkKind.SCAR, ChestPlace.FOLD, length_mm=45, note="#strong[widened]"),
        Mark(L, MarkKind.INCISION, ChestPlace.AREOLA),
    )
    pdf = rendered(*marks)
    page = read_pdf(pdf).text
    right = "PATIENT RIGHT rippling, upper inner scar, fold 45 mm (#strong[widened])"
    left = "PATIENT LEFT displacement downward planned incision, areola"
    assert f"{right} {left}" in page
    assert all(kind.label in page for kind in (MarkKind.RIPPLING, MarkKind.SCAR, MarkKind.INCISION))
    assert MarkKind.LUMP.label not in page, "the legend names what is drawn, and nothing else"
    assert rendered(*marks) == pdf


def test_that_her_right_is_drawn_on_the_left_of_the_page(read_pdf: Callable[[bytes], Any]) -> None:
    where = {}
    for side in Side:
        [image] = read_pdf(rendered(Mark(side, MarkKind.LUMP, ChestPlace.OUTER, across=700, down=0))).images
        drawn = reds(image)
        # 54 points of margin, a figure 216 wide, and the legend stands at the left under both.
        where[side] = sum(x < 54 + 108 for x in drawn) / len(drawn)
    assert where[R] == 1
    assert where[L] < 1


def test_that_both_sides_are_mirror_images() -> None:
    def strokes(side: Side) -> list[dict[str, Any]]:
        drawing = chest_drawing((Mark(side, MarkKind.PAIN, ChestPlace.UPPER_OUTER),))
        assert drawing is not None
        return list(drawing["marks"])

    for right, left in zip(strokes(R), strokes(L), strict=True):
        for one, other in zip(right["path"], left["path"], strict=True):
            assert one[1::2] == other[1::2]
            assert all(abs(x + y - 400) < 0.05 for x, y in zip(one[::2], other[::2], strict=True))


def test_that_nothing_is_drawn_where_nothing_is_marked(read_pdf: Callable[[bytes], Any]) -> None:
    assert chest_drawing(()) is None
    assert "PATIENT RIGHT" not in read_pdf(rendered()).text


def test_that_more_marks_than_a_page_holds_are_all_printed(read_pdf: Callable[[bytes], Any]) -> None:
    marks = [Mark(R, kind, ChestPlace.FOLD, note=f"{kind.value} " + "very long words " * 12) for kind in MarkKind]
    page = read_pdf(rendered(*marks, *marks))
    assert len(page.pages) > 1
    assert all(kind.value in page.text for kind in MarkKind)
