"""Everything about one device as it is recorded, beside the operation that put it in and every other device."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected
from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import confirmed, source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    UNKNOWN,
    DeviceClass,
    Fill,
    LabelEntry,
    OperationKind,
    Plane,
    Role,
    Side,
    SideEvent,
    Source,
    Surface,
    SurfaceEdition,
    UdiIssuer,
)
from desktop.models.device import Device
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.device import open_device, save_device
from desktop.services.operation import open_operation, save_operation
from desktop.services.record import Snapshot
from tests.factories import operation_values

NEW = Snapshot(None, None, {})
RIGHT, LEFT = Side.RIGHT, Side.LEFT
NONE, IN, ADDED, OUT = SideEvent.NONE, SideEvent.IMPLANTED, SideEvent.ADDED, SideEvent.REMOVED


class Hands:
    """Does what the screens do, one unit of work a step."""

    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.database, self.actor, self.patient_id = practice.database, practice.actor, patient_id

    def operate(self, year: int = 2014, patient_id: int | None = None, **answers: Any) -> int:
        values = OPERATION_FORM.empty() | {"kind": OperationKind.AUGMENTATION, "right.event": NONE, "left.event": NONE}
        values |= {"happened_on": PartialDate(year, 5, 12)}
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        with self.database.unit_of_work(self.actor) as session:
            saved = save_operation(session, NEW, values, patient_id or self.patient_id)
        assert saved.id is not None
        return saved.id

    def operation(self, operation_id: int) -> Snapshot:
        with self.database.unit_of_work(self.actor) as session:
            return open_operation(session, operation_id)

    def change(self, opened: Snapshot, **answers: Any) -> Snapshot:
        values = dict(opened.values) | {name.replace("__", "."): value for name, value in answers.items()}
        with self.database.unit_of_work(self.actor) as session:
            return save_operation(session, opened, values, self.patient_id)

    def open(self, operation_id: int, side: Side = RIGHT) -> Snapshot:
        with self.database.unit_of_work(self.actor) as session:
            return open_device(session, operation_id, side)

    def save(self, operation_id: int, side: Side = RIGHT, opened: Snapshot | None = None, **answers: Any) -> Snapshot:
        opened = opened or self.open(operation_id, side)
        with self.database.unit_of_work(self.actor) as session:
            return save_device(session, opened, dict(opened.values) | answers, operation_id, side)


@pytest.fixture
def hands(practice: OpenPractice, add_patient: Callable[..., int]) -> Hands:
    return Hands(practice, add_patient())


def everything() -> dict[str, Any]:
    return {
        "device_class": DeviceClass.IMPLANT,
        "manufacturer": "Mentor",
        "catalogue_no": "350-3251BC",
        "volume_ml": 325,
        "fill": Fill.SILICONE_GEL,
        "gel": "Cohesive I",
        "plane": Plane.SUBGLANDULAR,
        "surface": Surface.SMOOTH,
        "surface_edition": SurfaceEdition.NOT_STATED,
        "surface_name": "smooth",
        "diameter_mm": 123,
        "projection_mm": UNKNOWN,
        "serial": "SN-1",
        "lot": "L-1",
        "made_on": dt.date(2013, 1, 2),
        "expires_on": dt.date(2018, 1, 31),
        "udi_raw": ScannedLabel("]d20100614141999996\x1d21SN-1\udcff ", UdiIssuer.GS1, LabelEntry.SCANNED),
    }


def test_that_everything_about_a_device_comes_back_with_unknowns_sources_and_the_label_byte_for_byte(
    hands: Hands,
) -> None:
    operation_id = hands.operate(right__event=IN)
    hands.save(operation_id, RIGHT, None, **everything(), **{source_of("volume_ml"): Source.DEVICE_CARD})
    stored = hands.open(operation_id).values
    assert {name: stored[name] for name in everything()} == everything()
    assert stored[source_of("volume_ml")] is Source.DEVICE_CARD
    assert stored["projection_mm"] is UNKNOWN
    assert stored["width_mm"] is None
    hands.save(operation_id, udi_raw=None)
    assert hands.open(operation_id).values["udi_raw"] is None


def test_that_the_operation_shows_what_the_page_of_the_device_saved_and_the_other_way_round(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN, right__manufacturer="Mentor")
    hands.save(operation_id, volume_ml=325, plane=Plane.SUBFASCIAL)
    shown = hands.operation(operation_id)
    assert (shown.values["right.volume_ml"], shown.values["right.plane"]) == (325, Plane.SUBFASCIAL)
    hands.change(shown, right__volume_ml=300, right__plane=Plane.PREPECTORAL)
    device = hands.open(operation_id).values
    assert (device["volume_ml"], device["plane"]) == (300, Plane.PREPECTORAL)


def test_that_neither_form_overwrites_newer_answers_of_the_other(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN, left__event=IN)
    operation, device = hands.operation(operation_id), hands.open(operation_id)
    hands.save(operation_id, opened=device, volume_ml=325)
    with pytest.raises(RecordChanged) as told:
        hands.change(operation, right__volume_ml=300)
    assert told.value.theirs is not None
    assert told.value.theirs.values["right.volume_ml"] == 325
    newer = hands.open(operation_id)
    hands.change(hands.operation(operation_id), right__plane=Plane.SUBFASCIAL)
    with pytest.raises(RecordChanged) as told:
        hands.save(operation_id, opened=newer, plane=Plane.PREPECTORAL)
    assert told.value.theirs is not None
    assert told.value.theirs.values["plane"] is Plane.SUBFASCIAL


def test_that_saving_a_device_as_it_was_changes_no_version(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN)
    before = hands.operation(operation_id).version
    hands.save(operation_id)
    assert hands.operation(operation_id).version == before


def test_that_the_other_side_has_no_device(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN)
    with pytest.raises(RecordMissing):
        hands.open(operation_id, LEFT)


def test_that_another_device_put_in_meanwhile_is_shown_instead_of_overwritten(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN)
    opened = hands.open(operation_id)
    hands.change(hands.operation(operation_id), right__event=SideEvent.KEPT)
    hands.change(hands.operation(operation_id), right__event=IN)
    hands.operate(2015, right__event=SideEvent.EXCHANGED)
    other = Snapshot((opened.id or 0) + 1_000, 1, opened.values)
    with pytest.raises(RecordChanged):
        hands.save(operation_id, opened=other, volume_ml=325)


def test_that_a_device_used_after_its_last_day_is_asked_once_and_kept_when_confirmed(hands: Hands) -> None:
    operation_id, expired = hands.operate(2014, right__event=IN), dt.date(2014, 5, 11)
    with pytest.raises(Rejected) as refused:
        hands.save(operation_id, expires_on=expired)
    assert [(p.field, p.is_question) for p in refused.value.problems] == [("expires_on", True)]
    hands.save(operation_id, RIGHT, None, expires_on=expired, **{confirmed("expires_on"): expired})
    assert hands.save(operation_id, lot="L-2").values["expires_on"] == expired
    assert hands.save(operation_id, expires_on=dt.date(2014, 5, 12)).values["expires_on"] == dt.date(2014, 5, 12)


def test_that_a_day_of_surgery_that_moves_past_the_expiry_of_a_device_is_asked(hands: Hands) -> None:
    operation_id = hands.operate(2014, left__event=IN)
    hands.save(operation_id, LEFT, expires_on=dt.date(2014, 5, 31))
    opened, later = hands.operation(operation_id), PartialDate(2014, 6, 1)
    with pytest.raises(Rejected) as refused:
        hands.change(opened, happened_on=later)
    (problem,) = refused.value.problems
    assert (problem.field, problem.is_question) == ("happened_on", True)
    assert problem.message.startswith("LEFT: This device expired")
    hands.change(opened, happened_on=later, happened_on_confirmed=later)


def test_that_a_serial_of_another_patient_is_asked_by_record_number_and_never_by_name(
    hands: Hands, add_patient: Callable[..., int]
) -> None:
    other = add_patient(family_name="Secretname", given_name="Zelda")
    hands.operate(patient_id=other, right__event=IN, right__serial="SN-1")
    operation_id = hands.operate(right__event=IN)
    with pytest.raises(Rejected) as refused:
        hands.save(operation_id, serial="SN-1")
    (problem,) = refused.value.problems
    assert (problem.field, problem.is_question) == ("serial", True)
    assert "another patient, record" in problem.message
    assert "Secretname" not in problem.message
    assert "Zelda" not in problem.message
    hands.save(operation_id, RIGHT, None, serial="SN-1", **{confirmed("serial"): "SN-1"})
    assert hands.save(operation_id, lot="L").values["serial"] == "SN-1"


def test_that_the_operation_form_asks_the_same_of_a_serial(hands: Hands, add_patient: Callable[..., int]) -> None:
    hands.operate(patient_id=add_patient(family_name="Secretname"), right__event=IN, right__serial="SN-1")
    with pytest.raises(Rejected) as refused:
        hands.operate(left__event=IN, left__serial="SN-1")
    assert [(p.field, p.is_question) for p in refused.value.problems] == [("left.serial", True)]
    operation_id = hands.operate(left__event=IN, left__serial="SN-1", left__serial_confirmed="SN-1")
    hands.change(hands.operation(operation_id), surgeon="Dr. Lindqvist")


def test_that_one_serial_in_both_sides_and_one_put_in_twice_are_asked(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN, left__event=IN, left__serial="SN-1")
    with pytest.raises(Rejected) as refused:
        hands.save(operation_id, serial="SN-1")
    assert "LEFT has the same serial number" in refused.value.problems[0].message
    with pytest.raises(Rejected) as refused:
        hands.operate(2020, left__event=ADDED, left__serial="SN-1")
    assert "was already put into LEFT" in refused.value.problems[0].message


def test_that_one_label_scanned_for_both_sides_is_asked_in_one_sentence(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN, left__event=IN)
    label = ScannedLabel("(01)00614141999996(10)L1", UdiIssuer.GS1, LabelEntry.PASTED)
    hands.save(operation_id, LEFT, udi_raw=label, serial="SN-1")
    with pytest.raises(Rejected) as refused:
        hands.save(operation_id, RIGHT, udi_raw=label, serial="SN-1")
    (problem,) = refused.value.problems
    assert "is the same text as the label of LEFT" in problem.message


def test_that_taking_out_before_anything_was_put_in_names_both_days(hands: Hands) -> None:
    hands.operate(2014, right__event=IN)
    with pytest.raises(Rejected) as refused:
        hands.operate(2009, right__event=OUT)
    (problem,) = refused.value.problems
    assert (problem.field, problem.is_question) == ("right.event", True)
    assert "12 May 2014" in problem.message
    assert "12 May 2009" in problem.message
    hands.operate(2009, right__event=OUT, right__event_confirmed=OUT)


def test_that_what_the_operation_does_not_show_is_named_before_the_device_goes(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN)
    hands.save(operation_id, gel="Cohesive I", distinct_id=UNKNOWN)
    opened = hands.operation(operation_id)
    with pytest.raises(Rejected) as refused:
        hands.change(opened, right__event=SideEvent.KEPT)
    (problem,) = refused.value.problems
    assert "Gel, Distinct identification code" in problem.message
    hands.change(opened, right__event=SideEvent.KEPT, right__event_confirmed=SideEvent.KEPT)
    with hands.database.unit_of_work(hands.actor) as session:
        assert session.scalar(select(func.count()).select_from(Device)) == 0
        told = session.scalars(select(AuditEntry).where(AuditEntry.verb == "withdraw_device")).one()
    assert told.changes["gel"] == ["Cohesive I", None]


def test_that_a_device_beside_one_left_in_is_described_like_any_other(hands: Hands) -> None:
    hands.operate(2009, right__event=IN)
    operation_id = hands.operate(2014, right__event=ADDED, right__manufacturer="Mentor")
    assert hands.save(operation_id, volume_ml=300).values["manufacturer"] == "Mentor"


def test_that_whoever_may_only_read_changes_nothing(hands: Hands) -> None:
    operation_id = hands.operate(right__event=IN)
    hands.actor = Actor(hands.actor.account_id, "Dr. K. Osei", frozenset({Role.ANESTHESIA}), "Theatre")
    opened = hands.open(operation_id)
    with pytest.raises(PermissionDenied):
        hands.save(operation_id, opened=opened, volume_ml=325)


def test_that_the_form_of_the_operation_asks_nothing_of_a_device_that_its_own_page_does_not() -> None:
    own = {field.key for field in DEVICE_FORM}
    of_side = {field.key for field in OPERATION_FORM if field.side is Side.RIGHT}
    assert of_side - own == {"event", "incision", "incision_detail", "incision_mm"}
    assert operation_values()["right.event"] is IN
