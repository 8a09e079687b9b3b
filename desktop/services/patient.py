"""Register a patient, keep her record, open her file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordMerged, RecordMissing
from desktop.forms.patient import PATIENT_FORM
from desktop.models.merge import PatientMerge
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.models.revision import RevisionCase
from desktop.models.search import RecentPatient
from desktop.rules.dates import show_date
from desktop.rules.patient import Alert, patient_alerts, show_record_number
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import actor_of, now, require
from desktop.services.record import Snapshot, get_record, load_form, save_record, snapshot_of
from desktop.services.search_index import keep_name_keys, keep_patient

_FIND_HER = (
    "family_name", "given_name", "former_name", "birth_date",
    "phone", "mobile_phone", "emergency_phone", "responsible_adult_phone",
)  # fmt: skip


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
    led_here: str = ""
    """Why another file is open than was asked for: the sentence about the merge that leads here."""


def full_name(patient: Patient) -> str:
    return f"{patient.given_name} {patient.family_name}" if patient.given_name else patient.family_name


def open_file(session: Session, patient_id: int) -> PatientHeader:
    """Open a patient's file, or the one into which it was merged; the reading is audited."""
    require(session, Verb.VIEW_PATIENT)
    stands_id = standing_id(session, patient_id)
    header = read_header(session, stands_id)
    write_audit(session, Verb.VIEW_PATIENT, get_record(session, Patient, stands_id))
    _remember_opening(session, stands_id)
    return header if stands_id == patient_id else replace(header, led_here=_why_here(session, patient_id))


def standing_id(session: Session, patient_id: int) -> int:
    """The record that stands for this one: itself, or the one that it was merged into."""
    while (into := session.scalar(select(Patient.merged_into_id).where(Patient.id == patient_id))) is not None:
        patient_id = into
    return patient_id


def require_hers(session: Session, owner_id: int | None, patient_id: int) -> None:
    """That a record is this patient's, so that two are never mixed up; where hers was merged away, that is said."""
    if owner_id != patient_id:
        raise RecordMissing() if standing_id(session, patient_id) == patient_id else RecordMerged()


def _why_here(session: Session, merged_id: int) -> str:
    merged = get_record(session, Patient, merged_id)
    stands = select(PatientMerge).where(PatientMerge.merged_id == merged_id, PatientMerge.undone_at.is_(None))
    merge = session.scalars(stands).one()
    day = show_date(merge.merged_at.astimezone().date())
    number = show_record_number(merged.record_number)
    return f"Record {number} ({full_name(merged)}) was merged into this one by {merge.merged_by} on {day}."


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
        case_id=open_case_id(session, patient_id),
    )


def save_patient(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    """Register or change a patient; her search keys and record number are kept in the same transaction."""
    actor = require(session, Verb.EDIT_PATIENT)
    belongs = {"record_number": _next_record_number(session)} if opened.id is None else {}

    def complete(patient: Patient) -> None:
        keep_name_keys(patient)
        _keep_statement(patient, actor.name, now(session))

    saved = save_record(session, PATIENT_FORM, opened, values, belongs, complete)
    if any(saved.values[name] != opened.values.get(name) for name in _FIND_HER):
        keep_patient(session, session.get_one(Patient, saved.id))
    return saved


def _remember_opening(session: Session, patient_id: int) -> None:
    account_id = actor_of(session).account_id
    recent = session.get(RecentPatient, (account_id, patient_id))
    if recent is None:
        session.add(RecentPatient(account_id=account_id, patient_id=patient_id, opened_at=now(session)))
    else:
        recent.opened_at = now(session)


def open_case_id(session: Session, patient_id: int) -> int | None:
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


def _keep_statement(patient: Patient, actor_name: str, at: dt.datetime) -> None:
    """Who stated that she has no known allergies, and when."""
    if patient.no_known_allergies and patient.no_known_allergies_by is None:
        patient.no_known_allergies_by, patient.no_known_allergies_at = actor_name, at
    elif not patient.no_known_allergies and patient.no_known_allergies_by is not None:
        patient.no_known_allergies_by = patient.no_known_allergies_at = None
