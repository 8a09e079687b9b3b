"""Who may be registered already is found before a second record exists, and a person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, func, select

from desktop.errors import Rejected
from desktop.forms.patient import PATIENT_FORM
from desktop.models.audit import AuditEntry
from desktop.models.patient import Patient
from desktop.opening import OpenPractice
from desktop.services.duplicate import LikelySame, PerhapsRegistered, find_likely_same, register_patient
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import preview_merge
from desktop.services.record import Snapshot
from tests.factories import patient_values

NEW = Snapshot(None, None, {})
BORN = dt.date(1981, 3, 2)
ADD = Callable[..., int]


def find(practice: OpenPractice, not_id: int | None = None, **values: Any) -> tuple[LikelySame, ...]:
    typed = {"family_name": "Okafor", "given_name": "Rosalind", "birth_date": BORN} | values
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return find_likely_same(session, typed, not_id)


def register(practice: OpenPractice, denied: frozenset[int] = frozenset(), **values: Any) -> Snapshot:
    with practice.database.unit_of_work(practice.actor) as session:
        return register_patient(session, NEW, patient_values(birth_date=BORN) | values, denied)


def count(practice: OpenPractice) -> int:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return session.scalar(select(func.count()).select_from(Patient)) or 0


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"family_name": "Okafer"},
        {"family_name": "Rosalind", "given_name": "Okafor"},
        {"family_name": "Bell", "former_name": "Okafor"},
        {"birth_date": dt.date(1981, 2, 3)},
        {"birth_date": dt.date(1981, 3, 12)},
        {"family_name": "OKAFOR", "given_name": "rosalind", "birth_date": dt.date(1918, 3, 2)},
    ],
)
def test_that_who_is_registered_with_a_slip_is_found(practice: OpenPractice, add_patient: ADD, stored: Any) -> None:
    patient_id = add_patient(**{"birth_date": BORN} | stored)
    assert [each.id for each in find(practice)] == [patient_id]


def test_that_a_phone_number_finds_her_while_the_birth_date_is_not_typed(
    practice: OpenPractice, add_patient: ADD
) -> None:
    patient_id = add_patient(mobile_phone="+1 (555) 777-0100")
    (found,) = find(practice, birth_date=None, phone="555 777 0100")
    assert (found.id, found.likeness.reasons) == (
        patient_id,
        ("same family name", "same given name", "same phone number"),
    )
    assert find(practice, birth_date=None) == ()


def test_that_a_stranger_and_oneself_are_not_found(practice: OpenPractice, add_patient: ADD) -> None:
    add_patient(family_name="Ibarra", given_name="Carmen", birth_date=BORN, phone="555-0000")
    own = add_patient(birth_date=BORN)
    assert [each.id for each in find(practice)] == [own]
    assert find(practice, not_id=own) == ()
    assert find(practice, family_name="", given_name="") == ()
    assert find(practice, family_name=None, given_name=None, birth_date=None) == ()


def test_that_at_most_five_are_shown_and_the_most_alike_first(practice: OpenPractice, add_patient: ADD) -> None:
    for given in ("Ann", "Beth", "Cleo", "Dora", "Edith", "Fay"):
        add_patient(given_name=given, birth_date=BORN)
    she = add_patient(birth_date=BORN, phone="555-555-0142")
    found = find(practice, phone="555-555-0142")
    assert len(found) == 5
    assert found[0].id == she
    assert found[0].values["phone"] == "555-555-0142"
    assert found[1].likeness.doubts == ("another given name: a twin?",)


def test_that_a_merged_record_leads_to_the_one_that_stands(practice: OpenPractice, add_patient: ADD) -> None:
    kept, merged = add_patient(birth_date=BORN), add_patient(family_name="Lindqvist", birth_date=BORN)
    with practice.database.unit_of_work(practice.actor) as session:
        seen = preview_merge(session, kept, merged).fingerprint
        merge_patients(session, kept, merged, {"family_name": "kept"}, seen)
    (found,) = find(practice, family_name="Lindqvist")
    assert (found.id, found.name) == (kept, "Rosalind Okafor")
    assert found.likeness.reasons[-1] == "as in record 000 002, which was merged into hers"


def test_that_nobody_is_registered_a_second_time_without_being_looked_at(
    practice: OpenPractice, add_patient: ADD
) -> None:
    patient_id = add_patient(birth_date=BORN)
    with pytest.raises(PerhapsRegistered) as refusal:
        register(practice)
    assert [each.id for each in refusal.value.likely] == [patient_id]
    assert count(practice) == 1


def test_that_whom_a_person_saw_and_denied_is_kept_in_the_audit(practice: OpenPractice, add_patient: ADD) -> None:
    patient_id = add_patient(birth_date=BORN, given_name="Grace")
    saved = register(practice, frozenset({patient_id}))
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "deny_same_person")).one()
    assert entry.patient_id == saved.id
    assert entry.changes == {"000 001": [None, ["same family name", "same birth date", "another given name: a twin?"]]}


def test_that_somebody_who_was_registered_meanwhile_is_asked_about_too(
    practice: OpenPractice, add_patient: ADD
) -> None:
    seen = add_patient(birth_date=BORN, given_name="Grace")
    meanwhile = add_patient(birth_date=BORN)
    with pytest.raises(PerhapsRegistered) as refusal:
        register(practice, frozenset({seen}))
    assert [each.id for each in refusal.value.likely] == [meanwhile, seen]


def test_that_registering_checks_the_answers_as_ever(practice: OpenPractice) -> None:
    with pytest.raises(Rejected):
        register(practice, birth_date=None)


def test_that_every_look_up_walks_an_index(practice: OpenPractice, add_patient: ADD) -> None:
    add_patient(birth_date=BORN)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    engine = practice.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        find(practice, phone="555-555-0142", mobile_phone="555-777-0100", former_name="Bell")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    looked = [each for each in asked if each[0].startswith("SELECT")]
    assert 6 <= len(looked) <= 10
    with engine.connect() as connection:
        for statement, parameters in looked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert not any(row.detail.startswith("SCAN") for row in plan), (statement, plan)


def test_that_the_answers_of_whom_is_shown_are_those_of_the_form(practice: OpenPractice, add_patient: ADD) -> None:
    add_patient(birth_date=BORN)
    (found,) = find(practice)
    assert set(found.values) == {field.name for field in PATIENT_FORM}
