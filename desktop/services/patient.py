"""Register a patient, keep her record, open her file, find her again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.models.patient import Patient, PatientName, PatientPhone
from desktop.models.practice import Practice
from desktop.models.recovery import RecoveryChecklist
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.dates import read_date
from desktop.rules.patient import Alert, patient_alerts
from desktop.rules.permission import Verb
from desktop.rules.reading import Unreadable, clean_line, plain_digits
from desktop.rules.search_key import digits, name_key, name_keys
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.record import Snapshot, get_record, load_form, save_record, snapshot_of

LIST_PAGE = 100
RECORD_DIGITS = 6
_ABOVE_EVERY_KEY = "\U0010ffff"
_NAMES = ("family_name", "given_name", "former_name")
_PHONES = ("phone", "mobile_phone")


@dataclass(frozen=True)
class PatientHeader:
    """What stays on every screen and page of a patient."""

    id: int
    full_name: str
    initials: str
    birth_date: dt.date
    record_number: str
    phone: str
    language: str
    alerts: tuple[Alert, ...]
    case_id: int | None


@dataclass(frozen=True)
class PatientRow:
    id: int
    list_name: str
    former_name: str
    birth_date: dt.date
    record_number: str
    phone: str
    open_today: str
    key: tuple[str, str, int]


def full_name(patient: Patient) -> str:
    return f"{patient.given_name} {patient.family_name}" if patient.given_name else patient.family_name


def show_record_number(number: str) -> str:
    return f"{number[:3]} {number[3:]}" if len(number) == 6 else number


def open_file(session: Session, patient_id: int) -> PatientHeader:
    """Open a patient's file; the reading is audited."""
    require(session, Verb.VIEW_PATIENT)
    header = read_header(session, patient_id)
    write_audit(session, Verb.VIEW_PATIENT, get_record(session, Patient, patient_id))
    return header


def read_header(session: Session, patient_id: int) -> PatientHeader:
    require(session, Verb.VIEW_PATIENT)
    patient = load_form(session, PATIENT_FORM, patient_id)
    values = snapshot_of(PATIENT_FORM, patient).values
    name = full_name(patient)
    return PatientHeader(
        id=patient.id,
        full_name=name,
        initials=((patient.given_name or "")[:1] + patient.family_name[:1]).upper(),
        birth_date=patient.birth_date,
        record_number=show_record_number(patient.record_number),
        phone=patient.phone or patient.mobile_phone or "",
        language=patient.language.label if patient.language else "",
        alerts=tuple(patient_alerts(values)),
        case_id=_open_case_id(session, patient_id),
    )


