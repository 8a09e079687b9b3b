"""How any record is printed: sections of named answers, RIGHT beside LEFT, and tables, on the practice's letterhead."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop.documents.chest import chest_drawing
from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.typesetting import render
from desktop.documents.wording import wording_of
from desktop.rules.chest_mark import Mark

Pair = tuple[str, str | None]
"""A label and its answer; an answer that is None or empty prints as "not recorded", never as a blank."""


@dataclass(frozen=True)
class TableBlock:
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table whose rows do not fit its columns")


@dataclass(frozen=True)
class SectionBlock:
    title: str
    pairs: tuple[Pair, ...] = ()
    right_pairs: tuple[Pair, ...] = ()
    left_pairs: tuple[Pair, ...] = ()
    table: TableBlock | None = None
    marks: tuple[Mark, ...] = ()
    """What is marked on the chest; drawn, and told in words beside it."""


@dataclass(frozen=True)
class RecordPage:
    """`printed_at` is in the practice's own time zone; `signed_line` None prints as a draft."""

    title: str
    practice: PracticeLines
    patient: PatientLines
    sections: tuple[SectionBlock, ...]
    printed_at: dt.datetime
    signed_line: str | None = None
    alerts: tuple[str, ...] = ()
    version: str = ""
    language: str = "en"
    is_demo: bool = False


def render_record(page: RecordPage) -> bytes:
    refuse_if_lacking(lacking_identity(page.patient))
    wording = wording_of(page.language)
    printed_on = page.printed_at.date()
    return render(
        "record",
        {
            **sheet(wording, page.practice, page.patient, title=page.title, issued_on=printed_on, is_demo=page.is_demo),
            "printed_at": f"{wording.day(printed_on)}, {page.printed_at:%H:%M}",
            "version": page.version,
            "alerts": list(page.alerts),
            "signed_line": page.signed_line,
            "sections": sections_data(page.sections),
        },
    )


def sections_data(sections: Iterable[SectionBlock]) -> list[dict[str, Any]]:
    """What `sections.typ` sets."""
    return [
        {
            "title": section.title,
            "pairs": [(label, _answer(text)) for label, text in section.pairs],
            "two_sided": list(_two_sided(section)),
            "table": section.table
            and {
                "columns": section.table.columns,
                "rows": [[_answer(cell) for cell in row] for row in section.table.rows],
            },
            "chest": chest_drawing(section.marks),
        }
        for section in sections
    ]


def _answer(text: str | None) -> str:
    return (text or "").strip()


def _two_sided(section: SectionBlock) -> Iterator[tuple[str, str, str]]:
    """One row a label, in reading order; a label that a side repeats (two steps) has a row for each time."""
    right, left = _counted(section.right_pairs), _counted(section.left_pairs)
    for key in right | left:
        yield key[0], right.get(key, ""), left.get(key, "")


def _counted(pairs: tuple[Pair, ...]) -> dict[tuple[str, int], str]:
    seen: Counter[str] = Counter()
    counted = {}
    for label, text in pairs:
        counted[label, seen[label]] = _answer(text)
        seen[label] += 1
    return counted
