"""Everything the timeline draws and tells, read from a real store: devices, what was seen, gaps, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from desktop.errors import PermissionDenied
from desktop.forms.form import source_of
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    UNKNOWN,
    Baker,
    ImagingFinding,
    ImagingKind,
    Indication,
    IndicationLayer,
    MatrixKind,
    OperationKind,
    Plane,
    RemovedCondition,
    Role,
    Side,
    SideEvent,
    Source,
)
from desktop.models.examination import Examination, ExaminationSide
from desktop.models.imaging import ImagingStudy
from desktop.models.matrix import Matrix
from desktop.models.partial_date import PartialDate
from desktop.models.removal import Removal
from desktop.models.revision import CaseIndication, RevisionCase
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.services.timeline import Timeline, read_timeline
from desktop.services.timeline_fact import EventKind
from desktop.services.timeline_page import print_timeline
from tests.factories import operation_values

NEW = Snapshot(None, None, {})
IN, EXCHANGE, OUT, KEPT, NONE, LEFT_IN, ADDED = (
    SideEvent.IMPLANTED,
    SideEvent.EXCHANGED,
    SideEvent.REMOVED,
    SideEvent.KEPT,
    SideEvent.NONE,
    SideEvent.LEFT_IN,
    SideEvent.ADDED,
)
NO_DEVICE = dict.fromkeys(("manufacturer", "line", "volume_ml", "fill", "shape", "surface", "plane"))


class Told:
    """A patient whose story is told step by step."""

    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.practice, self.patient_id = practice, patient_id

    def operation(self, on: PartialDate | None, right: SideEvent, left: SideEvent = NONE, **answers: Any) -> int:
        values = operation_values(happened_on=on) | {"right.event": right, "left.event": left}
        for side, done in (("right", right), ("left", left)):
            values[f"{side}.event_confirmed"] = done
            if done not in (IN, EXCHANGE, ADDED):
                values |= {f"{side}.{name}": None for name in NO_DEVICE}
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            saved = save_operation(session, NEW, values, self.patient_id)
        assert saved.id is not None
        return saved.id

    def add(self, *rows: Any) -> None:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            session.add_all(rows)

    def case(self, side: Side, found: Indication | None = None, **facts: Any) -> None:
        case = RevisionCase(patient_id=self.patient_id, opened_on=dt.date(2026, 1, 1), **facts)
        case.indications = [CaseIndication(side=side, indication=found, layer=IndicationLayer.FOUND)] if found else []
        self.add(case)

    def examined(self, side: Side, baker: Baker, on: dt.date | None, by: str | None = None) -> None:
        examination = Examination(patient_id=self.patient_id, examined_on=on, examined_by=by)
        examination.sides = [ExaminationSide(side=side, baker=baker)]
        self.add(examination)

    def timeline(self) -> Timeline:
        with self.practice.database.unit_of_work(self.practice.actor, writing=False) as session:
            return read_timeline(session, self.patient_id)

    def events(self, side: Side = Side.RIGHT) -> list[tuple[EventKind, str]]:
        return [(each.kind, each.words) for each in self.timeline().of(side).events]


@pytest.fixture
def told(practice: OpenPractice, add_patient: Callable[..., int]) -> Told:
    return Told(practice, add_patient())


@contextmanager
def statements(practice: OpenPractice) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(practice.database.engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(practice.database.engine, "before_cursor_execute", hear)


def test_that_each_device_is_told_from_when_to_when_how_long_where_and_by_whom(told: Told) -> None:
    told.operation(PartialDate(2009), IN, right__plane=Plane.DUAL_PLANE_I)
    told.operation(PartialDate(2014, 5, 12), EXCHANGE, source=Source.LETTER)
    first, second = told.timeline().rows
    assert (first.number, first.side, first.since, first.until) == (1, Side.RIGHT, "2009", "12 May 2014")
    assert (first.what, first.plane) == ("Mentor MemoryGel · 325 mL · Silicone gel · smooth · round", "Dual plane I")
    assert (first.how_long, first.source) == ("about 4 y", "operation report")
    assert (second.since, second.until, second.how_long) == ("12 May 2014", "in place", "12 y")
    assert second.source == "surgeon's letter"


def test_that_the_source_of_one_answer_is_told_beside_that_of_the_operation(told: Told) -> None:
    told.operation(PartialDate(2014), IN, **{source_of("right.volume_ml"): Source.PATIENT})
    (row,) = told.timeline().rows
    assert row.source == "operation report, patient's memory"


def test_that_unknown_and_not_recorded_are_told_apart(told: Told) -> None:
    told.operation(None, IN, happened_on=UNKNOWN, right__plane=UNKNOWN)
    told.operation(None, NONE, IN, left__plane=None, source=None)
    unknown, not_asked = told.timeline().rows
    assert (unknown.since, unknown.plane, unknown.how_long) == ("unknown", "unknown", "unknown")
    assert (not_asked.since, not_asked.plane, not_asked.source) == ("not recorded", "not recorded", "not recorded")


def test_that_a_device_left_in_without_function_is_told_as_still_there(told: Told) -> None:
    told.operation(PartialDate(1998), IN)
    told.operation(PartialDate(2015, 3, 2), ADDED)
    old, new, event_row = told.timeline().rows
    assert old.until == "in place, without function"
    assert old.what.endswith("without function since: 2 Mar 2015")
    assert event_row.what == "Device left in, without function"
    assert new.until == "in place"
    assert told.events() == [(EventKind.FUNCTIONLESS, "device left in, without function")]


def test_that_a_device_left_in_once_more_is_only_operated_on(told: Told) -> None:
    told.operation(PartialDate(1998), IN)
    told.operation(PartialDate(2015), LEFT_IN)
    told.operation(PartialDate(2020), LEFT_IN, kind=OperationKind.CAPSULE_SURGERY)
    assert [kind for kind, _words in told.events()] == [EventKind.FUNCTIONLESS, EventKind.UNCHANGED]


def test_that_a_removal_is_told_with_the_condition_that_was_found(told: Told) -> None:
    told.operation(PartialDate(2009), IN, IN)
    out = told.operation(PartialDate(2019, 4), OUT, EXCHANGE)
    assert told.events() == [(EventKind.REMOVED, "device removed")]
    assert told.events(Side.LEFT) == []
    found = (RemovedCondition.RUPTURE_EXTRACAPSULAR, RemovedCondition.GEL_BLEED)
    told.add(Removal(patient_id=told.patient_id, operation_id=out, side=Side.RIGHT, condition=found))
    left = (RemovedCondition.INTACT,)
    told.add(Removal(patient_id=told.patient_id, operation_id=out, side=Side.LEFT, condition=left))
    assert told.events() == [(EventKind.RUPTURE, "device removed: ruptured, gel outside the capsule, gel bleed")]
    assert told.events(Side.LEFT) == [(EventKind.REMOVED, "old device out: intact")]
    assert told.timeline().right.events[0].is_serious


def test_that_a_time_without_a_device_is_told_as_such(told: Told) -> None:
    told.operation(PartialDate(2009, 1, 1), IN)
    told.operation(PartialDate(2019, 4, 1), OUT)
    gap = told.timeline().rows[-1]
    assert (gap.what, gap.since, gap.until) == ("No working device recorded", "1 Apr 2019", "today")
    assert gap.how_long == "7 y"
    assert len(told.timeline().right.gaps) == 1


def test_that_an_operation_that_left_the_device_is_told_by_its_kind_unless_that_names_a_device(told: Told) -> None:
    told.operation(PartialDate(2009), IN, IN)
    told.operation(PartialDate(2012), KEPT, KEPT, kind=OperationKind.MASTOPEXY)
    told.operation(PartialDate(2019), OUT, KEPT, kind=OperationKind.REMOVAL)
    assert told.events(Side.LEFT) == [
        (EventKind.UNCHANGED, "breast lift"),
        (EventKind.UNCHANGED, "operated, device unchanged"),
    ]


def test_that_imaging_is_told_with_what_its_report_says(told: Told) -> None:
    study: dict[str, Any] = {"patient_id": told.patient_id, "side": Side.RIGHT}
    told.add(
        ImagingStudy(kind=ImagingKind.ULTRASOUND, happened_on=PartialDate(2021), **study),
        ImagingStudy(
            kind=ImagingKind.MRI,
            happened_on=PartialDate(2026, 7),
            finding=ImagingFinding.RUPTURE_SUSPECTED,
            facility="Quay Radiology",
            **study,
        ),
        ImagingStudy(
            kind=ImagingKind.MRI, finding=ImagingFinding.RUPTURE_INTRACAPSULAR, unknown=["happened_on"], **study
        ),
    )
    undated, old, new = told.timeline().right.events
    assert (undated.kind, undated.words) == (EventKind.RUPTURE, "MRI: rupture inside the capsule")
    assert (old.words, old.is_serious) == ("Ultrasound: result not recorded", False)
    assert (new.kind, new.words, new.is_serious) == (EventKind.IMAGING, "MRI: rupture suspected", True)
    rows = told.timeline().rows
    assert [(row.since, row.source) for row in rows] == [
        ("unknown", "imaging"),
        ("2021", "imaging"),
        ("Jul 2026", "Quay Radiology"),
    ]


def test_that_each_grade_of_contracture_is_an_event_of_its_day_and_examiner(told: Told) -> None:
    told.examined(Side.RIGHT, Baker.II, dt.date(2021, 6, 1), "Dr. A")
    told.examined(Side.RIGHT, Baker.III, dt.date(2026, 8, 1))
    first, second = told.timeline().right.events
    assert (first.words, first.on, first.is_serious) == ("Baker II, by Dr. A", PartialDate(2021, 6, 1), False)
    assert (second.words, second.is_serious) == ("Baker III, examiner not recorded", True)


def test_that_a_rupture_found_at_surgery_is_told_once(told: Told) -> None:
    told.operation(PartialDate(2009), IN)
    told.case(Side.RIGHT, found=Indication.RUPTURE_GEL_INTRA, surgery_on=dt.date(2026, 10, 2))
    assert told.events() == [(EventKind.RUPTURE, "gel rupture, inside the capsule, found at surgery")]
    out = told.operation(PartialDate(2026, 10, 2), EXCHANGE)
    condition = (RemovedCondition.RUPTURE_INTRACAPSULAR,)
    told.add(Removal(patient_id=told.patient_id, operation_id=out, side=Side.RIGHT, condition=condition))
    assert told.events() == [(EventKind.RUPTURE, "old device out: ruptured, gel inside the capsule")]


def test_that_a_rupture_is_not_dated_by_a_surgery_that_lies_ahead(told: Told) -> None:
    told.case(Side.LEFT, found=Indication.DEFLATION_SALINE, surgery_on=dt.date(2026, 12, 4))
    (found,) = told.timeline().left.events
    assert found.on is None


def test_that_a_matrix_is_told_when_it_went_in_and_when_it_came_out(told: Told) -> None:
    operation_id = told.operation(PartialDate(2014, 5, 12), NONE, IN)
    told.add(
        Matrix(
            patient_id=told.patient_id,
            operation_id=operation_id,
            side=Side.LEFT,
            kind=MatrixKind.MESH_RESORBABLE,
            product="GalaFLEX",
            removed_on=PartialDate(2020),
        )
    )
    assert told.events(Side.LEFT) == [
        (EventKind.MATRIX, "mesh, resorbable put in: GalaFLEX"),
        (EventKind.MATRIX, "mesh, resorbable taken out: GalaFLEX"),
    ]
    assert [row.since for row in told.timeline().rows] == ["12 May 2014", "12 May 2014", "2020"]


def test_that_rows_stand_in_the_order_of_time_with_the_numbers_of_the_drawing(told: Told) -> None:
    told.operation(PartialDate(2014, 5, 12), NONE, IN)
    told.operation(PartialDate(2009), IN)
    told.operation(None, KEPT)
    timeline = told.timeline()
    assert [(row.number, row.side.label, row.since) for row in timeline.rows] == [
        (1, "RIGHT", "not recorded"),
        (2, "RIGHT", "2009"),
        (3, "LEFT", "12 May 2014"),
    ]
    assert (timeline.right.events[0].number, timeline.right.spells[0].number, timeline.left.spells[0].number) == (
        1,
        2,
        3,
    )


def test_that_nothing_recorded_is_an_empty_timeline(told: Told) -> None:
    timeline = told.timeline()
    assert (timeline.rows, timeline.right.spells, timeline.left.events) == ((), (), ())


def test_that_a_long_history_takes_as_many_statements_as_a_short_one(told: Told, practice: OpenPractice) -> None:
    told.operation(PartialDate(1964), IN, IN)
    with statements(practice) as short:
        told.timeline()
    for year in range(1965, 1990):
        told.operation(PartialDate(year), EXCHANGE, EXCHANGE)
        study: dict[str, Any] = {"patient_id": told.patient_id, "kind": ImagingKind.MRI}
        told.add(ImagingStudy(side=Side.LEFT, happened_on=PartialDate(year), **study))
        told.examined(Side.RIGHT, Baker.II, dt.date(year, 1, 1))
    with statements(practice) as long:
        timeline = told.timeline()
    assert len(timeline.rows) == 26 * 2 + 25 * 2
    assert len(long) == len(short) <= 14


def test_that_the_front_desk_may_not_read_it(told: Told) -> None:
    desk = Actor(1, "F. Duarte", frozenset({Role.FRONT_DESK}), "test")
    with told.practice.database.unit_of_work(desk, writing=False) as session, pytest.raises(PermissionDenied):
        read_timeline(session, told.patient_id)


def test_that_printing_is_audited_and_names_the_patient(told: Told, practice: OpenPractice) -> None:
    told.operation(PartialDate(2009), IN, LEFT_IN)
    with practice.database.unit_of_work(practice.actor) as session:
        assert print_timeline(session, told.patient_id).startswith(b"%PDF")
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert last is not None
        assert (last.verb, last.patient_id) == ("print_timeline", told.patient_id)
