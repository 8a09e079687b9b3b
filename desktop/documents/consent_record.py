"""How a consent is put on paper: which form, gone through and signed when, what was agreed to in each side.

It records the form and never replaces it: the form's own text is its maker's (clinical reference §3.4).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.record import Pair
from desktop.documents.typesetting import render
from desktop.documents.wording import wording_of

VERSION: Final = "1"
"""Of the layout and its words, printed on every page."""


@dataclass(frozen=True)
class ConsentRecord:
    """`right` and `left` are what was agreed to there; None is nothing. `filed_line` None prints as a draft that says
    what is `missing`; `withdrawn_line` prints large. `items` are told by number, with the initials beside each. A kind
    that asks for no side says nothing about sides while none is named."""

    title: str
    practice: PracticeLines
    patient: PatientLines
    form: tuple[Pair, ...]
    talk: tuple[Pair, ...]
    right: str | None
    left: str | None
    item_count: int | None
    items: tuple[tuple[str, str | None], ...]
    signatures: tuple[Pair, ...]
    remarks: str | None
    issued_on: dt.date
    filed_line: str | None = None
    missing: tuple[str, ...] = ()
    withdrawn_line: str | None = None
    asks_sides: bool = True
    language: str = "en"
    is_demo: bool = False


def render_consent_record(record: ConsentRecord) -> bytes:
    """The page as a PDF; DocumentIncomplete when it would not say whose it is."""
    refuse_if_lacking(lacking_identity(record.patient))
    wording = wording_of(record.language)
    page = sheet(
        wording,
        record.practice,
        record.patient,
        title=record.title,
        issued_on=record.issued_on,
        is_demo=record.is_demo,
    )
    sides = [(wording["right"], _said(record.right)), (wording["left"], _said(record.left))]
    return render(
        "consent_record",
        {
            **page,
            "version": VERSION,
            "form": _answers(record.form),
            "talk": _answers(record.talk),
            "sides": sides if record.asks_sides or any(said for _side, said in sides) else [],
            "item_count": "" if record.item_count is None else str(record.item_count),
            "items": [(item, _said(initials)) for item, initials in record.items],
            "signatures": _answers(record.signatures),
            "remarks": _said(record.remarks),
            "filed_line": record.filed_line,
            "missing": list(record.missing),
            "withdrawn_line": record.withdrawn_line,
        },
    )


def _answers(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(label, _said(answer)) for label, answer in pairs]


def _said(text: str | None) -> str:
    return (text or "").strip()
