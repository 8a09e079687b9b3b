"""What was signed stays as it was signed, and a change past every guard is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest
from sqlalchemy import text

from desktop.models.revision import RevisionPlan
from desktop.opening import OpenPractice
from desktop.rules.signing import canonical_json
from desktop.services.revision import amend_plan, open_case, save_case
from desktop.services.signing import broken_signatures
from desktop.storage.triggers import drop_triggers, install_triggers
from tests.revision_story import add_planned_patient, case_answers, sign_all_the_same


@pytest.fixture
def signed_plan(practice: OpenPractice, add_patient: Callable[..., int]) -> int:
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient)
    assert plan.id is not None
    assert plan.version is not None
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, plan.id, plan.version)
    return plan.id


def tamper(practice: OpenPractice, statement: str) -> None:
    """Somebody with the key changes the store by hand, its guards lifted and put back."""
    with practice.database.unit_of_work(practice.actor) as session:
        connection = session.connection()
        drop_triggers(connection)
        session.execute(text(statement))
        install_triggers(connection)


def broken(practice: OpenPractice) -> list[tuple[str, str]]:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return [(each.table, each.detail) for each in broken_signatures(session)]


def test_that_an_untouched_signature_is_whole(practice: OpenPractice, signed_plan: int) -> None:
    assert broken(practice) == []


def test_that_amending_leaves_the_signed_version_whole(practice: OpenPractice, signed_plan: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        amend_plan(session, signed_plan, "Another size")
    assert broken(practice) == []


def test_that_the_assessment_may_go_on_after_signing(practice: OpenPractice, signed_plan: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        case = open_case(session, 1)
        save_case(session, case, case_answers(note="found later"), patient_id=1)
    assert broken(practice) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision_plan SET routine_after_days = 1",
        "UPDATE plan_side SET volume_ml = 500 WHERE side = 'R'",
        "UPDATE plan_side SET side = CASE side WHEN 'R' THEN 'L' ELSE 'R' END WHERE side = 'R'",
        "DELETE FROM plan_side WHERE side = 'L'",
    ],
)
def test_that_a_change_of_the_record_is_found(practice: OpenPractice, signed_plan: int, statement: str) -> None:
    if "CASE side" in statement:  # one row a side: the other has to go first
        tamper(practice, "DELETE FROM plan_side WHERE side = 'L'")
    tamper(practice, statement)
    assert broken(practice) == [("revision_plan", "the record differs from what was signed")]


def test_that_a_change_of_the_signed_text_is_found(practice: OpenPractice, signed_plan: int) -> None:
    tamper(practice, "UPDATE revision_plan SET signed_content = replace(signed_content, '300', '400')")
    assert broken(practice) == [("revision_plan", "the signed text does not match its hash")]


@pytest.mark.parametrize("signed_content", ["NULL", "''", "'not json'"])
def test_that_a_signed_text_that_is_gone_is_found_without_a_fault(
    practice: OpenPractice, signed_plan: int, signed_content: str
) -> None:
    tamper(practice, f"UPDATE revision_plan SET signed_content = {signed_content}")
    assert broken(practice) == [("revision_plan", "the signed text does not match its hash")]


def test_that_a_signed_text_and_hash_forged_together_are_found(practice: OpenPractice, signed_plan: int) -> None:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        signed = json.loads(session.execute(text("SELECT signed_content FROM revision_plan")).scalar_one())
    signed["answers"]["right.volume_ml"] = 400
    forged = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(forged.encode()).hexdigest()
    quoted = forged.replace("'", "''").replace(":", "\\:")
    tamper(practice, f"UPDATE revision_plan SET signed_content = '{quoted}', signed_hash = '{digest}'")
    assert broken(practice) == [("revision_plan", "the record differs from what was signed")]


def test_that_the_signed_text_holds_everything_the_plan_rests_on(practice: OpenPractice, signed_plan: int) -> None:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        signed = json.loads(session.execute(text("SELECT signed_content FROM revision_plan")).scalar_one())
    assert signed["plan_version"] == 1
    assert signed["case"]["own_words"] == "The right one has become hard since spring."
    assert signed["answers"]["right.steps"] == ["capsulectomy_total", "implant_exchange"]
    in_place = signed["in_place"]["R"]
    assert (in_place["title"], in_place["volume_ml"]) == ("Mentor MemoryGel · 325 mL", 325)
    assert (in_place["facts"]["fill"], in_place["facts"]["width_mm"]) == ("silicone_gel", None)
    because = "Discussed with the patient."
    assert ["Escort not named", "Discharge after sedation needs a responsible adult.", because] in signed["open_points"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE revision_plan SET signed_by = 'Dr. K. Osei'", "another name or moment"),
        ("UPDATE revision_plan SET signed_at = '2026-01-02 15:00:00.000000'", "another name or moment"),
        ("UPDATE revision_plan SET plan_version = 7", "the record differs"),
        ("UPDATE revision_plan SET amends_reason = 'As she wished'", "the record differs"),
        ("UPDATE revision_plan SET case_id = 2", "the record differs"),
        ("UPDATE revision_plan SET anesthesia_kind = 'hypnosis'", "cannot be read"),
        ("UPDATE revision_plan SET signed_at = NULL", "no longer signed"),
        ("DELETE FROM revision_plan", "no longer there"),
    ],
)
def test_that_nothing_of_what_was_signed_changes_hands_name_or_moment_unseen(
    practice: OpenPractice, add_patient: Callable[..., int], signed_plan: int, statement: str, said: str
) -> None:
    add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        drop_triggers(session.connection())
        session.execute(text("DELETE FROM plan_side WHERE plan_id <> 1 OR :goes"), {"goes": "DELETE" in statement})
        session.execute(text("DELETE FROM revision_plan WHERE id <> 1"))
        session.execute(text(statement))
        install_triggers(session.connection())
    ((table, detail),) = broken(practice)
    assert (table, said in detail) == ("revision_plan", True)


def test_that_a_text_and_a_record_forged_together_are_told_by_the_audit(
    practice: OpenPractice, signed_plan: int
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        plan = session.get_one(RevisionPlan, signed_plan)
        content = json.loads(plan.signed_content or "")
    content["answers"]["routine_after_days"] = 1
    forged = canonical_json(content).decode()
    with practice.database.unit_of_work(practice.actor) as session:
        drop_triggers(session.connection())
        values = {"text": forged, "hash": hashlib.sha256(forged.encode()).hexdigest()}
        columns = "signed_content = :text, signed_hash = :hash, routine_after_days = 1"
        session.execute(text(f"UPDATE revision_plan SET {columns}"), values)
        install_triggers(session.connection())
    assert broken(practice) == [("revision_plan", "the audit tells of another text that was signed")]