def save_patient(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    """Register or change a patient; her search keys and record number are kept in the same transaction."""
    actor = require(session, Verb.EDIT_PATIENT)
    belongs = {"record_number": _next_record_number(session)} if opened.id is None else {}

    def complete(patient: Patient) -> None:
        _keep_keys(patient)
        _keep_statement(patient, actor.name, now(session))

    saved = save_record(session, PATIENT_FORM, opened, values, belongs, complete)
    if any(saved.values[name] != opened.values.get(name) for name in _PHONES):
        _keep_phones(session, saved)
    if any(saved.values[name] != opened.values.get(name) for name in _NAMES):
        _keep_words(session, saved)
    return saved


def find_patients(session: Session, text: str, after: tuple[str, str, int] | None = None) -> tuple[PatientRow, ...]:
    """At most a page of patients in the order of their names, from behind `after`.

    Words find the start of a family, given or former name in any order; digits find the end of a phone number or a
    record number; a date in any clear way of writing finds a birth date.
    """
    require(session, Verb.VIEW_PATIENT)
    found = select(
        Patient.id,
        Patient.family_name,
        Patient.given_name,
        Patient.former_name,
        Patient.birth_date,
        Patient.record_number,
        Patient.phone,
        Patient.mobile_phone,
        Patient.family_key,
        Patient.given_key,
    ).order_by(Patient.family_key, Patient.given_key, Patient.id)
    condition = _condition(text, today(session))
    if condition is not None:
        found = found.where(condition)
    if after is not None:
        family, given, patient_id = after
        found = found.where(
            or_(
                Patient.family_key > family,
                and_(
                    Patient.family_key == family,
                    or_(Patient.given_key > given, and_(Patient.given_key == given, Patient.id > patient_id)),
                ),
            )
        )
    rows = session.execute(found.limit(LIST_PAGE)).all()
    open_today = _open_today(session, [row.id for row in rows])
    return tuple(
        PatientRow(
            id=row.id,
            list_name=f"{row.family_name}, {row.given_name}" if row.given_name else row.family_name,
            former_name=row.former_name or "",
            birth_date=row.birth_date,
            record_number=show_record_number(row.record_number),
            phone=row.phone or row.mobile_phone or "",
            open_today=open_today.get(row.id, ""),
            key=(row.family_key, row.given_key, row.id),
        )
        for row in rows
    )


def find_by_record_number(session: Session, number: str) -> int:
    """The patient with exactly this record number, written with or without its blanks and leading zeros."""
    require(session, Verb.VIEW_PATIENT)
    typed = "".join(plain_digits(number).split())
    wanted = typed.zfill(RECORD_DIGITS) if typed.isdecimal() else typed
    found = session.scalar(select(Patient.id).where(Patient.record_number.in_((typed, wanted))))
    if found is None:
        raise UserError(f"No patient has the record number {clean_line(number) or '(empty)'}. Look it up in the list.")
    return found


def _condition(text: str, day: dt.date) -> Any:
    if not text.strip():
        return None
    try:
        return Patient.birth_date == read_date(text, day)
    except Unreadable:
        pass
    number = digits(text)
    if number and not any(character.isalpha() for character in text):
        tail = number[::-1]
        by_phone = select(PatientPhone.patient_id).where(
            PatientPhone.reversed_digits >= tail, PatientPhone.reversed_digits < tail + _ABOVE_EVERY_KEY
        )
        by_number = or_(_starts(Patient.record_number, number), _starts(Patient.record_number, number.zfill(6)))
        return or_(by_number, Patient.id.in_(by_phone))
    words = [key for word in text.replace(",", " ").split() for key in name_key(word).split()]
    if not words:
        return Patient.id.is_(None)
    named = [select(PatientName.patient_id).where(_starts(PatientName.word, word)) for word in words]
    return and_(*(Patient.id.in_(patients) for patients in named))


def _starts(column: Any, key: str) -> Any:
    return and_(column >= key, column < key + _ABOVE_EVERY_KEY)


def _open_today(session: Session, patient_ids: list[int]) -> dict[int, str]:
    """What is open for each of these patients, in three statements whatever their number."""
    if not patient_ids:
        return {}
    states: dict[int, str] = {}
    cases = select(RevisionCase.patient_id, RevisionCase.surgery_on).where(
        RevisionCase.patient_id.in_(patient_ids), RevisionCase.closed_on.is_(None)
    )
    for patient_id, surgery_on in session.execute(cases):
        states[patient_id] = "Planning"
        if surgery_on is not None and surgery_on >= today(session):
            states[patient_id] = "Surgery today" if surgery_on == today(session) else "Surgery planned"
    signed = select(RevisionPlan.patient_id).where(
        RevisionPlan.patient_id.in_(patient_ids), RevisionPlan.signed_at.is_not(None)
    )
    for patient_id in session.scalars(signed):
        if states.get(patient_id) == "Planning":
            states[patient_id] = "Plan signed"
    recovering = select(RecoveryChecklist.patient_id, RecoveryChecklist.surgery_on).where(
        RecoveryChecklist.patient_id.in_(patient_ids)
    )
    for patient_id, surgery_on in session.execute(recovering):
        day = (today(session) - surgery_on).days
        if patient_id in states and 0 <= day <= 42:
            states[patient_id] = f"Recovery day {day}"
    return states


def _open_case_id(session: Session, patient_id: int) -> int | None:
    return session.scalar(
        select(RevisionCase.id)
        .where(RevisionCase.patient_id == patient_id)
        .order_by(RevisionCase.closed_on.is_not(None), RevisionCase.id.desc())
        .limit(1)
    )


def _next_record_number(session: Session) -> str:
    practice = session.scalars(select(Practice)).one()
    number = f"{practice.next_record_number:06}"
    practice.next_record_number += 1
    return number


def _keep_keys(patient: Patient) -> None:
    keys = {
        "family_key": name_key(patient.family_name),
        "given_key": name_key(patient.given_name or ""),
    }
    for name, key in keys.items():
        if getattr(patient, name) != key:
            setattr(patient, name, key)


def _keep_statement(patient: Patient, actor_name: str, at: dt.datetime) -> None:
    """Who stated that she has no known allergies, and when."""
    if patient.no_known_allergies and patient.no_known_allergies_by is None:
        patient.no_known_allergies_by, patient.no_known_allergies_at = actor_name, at
    elif not patient.no_known_allergies and patient.no_known_allergies_by is not None:
        patient.no_known_allergies_by = patient.no_known_allergies_at = None


def _keep_words(session: Session, saved: Snapshot) -> None:
    session.execute(delete(PatientName).where(PatientName.patient_id == saved.id))
    names = [saved.values[name] or "" for name in _NAMES]
    apart = [re.sub(r"[-‐‑–—/]", " ", name) for name in names]  # O'Brien-Sato is found by Sato too
    words = {word for name in (*names, *apart) for key in name_keys(name) for word in key.split()}
    session.add_all(PatientName(patient_id=saved.id or 0, word=word) for word in sorted(words))


def _keep_phones(session: Session, saved: Snapshot) -> None:
    session.execute(delete(PatientPhone).where(PatientPhone.patient_id == saved.id))
    numbers = {digits(saved.values[name] or "")[::-1] for name in _PHONES} - {""}
    session.add_all(PatientPhone(patient_id=saved.id or 0, reversed_digits=number) for number in sorted(numbers))
