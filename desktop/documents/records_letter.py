"""How the two letters are made that ask for records: the request itself, and the patient's permission with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.documents.handout import HandoutTemplate, merge, template_fields
from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.typesetting import render
from desktop.documents.wording import Wording, wording_of


@dataclass(frozen=True)
class AskedFor:
    """The names of facts, in the order in which they are asked for."""

    operation: tuple[str, ...]
    right: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class RecordsLetter:
    """What both letters say, as it stood on `issued_on`; `recipient` begins with the name.

    `about` says of which operation and devices: pairs of a key of the printed words and a fact. `asked_on` is the day
    of the first letter.
    """

    practice: PracticeLines
    patient: PatientLines
    former_name: str | None
    recipient: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    asked_for: AskedFor
    asked_on: dt.date
    due_on: dt.date | None
    issued_on: dt.date
    is_reminder: bool = False
    is_demo: bool = False


_MISSING: Mapping[str, str] = {
    "practice.name": "The name of the practice is missing: fill it in on the Practice page.",
    "practice.address": "The practice's address is missing: fill it in on the Practice page.",
    "practice.phone": "The practice's phone is missing: fill it in on the Practice page.",
    "patient.full_name": "The patient's name is missing: fill it in on the patient's page.",
    "patient.birth_date": "The birth date is missing: fill it in on the patient's page.",
    "recipient.name": "Nobody to write to: fill in whom you ask.",
    "request.asked_on": "The day of the first letter is missing: make a new request.",
    "request.due_on": "The day until which you want the answer is missing: fill it in.",
}
"""Every field that the text of either letter may use, and the sentence for an empty one."""


def render_records_request(letter: RecordsLetter, template: HandoutTemplate) -> bytes:
    """The letter to whoever may keep the records; DocumentIncomplete names everything it lacks at once."""
    return _render("records_request", letter, template)


def render_records_release(letter: RecordsLetter, template: HandoutTemplate) -> bytes:
    """The page the patient signs; without it nobody may send anything."""
    return _render("records_release", letter, template)


def _render(layout: str, letter: RecordsLetter, template: HandoutTemplate) -> bytes:
    wording = wording_of(template.language)
    values = _values(letter, wording)
    missing = {
        name: _MISSING.get(name, f"The text asks for “{name}”, which is not known: correct the text of the letter.")
        for name in sorted(template_fields(template) | {"practice.name", "recipient.name"})
        if not values.get(name, "").strip()
    }
    asked = letter.asked_for
    if not (asked.operation or asked.right or asked.left):
        missing["asked_for"] = "Nothing is asked for: tick at least one fact."
    refuse_if_lacking(lacking_identity(letter.patient) | missing)
    page = sheet(
        wording,
        letter.practice,
        letter.patient,
        title=template.title,
        issued_on=letter.issued_on,
        is_demo=letter.is_demo,
    )
    born = f"{wording['born'].lower()} {page['patient']['born']}"
    formerly = ((wording["formerly"], letter.former_name),) if letter.former_name else ()
    return render(
        layout,
        {
            **page,
            "version": template.version,
            "recipient": [line for line in letter.recipient if line.strip()],
            "about": [
                (
                    wording["patient"],
                    f"{letter.patient.full_name}, {born}",
                ),
                *formerly,
                *((wording[key], fact) for key, fact in letter.about),
            ],
            "asked": {"operation": asked.operation, "right": asked.right, "left": asked.left},
            "is_reminder": letter.is_reminder,
            "blocks": merge(template, values),
        },
    )


def _values(letter: RecordsLetter, wording: Wording) -> dict[str, str]:
    practice, patient = letter.practice, letter.patient
    return {
        "practice.name": practice.name,
        "practice.address": ", ".join(line.strip() for line in practice.address_lines if line.strip()),
        "practice.phone": practice.phone or "",
        "patient.full_name": patient.full_name,
        "patient.birth_date": wording.day(patient.birth_date) if patient.birth_date else "",
        "recipient.name": letter.recipient[0] if letter.recipient else "",
        "request.asked_on": wording.day(letter.asked_on),
        "request.due_on": wording.weekday(letter.due_on) if letter.due_on else "",
    }
