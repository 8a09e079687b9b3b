from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop.forms.patient import PATIENT_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import Severity
from desktop.models.patient import Patient
from desktop.opening import OpenPractice
from desktop.services.patient import LIST_PAGE, find_patients, open_file, read_header, save_patient
from desktop.services.record import open_record


def found(practice: OpenPractice, text: str) -> list[str]:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return [row.list_name for row in find_patients(session, text)]


@pytest.mark.parametrize(
    "text",
    [
        "obri", "O'Brien", "o’brien", "maeve", "maeve obr", "obrien, maeve", "OBRIEN", "sato", "0181", "555-0181",
        "3 feb 1981", "1981-02-03", "000001", "1", "000 001",
    ],
)  # fmt: skip
def test_that_a_patient_is_found_by(practice: OpenPractice, add_patient: Callable[..., int], text: str) -> None:
    add_patient(
        family_name="O'Brien", given_name="Maeve", former_name="Sato", birth_date=dt.date(1981, 2, 3), phone="555-0181"
    )
    add_patient(family_name="Haddad", given_name="Lina", birth_date=dt.date(1975, 5, 6), phone="555-0122")
    assert found(practice, text) == ["O'Brien, Maeve"]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", '"', "\\", "*", "zzz", "\x00", "; DROP TABLE patient"])
def test_that_any_text_is_a_safe_question(practice: OpenPractice, add_patient: Callable[..., int], text: str) -> None:
    add_patient()
    assert found(practice, text) == []


@pytest.mark.parametrize("name", ["王小明", "فاطمة", "Łucja", "Анна", "नेहा", "Ó Súilleabháin", "<b>Bobby</b>"])
def test_that_a_name_of_any_script_is_found_by_itself(
    practice: OpenPractice, add_patient: Callable[..., int], name: str
) -> None:
    add_patient(family_name=name, given_name=None)
    assert found(practice, name) == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ó Súilleabháin", "suil"),
        ("<b>Bobby</b>", "bobby"),
        ("Müller", "mueller"),
        ("Müller", "muller"),
        ("O'Brien-Sato", "sato"),
        ("O'Brien-Sato", "obriensato"),
        ("de la Cruz", "cruz"),
    ],
)
def test_that_any_word_of_a_name_finds_it(
    practice: OpenPractice, add_patient: Callable[..., int], name: str, text: str
) -> None:
    add_patient(family_name=name, given_name="Ann")
    assert found(practice, text) == [f"{name}, Ann"]
    assert found(practice, f"ann {text}") == [f"{name}, Ann"]


def test_that_pages_follow_one_another_without_gap_or_repetition(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    for number in range(LIST_PAGE + 5):
        add_patient(family_name="Same", given_name=f"Name {number % 3}")
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        first = find_patients(session, "")
        second = find_patients(session, "", first[-1].key)
    ids = [row.id for row in first + second]
    assert len(first) == LIST_PAGE
    assert len(second) == 5
    assert len(set(ids)) == LIST_PAGE + 5


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


def test_that_a_changed_phone_is_found_and_the_old_one_is_not(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient(phone="555-0142")
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, patient_id)
        save_patient(session, opened, dict(opened.values) | {"phone": "555-0177"})
    assert found(practice, "0177")
    assert not found(practice, "0142")
