"""What every printed page says about the practice and about the patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.documents.wording import Wording
from desktop.errors import DocumentIncomplete
from desktop.models.choices import PaperSize

_PAPER = {PaperSize.LETTER: "us-letter", PaperSize.A4: "a4"}


@dataclass(frozen=True)
class PracticeLines:
    name: str
    address_lines: tuple[str, ...]
    phone: str | None
    after_hours_phone: str | None
    emergency_number: str | None
    paper_size: PaperSize = PaperSize.LETTER


@dataclass(frozen=True)
class PatientLines:
    full_name: str
    birth_date: dt.date | None
    record_number: str


def sheet(
    wording: Wording, practice: PracticeLines, patient: PatientLines, *, title: str, issued_on: dt.date, is_demo: bool
) -> dict[str, Any]:
    """What `letterhead.typ` draws round any page that belongs to a patient."""
    return {
        **plain_sheet(wording, practice.paper_size, title=title, issued_on=issued_on, is_demo=is_demo),
        "practice": {
            "name": practice.name,
            "address": " · ".join(line.strip() for line in practice.address_lines if line.strip()),
            "phone": practice.phone or "",
            "after_hours_phone": practice.after_hours_phone or "",
            "emergency_number": practice.emergency_number or "",
        },
        "patient": {
            "full_name": patient.full_name,
            "born": wording.day(patient.birth_date) if patient.birth_date else "",
            "record_number": patient.record_number,
        },
    }


def plain_sheet(
    wording: Wording, paper_size: PaperSize, *, title: str, issued_on: dt.date, is_demo: bool
) -> dict[str, Any]:
    return {
        "language": wording.language,
        "words": wording.words,
        "paper": _PAPER[paper_size],
        "is_demo": is_demo,
        "title": title,
        "issued_on": issued_on.isoformat(),
        "printed": wording.day(issued_on),
    }


def lacking_identity(patient: PatientLines) -> dict[str, str]:
    """Sentences for what must stand on every page of a patient and is empty."""
    facts = {
        "patient.full_name": ("patient's name", patient.full_name),
        "patient.birth_date": ("birth date", patient.birth_date),
        "patient.record_number": ("record number", patient.record_number),
    }
    return {
        name: f"The {what} is missing: fill it in on the patient's page."
        for name, (what, value) in facts.items()
        if not str(value or "").strip()
    }


def refuse_if_lacking(missing: Mapping[str, str]) -> None:
    if missing:
        raise DocumentIncomplete(missing)
