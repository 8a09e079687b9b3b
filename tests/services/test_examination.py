"""Visits are kept one by one, told together, and taken out when they were recorded by mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, RecordMissing, Rejected, UserError
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.models.attachment import Attachment
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    AttachmentKind,
    Baker,
    BakerScale,
    ChestPlace,
    ImagingFinding,
    ImagingKind,
    MarkKind,
    OperationKind,
    Side,
    SideEvent,
)
from desktop.models.examination import ChestMark, Examination
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.trend import Change
from desktop.services.examination import (
    Visits,
    new_examination,
    newest_examination,
    open_examination,
    read_visits,
    save_examination,
)
from desktop.services.imaging import read_studies, save_imaging
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.services.revision import close_case
from desktop.services.withdrawal import withdraw_examination
from tests.revision_story import NOTHING_YET, add_augmentation, add_case, add_examination

AddPatient = Callable[..., int]
FIRST, SECOND = dt.date(2025, 2, 3), dt.date(2026, 11, 19)


@pytest.fixture
def session(practice: OpenPractice) -> Iterator[Session]:
    with practice.database.unit_of_work(practice.actor) as made:
        yield made


@pytest.fixture
def patient_id(add_patient: AddPatient) -> int:
    return add_patient()


def visit(session: Session, patient_id: int, on: dt.date, case_id: int | None = None, **found: Any) -> Snapshot:
    answers = {name.replace("__", "."): value for name, value in found.items()}
    values = EXAMINATION_FORM.empty() | {"examined_on": on, "examined_by": "Dr. A. Marchetti"} | answers
    return save_examination(session, NOTHING_YET, values, patient_id, case_id)


def id_of(snapshot: Snapshot) -> int:
    assert snapshot.id is not None
    return snapshot.id


def test_that_a_new_visit_carries_the_day_and_the_examiner_and_nothing_else(session: Session, patient_id: int) -> None:
    visit(session, patient_id, FIRST, right__baker=Baker.III, right__base_width_mm=125)
    new = new_examination(session)
    filled_in = {name: value for name, value in new.values.items() if value not in (None, ())}
    assert filled_in == {"examined_on": dt.date(2026, 11, 23), "examined_by": "Dr. A. Marchetti"}


def test_that_a_length_is_stored_in_millimeters_and_read_back(session: Session, patient_id: int) -> None:
    saved = visit(session, patient_id, FIRST, right__nipple_above_fold_mm=-20, fold_difference_mm=12)
    stored = open_examination(session, id_of(saved)).values
    assert (stored["right.nipple_above_fold_mm"], stored["fold_difference_mm"]) == (-20, 12)
    assert EXAMINATION_FORM.field("right.nipple_above_fold_mm").show(-20) == "2.0 cm below the fold"


def test_that_an_unlikely_length_is_saved_when_it_was_confirmed_and_an_impossible_one_never(
    session: Session, patient_id: int
) -> None:
    with pytest.raises(Rejected) as asked:
        visit(session, patient_id, FIRST, left__nipple_to_fold_mm=950)
    assert [problem.is_question for problem in asked.value.problems] == [True]
    confirmed = {"left__nipple_to_fold_mm": 950, "left__nipple_to_fold_mm_confirmed": 950}
    visit(session, patient_id, FIRST, **confirmed)
    too_long = {"left__nipple_to_fold_mm": 9_500, "left__nipple_to_fold_mm_confirmed": 9_500}
    with pytest.raises(Rejected) as refused:
        visit(session, patient_id, FIRST, **too_long)
    assert [problem.is_question for problem in refused.value.problems] == [False]


def test_that_a_half_of_grade_one_is_kept_with_its_scale(session: Session, patient_id: int) -> None:
    with pytest.raises(Rejected):
        visit(session, patient_id, FIRST, right__baker=Baker.IB)
    scale = BakerScale.RECONSTRUCTION_1995
    saved = visit(session, patient_id, FIRST, right__baker=Baker.IB, right__baker_scale=scale)
    assert (saved.values["right.baker"], saved.values["right.baker_scale"]) == (Baker.IB, scale)


def test_that_visits_are_told_newest_first_with_their_case(session: Session, patient_id: int) -> None:
    visit(session, patient_id, FIRST)
    case_id = id_of(add_case(session, patient_id))
    visit(session, patient_id, SECOND, case_id, right__baker=Baker.II)
    newest, oldest = read_visits(session, patient_id).rows
    assert (newest.examined_on, newest.case_id, newest.case_opened_on) == (SECOND, case_id, dt.date(2026, 11, 23))
    assert (oldest.examined_on, oldest.case_id, oldest.case_opened_on) == (FIRST, None, None)
    assert newest.values["right.baker"] is Baker.II
    assert newest.values["left.baker"] is None


def test_that_visits_of_one_day_stand_with_the_later_written_first(session: Session, patient_id: int) -> None:
    one, two = visit(session, patient_id, FIRST), visit(session, patient_id, FIRST)
    assert [row.id for row in read_visits(session, patient_id).rows] == [two.id, one.id]


def test_that_all_visits_are_read_in_as_many_statements_as_one(session: Session, patient_id: int) -> None:
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: asked.append(args[2]))

    def statements() -> int:
        session.expire_all()
        asked.clear()
        read_visits(session, patient_id)
        return len(asked)

    visit(session, patient_id, FIRST)
    few = statements()
    for month in range(1, 11):
        visit(session, patient_id, dt.date(2026, month, 1), right__baker=Baker.I)
    assert statements() == few == 3


def test_that_only_operations_that_changed_a_device_are_told_as_changes(session: Session, patient_id: int) -> None:
    add_augmentation(session, patient_id)
    kept = {"kind": OperationKind.CAPSULE_SURGERY, "happened_on": PartialDate(2020, 1, 1), "was_elsewhere": False}
    sides = {"right.event": SideEvent.KEPT, "left.event": SideEvent.NONE}
    save_operation(session, NOTHING_YET, OPERATION_FORM.empty() | kept | sides, patient_id)
    assert read_visits(session, patient_id).changes == (
        Change(Side.RIGHT, PartialDate(2014, 5, 12)),
        Change(Side.LEFT, PartialDate(2014, 5, 12)),
    )


def test_that_the_visits_before_one_are_those_of_earlier_days(session: Session, patient_id: int) -> None:
    first, second = visit(session, patient_id, FIRST), visit(session, patient_id, SECOND)
    visits = read_visits(session, patient_id)
    assert [row.id for row in visits.before(SECOND, second.id)] == [first.id]
    assert visits.before(FIRST, first.id) == ()
    assert [row.id for row in visits.before(None, None)] == [second.id, first.id]
    assert Visits().before(None, None) == ()


def test_that_a_visit_that_graded_nothing_hides_no_earlier_one_that_did(session: Session, patient_id: int) -> None:
    case_id = add_case(session, patient_id).id or 0
    graded = visit(session, patient_id, FIRST, case_id, right__baker=Baker.III)
    visit(session, patient_id, SECOND, case_id, right__pain_nrs=4)
    newest = newest_examination(session, patient_id, case_id)
    assert newest is not None
    assert newest.id == graded.id


def test_that_a_visit_of_a_closed_case_stays_as_it_is(session: Session, patient_id: int) -> None:
    case_id = id_of(add_case(session, patient_id))
    saved = add_examination(session, patient_id, case_id)
    close_case(session, case_id)
    for attempt in (
        lambda: save_examination(session, saved, saved.values, patient_id),
        lambda: visit(session, patient_id, SECOND, case_id),
        lambda: withdraw_examination(session, id_of(saved), saved.version or 0, "wrong patient"),
    ):
        with pytest.raises(UserError, match="closed on 23 Nov 2026"):
            attempt()
    visit(session, patient_id, SECOND)
    assert len(read_visits(session, patient_id).rows) == 2


def test_that_a_visit_is_kept_in_no_case_of_somebody_else(add_patient: AddPatient, practice: OpenPractice) -> None:
    patient_id, other = add_patient(), add_patient(family_name="Adams")
    with practice.database.unit_of_work(practice.actor) as session:
        case_id = id_of(add_case(session, patient_id))
        with pytest.raises(UserError):
            visit(session, other, FIRST, case_id)


def test_that_a_visit_recorded_by_mistake_is_taken_out_with_its_marks_and_kept_in_the_audit(
    session: Session, patient_id: int
) -> None:
    saved = visit(session, patient_id, FIRST, right__baker=Baker.III, right__base_width_mm=125)
    examination = session.get_one(Examination, saved.id)
    session.refresh(examination, ["marks"])
    examination.marks.append(ChestMark(side=Side.RIGHT, kind=MarkKind.PAIN, place=ChestPlace.UPPER_OUTER))
    session.flush()
    withdraw_examination(session, id_of(saved), saved.version or 0, "written into the wrong record")
    with pytest.raises(RecordMissing):
        open_examination(session, id_of(saved))
    assert session.scalar(select(ChestMark.id)) is None
    entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "withdraw_examination")).one()
    assert "written into the wrong record" in str(entry.changes)
    assert "125" in str(entry.changes)


def test_that_a_visit_is_taken_out_with_a_reason_and_as_it_was_seen_or_not_at_all(
    session: Session, patient_id: int
) -> None:
    saved = visit(session, patient_id, FIRST)
    with pytest.raises(UserError, match="write why"):
        withdraw_examination(session, id_of(saved), saved.version or 0, " ")
    save_examination(session, saved, {**saved.values, "note": "seen again"}, patient_id)
    with pytest.raises(RecordChanged):
        withdraw_examination(session, id_of(saved), saved.version or 0, "wrong patient")
    assert len(read_visits(session, patient_id).rows) == 1


def study(session: Session, patient_id: int, on: PartialDate | None, side: Side = Side.RIGHT) -> int:
    answers = {"side": side, "kind": ImagingKind.MRI, "happened_on": on, "finding": ImagingFinding.NO_RUPTURE}
    return id_of(save_imaging(session, NOTHING_YET, IMAGING_FORM.empty() | answers, patient_id))


def exchange(session: Session, patient_id: int) -> None:
    """Of the right one, for another maker, on 1 June 2020."""
    answers = {
        "kind": OperationKind.EXCHANGE,
        "happened_on": PartialDate(2020, 6, 1),
        "was_elsewhere": True,
        "right.event": SideEvent.EXCHANGED,
        "right.manufacturer": "Sientra",
        "right.volume_ml": 300,
        "left.event": SideEvent.NONE,
    }
    save_operation(session, NOTHING_YET, OPERATION_FORM.empty() | answers, patient_id)


@pytest.mark.parametrize(
    ("on", "device"),
    [
        (PartialDate(2013), "no device recorded in this side then"),
        (PartialDate(2016), "in place then: Mentor MemoryGel · 325 mL"),
        (PartialDate(2021, 3), "in place then: Sientra · 300 mL"),
        (PartialDate(2020), "in place then, not certain: Mentor MemoryGel · 325 mL or Sientra · 300 mL"),
        (PartialDate(2014), "in place then, not certain: Mentor MemoryGel · 325 mL"),
        (None, ""),
    ],
)
def test_that_a_study_says_what_was_in_place_then_no_surer_than_the_dates_are(
    session: Session, patient_id: int, on: PartialDate | None, device: str
) -> None:
    add_augmentation(session, patient_id)
    exchange(session, patient_id)
    study(session, patient_id, on)
    (told,) = read_studies(session, patient_id)
    assert (told.row.side, told.device, told.reports) == (Side.RIGHT, device, ())


def test_that_a_study_names_the_reports_that_are_kept_with_it(session: Session, patient_id: int) -> None:
    with_report, without = study(session, patient_id, PartialDate(2016)), study(session, patient_id, PartialDate(2015))
    report = Attachment(
        patient_id=patient_id,
        kind=AttachmentKind.IMAGING_REPORT,
        title="MRI report",
        media_type="application/pdf",
        size_bytes=3,
        sha256="0" * 64,
        data=b"%PD",
        added_at=dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
        added_by="Dr. A. Marchetti",
        imaging_id=with_report,
    )
    session.add(report)
    session.flush()
    assert {told.row.id: told.reports for told in read_studies(session, patient_id)} == {
        with_report: ("MRI report",),
        without: (),
    }


def test_that_nobody_imaged_is_told_nothing(session: Session, patient_id: int) -> None:
    assert read_studies(session, patient_id) == ()
