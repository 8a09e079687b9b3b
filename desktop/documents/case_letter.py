"""The letter that tells another doctor about a revision case, in the practice's own words around the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.documents.handout import HandoutTemplate, merge, template_fields
from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.record import SectionBlock, sections_data
from desktop.documents.typesetting import render
from desktop.documents.wording import wording_of


@dataclass(frozen=True)
class CaseLetter:
    """`recipient` begins with the name; `signer` is who signs it by hand; `remark` is written for this letter alone."""

    practice: PracticeLines
    patient: PatientLines
    recipient: tuple[str, ...]
    remark: str
    sections: tuple[SectionBlock, ...]
    alerts: tuple[str, ...]
    signer: str
    issued_on: dt.date
    is_demo: bool = False


_MISSING: Mapping[str, str] = {
    "practice.name": "The name of the practice is missing: fill it in on the Practice page.",
    "practice.phone": "The practice's phone is missing: fill it in on the Practice page.",
    "patient.full_name": "The patient's name is missing: fill it in on the patient's page.",
    "patient.birth_date": "The birth date is missing: fill it in on the patient's page.",
    "recipient.name": "Nobody to write to: fill in to whom the letter goes.",
}
"""Every field that the text may use, and the sentence for an empty one."""


def render_case_letter(letter: CaseLetter, template: HandoutTemplate) -> bytes:
    """DocumentIncomplete names everything it lacks at once."""
    wording = wording_of(template.language)
    values = {
        "practice.name": letter.practice.name,
        "practice.phone": letter.practice.phone or "",
        "patient.full_name": letter.patient.full_name,
        "patient.birth_date": wording.day(letter.patient.birth_date) if letter.patient.birth_date else "",
        "recipient.name": letter.recipient[0] if letter.recipient else "",
    }
    missing = {
        name: _MISSING.get(name, f"The text asks for “{name}”, which is not known: correct the text of the letter.")
        for name in sorted(template_fields(template) | {"practice.name", "recipient.name"})
        if not values.get(name, "").strip()
    }
    refuse_if_lacking(lacking_identity(letter.patient) | missing)
    return render(
        "case_letter",
        {
            **sheet(
                wording,
                letter.practice,
                letter.patient,
                title=template.title,
                issued_on=letter.issued_on,
                is_demo=letter.is_demo,
            ),
            "version": template.version,
            "recipient": [line for line in letter.recipient if line.strip()],
            "remark": letter.remark.strip(),
            "alerts": list(letter.alerts),
            "signer": letter.signer,
            "sections": sections_data(letter.sections),
            "blocks": merge(template, values),
        },
    )
