from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected
from desktop.forms.patient import PATIENT_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import Role, Severity
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.record import Snapshot, open_record, save_record

ALLERGY = {"substance": "Penicillin", "reaction": "hives", "severity": Severity.SEVERE}


def opened(practice: OpenPractice, patient_id: int) -> Snapshot:
    with practice.database.unit_of_work(practice.actor) as session:
        return open_record(session, PATIENT_FORM, patient_id)


def save(practice: OpenPractice, snapshot: Snapshot, **changes: Any) -> Snapshot:
    with practice.database.unit_of_work(practice.actor) as session:
        return save_record(session, PATIENT_FORM, snapshot, dict(snapshot.values) | changes)


def audit(practice: OpenPractice) -> list[tuple[str, dict[str, Any]]]:
    with practice.database.unit_of_work(practice.actor) as session:
        return [(e.verb, e.changes) for e in session.scalars(select(AuditEntry).order_by(AuditEntry.seq))]


def test_that_a_save_is_refused_when_the_record_changed_after_it_was_opened(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    before = opened(practice, add_patient())
    save(practice, before, phone="555-0100")
    with pytest.raises(RecordChanged) as refusal:
        save(practice, before, phone="555-0111")
    assert refusal.value.theirs.values["phone"] == "555-0100"
    assert opened(practice, before.id or 0).values["phone"] == "555-0100"


def test_that_a_change_of_child_rows_alone_counts_as_a_new_version(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    before = opened(practice, add_patient())
    after = save(practice, before, allergies=(ALLERGY,))
    assert (after.version or 0) > (before.version or 0)
    with pytest.raises(RecordChanged):
        save(practice, before, allergies=())


def test_that_rows_keep_their_identity_when_one_of_them_changes(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    first = save(practice, opened(practice, add_patient()), allergies=(ALLERGY, ALLERGY | {"substance": "Latex"}))
    rows = first.values["allergies"]
    second = save(practice, first, allergies=(rows[1], dict(rows[0]) | {"reaction": "swelling"}))
    assert [(r["id"], r["substance"], r["reaction"]) for r in second.values["allergies"]] == [
        (rows[1]["id"], "Latex", "hives"),
        (rows[0]["id"], "Penicillin", "swelling"),
    ]


def test_that_empty_answers_stay_empty(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    values = opened(practice, add_patient()).values
    assert [values[n] for n in ("weight_kg", "sex", "phone", "smoking", "height_cm")] == [None] * 5
    assert values["allergies"] == ()


def test_that_a_snapshot_cannot_be_changed(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    values = opened(practice, add_patient()).values
    with pytest.raises(TypeError):
        values["phone"] = "1"  # type: ignore[index]


def test_that_saving_without_a_change_writes_nothing(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    before = opened(practice, add_patient())
    entries = len(audit(practice))
    assert save(practice, before).version == before.version
    assert len(audit(practice)) == entries


def test_that_the_audit_holds_old_and_new(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    save(practice, opened(practice, add_patient()), phone="555-0100")
    assert audit(practice)[-1] == ("edit_patient", {"phone": [None, "555-0100"]})


def test_that_the_service_refuses_what_the_form_refuses(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    before = opened(practice, add_patient())
    with pytest.raises(Rejected) as refusal:
        save(practice, before, family_name="x" * 300, email="nowhere")
    assert {p.field for p in refusal.value.problems} == {"family_name", "email"}
    assert opened(practice, before.id or 0) == before


def test_that_a_refused_save_leaves_no_audit_entry(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    before = opened(practice, add_patient())
    entries = len(audit(practice))
    with pytest.raises(Rejected):
        save(practice, before, family_name=None)
    assert len(audit(practice)) == entries


def test_that_a_missing_record_is_said_to_be_missing(practice: OpenPractice) -> None:
    with pytest.raises(RecordMissing):
        opened(practice, 4711)


def test_that_a_role_without_the_verb_reads_nothing(practice: OpenPractice, add_patient: Callable[..., int]) -> None:
    patient_id = add_patient()
    nobody = Actor(practice.actor.account_id, "Nobody", frozenset(), "test")
    with pytest.raises(PermissionDenied), practice.database.unit_of_work(nobody) as session:
        open_record(session, PATIENT_FORM, patient_id)


def test_that_an_administrator_as_such_changes_no_patient(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    before = opened(practice, add_patient())
    admin = Actor(practice.actor.account_id, "Admin", frozenset({Role.ADMINISTRATOR}), "test")
    refused = pytest.raises(PermissionDenied, match="Nothing was changed")
    with refused, practice.database.unit_of_work(admin) as session:
        save_record(session, PATIENT_FORM, before, dict(before.values))
