"""What making two records one would do: every answer, what moves, and what a person has to decide first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.form import ListField
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Side
from desktop.models.draft import Draft
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.duplicate import likeness
from desktop.rules.merge import (
    SEEN,
    Question,
    Standing,
    allergy_questions,
    chain_questions,
    likeness_questions,
    rows_to_add,
    standing,
)
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.duplicate import person_of
from desktop.services.merge_rows import fingerprint, rows_of
from desktop.services.operation import chains_together, read_history
from desktop.services.patient import PatientHeader, read_header
from desktop.services.record import get_record, load_form, snapshot_of
from desktop.services.revision import find_open_case

LISTS = tuple(field for field in PATIENT_FORM if isinstance(field, ListField))
STATEMENT = ("no_known_allergies", "no_known_allergies_by", "no_known_allergies_at")
OPEN_CASE = "open_case"

_WORDS = {
    "device": ("device", "devices"),
    "imaging_study": ("imaging study", "imaging studies"),
    "issued_document": ("document that was given", "documents that were given"),
    "matrix": ("matrix or mesh", "matrices or meshes"),
    "anesthesia_note": ("anesthesia note", "anesthesia notes"),
    "addendum": ("addendum", "addenda"),
    "records_request": ("request for records", "requests for records"),
    "red_flag_report": ("reported warning sign", "reported warning signs"),
}


@dataclass(frozen=True)
class FieldPair:
    """One question of the form with both answers in words; `standing` says which of them stands."""

    name: str
    label: str
    kept: str
    other: str
    standing: Standing


@dataclass(frozen=True)
class MergePreview:
    """What merging would do. `fingerprint` says which state of both records was looked at."""

    kept: PatientHeader
    merged: PatientHeader
    fields: tuple[FieldPair, ...]
    questions: tuple[Question, ...]
    moves: tuple[str, ...]
    remarks: tuple[str, ...]
    fingerprint: str

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(pair.name for pair in self.fields if pair.standing is Standing.ASKED)


def preview_merge(session: Session, kept_id: int, merged_id: int) -> MergePreview:
    """Every answer of both, every record that would move, and what a person has to decide first."""
    require(session, Verb.MERGE_PATIENTS)
    kept, merged = both_records(session, kept_id, merged_id)
    answers, others = (snapshot_of(PATIENT_FORM, patient).values for patient in (kept, merged))
    return MergePreview(
        kept=read_header(session, kept_id),
        merged=read_header(session, merged_id),
        fields=tuple(_pairs(answers, others)),
        questions=(
            *likeness_questions(likeness(person_of(answers), person_of(others))),
            *allergy_questions(answers, others),
            *_case_question(session, kept, merged),
            *_history_questions(session, kept, merged),
        ),
        moves=tuple(in_words(rows_of(session, merged_id))),
        remarks=tuple(_remarks(session, merged)),
        fingerprint=fingerprint(session, kept_id, merged_id),
    )


def in_words(rows: Mapping[str, list[int]]) -> list[str]:
    """`2 operations`, `1 device`: how many rows of each table; how long a device was in place goes without saying."""
    said = []
    for table, ids in rows.items():
        if table == "device_spell":
            continue
        noun = table.replace("_", " ")
        one, many = _WORDS.get(table, (noun, f"{noun}s"))
        said.append(f"{len(ids)} {one if len(ids) == 1 else many}")
    return said


def both_records(session: Session, kept_id: int, merged_id: int) -> tuple[Patient, Patient]:
    """The two that are to be one; refused when they are one already."""
    if kept_id == merged_id:
        raise UserError("This is one and the same record. Choose the other record of this person.")
    kept, merged = (load_form(session, PATIENT_FORM, patient_id) for patient_id in (kept_id, merged_id))
    for patient in (kept, merged):
        if patient.merged_into_id is not None:
            raise UserError("One of the two was merged into another record already. Choose the record that stands.")
    return kept, merged


def _pairs(kept: Mapping[str, Any], other: Mapping[str, Any]) -> list[FieldPair]:
    pairs = []
    has_allergies = bool(kept["allergies"] or other["allergies"])
    for field in PATIENT_FORM:
        if field.name == STATEMENT[0] and has_allergies:
            continue  # it falls; a person who has to know is asked
        mine, theirs = kept[field.name], other[field.name]
        if isinstance(field, ListField):
            stands = Standing.BOTH if rows_to_add(mine, theirs) else standing(bool(mine), bool(theirs))
        else:
            stands = standing(mine, theirs)
        pairs.append(FieldPair(field.name, field.label, field.show(mine), field.show(theirs), stands))
    return pairs


def _case_question(session: Session, kept: Patient, merged: Patient) -> tuple[Question, ...]:
    cases = [find_open_case(session, patient.id) for patient in (kept, merged)]
    if None in cases:
        return ()
    options = []
    for patient, case_id in zip((kept, merged), cases, strict=True):
        case = get_record(session, RevisionCase, case_id or 0)
        surgery = f", surgery {show_date(case.surgery_on)}" if case.surgery_on else ""
        number = show_record_number(patient.record_number)
        words = f"The one of record {number}, opened {show_date(case.opened_on)}{surgery}"
        options.append((str(case_id), words))
    sentence = (
        "Both have an open revision case, and a patient has one at a time. Which stays open? The other is closed."
    )
    return (Question(OPEN_CASE, sentence, tuple(options)),)


def _history_questions(session: Session, kept: Patient, merged: Patient) -> list[Question]:
    ids = (kept.id, merged.id)
    apart = [chains_together(session, patient_id) for patient_id in ids]
    together = chains_together(session, *ids)
    found: list[Question] = []
    for side in Side:
        found += chain_questions(side, (*apart[0][side], *apart[1][side]), together[side])
    days = [
        {row.happened_on for row in read_history(session, patient_id).operations if row.happened_on}
        for patient_id in ids
    ]
    for day in sorted(days[0] & days[1], key=lambda each: each.iso):
        shown = show_partial_date(day)
        sentence = f"Both have an operation of {shown}. If it is the same one, it will stand twice."
        found.append(Question(f"operations.{day.iso}", sentence, ((SEEN, "I have seen this"),)))
    return found


def _remarks(session: Session, merged: Patient) -> list[str]:
    typed = select(Draft.account_id).where(Draft.form == PATIENT_FORM.name, Draft.record_key == str(merged.id))
    if session.scalars(typed).first() is None:
        return []
    number = show_record_number(merged.record_number)
    return [f"Somebody typed into the Details of record {number} and has not saved. That text stays with this record."]
