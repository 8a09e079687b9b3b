"""A visit as it is printed: who and when, what was seen and marked, what was measured of both sides and across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.documents.record import Pair, SectionBlock, TableBlock
from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.choices import Side
from desktop.rules.chest_mark import read_marks
from desktop.rules.dates import show_date
from desktop.rules.measurement import ACROSS, OF_A_SIDE, show_difference
from desktop.rules.side import answer_at
from desktop.services.plan_words import side_pairs

_ASKED_ONCE = ("weight_kg", "bra_size", *(each.name for each in ACROSS))


def visit_sections(examination: Mapping[str, Any]) -> Iterator[SectionBlock]:
    """What was seen and marked; and under it what was measured, where anything was."""
    right, left = (side_pairs(EXAMINATION_FORM, examination, side) for side in Side)
    marks = read_marks(examination.get("marks"))
    yield SectionBlock("Findings", visit_pairs(examination), right_pairs=right, left_pairs=left, marks=marks)
    if (measured := measured_table(examination)) is not None:
        yield SectionBlock("Measurements", table=measured)


def visit_pairs(examination: Mapping[str, Any]) -> tuple[Pair, ...]:
    """Of what is asked once, only what was answered."""
    on, by = examination.get("examined_on"), examination.get("examined_by")
    examined = ", ".join(filter(None, (show_date(on) if on else "", by)))
    answered = (EXAMINATION_FORM.field(name) for name in _ASKED_ONCE if examination.get(name) is not None)
    return ("Examined", examined), *((field.label, field.show(examination[field.name])) for field in answered)


def measured_table(examination: Mapping[str, Any]) -> TableBlock | None:
    """Only what was measured in one side at least; None where nothing was."""
    rows = []
    for each in OF_A_SIDE:
        right, left = (answer_at(examination, side, each.name) for side in Side)
        if right is not None or left is not None:
            shown = (each.show(value) if value is not None else "not measured" for value in (right, left))
            rows.append((each.label, *shown, show_difference(each, right, left)))
    return TableBlock(("Measured", *(side.label for side in Side), "RIGHT − LEFT"), tuple(rows)) if rows else None
