"""Keep the anesthesia note, sign it, add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.anesthesia import ADDENDUM_FORM, ANESTHESIA_FORM
from desktop.models.anesthesia import Addendum, AnesthesiaNote
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.patient import Alert
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.patient import read_header
from desktop.services.record import (
    Snapshot,
    check_values,
    get_record,
    load_form,
    open_record,
    save_record,
    snapshot_of,
)
from desktop.services.signing import sign


@dataclass(frozen=True)
class AddendumLine:
    text: str
    reason: str
    author: str
    added_at: dt.datetime


@dataclass(frozen=True)
class NoteFile:
    note: Snapshot
    signed_by: str | None
    signed_at: dt.datetime | None
    addenda: tuple[AddendumLine, ...]


@dataclass(frozen=True)
class KnownFacts:
    """What the patient's record says, to be asked again today: nothing of it is copied into the note."""

    full_name: str
    birth_date: dt.date
    record_number: str
    alerts: tuple[Alert, ...]
    weight_kg: Decimal | None
    height_cm: int | None
    responsible_adult: str


@dataclass(frozen=True)
class AnesthesiaFile:
    """`case_id` and `note` are None while no revision case was ever opened for the patient."""

    case_id: int | None
    note: NoteFile | None
    known: KnownFacts


def open_anesthesia_file(session: Session, patient_id: int) -> AnesthesiaFile:
    """The note of the patient's case, with what her record says today."""
    require(session, Verb.VIEW_ANESTHESIA)
    header = read_header(session, patient_id)
    patient = get_record(session, Patient, patient_id)
    adult = (patient.responsible_adult_name, patient.responsible_adult_phone)
    known = KnownFacts(
        full_name=header.full_name,
        birth_date=header.birth_date,
        record_number=header.record_number,
        alerts=header.alerts,
        weight_kg=patient.weight_kg,
        height_cm=patient.height_cm,
        responsible_adult=" · ".join(filter(None, adult)),
    )
    return AnesthesiaFile(header.case_id, open_note(session, header.case_id) if header.case_id else None, known)


def open_note(session: Session, case_id: int) -> NoteFile:
    """The case's note, or an empty one for the day of surgery; nothing is stored before it is saved."""
    require(session, Verb.VIEW_ANESTHESIA)
    row = session.execute(
        select(AnesthesiaNote.id, AnesthesiaNote.signed_by, AnesthesiaNote.signed_at).where(
            AnesthesiaNote.case_id == case_id
        )
    ).one_or_none()
    if row is None:
        return NoteFile(_new_note(session, case_id), None, None, ())
    addenda = session.execute(
        select(Addendum.text, Addendum.reason, Addendum.author, Addendum.added_at)
        .where(Addendum.note_id == row.id)
        .order_by(Addendum.id)
    )
    note = open_record(session, ANESTHESIA_FORM, row.id)
    return NoteFile(note, row.signed_by, row.signed_at, tuple(AddendumLine(*line) for line in addenda))


def save_note(session: Session, opened: Snapshot, values: Mapping[str, Any], case_id: int) -> Snapshot:
    case = get_record(session, RevisionCase, case_id)
    if opened.id is None:
        stored = session.scalar(select(AnesthesiaNote.id).where(AnesthesiaNote.case_id == case_id))
        if stored is not None:
            raise RecordChanged(open_record(session, ANESTHESIA_FORM, stored))
    return save_record(session, ANESTHESIA_FORM, opened, values, {"patient_id": case.patient_id, "case_id": case_id})


def sign_note(session: Session, note_id: int, opened_version: int) -> Snapshot:
    actor = require(session, Verb.SIGN_ANESTHESIA)
    note = load_form(session, ANESTHESIA_FORM, note_id)
    if note.signed_at is not None:
        raise SignedIsFrozen
    stored = snapshot_of(ANESTHESIA_FORM, note)
    if note.version != opened_version:
        raise RecordChanged(stored)
    content = {"form": ANESTHESIA_FORM.name, "patient_id": note.patient_id, "answers": dict(stored.values)}
    sign(session, note, content, actor)
    write_audit(session, Verb.SIGN_ANESTHESIA, note, {"signed_hash": [None, note.signed_hash]})
    return snapshot_of(ANESTHESIA_FORM, note)


def add_addendum(session: Session, note_id: int, text: str, reason: str) -> AddendumLine:
    """Add to a signed note, by name and with a reason."""
    actor = require(session, Verb.SIGN_ANESTHESIA)
    if not text.strip() or not reason.strip():
        raise UserError("Nothing was added: an addendum needs its text and the reason for it.")
    note = get_record(session, AnesthesiaNote, note_id)
    if note.signed_at is None:
        raise UserError("Nothing was added: the note is not signed yet, so write into the note itself.")
    line = AddendumLine(text.strip(), reason.strip(), actor.name, now(session))
    addendum = Addendum(
        patient_id=note.patient_id,
        note_id=note.id,
        text=line.text,
        reason=line.reason,
        author=line.author,
        added_at=line.added_at,
    )
    session.add(addendum)
    write_audit(session, Verb.SIGN_ANESTHESIA, addendum, {"text": [None, line.text]})
    return line


def new_addendum(session: Session) -> Snapshot:
    """An addendum to be written; nothing is stored before it is saved."""
    require(session, Verb.SIGN_ANESTHESIA)
    return Snapshot(None, None, ADDENDUM_FORM.empty())


def save_addendum(session: Session, values: Mapping[str, Any], note_id: int) -> Snapshot:
    """Append what was written in the form; the next one begins empty."""
    check_values(session, ADDENDUM_FORM, values)
    add_addendum(session, note_id, values["text"], values["reason"])
    return new_addendum(session)


def _new_note(session: Session, case_id: int) -> Snapshot:
    case = get_record(session, RevisionCase, case_id)
    return Snapshot(None, None, ANESTHESIA_FORM.empty() | {"performed_on": case.surgery_on or today(session)})
