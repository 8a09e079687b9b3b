from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from desktop.forms.patient import PATIENT_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import Severity
from desktop.models.patient import Patient
from desktop.opening import OpenPractice
from desktop.services.patient import open_file, read_header, save_patient
from desktop.services.record import open_record


def test_that_record_numbers_are_given_in_order_and_once(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    add_patient()
    add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        assert list(session.scalars(select(Patient.record_number).order_by(Patient.id))) == ["000001", "000002"]


def test_that_no_known_allergies_is_a_statement_by_a_named_person(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        patient = session.get_one(Patient, patient_id)
        assert (patient.no_known_allergies_by, patient.no_known_allergies_at) != (None, None)
        assert patient.no_known_allergies_by == practice.actor.name
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        save_patient(session, opened, dict(opened.values) | {"no_known_allergies": False})
    with practice.database.unit_of_work(practice.actor) as session:
        assert session.get_one(Patient, patient_id).no_known_allergies_by is None


def test_that_allergies_nobody_asked_about_are_said_not_to_be_asked(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        alerts = read_header(session, add_patient()).alerts
    assert [alert.tone for alert in alerts] == ["warning"]
    assert "not asked" in alerts[0].text.lower()


def test_that_severe_allergies_stand_in_the_header(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    patient_id = add_patient(
        allergies=({"substance": "Penicillin", "reaction": None, "severity": Severity.ANAPHYLAXIS},)
    )
    with practice.database.unit_of_work(practice.actor) as session:
        alerts = read_header(session, patient_id).alerts
    assert [(a.tone, "Penicillin" in a.text) for a in alerts] == [("danger", True)]


def test_that_opening_a_file_is_audited(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        open_file(session, patient_id)
    with practice.database.unit_of_work(practice.actor) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert last is not None
        assert (last.verb, last.patient_id, last.account_name) == ("view_patient", patient_id, practice.actor.name)
