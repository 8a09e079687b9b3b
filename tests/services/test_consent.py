"""A consent is kept, filed only when it is complete, frozen from then on, and withdrawn once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from desktop.errors import PermissionDenied, RecordChanged, Rejected, SignedIsFrozen, UserError
from desktop.models.audit import AuditEntry
from desktop.models.choices import ConsentKind, Language, Role
from desktop.models.consent import Consent, ConsentItem, ConsentWithdrawal
from desktop.opening import OpenPractice
from desktop.rules.consent import ConsentFacts
from desktop.rules.merge import KEPT
from desktop.rules.permission import Actor
from desktop.services.consent import consent_facts, file_consent, open_consent, save_consent, withdraw_consent
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import preview_merge
from desktop.services.signing import broken_signatures
from desktop.services.withdrawal import take_out_consent
from desktop.storage.triggers import drop_triggers, install_triggers
from tests.consent_story import add_consent, add_filed_consent, consent_answers, initialled
from tests.revision_story import add_case

TODAY = dt.date(2026, 11, 23)
AddPatient = Callable[..., int]


class Folder:
    """One patient's case; every step is a unit of work of its own."""

    def __init__(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        self.practice = practice
        self.patient_id = add_patient(language=Language.ENGLISH)
        self.case_id: int = self.do(add_case, self.patient_id).id

    def do(self, service: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return service(session, *args, **more)

    def add(self, **changes: Any) -> Any:
        return self.do(add_consent, self.patient_id, self.case_id, **changes)

    def file(self, **changes: Any) -> Any:
        return self.do(add_filed_consent, self.patient_id, self.case_id, **changes)

    def facts(self) -> tuple[ConsentFacts, ...]:
        found: tuple[ConsentFacts, ...] = self.do(consent_facts, self.case_id)
        return found

    def audited(self) -> list[str]:
        verbs: list[str] = self.do(
            lambda session: list(session.scalars(select(AuditEntry.verb).order_by(AuditEntry.seq)))
        )
        return verbs


@pytest.fixture
def folder(practice: OpenPractice, add_patient: AddPatient) -> Folder:
    return Folder(practice, add_patient)


def test_that_what_is_written_comes_back_with_its_sides_and_items(folder: Folder) -> None:
    saved = folder.add(note="asked twice")
    again = folder.do(open_consent, saved.id)
    assert again == saved
    assert again.values["left.procedure"] == "Capsulorrhaphy, inferior"
    assert [(row["item"], row["initials"]) for row in again.values["items"]] == [("1", "RO"), ("2", "RO"), ("3", "RO")]
    assert not again.is_signed


def test_that_a_complete_consent_is_filed_by_name_and_audited(folder: Folder) -> None:
    filed = folder.file()
    assert filed.is_signed
    (facts,) = folder.facts()
    assert (facts.is_filed, facts.filed_by, facts.stands) == (True, "Dr. A. Marchetti", True)
    assert facts.patient_language is Language.ENGLISH
    assert folder.audited()[-1] == "file_consent"
    assert folder.do(lambda session: list(broken_signatures(session))) == []


def test_that_a_blank_consent_can_be_kept_but_never_filed(folder: Folder) -> None:
    blank = dict.fromkeys(consent_answers()) | {"kind": ConsentKind.PROCEDURE}
    saved = folder.do(save_consent, folder.do(open_consent, None), blank, folder.patient_id, folder.case_id)
    with pytest.raises(UserError, match=r"Not filed: it is not complete\. No name of the form, no version") as refused:
        folder.do(file_consent, saved.id, saved.version)
    for each in ("no signature of the patient", "no side in which anything is agreed to", "no copy given"):
        assert each in str(refused.value)
    assert not folder.facts()[0].is_filed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"items": initialled(3, None)}, r"3 of 3 items not initialed \(1, 2, 3\)"),
        ({"language": Language.SPANISH}, "No interpreter named, though the patient prefers English"),
        ({"clinician_signed_as": None}, "No signature of the clinician"),
    ],
)
def test_that_filing_is_refused_by_whatever_is_missing(folder: Folder, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        folder.file(**changes)


def test_that_one_signed_after_the_day_of_surgery_is_not_filed(practice: OpenPractice, add_patient: AddPatient) -> None:
    folder = Folder(practice, add_patient)
    folder.do(lambda session: session.execute(text("UPDATE revision_case SET surgery_on = '2026-11-17'")))
    with pytest.raises(UserError, match="Signed 2 days after surgery"):
        folder.file()


def test_that_days_in_the_wrong_order_are_refused_at_their_field(folder: Folder) -> None:
    with pytest.raises(Rejected) as refused:
        folder.add(reviewed_on=dt.date(2026, 11, 9))
    assert refused.value.problems[0].field == "reviewed_on"


def test_that_a_filed_consent_is_frozen_with_every_part_of_it(folder: Folder) -> None:
    filed = folder.file()
    with pytest.raises(SignedIsFrozen):
        folder.do(save_consent, filed, consent_answers(maker="Another"), folder.patient_id, folder.case_id)
    with pytest.raises(SignedIsFrozen):
        folder.do(file_consent, filed.id, filed.version)
    with pytest.raises(SignedIsFrozen):
        folder.do(take_out_consent, filed.id, filed.version, "by mistake")
    for statement in (
        "UPDATE consent SET form_version = '2'",
        "UPDATE consent_side SET procedure = 'more' WHERE side = 'R'",
        "UPDATE consent_item SET initials = 'XX'",
        "DELETE FROM consent_item",
    ):
        with pytest.raises(SignedIsFrozen):
            folder.do(lambda session, s=statement: session.execute(text(s)))


def test_that_nothing_is_filed_that_was_changed_meanwhile(folder: Folder) -> None:
    saved = folder.add()
    folder.do(save_consent, saved, consent_answers(maker="Another"), folder.patient_id, folder.case_id)
    with pytest.raises(RecordChanged):
        folder.do(file_consent, saved.id, saved.version)


def test_that_a_withdrawal_is_noted_once_and_the_consent_counts_as_none(folder: Folder) -> None:
    filed = folder.file()
    folder.do(withdraw_consent, filed.id, dt.date(2026, 11, 21), "  she wants to wait ")
    (facts,) = folder.facts()
    assert facts.withdrawn is not None
    assert (facts.stands, facts.withdrawn.reason) == (False, "she wants to wait")
    assert folder.audited()[-1] == "withdraw_consent"
    with pytest.raises(UserError, match="was withdrawn on 21 Nov 2026, noted by Dr"):
        folder.do(withdraw_consent, filed.id, TODAY, "again")
    assert folder.do(lambda session: session.scalar(select(func.count()).select_from(ConsentWithdrawal))) == 1


def test_that_what_was_withdrawn_before_it_was_filed_takes_nothing_in_and_stays(folder: Folder) -> None:
    saved = folder.add()
    folder.do(withdraw_consent, saved.id, TODAY, "")
    with pytest.raises(UserError, match="begin a new one"):
        folder.do(save_consent, saved, consent_answers(), folder.patient_id, folder.case_id)
    with pytest.raises(UserError, match="begin a new one"):
        folder.do(file_consent, saved.id, saved.version)
    with pytest.raises(UserError, match="stays in the record"):
        folder.do(take_out_consent, saved.id, saved.version, "by mistake")


@pytest.mark.parametrize(
    ("day", "said"),
    [(dt.date(2026, 11, 24), "has not come yet"), (dt.date(2026, 11, 9), "was given on 10 Nov 2026")],
)
def test_that_a_withdrawal_has_a_possible_day(folder: Folder, day: dt.date, said: str) -> None:
    filed = folder.file()
    with pytest.raises(UserError, match=said):
        folder.do(withdraw_consent, filed.id, day, "")
    assert folder.facts()[0].stands


def test_that_one_begun_by_mistake_is_taken_out_with_a_reason_and_stays_in_the_audit(folder: Folder) -> None:
    saved = folder.add()
    with pytest.raises(UserError, match="write why"):
        folder.do(take_out_consent, saved.id, saved.version, " ")
    folder.do(take_out_consent, saved.id, saved.version, "written into the wrong case")
    assert folder.facts() == ()
    assert folder.do(lambda session: session.scalar(select(func.count()).select_from(ConsentItem))) == 0
    entry = folder.do(
        lambda session: session.scalars(select(AuditEntry.changes).order_by(AuditEntry.seq.desc()).limit(1)).one()
    )
    assert entry["reason"] == [None, "written into the wrong case"]
    assert entry["form_name"] == ["Consent to revision", None]


def test_that_a_consent_of_another_patient_is_not_written(folder: Folder, add_patient: AddPatient) -> None:
    other = add_patient(family_name="Other")
    with pytest.raises(UserError):
        folder.do(add_consent, other, folder.case_id)
    saved = folder.add()
    with pytest.raises(UserError):
        folder.do(save_consent, saved, consent_answers(), other, folder.case_id)


def test_that_the_front_desk_sees_none(folder: Folder) -> None:
    folder.file()
    desk = Actor(99, "Somebody", frozenset({Role.FRONT_DESK}), "test")
    with folder.practice.database.unit_of_work(desk) as session, pytest.raises(PermissionDenied):
        consent_facts(session, folder.case_id)


def test_that_many_consents_take_as_many_statements_as_one(folder: Folder) -> None:
    def count() -> int:
        heard: list[str] = []

        def hear(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            heard.append(statement)

        event.listen(folder.practice.database.engine, "before_cursor_execute", hear)
        try:
            folder.facts()
        finally:
            event.remove(folder.practice.database.engine, "before_cursor_execute", hear)
        return len(heard)

    folder.file()
    one = count()
    for kind in (ConsentKind.ANESTHESIA, ConsentKind.PHOTOGRAPHS, ConsentKind.PROCEDURE):
        folder.do(withdraw_consent, folder.file(kind=kind).id, TODAY, "")
    assert count() == one
    assert len(folder.facts()) == 4


def test_that_consents_and_withdrawals_follow_their_patient_through_a_merge(
    folder: Folder, add_patient: AddPatient
) -> None:
    filed = folder.file()
    folder.do(withdraw_consent, filed.id, TODAY, "")
    kept = add_patient(family_name="Okafor-Reyes")
    preview = folder.do(preview_merge, kept, folder.patient_id)
    answers = dict.fromkeys(preview.asked, KEPT) | {each.key: each.options[0][0] for each in preview.questions}
    folder.do(merge_patients, kept, folder.patient_id, answers, preview.fingerprint)
    owners = folder.do(
        lambda session: (
            session.scalars(select(Consent.patient_id)).one(),
            session.scalars(select(ConsentWithdrawal.patient_id)).one(),
        )
    )
    assert owners == (kept, kept)
    assert folder.do(lambda session: list(broken_signatures(session))) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent SET form_version = 'another'",
        "UPDATE consent_side SET procedure = 'Exchange of the implant' WHERE side = 'R'",
        "UPDATE consent_item SET initials = 'XX' WHERE item = '2'",
        "DELETE FROM consent_item WHERE item = '3'",
    ],
)
def test_that_a_change_past_every_guard_is_found(folder: Folder, statement: str) -> None:
    folder.file()

    def tamper(session: Any) -> None:
        drop_triggers(session.connection())
        session.execute(text(statement))
        install_triggers(session.connection())

    folder.do(tamper)
    (broken,) = folder.do(lambda session: list(broken_signatures(session)))
    assert (broken.table, broken.detail) == ("consent", "the record differs from what was signed")
