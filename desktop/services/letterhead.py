"""Read what every printed page says about the practice and about the patient."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.rules.patient import show_record_number
from desktop.services.patient import full_name
from desktop.services.record import get_record


def read_practice_lines(session: Session) -> PracticeLines:
    practice = session.scalars(select(Practice)).one()
    return PracticeLines(
        name=practice.name,
        address_lines=tuple((practice.address or "").splitlines()),
        phone=practice.phone,
        after_hours_phone=practice.after_hours_phone,
        emergency_number=practice.emergency_number,
        paper_size=practice.paper_size,
    )


def read_patient_lines(session: Session, patient_id: int) -> PatientLines:
    patient = get_record(session, Patient, patient_id)
    return PatientLines(full_name(patient), patient.birth_date, show_record_number(patient.record_number))
