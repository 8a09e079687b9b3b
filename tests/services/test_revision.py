"""A revision case and its plan, from opening to signing and amending, on a real encrypted store."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected, SignedIsFrozen, UserError
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import (
    Baker,
    Indication,
    OperationKind,
    PlanStep,
    Role,
    Severity,
    Side,
    SideEvent,
)
from desktop.models.partial_date import PartialDate
from desktop.models.revision import RevisionPlan
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.examination import newest_examination, save_examination
from desktop.services.indication import open_finding, save_finding
from desktop.services.operation import save_operation
from desktop.services.patient import save_patient
from desktop.services.plan_page import plan_page
from desktop.services.record import Snapshot, get_record, open_record
from desktop.services.revision import (
    amend_plan,
    close_case,
    find_newest_case,
    new_plan,
    open_case,
    open_case_file,
    open_plan,
    reopen_case,
    save_case,
    save_plan,
    sign_plan,
)
from tests.revision_story import (
    NOTHING_YET,
    add_augmentation,
    add_case,
    add_plan,
    add_planned_patient,
    case_answers,
    plan_answers,
    reason,
    sign_all_the_same,
)

AddPatient = Callable[..., int]


def known(snapshot: Snapshot) -> tuple[int, int]:
    assert snapshot.id is not None
    assert snapshot.version is not None
    return snapshot.id, snapshot.version


def somebody(*roles: Role) -> Actor:
    return Actor(99, "Somebody", frozenset(roles), "test")


def test_that_a_patient_without_a_case_has_no_case_file(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert find_newest_case(session, patient_id) is None


def test_that_a_case_comes_back_as_it_was_saved(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        saved = add_case(session, patient_id)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        opened = open_case(session, known(saved)[0])
    assert opened.values["own_words"] == "The right one has become hard since spring."
    assert [row["indication"] for row in opened.values["indications"]] == [
        Indication.CAPSULAR_CONTRACTURE,
        Indication.MALPOS_INFERIOR,
    ]


@pytest.mark.parametrize("indication", Indication)
def test_that_every_indication_can_be_saved_in_both_sides(
    practice: OpenPractice, add_patient: AddPatient, indication: Indication
) -> None:
    rows = tuple(reason(side, indication) for side in Side)
    with practice.database.unit_of_work(practice.actor) as session:
        saved = add_case(session, add_patient(), indications=rows)
    assert [(row["side"], row["indication"]) for row in saved.values["indications"]] == [
        (Side.RIGHT, indication),
        (Side.LEFT, indication),
    ]


def test_that_a_second_case_beside_an_open_one_is_shown_the_first(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        first = add_case(session, patient_id)
    with pytest.raises(RecordChanged) as changed, practice.database.unit_of_work(practice.actor) as session:
        add_case(session, patient_id)
    assert changed.value.theirs.id == first.id


def test_that_a_case_of_another_patient_is_never_saved_or_opened(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    one, other = add_patient(), add_patient(given_name="Ada")
    with practice.database.unit_of_work(practice.actor) as session:
        case = add_case(session, one)
    case_id, _version = known(case)
    for wrong in (
        lambda session: save_case(session, case, case_answers(), other),
        lambda session: open_case_file(session, other, case_id),
        lambda session: save_plan(session, NOTHING_YET, plan_answers(), other, case_id),
    ):
        with pytest.raises(RecordMissing), practice.database.unit_of_work(practice.actor) as session:
            wrong(session)


def test_that_a_rejected_case_names_the_field(practice: OpenPractice, add_patient: AddPatient) -> None:
    rows = (reason(Side.RIGHT, Indication.RIPPLING),) * 2
    with pytest.raises(Rejected) as refusal, practice.database.unit_of_work(practice.actor) as session:
        add_case(session, add_patient(), indications=rows)
    assert [problem.field for problem in refusal.value.problems] == ["indications"]


def test_that_a_save_is_refused_when_the_case_changed_after_it_was_opened(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        case = add_case(session, patient_id)
    with practice.database.unit_of_work(practice.actor) as session:
        save_case(session, case, case_answers(note="theirs"), patient_id)
    with pytest.raises(RecordChanged) as changed, practice.database.unit_of_work(practice.actor) as session:
        save_case(session, case, case_answers(note="mine"), patient_id)
    assert changed.value.theirs.values["note"] == "theirs"


def test_that_a_closed_case_makes_room_for_the_next_and_can_be_opened_again(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        first, _version = known(add_case(session, patient_id))
        close_case(session, first)
        file = find_newest_case(session, patient_id)
        assert file is not None
        assert file.closed_on is not None
        reopen_case(session, first)
        close_case(session, first)
        second, _version = known(add_case(session, patient_id))
        file = find_newest_case(session, patient_id)
        assert file is not None
        assert file.case.id == second
        assert file.closed_on is None
    with (
        pytest.raises(UserError, match="Another revision case"),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        reopen_case(session, first)


def test_that_a_new_plan_opens_with_local_anesthesia_and_sedation(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        add_case(session, patient_id)
        file = find_newest_case(session, patient_id)
    assert file is not None
    assert file.plan.id is None
    assert file.plan.values["anesthesia_kind"].label == "Local with sedation"
    assert file.plan == new_plan()


def test_that_a_case_file_tells_what_is_in_each_side(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id, case_id, _plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        file = open_case_file(session, patient_id, case_id)
    assert [device.volume_ml if device else None for device in file.devices.values()] == [325, 325]
    missing = {"Escort not named", "Weight not recorded", "Pregnancy statement missing"}
    assert missing <= {point.text for point in file.open_points}


def test_that_a_second_first_version_is_refused_with_the_one_that_is_stored(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with pytest.raises(RecordChanged) as changed, practice.database.unit_of_work(practice.actor) as session:
        add_plan(session, patient_id, case_id)
    assert changed.value.theirs.id == plan.id


def test_that_a_signed_plan_carries_name_moment_and_hash_and_is_frozen(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        signed = sign_all_the_same(session, *known(plan))
        file = open_case_file(session, patient_id, case_id)
    assert signed.is_signed
    assert file.signed_by == "Dr. A. Marchetti"
    assert file.versions[0].signed_hash is not None
    assert len(file.versions[0].signed_hash) == 64
    with pytest.raises(SignedIsFrozen), practice.database.unit_of_work(practice.actor) as session:
        save_plan(session, signed, plan_answers(routine_after_days=9), patient_id, case_id)
    with pytest.raises(SignedIsFrozen), practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(signed))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision_plan SET routine_after_days = 1",
        "DELETE FROM revision_plan",
        "UPDATE plan_side SET volume_ml = 500",
        "DELETE FROM plan_side",
    ],
)
def test_that_the_store_itself_refuses_to_change_a_signed_plan(
    practice: OpenPractice, add_patient: AddPatient, statement: str
) -> None:
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))
    with pytest.raises(Exception, match="signed"), practice.database.unit_of_work(practice.actor) as session:
        session.execute(text(statement))


def test_that_signing_is_refused_when_the_plan_changed_after_it_was_opened(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        save_plan(session, plan, plan_answers(routine_after_days=9), patient_id, case_id)
    with pytest.raises(RecordChanged), practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))


def test_that_signing_is_refused_when_the_assessment_changed_after_it_was_read(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        case = open_case(session, case_id)
        save_case(session, case, case_answers(note="new"), patient_id)
    with (
        pytest.raises(UserError, match="assessment was changed"),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        sign_all_the_same(session, *known(plan), case.version)


def _grade(session: Session, patient_id: int, case_id: int) -> None:
    seen = newest_examination(session, patient_id, case_id)
    assert seen is not None
    save_examination(session, seen, dict(seen.values) | {"left.baker": Baker.IV}, patient_id)


def _find(session: Session, patient_id: int, case_id: int) -> None:
    indication_id = open_case(session, case_id).values["indications"][0]["id"]
    opened = open_finding(session, indication_id)
    save_finding(session, opened, dict(opened.values) | {"own_words": "It hurts."}, patient_id, indication_id)


def _add_allergy(session: Session, patient_id: int, _case_id: int) -> None:
    opened = open_record(session, PATIENT_FORM, patient_id)
    latex = {"substance": "Latex", "reaction": None, "severity": Severity.ANAPHYLAXIS}
    save_patient(session, opened, dict(opened.values) | {"no_known_allergies": False, "allergies": (latex,)})


def _take_device_out(session: Session, patient_id: int, _case_id: int) -> None:
    removal: dict[str, Any] = {"kind": OperationKind.REMOVAL, "happened_on": PartialDate(2020, 5, 12)}
    removal |= {"was_elsewhere": True, "left.event": SideEvent.REMOVED, "right.event": SideEvent.NONE}
    save_operation(session, NOTHING_YET, OPERATION_FORM.empty() | removal, patient_id)


@pytest.mark.parametrize("change", [_grade, _find, _add_allergy, _take_device_out])
def test_that_signing_is_refused_when_anything_the_plan_rests_on_changed_after_it_was_read(
    practice: OpenPractice, add_patient: AddPatient, change: Callable[[Session, int, int], None]
) -> None:
    patient_id, case_id, _plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        read = open_case_file(session, patient_id, case_id)
    with practice.database.unit_of_work(practice.actor) as session:
        change(session, patient_id, case_id)
    plan_id, version = known(read.plan)
    with practice.database.unit_of_work(practice.actor) as session:
        now = open_case_file(session, patient_id, case_id)
        reasons = {point.text: "Discussed." for point in now.open_points}
        with pytest.raises(UserError, match="changed meanwhile"):
            sign_plan(session, plan_id, version, read.case.version, reasons, read.seen)
        assert sign_plan(session, plan_id, version, now.case.version, reasons, now.seen).is_signed


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"right.steps": (), "right.volume_ml": None, "left.steps": ()}, "Nothing is planned yet"),
        ({"anesthesia_kind": None}, "Anesthesia not chosen"),
    ],
)
def test_that_signing_is_refused_while_a_point_blocks(
    practice: OpenPractice, add_patient: AddPatient, answers: dict[str, Any], because: str
) -> None:
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient, **answers)
    with pytest.raises(UserError, match=because), practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))


def test_that_a_plan_for_the_other_side_than_the_indication_cannot_be_signed(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        case = add_case(session, patient_id, indications=(reason(Side.RIGHT, Indication.RIPPLING),))
        plan = add_plan(session, patient_id, known(case)[0], **{"right.steps": (), "right.volume_ml": None})
    with pytest.raises(UserError, match="other side"), practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))


def test_that_signing_over_an_open_point_needs_a_reason_and_keeps_it(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with pytest.raises(UserError, match="Escort not named"), practice.database.unit_of_work(practice.actor) as session:
        sign_plan(session, *known(plan), reasons={"Weight not recorded": "Scales are broken."})
    with practice.database.unit_of_work(practice.actor) as session:
        points = open_case_file(session, patient_id, case_id).open_points
        sign_plan(session, *known(plan), reasons={point.text: f"Because of {point.text}." for point in points})
        signed = json.loads(get_record(session, RevisionPlan, known(plan)[0]).signed_content or "")
    reasons = {text: reason for text, _detail, reason in signed["open_points"]}
    assert reasons["Escort not named"] == "Because of Escort not named."


def test_that_an_amendment_is_a_new_version_with_everything_carried_over(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        signed = sign_all_the_same(session, *known(plan))
    with practice.database.unit_of_work(practice.actor) as session:
        amended = amend_plan(session, known(plan)[0], "She wants the left exchanged too.")
        more = {
            "left.steps": (PlanStep.CAPSULORRHAPHY_INFERIOR, PlanStep.IMPLANT_EXCHANGE),
            "left.volume_ml": 300,
        }
        amended = save_plan(session, amended, dict(amended.values) | more, patient_id, case_id)
        again = sign_all_the_same(session, *known(amended))
        file = open_case_file(session, patient_id, case_id)
        first = open_plan(session, known(plan)[0])
    assert again.values["right.volume_ml"] == 300
    assert [(version.plan_version, version.amends_reason) for version in file.versions] == [
        (1, None),
        (2, "She wants the left exchanged too."),
    ]
    assert dict(first.values) == dict(signed.values)


def test_that_an_unusual_volume_that_was_confirmed_is_carried_into_an_amendment(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    unusual = {"right.volume_ml": 60, "right.volume_ml_confirmed": 60}
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient, **unusual)
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))
        assert amend_plan(session, known(plan)[0], "Another day").values["right.volume_ml"] == 60


@pytest.mark.parametrize("reason_given", ["", "   "])
def test_that_an_amendment_without_a_reason_is_refused(
    practice: OpenPractice, add_patient: AddPatient, reason_given: str
) -> None:
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))
    with pytest.raises(UserError, match="why"), practice.database.unit_of_work(practice.actor) as session:
        amend_plan(session, known(plan)[0], reason_given)


def test_that_only_the_newest_signed_version_can_be_amended(practice: OpenPractice, add_patient: AddPatient) -> None:
    _patient_id, _case_id, plan = add_planned_patient(practice, add_patient)
    with (
        pytest.raises(UserError, match="newest signed"),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        amend_plan(session, known(plan)[0], "Not signed yet")
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, *known(plan))
        amend_plan(session, known(plan)[0], "First")
    with (
        pytest.raises(UserError, match="newest signed"),
        practice.database.unit_of_work(practice.actor) as session,
    ):
        amend_plan(session, known(plan)[0], "Second")


def test_that_a_nurse_keeps_the_assessment_but_not_the_plan_and_the_desk_sees_neither(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    nurse, desk = somebody(Role.NURSE), somebody(Role.FRONT_DESK)
    with practice.database.unit_of_work(nurse) as session:
        save_case(session, open_case(session, case_id), case_answers(note="by the nurse"), patient_id)
    for actor, refused in (
        (nurse, lambda session: save_plan(session, plan, plan_answers(), patient_id, case_id)),
        (nurse, lambda session: sign_all_the_same(session, *known(plan))),
        (nurse, lambda session: amend_plan(session, known(plan)[0], "why")),
        (somebody(Role.ANESTHESIA), lambda session: close_case(session, case_id)),
        (desk, lambda session: find_newest_case(session, patient_id)),
        (desk, lambda session: plan_page(session, known(plan)[0])),
    ):
        with pytest.raises(PermissionDenied), practice.database.unit_of_work(actor) as session:
            refused(session)
