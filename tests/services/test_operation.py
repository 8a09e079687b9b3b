"""Operations and devices as they are recorded, in any order, and what is in each side because of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected
from desktop.forms.form import source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import UNKNOWN, Fill, OperationKind, Plane, Role, Side, SideEvent, Source
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.operation import History, open_operation, read_history, save_operation
from desktop.services.record import Snapshot

NEW = Snapshot(None, None, {})
IN, EXCHANGE, OUT, KEPT, NONE = (
    SideEvent.IMPLANTED,
    SideEvent.EXCHANGED,
    SideEvent.REMOVED,
    SideEvent.KEPT,
    SideEvent.NONE,
)


class Recorder:
    """Does what a screen does, in one unit of work a step."""

    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.database, self.actor, self.patient_id = practice.database, practice.actor, patient_id

    def add(self, year: int | None, *, sure: bool = True, **answers: Any) -> Snapshot:
        """`sure`: the questions about the other operations are answered with “it is right”."""
        values = OPERATION_FORM.empty() | {"kind": OperationKind.AUGMENTATION, "right.event": NONE, "left.event": NONE}
        values["happened_on"] = PartialDate(year) if year else None
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        if sure:
            values |= {f"{side}.event_confirmed": values[f"{side}.event"] for side in ("right", "left")}
        with self.database.unit_of_work(self.actor) as session:
            return save_operation(session, NEW, values, self.patient_id)

    def change(self, opened: Snapshot, **answers: Any) -> Snapshot:
        values = dict(opened.values) | {name.replace("__", "."): value for name, value in answers.items()}
        with self.database.unit_of_work(self.actor) as session:
            return save_operation(session, opened, values, self.patient_id)

    def open(self, operation_id: int | None) -> Snapshot:
        assert operation_id is not None
        with self.database.unit_of_work(self.actor) as session:
            return open_operation(session, operation_id)

    def history(self) -> History:
        with self.database.unit_of_work(self.actor) as session:
            return read_history(session, self.patient_id)

    def count(self, kind: type) -> int:
        with self.database.unit_of_work(self.actor) as session:
            return session.scalar(select(func.count()).select_from(kind)) or 0

    def chain(self, side: Side = Side.RIGHT) -> list[tuple[str, int | None, bool]]:
        """Title, year of removal and whether in place, of each device."""
        history = self.history()
        devices = history.right if side is Side.RIGHT else history.left
        return [
            (d.title, d.occupation.until.year if d.occupation.until else None, d.occupation.is_in_place)
            for d in devices
        ]

    def ended_by(self) -> dict[str | None, tuple[int | None, bool]]:
        """What the store keeps beside each spell: which operation ended it, by the manufacturer of its device."""
        with self.database.unit_of_work(self.actor) as session:
            rows = select(Device.manufacturer, DeviceSpell.removed_operation_id, DeviceSpell.fate_unknown).join(
                Device, DeviceSpell.device_id == Device.id
            )
            return {maker: (removed_by, unknown) for maker, removed_by, unknown in session.execute(rows)}


@pytest.fixture
def record(practice: OpenPractice, add_patient: Callable[..., int]) -> Recorder:
    return Recorder(practice, add_patient())


def test_that_a_patient_without_operations_has_an_empty_history(record: Recorder) -> None:
    history = record.history()
    assert history == History((), (), ())
    assert history.in_place(Side.RIGHT) is None


def test_that_an_exchange_takes_out_what_was_there_and_leaves_the_other_side_alone(record: Recorder) -> None:
    first = record.add(2009, right__event=IN, right__manufacturer="Mentor", left__event=IN, left__manufacturer="Mentor")
    second = record.add(2014, right__event=EXCHANGE, right__manufacturer="Allergan", left__event=KEPT)
    assert record.chain() == [("Mentor", 2014, False), ("Allergan", None, True)]
    assert record.chain(Side.LEFT) == [("Mentor", None, True)]
    right = record.history().in_place(Side.RIGHT)
    assert right is not None
    assert right.operation_id == second.id
    assert [row.id for row in record.history().operations] == [second.id, first.id]


def test_that_an_exchange_of_a_device_nobody_recorded_is_asked_and_then_keeps_an_unknown_device(
    record: Recorder,
) -> None:
    with pytest.raises(Rejected) as refused:
        record.add(2014, sure=False, right__event=EXCHANGE)
    assert [(p.field, p.is_question) for p in refused.value.problems] == [("right.event", True)]
    assert record.count(Operation) == 0
    record.add(2014, right__event=EXCHANGE, right__manufacturer="Mentor")
    assert record.chain() == [("Unknown device", 2014, False), ("Mentor", None, True)]


def test_that_a_removal_leaves_nothing_in_place(record: Recorder) -> None:
    record.add(2009, right__event=IN, left__event=IN)
    removal = record.add(2019, sure=False, kind=OperationKind.REMOVAL, right__event=OUT, left__event=OUT)
    history = record.history()
    assert history.in_place(Side.RIGHT) is None
    assert history.in_place(Side.LEFT) is None
    assert {ended for ended, _unknown in record.ended_by().values()} == {removal.id}


def test_that_a_device_put_in_over_another_is_asked_and_then_leaves_its_fate_unknown(record: Recorder) -> None:
    record.add(2009, left__event=IN, left__manufacturer="Old")
    with pytest.raises(Rejected, match="correction"):
        record.add(2014, sure=False, left__event=IN)
    record.add(2014, left__event=IN, left__manufacturer="New")
    assert record.ended_by() == {"Old": (None, True), "New": (None, False)}
    assert record.chain(Side.LEFT) == [("Old", None, False), ("New", None, True)]


def test_that_the_question_is_not_asked_again_while_its_answer_stays(record: Recorder) -> None:
    saved = record.add(2014, right__event=EXCHANGE)
    saved = record.change(saved, surgeon="Dr. Lindqvist")
    with pytest.raises(Rejected):
        record.change(saved, left__event=OUT)


def test_that_operations_told_out_of_order_and_moved_link_the_spells_anew(record: Recorder) -> None:
    late = record.add(2014, right__event=EXCHANGE, right__manufacturer="Late")
    early = record.add(2009, right__event=IN, right__manufacturer="Early")
    assert record.chain() == [("Early", 2014, False), ("Late", None, True)]
    assert record.ended_by() == {"Early": (late.id, False), "Late": (None, False)}
    moved = record.change(early, happened_on=PartialDate(2020), right__event=EXCHANGE, right__event_confirmed=EXCHANGE)
    assert [title for title, _until, _in in record.chain()] == ["Unknown device", "Late", "Early"]
    assert record.ended_by() == {"Early": (None, False), "Late": (moved.id, False)}


def test_that_taking_the_device_out_of_an_operation_takes_its_spell_and_device_out_of_the_store(
    record: Recorder,
) -> None:
    saved = record.add(2009, right__event=IN, right__manufacturer="Mentor", left__event=IN)
    assert (record.count(Device), record.count(DeviceSpell)) == (2, 2)
    with pytest.raises(Rejected):
        record.change(saved, right__event=NONE)
    record.change(saved, right__event=NONE, right__manufacturer=None)
    assert (record.count(Device), record.count(DeviceSpell)) == (1, 1)


def test_that_unknown_and_not_asked_and_sources_come_back_as_they_were_given(record: Recorder) -> None:
    given = {
        "happened_on": UNKNOWN,
        "surgeon": UNKNOWN,
        source_of("surgeon"): Source.PATIENT,
        "right.event": IN,
        "right.manufacturer": "Mentor",
        source_of("right.manufacturer"): Source.DEVICE_CARD,
        "right.volume_ml": UNKNOWN,
        source_of("right.volume_ml"): Source.OPERATION_REPORT,
        "right.fill": Fill.SILICONE_GEL,
        "right.plane": Plane.DUAL_PLANE_II,
        source_of("right.plane"): Source.LETTER,
        "right.incision": UNKNOWN,
        "right.serial": None,
        source_of("right.serial"): None,
    }
    saved = record.add(None, **given)
    opened = record.open(saved.id)
    assert {name: opened.values[name] for name in given} == given
    assert opened == saved
    cleared = record.change(opened, right__volume_ml=None, happened_on=PartialDate(2009, 4))
    assert cleared.values["right.volume_ml"] is None
    assert cleared.values[source_of("right.volume_ml")] is None
    assert cleared.values["happened_on"] == PartialDate(2009, 4)


def test_that_a_device_of_which_nothing_is_known_says_so(record: Recorder) -> None:
    record.add(2009, right__event=IN, right__manufacturer=UNKNOWN, right__fill=Fill.SALINE_FIXED, left__event=IN)
    history = record.history()
    assert history.right[0].title == "Unknown device, saline"
    assert history.left[0].title == "Unknown device, fill not known"


def test_that_a_save_is_refused_when_the_operation_changed_after_it_was_opened(record: Recorder) -> None:
    saved = record.add(2009, right__event=IN, right__volume_ml=325)
    mine, theirs = record.open(saved.id), record.open(saved.id)
    record.change(theirs, right__volume_ml=300)
    with pytest.raises(RecordChanged) as refused:
        record.change(mine, right__volume_ml=350)
    assert refused.value.theirs.values["right.volume_ml"] == 300
    assert record.open(saved.id).values["right.volume_ml"] == 300


def test_that_an_operation_is_never_saved_under_another_patient(
    record: Recorder, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    saved = record.add(2009, right__event=IN)
    other = Recorder(practice, add_patient(given_name="Maeve", family_name="O’Brien"))
    with pytest.raises(RecordMissing):
        other.change(saved, right__volume_ml=325)
    assert other.history() == History((), (), ())


def test_that_every_save_writes_who_changed_what_and_a_save_without_change_writes_nothing(record: Recorder) -> None:
    saved = record.add(2009, right__event=IN, right__volume_ml=325)
    record.change(saved, right__volume_ml=300)
    record.change(record.open(saved.id))
    with record.database.unit_of_work(record.actor) as session:
        rows = list(
            session.scalars(
                select(AuditEntry).where(AuditEntry.record == "operation", AuditEntry.verb == "edit_history")
            )
        )
    assert len(rows) == 2
    assert rows[1].changes == {"right.volume_ml": [325, 300]}
    assert {row.patient_id for row in rows} == {record.patient_id}


@pytest.mark.parametrize("role", Role)
def test_that_only_nurse_and_surgeon_record_operations_and_the_front_desk_never_sees_them(
    record: Recorder, role: Role
) -> None:
    saved = record.add(2009, right__event=IN)
    record.actor = Actor(record.actor.account_id, "Somebody", frozenset({role}), "test")
    if role in (Role.NURSE, Role.SURGEON):
        record.change(record.open(saved.id), surgeon="Dr. Lindqvist")
        return
    with pytest.raises(PermissionDenied, match="may not change operations"):
        record.change(saved, surgeon="Dr. Lindqvist")
    if role is Role.ANESTHESIA:
        assert record.history().operations
        return
    for look in (record.history, lambda: record.open(saved.id)):
        with pytest.raises(PermissionDenied, match="may not see the surgical history"):
            look()
