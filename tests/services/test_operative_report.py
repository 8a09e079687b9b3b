"""From the signed plan to the signed report: the operation follows, nothing is lost, what was signed stays."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, Rejected, SignedIsFrozen, UserError
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import (
    Disposition,
    Incision,
    Indication,
    IndicationLayer,
    OperationKind,
    Plane,
    PlanStep,
    RemovedCondition,
    Side,
    SideEvent,
    SpecimenKind,
    StepOutcome,
    YesNo,
)
from desktop.models.operative_report import OperativeReport
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.merge import KEPT, SEEN
from desktop.rules.report_points import report_points
from desktop.services.drain import open_drain, save_drain
from desktop.services.found_at_surgery import add_found, take_back_found
from desktop.services.label_place import as_stored
from desktop.services.matrix import save_matrix
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import preview_merge
from desktop.services.operation import open_operation, read_history, save_operation
from desktop.services.operative_report import (
    amend_report,
    begin_report,
    open_report,
    save_report,
    sign_report,
)
from desktop.services.overview import read_overview
from desktop.services.record import Snapshot
from desktop.services.removal import open_removal, save_removal
from desktop.services.revision import amend_plan, close_case, open_case, open_case_file, save_case
from desktop.services.signing import broken_signatures
from desktop.services.withdrawal import withdraw_drain, withdraw_operation, withdraw_report
from desktop.storage.triggers import drop_triggers
from tests.factories import operation_values
from tests.report_story import (
    add_patient_to_operate_on,
    answer_as_planned,
    file_of,
    record_device,
    sign_newest_report,
)
from tests.revision_story import NOTHING_YET, add_augmentation, add_case, add_plan

AddPatient = Callable[..., int]
RIGHT, LEFT = Side.RIGHT, Side.LEFT
TODAY = dt.date(2026, 11, 23)


class Theatre:
    """One patient, her case, and units of work in which something is done about her."""

    def __init__(self, practice: OpenPractice, patient_id: int, case_id: int) -> None:
        self.practice, self.patient_id, self.case_id = practice, patient_id, case_id

    def do(self, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return work(session, *arguments, **named)

    def file(self) -> Any:
        return self.do(file_of, self.patient_id, self.case_id)

    def begin(self, **named: Any) -> Snapshot:
        report: Snapshot = self.do(begin_report, self.case_id, **named).report
        return report

    @property
    def operation_id(self) -> int:
        number: int = self.file().operation_id
        return number

    def operation(self) -> dict[str, Any]:
        return dict(self.do(open_operation, self.operation_id).values)

    def answer(self, **others: Any) -> Snapshot:
        saved: Snapshot = self.do(answer_as_planned, self.patient_id, self.case_id, **others)
        return saved

    def answer_step(self, side: Side, number: int, **answers: Any) -> Snapshot:
        report = self.file().report
        of_side = [row for row in report.values["steps"] if row["side"] is side]
        steps = tuple({**row, **answers} if row is of_side[number] else row for row in report.values["steps"])
        saved: Snapshot = self.do(save_report, report, {**report.values, "steps": steps}, self.patient_id)
        return saved

    def device(self, side: Side = RIGHT, **facts: Any) -> None:
        self.do(record_device, self.operation_id, side, **facts)

    def sign(self) -> Snapshot:
        signed: Snapshot = self.do(sign_newest_report, self.patient_id, self.case_id)
        return signed

    def broken(self) -> list[str]:
        return [each.detail for each in self.do(lambda session: list(broken_signatures(session)))]


@pytest.fixture
def theatre(practice: OpenPractice, add_patient: AddPatient) -> Theatre:
    return Theatre(practice, *add_patient_to_operate_on(practice, add_patient))


@pytest.fixture
def signed(theatre: Theatre) -> Theatre:
    theatre.begin()
    theatre.device()
    theatre.answer()
    theatre.sign()
    return theatre


def test_that_a_report_begins_from_the_signed_plan_with_its_operation_and_nothing_answered(theatre: Theatre) -> None:
    report = theatre.begin()
    told = [(row["side"], row["planned"], row["outcome"], row["performed"]) for row in report.values["steps"]]
    assert told == [
        (RIGHT, PlanStep.CAPSULECTOMY_TOTAL, None, None),
        (RIGHT, PlanStep.IMPLANT_EXCHANGE, None, None),
        (LEFT, PlanStep.CAPSULORRHAPHY_INFERIOR, None, None),
    ]
    assert {name for name, answer in report.values.items() if answer not in (None, ())} == {"steps"}
    operation = theatre.operation()
    assert (operation["right.event"], operation["left.event"]) == (SideEvent.EXCHANGED, SideEvent.KEPT)
    assert operation["kind"] is OperationKind.EXCHANGE
    assert operation["happened_on"] == PartialDate.of(TODAY)
    assert operation["surgeon"] == "Dr. A. Marchetti"
    assert operation["facility"] == "Harbour Plastic Surgery"
    assert operation["was_elsewhere"] is False


def test_that_day_and_surgeon_can_be_said_and_a_future_day_is_refused(theatre: Theatre) -> None:
    with pytest.raises(UserError, match="24 Nov 2026 is in the future"):
        theatre.begin(happened_on=dt.date(2026, 11, 24))
    theatre.begin(happened_on=dt.date(2026, 11, 20), surgeon="Dr. B. Lind")
    operation = theatre.operation()
    assert (operation["happened_on"], operation["surgeon"]) == (PartialDate(2026, 11, 20), "Dr. B. Lind")


def test_that_beginning_twice_opens_the_report_that_is_there(theatre: Theatre) -> None:
    first = theatre.begin()
    again = theatre.do(begin_report, theatre.case_id)
    assert not again.is_new
    assert again.report.id == first.id
    assert len(theatre.do(read_history, theatre.patient_id).operations) == 2


def test_that_an_operation_recorded_here_for_that_day_is_taken_instead_of_a_second(theatre: Theatre) -> None:
    here = operation_values(happened_on=PartialDate.of(TODAY), was_elsewhere=False, kind=OperationKind.EXCHANGE)
    here |= {"right.event": SideEvent.EXCHANGED, "left.event": SideEvent.EXCHANGED}
    recorded = theatre.do(save_operation, NOTHING_YET, here, theatre.patient_id)
    theatre.begin()
    assert theatre.operation_id == recorded.id
    points = [point.text for point in report_points(theatre.file().facts)]
    assert "LEFT: steps and operation contradict each other" in points


def test_that_no_report_begins_without_a_signed_plan_an_operation_or_an_open_case(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        case = add_case(session, patient_id)
        add_plan(session, patient_id, case.id or 0)
    unsigned = Theatre(practice, patient_id, case.id or 0)
    assert "Sign the plan first" in unsigned.file().refusal
    with pytest.raises(UserError, match="Sign the plan first"):
        unsigned.begin()
    plan = {"right.steps": (PlanStep.NON_OPERATIVE,), "left.steps": (), "right.volume_ml": None}
    observed = Theatre(practice, *add_patient_to_operate_on(practice, add_patient, **plan))
    with pytest.raises(UserError, match="names no operation"):
        observed.begin()


def test_that_a_closed_case_begins_none(theatre: Theatre) -> None:
    theatre.do(close_case, theatre.case_id)
    with pytest.raises(UserError, match="This case is closed"):
        theatre.begin()


def test_that_it_rests_on_the_newest_signed_plan_while_a_newer_one_is_written(theatre: Theatre) -> None:
    plan_id = theatre.do(open_case_file, theatre.patient_id, theatre.case_id).plan.id
    theatre.do(amend_plan, plan_id, "Another size")
    file = theatre.file()
    assert (file.plan_version, file.is_plan_amended, file.refusal) == (1, True, "")
    theatre.begin()
    assert theatre.file().plan_version == 1


def test_that_what_does_not_fit_the_history_is_asked_before_the_report_begins(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    theatre = Theatre(practice, *add_patient_to_operate_on(practice, add_patient, **{"left.steps": PUTS_IN_LEFT}))
    with pytest.raises(Rejected) as refused:
        theatre.begin()
    assert [(problem.field, problem.is_question) for problem in refused.value.problems] == [("left.event", True)]
    assert theatre.file().report is None
    theatre.begin(sure={"left.event"})
    assert theatre.operation()["left.event"] is SideEvent.IMPLANTED


PUTS_IN_LEFT = (PlanStep.IMPLANT_INSERTION,)


def test_that_an_exchange_that_was_not_done_keeps_the_old_device_in_place(theatre: Theatre) -> None:
    theatre.begin()
    assert theatre.do(read_history, theatre.patient_id).in_place(RIGHT).occupation.since == PartialDate.of(TODAY)
    theatre.answer_step(RIGHT, 1, outcome=StepOutcome.NOT_DONE, reason="No pocket could be made")
    history = theatre.do(read_history, theatre.patient_id)
    assert history.in_place(RIGHT).volume_ml == 325
    operation = theatre.operation()
    assert operation["right.event"] is SideEvent.KEPT
    assert operation["kind"] is OperationKind.CAPSULE_SURGERY


def test_that_a_step_done_instead_and_one_added_change_what_is_in_place(theatre: Theatre) -> None:
    theatre.begin()
    theatre.answer_step(RIGHT, 1, outcome=StepOutcome.INSTEAD, performed=PlanStep.EXPLANT_ONLY, reason="Turbid fluid")
    report = theatre.file().report
    extra = {"side": LEFT, "planned": None, "outcome": StepOutcome.ADDED, "performed": PlanStep.IMPLANT_EXCHANGE}
    steps = (*report.values["steps"], extra | {"reason": "Ruptured"})
    theatre.do(save_report, report, {**report.values, "steps": steps}, theatre.patient_id)
    operation = theatre.operation()
    assert (operation["right.event"], operation["left.event"]) == (SideEvent.REMOVED, SideEvent.EXCHANGED)
    assert theatre.do(read_history, theatre.patient_id).in_place(RIGHT) is None


def test_that_a_recorded_device_is_never_lost_by_an_answer(theatre: Theatre) -> None:
    theatre.begin()
    theatre.device()
    with pytest.raises(Rejected) as refused:
        theatre.answer_step(RIGHT, 1, outcome=StepOutcome.NOT_DONE, reason="x")
    (problem,) = refused.value.problems
    assert problem.field == "steps"
    assert "Mentor MemoryGel · 300 mL is recorded as put into RIGHT" in problem.message
    assert theatre.operation()["right.serial"] == "S-R-1"
    assert theatre.file().report.values["steps"][1]["outcome"] is None


def test_that_a_recorded_removal_is_never_lost_by_an_answer(theatre: Theatre) -> None:
    theatre.begin()
    theatre.do(save_removal, NOTHING_YET, REMOVAL_FORM.empty(), theatre.operation_id, RIGHT)
    with pytest.raises(Rejected, match="answers need correction") as refused:
        theatre.answer_step(RIGHT, 1, outcome=StepOutcome.NOT_DONE, reason="x")
    assert "What came out of RIGHT is recorded" in refused.value.problems[0].message


def test_that_a_question_about_the_history_is_asked_at_the_steps_and_can_be_confirmed(theatre: Theatre) -> None:
    theatre.begin()
    report = theatre.file().report
    steps = tuple(
        {**row, "outcome": StepOutcome.INSTEAD, "performed": PlanStep.IMPLANT_INSERTION, "reason": "x"}
        if row["side"] is LEFT
        else row
        for row in report.values["steps"]
    )
    answers = {**report.values, "steps": steps}
    with pytest.raises(Rejected) as refused:
        theatre.do(save_report, report, answers, theatre.patient_id)
    assert [(each.field, each.is_question) for each in refused.value.problems] == [("steps", True)]
    theatre.do(save_report, report, answers | {"steps_confirmed": steps}, theatre.patient_id)
    assert theatre.operation()["left.event"] is SideEvent.IMPLANTED


def test_that_no_step_of_the_plan_can_be_dropped_or_moved_to_the_other_side(theatre: Theatre) -> None:
    report = theatre.begin()
    rows = report.values["steps"]
    moved = ({**rows[0], "side": LEFT}, *rows[1:])
    for steps in (rows[1:], moved):
        with pytest.raises(Rejected) as refused:
            theatre.do(save_report, report, {**report.values, "steps": steps}, theatre.patient_id)
        assert "answer “not done”" in refused.value.problems[0].message


def test_that_plane_and_incision_are_written_once_and_what_the_history_says_itself_stays(theatre: Theatre) -> None:
    theatre.begin()
    answers = {"right.plane": Plane.SUBFASCIAL, "right.incision": Incision.PERIAREOLAR, "left.plane": Plane.OTHER}
    theatre.answer(**answers, **{"right.differs_because": "Thin muscle"})
    operation = theatre.operation()
    assert operation["right.plane"] is Plane.SUBFASCIAL
    assert operation["right.incision"] is Incision.PERIAREOLAR
    assert operation["left.plane"] is None
    opened = theatre.do(open_operation, theatre.operation_id)
    own = as_stored(OPERATION_FORM, opened) | {"right.incision": Incision.OTHER}
    theatre.do(save_operation, opened, own, theatre.patient_id)
    theatre.answer(**{"right.incision": Incision.INFRAMAMMARY, "right.plane": Plane.SUBGLANDULAR})
    operation = theatre.operation()
    assert (operation["right.plane"], operation["right.incision"]) == (Plane.SUBGLANDULAR, Incision.OTHER)


def test_that_a_report_cannot_be_saved_unbegun_stale_or_for_another_patient(
    theatre: Theatre, add_patient: AddPatient
) -> None:
    with pytest.raises(UserError, match="has to be begun"):
        theatre.do(save_report, NOTHING_YET, {}, theatre.patient_id)
    report = theatre.begin()
    with pytest.raises(UserError, match="no longer exists"):
        theatre.do(save_report, report, report.values, add_patient())
    theatre.do(save_report, report, {**report.values, "note": "first"}, theatre.patient_id)
    with pytest.raises(RecordChanged):
        theatre.do(save_report, report, {**report.values, "note": "second"}, theatre.patient_id)


def test_that_found_at_surgery_is_written_once_and_taken_back(theatre: Theatre) -> None:
    with pytest.raises(UserError, match="begin the operative report first"):
        theatre.do(add_found, theatre.patient_id, theatre.case_id, RIGHT, Indication.FLIP)
    theatre.begin()
    for _ in range(2):
        theatre.do(add_found, theatre.patient_id, theatre.case_id, RIGHT, Indication.FLIP, "turned over")
    rows = theatre.do(open_case, theatre.case_id).values["indications"]
    found = [(row["side"], row["indication"], row["note"]) for row in rows if row["layer"] is IndicationLayer.FOUND]
    assert found == [(RIGHT, Indication.FLIP, "turned over")]
    theatre.do(take_back_found, theatre.patient_id, theatre.case_id, RIGHT, Indication.FLIP)
    assert len(theatre.do(open_case, theatre.case_id).values["indications"]) == len(rows) - 1


def test_that_an_unanswered_step_keeps_it_from_being_signed(theatre: Theatre) -> None:
    theatre.begin()
    with pytest.raises(UserError, match=r"RIGHT: 2 steps not answered\. LEFT: 1 step not answered"):
        theatre.sign()


def test_that_what_is_signed_holds_the_answers_the_operation_and_both_comparisons(theatre: Theatre) -> None:
    theatre.begin()
    theatre.device(lot="L-77", volume_ml=275)
    came_out = REMOVAL_FORM.empty() | {"condition": (RemovedCondition.INTACT,)}
    theatre.do(save_removal, NOTHING_YET, came_out, theatre.operation_id, RIGHT)
    theatre.do(add_found, theatre.patient_id, theatre.case_id, RIGHT, Indication.CAPSULAR_CONTRACTURE)
    theatre.answer(counts_right=YesNo.YES, **{"right.differs_because": "Pocket too tight"})
    assert theatre.sign().is_signed

    def signed_content(session: Session) -> str:
        return session.scalars(select(OperativeReport)).one().signed_content or ""

    content = json.loads(theatre.do(signed_content))
    assert content["answers"]["counts_right"] == "yes"
    assert content["plan"]["version"] == 1
    assert content["operation"]["devices"]["R"]["serial"] == "S-R-1"
    assert content["operation"]["devices"]["R"]["lot"] == "L-77"
    assert content["operation"]["removals"]["R"]["condition"] == ["intact"]
    assert ["R", "Volume", "300 mL", "275 mL", "−25 mL", ""] in content["compared"]
    assert ["R", "capsular_contracture", ["surgeon"], True, "Suspected and found"] in content["found"]
    assert theatre.broken() == []


def test_that_a_signature_needs_exactly_what_the_surgeon_looked_at(theatre: Theatre) -> None:
    theatre.begin()
    saved, seen = theatre.answer(), theatre.file()
    asked = (saved.id, saved.version, seen.case_version, seen.operation_seen)
    theatre.device()
    with pytest.raises(UserError, match="what the operation holds was changed"):
        theatre.do(sign_report, *asked)
    case = theatre.do(open_case, theatre.case_id)
    theatre.do(save_case, case, dict(case.values) | {"note": "later"}, theatre.patient_id)
    with pytest.raises(UserError, match="the assessment was changed"):
        theatre.do(sign_report, *asked[:3], theatre.file().operation_seen)
    with pytest.raises(RecordChanged):
        theatre.do(sign_report, saved.id, (saved.version or 0) - 1)
    theatre.do(sign_report, saved.id, saved.version, theatre.file().case_version, theatre.file().operation_seen)
    with pytest.raises(SignedIsFrozen):
        theatre.do(sign_report, saved.id, saved.version)


def test_that_nothing_that_was_signed_changes_until_the_report_is_amended(signed: Theatre) -> None:
    report = signed.file().report
    with pytest.raises(SignedIsFrozen):
        signed.do(save_report, report, {**report.values, "note": "late"}, signed.patient_id)
    operation = signed.do(open_operation, signed.operation_id)
    attempts: list[Callable[[], Any]] = [
        lambda: signed.do(
            save_operation, operation, as_stored(OPERATION_FORM, operation) | {"note": "x"}, signed.patient_id
        ),
        lambda: signed.device(volume_ml=310),
        lambda: signed.do(
            save_removal,
            NOTHING_YET,
            REMOVAL_FORM.empty() | {"condition": (RemovedCondition.DEFLATED,)},
            signed.operation_id,
            RIGHT,
        ),
        lambda: signed.do(save_matrix, NOTHING_YET, MATRIX_FORM.empty() | {"side": RIGHT}, signed.operation_id),
        lambda: signed.do(save_drain, NOTHING_YET, DRAIN_FORM.empty() | {"side": RIGHT}, signed.operation_id),
        lambda: signed.do(withdraw_operation, signed.operation_id, operation.version, "by mistake"),
        lambda: signed.do(add_found, signed.patient_id, signed.case_id, RIGHT, Indication.FLIP),
    ]
    for attempt in attempts:
        with pytest.raises(UserError, match="signed operative report"):
            attempt()
    with pytest.raises(UserError, match="signed"):
        signed.do(withdraw_report, report.id, report.version, "by mistake")
    signed.do(amend_report, report.id, "The volume was misread")
    signed.device(volume_ml=310)
    assert signed.operation()["right.volume_ml"] == 310
    assert signed.broken() == []


def test_that_saving_an_operation_as_it_stands_is_no_change(signed: Theatre) -> None:
    operation = signed.do(open_operation, signed.operation_id)
    saved = signed.do(save_operation, operation, as_stored(OPERATION_FORM, operation), signed.patient_id)
    assert saved.version == operation.version


def test_that_what_is_only_known_later_is_written_after_signing(theatre: Theatre) -> None:
    theatre.begin()
    sent = {"kind": SpecimenKind.CULTURE, "sent_on": TODAY}
    out = REMOVAL_FORM.empty() | {"condition": (RemovedCondition.INTACT,), "specimens": (sent,)}
    theatre.do(save_removal, NOTHING_YET, out, theatre.operation_id, RIGHT)
    drain = theatre.do(save_drain, NOTHING_YET, DRAIN_FORM.empty() | {"side": RIGHT}, theatre.operation_id)
    theatre.answer()
    theatre.sign()
    removal = theatre.do(open_removal, theatre.operation_id, RIGHT)
    result = tuple({**row, "result": "no growth", "resulted_on": TODAY} for row in removal.values["specimens"])
    later = {**removal.values, "specimens": result, "disposition": Disposition.DESTROYED}
    theatre.do(save_removal, removal, later, theatre.operation_id, RIGHT)
    opened = theatre.do(open_drain, drain.id)
    theatre.do(save_drain, opened, {**opened.values, "removed_on": TODAY}, theatre.operation_id)
    assert theatre.broken() == []
    removal = theatre.do(open_removal, theatre.operation_id, RIGHT)
    with pytest.raises(UserError, match="signed operative report"):
        theatre.do(save_removal, removal, {**removal.values, "specimens": ()}, theatre.operation_id, RIGHT)
    with pytest.raises(UserError, match="signed operative report"):
        theatre.do(withdraw_drain, drain.id, theatre.do(open_drain, drain.id).version, "by mistake")


def test_that_an_amendment_is_a_new_version_and_the_signed_one_stays(signed: Theatre) -> None:
    first = signed.file().newest
    with pytest.raises(UserError, match="write why"):
        signed.do(amend_report, first.id, "  ")
    amended = signed.do(amend_report, first.id, "Counts were answered late")
    assert amended.values["steps"][0]["outcome"] is StepOutcome.AS_PLANNED
    with pytest.raises(UserError, match="newest signed version"):
        signed.do(amend_report, first.id, "once more")
    signed.do(save_report, amended, {**amended.values, "counts_right": YesNo.YES}, signed.patient_id)
    signed.sign()
    versions = signed.file().versions
    assert [(each.report_version, each.signed_at is not None) for each in versions] == [(1, True), (2, True)]
    assert versions[1].amends_reason == "Counts were answered late"
    assert signed.do(open_report, first.id).values["counts_right"] is None
    assert signed.broken() == []


def test_that_an_amendment_begun_by_mistake_is_taken_out_and_the_operation_protected_again(signed: Theatre) -> None:
    amended = signed.do(amend_report, signed.file().newest.id, "By mistake")
    signed.do(withdraw_report, amended.id, amended.version, "begun by mistake")
    assert len(signed.file().versions) == 1
    with pytest.raises(UserError, match="signed operative report"):
        signed.device(volume_ml=310)


def test_that_an_operation_with_a_report_is_not_taken_out(theatre: Theatre) -> None:
    theatre.begin()
    operation = theatre.do(open_operation, theatre.operation_id)
    with pytest.raises(UserError, match="an operative report hangs on it"):
        theatre.do(withdraw_operation, theatre.operation_id, operation.version, "by mistake")


def test_that_a_later_operation_ends_the_spell_of_a_signed_device_and_breaks_nothing(signed: Theatre) -> None:
    later = OPERATION_FORM.empty() | {
        "kind": OperationKind.REMOVAL,
        "happened_on": PartialDate.of(TODAY),
        "right.event": SideEvent.REMOVED,
        "left.event": SideEvent.NONE,
    }
    signed.do(save_operation, NOTHING_YET, later, signed.patient_id)
    history = signed.do(read_history, signed.patient_id)
    assert history.in_place(RIGHT) is None
    assert history.right[-1].occupation.removed_by is not None
    assert signed.broken() == []


TAMPERED = {
    "UPDATE device SET serial = 'other' WHERE serial = 'S-R-1'": "the operation differs from what was signed with",
    "UPDATE operation_side SET event = 'kept' WHERE operation_id = 2": "the operation differs from what was signed",
    "UPDATE device SET patient_id = 99 WHERE serial = 'S-R-1'": "the operation hangs on a patient for whom it was not",
    "UPDATE operation SET patient_id = 99 WHERE id = 2": "the operation hangs on a patient for whom it was not signed",
    "UPDATE operation_side SET event = 'dropped' WHERE operation_id = 2": "it cannot be read",
    "UPDATE report_step SET reason = 'x'": "the record differs from what was signed",
    "UPDATE operative_report SET counts_right = 'yes'": "the record differs from what was signed",
}


def test_that_a_change_behind_the_programs_back_is_found(signed: Theatre) -> None:
    for statement, detail in TAMPERED.items():
        found: list[str] = []
        with pytest.raises(TakenBackError):
            signed.do(tampered, statement, found)
        assert [each.startswith(detail) for each in found] == [True], (statement, found)
    assert signed.broken() == []


def tampered(session: Session, statement: str, found: list[str]) -> None:
    """Somebody with the key changes the store by hand; what the check finds, and then it is whole again."""
    drop_triggers(session.connection())
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    session.execute(text(statement))
    found += [each.detail for each in broken_signatures(session)]
    raise TakenBackError


class TakenBackError(Exception):
    """Ends a unit of work, so that what was tampered with is whole again."""


def test_that_something_found_after_signing_is_told_and_breaks_no_signature(signed: Theatre) -> None:
    assert not signed.file().is_found_changed
    case = signed.do(open_case, signed.case_id)
    later = {"side": RIGHT, "indication": Indication.FLIP, "layer": IndicationLayer.FOUND, "note": None}
    rows = (*case.values["indications"], later)
    signed.do(save_case, case, {**case.values, "indications": rows}, signed.patient_id)
    assert signed.file().is_found_changed
    assert signed.broken() == []


def test_that_a_case_closes_as_before_and_keeps_its_report(signed: Theatre) -> None:
    signed.do(close_case, signed.case_id)
    file = signed.file()
    assert file.report is not None
    assert file.report.is_signed


def test_that_of_two_workstations_at_once_one_begins_and_the_other_is_told(theatre: Theatre) -> None:
    begun = []
    together = threading.Barrier(2)

    def begin_here() -> None:
        together.wait()
        begun.append(theatre.do(begin_report, theatre.case_id))

    threads = [threading.Thread(target=begin_here) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.is_new for each in begun) == [False, True]
    assert len({each.report.id for each in begun}) == 1
    assert len(theatre.do(read_history, theatre.patient_id).operations) == 2


def test_that_merging_her_record_breaks_no_signature_and_the_operation_stays_protected(
    signed: Theatre, add_patient: AddPatient
) -> None:
    kept_id = add_patient(no_known_allergies=True)
    operation_id = signed.operation_id
    preview = signed.do(preview_merge, kept_id, signed.patient_id)
    chosen = dict.fromkeys(preview.asked, KEPT) | {each.key: SEEN for each in preview.questions}
    signed.do(merge_patients, kept_id, signed.patient_id, chosen, preview.fingerprint)
    assert signed.broken() == []
    with pytest.raises(UserError, match="signed operative report"):
        signed.do(record_device, operation_id, RIGHT, volume_ml=310)


def test_that_the_history_of_her_overview_tells_of_the_signed_report(signed: Theatre) -> None:
    told = signed.do(read_overview, signed.patient_id).happened
    assert [(line.title, line.detail, line.place) for line in told if "report" in line.title] == [
        ("Operative report signed", "Dr. A. Marchetti", "revision")
    ]
