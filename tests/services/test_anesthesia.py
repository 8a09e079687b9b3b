"""The anesthesia note from its first save to its signature and the addenda after it, on a real encrypted store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desktop.errors import PermissionDenied, RecordChanged, Rejected, SignedIsFrozen, UserError
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import CaseEvent, DoseUnit, Drug, Role, SedationScale, Side
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.anesthesia import (
    add_addendum,
    new_addendum,
    open_anesthesia_file,
    open_note,
    save_addendum,
    save_note,
    sign_note,
)
from desktop.services.anesthesia_page import note_sections, print_anesthesia_note
from desktop.services.record import Snapshot
from desktop.services.revision import save_case
from desktop.services.signing import broken_signatures

DAY = dt.date(2026, 11, 23)
VITAL = {
    "at": dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC),
    "systolic_mmhg": 120,
    "diastolic_mmhg": 80,
    "pulse_bpm": 70,
    "sedation_scale": SedationScale.RASS,
    "sedation_value": -2,
}
DRUG = {
    "at": VITAL["at"],
    "drug": Drug.LIDOCAINE_EPINEPHRINE,
    "dose": Decimal(12),
    "unit": DoseUnit.ML,
    "concentration_mg_per_ml": Decimal(10),
    "side": Side.RIGHT,
}
EVENT = {"at": VITAL["at"], "event": CaseEvent.IN_ROOM}


@pytest.fixture
def case_id(practice: OpenPractice, add_patient: Callable[..., int]) -> int:
    patient_id = add_patient(weight_kg=Decimal(62), responsible_adult_name="Grace Okafor")
    with practice.database.unit_of_work(practice.actor) as session:
        case = save_case(session, Snapshot(None, None, {}), CASE_FORM.empty() | {"surgery_on": DAY}, patient_id)
    assert case.id is not None
    return case.id


def save(practice: OpenPractice, case_id: int, **changes: Any) -> Snapshot:
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_note(session, case_id).note
        return save_note(session, opened, dict(opened.values) | changes, case_id)


def save_whole(practice: OpenPractice, case_id: int) -> Snapshot:
    return save(practice, case_id, vitals=(VITAL,), drugs=(DRUG,), events=(EVENT,), weight_kg=Decimal(61))


def sign(practice: OpenPractice, note: Snapshot) -> Snapshot:
    assert note.id is not None
    assert note.version is not None
    with practice.database.unit_of_work(practice.actor) as session:
        return sign_note(session, note.id, note.version)


def known(note: Snapshot) -> int:
    assert note.id is not None
    return note.id


def somebody(*roles: Role) -> Actor:
    return Actor(99, "Somebody", frozenset(roles), "test")


def test_that_a_new_note_copies_nothing_from_the_record_but_shows_it(practice: OpenPractice, case_id: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        file = open_anesthesia_file(session, 1)
    assert file.case_id == case_id
    assert file.note is not None
    assert file.note.note.id is None
    assert file.note.note.values["performed_on"] == DAY
    assert {name for name, value in file.note.note.values.items() if value is not None} == {"performed_on"}
    assert file.known.weight_kg == Decimal(62)
    assert file.known.responsible_adult == "Grace Okafor"


def test_that_a_patient_without_a_case_has_no_note(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        file = open_anesthesia_file(session, patient_id)
    assert (file.case_id, file.note) == (None, None)


def test_that_rows_come_back_as_they_were_saved(practice: OpenPractice, case_id: int) -> None:
    save_whole(practice, case_id)
    with practice.database.unit_of_work(practice.actor) as session:
        values = open_note(session, case_id).note.values
    (vital,), (drug,), (event,) = values["vitals"], values["drugs"], values["events"]
    assert {name: vital[name] for name in VITAL} == VITAL
    assert {name: drug[name] for name in DRUG} == DRUG
    assert {name: event[name] for name in EVENT} == EVENT


def test_that_a_note_that_breaks_a_rule_is_refused(practice: OpenPractice, case_id: int) -> None:
    with pytest.raises(Rejected) as refused:
        save(practice, case_id, discharged_at=VITAL["at"])
    assert [problem.field for problem in refused.value.problems] == ["escort_name"]


def test_that_a_second_first_save_finds_the_note_of_the_other(practice: OpenPractice, case_id: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        empty = open_note(session, case_id).note
    saved = save_whole(practice, case_id)
    with (
        pytest.raises(RecordChanged) as conflict,
        practice.database.unit_of_work(practice.actor) as session,
    ):
        save_note(session, empty, dict(empty.values), case_id)
    assert conflict.value.theirs.id == saved.id


def test_that_a_signed_note_cannot_be_saved_or_signed_again(practice: OpenPractice, case_id: int) -> None:
    note = sign(practice, save_whole(practice, case_id))
    assert note.is_signed
    with pytest.raises(SignedIsFrozen):
        save(practice, case_id, weight_kg=Decimal(70))
    with pytest.raises(SignedIsFrozen):
        sign(practice, note)


def test_that_signing_an_older_version_is_refused(practice: OpenPractice, case_id: int) -> None:
    older = save_whole(practice, case_id)
    save(practice, case_id, weight_kg=Decimal(63))
    with pytest.raises(RecordChanged):
        sign(practice, older)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE anesthesia_note SET weight_kg = '99'",
        "DELETE FROM anesthesia_note",
        "UPDATE vital SET pulse_bpm = 1",
        "DELETE FROM drug_given",
        "UPDATE noted_event SET text = 'x'",
        "INSERT INTO vital (note_id, at) SELECT id, performed_on FROM anesthesia_note",
    ],
)
def test_that_the_store_itself_keeps_a_signed_note_and_its_rows(
    practice: OpenPractice, case_id: int, statement: str
) -> None:
    sign(practice, save_whole(practice, case_id))
    with (
        pytest.raises((DatabaseError, UserError)),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        session.execute(text(statement))
    with practice.database.unit_of_work(practice.actor) as session:
        assert list(broken_signatures(session)) == []


def test_that_an_addendum_is_appended_by_name_and_only_after_signing(practice: OpenPractice, case_id: int) -> None:
    note = save_whole(practice, case_id)
    with pytest.raises(UserError, match="not signed yet"), practice.database.unit_of_work(practice.actor) as session:
        add_addendum(session, known(note), "Called: no pain.", "The call came later")
    sign(practice, note)
    with practice.database.unit_of_work(practice.actor) as session:
        add_addendum(session, known(note), "Called: no pain.", "The call came later")
        empty = save_addendum(session, {"text": "Second call.", "reason": "Asked for"}, known(note))
    assert empty.id is None
    with practice.database.unit_of_work(practice.actor) as session:
        file = open_note(session, case_id)
        assert list(broken_signatures(session)) == []
    assert [line.text for line in file.addenda] == ["Called: no pain.", "Second call."]
    assert {line.author for line in file.addenda} == {"Dr. A. Marchetti"}


@pytest.mark.parametrize("missing", ["text", "reason"])
def test_that_an_addendum_needs_its_text_and_its_reason(practice: OpenPractice, case_id: int, missing: str) -> None:
    note = sign(practice, save_whole(practice, case_id))
    with pytest.raises(Rejected), practice.database.unit_of_work(practice.actor) as session:
        save_addendum(session, {"text": "Called.", "reason": "Later"} | {missing: None}, known(note))


CLINICAL = frozenset({Role.NURSE, Role.ANESTHESIA, Role.SURGEON})
SIGNERS = frozenset({Role.ANESTHESIA, Role.SURGEON})
VERBS: list[tuple[Callable[[Session, int], object], frozenset[Role]]] = [
    (lambda session, case_id: open_anesthesia_file(session, 1), CLINICAL),
    (lambda session, case_id: open_note(session, case_id), CLINICAL),
    (
        lambda session, case_id: save_note(
            session, open_note(session, case_id).note, dict(open_note(session, case_id).note.values), case_id
        ),
        CLINICAL,
    ),
    (lambda session, case_id: print_anesthesia_note(session, case_id), CLINICAL),
    (lambda session, case_id: sign_note(session, 1, 1), SIGNERS),
    (lambda session, case_id: new_addendum(session), SIGNERS),
]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", range(len(VERBS)))
def test_that_only_the_roles_of_a_verb_may_do_it(practice: OpenPractice, case_id: int, verb: int, role: Role) -> None:
    save_whole(practice, case_id)
    act, allowed = VERBS[verb]
    with practice.database.unit_of_work(somebody(role)) as session:
        if role in allowed:
            act(session, case_id)
        else:
            with pytest.raises(PermissionDenied):
                act(session, case_id)


def test_that_the_printed_note_has_every_question_every_row_and_the_sums(practice: OpenPractice, case_id: int) -> None:
    note = sign(practice, save_whole(practice, case_id))
    with practice.database.unit_of_work(practice.actor) as session:
        add_addendum(session, known(note), "Called: no pain.", "The call came later")
        file = open_note(session, case_id)
        page = print_anesthesia_note(session, case_id)
    assert page.startswith(b"%PDF")
    blocks = {block.title: block for block in note_sections(file)}
    labels = {label for block in blocks.values() for label, _answer in block.pairs}
    assert {field.label for field in ANESTHESIA_FORM if field.name not in ("vitals", "drugs", "events")} <= labels
    drugs = blocks["Drugs"].table
    assert drugs is not None
    assert drugs.rows[0][1:5] == ("Lidocaine with epinephrine", "12", "mL", "10")
    assert ("Lidocaine with epinephrine, both sides together", "120 mg · 12 mL") in blocks["Added up"].pairs
    addenda = blocks["Addenda"].table
    assert addenda is not None
    assert addenda.rows[0][1:] == ("Dr. A. Marchetti", "The call came later", "Called: no pain.")


def test_that_printing_is_audited_and_an_unsaved_note_is_refused_in_words(practice: OpenPractice, case_id: int) -> None:
    with pytest.raises(UserError, match="save the note"), practice.database.unit_of_work(practice.actor) as session:
        print_anesthesia_note(session, case_id)
    save_whole(practice, case_id)
    with practice.database.unit_of_work(practice.actor) as session:
        print_anesthesia_note(session, case_id)
    with practice.database.unit_of_work(practice.actor) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.verb == "view_anesthesia")).all()
        assert [entry.changes for entry in entries] == [{"printed": [None, True]}]
