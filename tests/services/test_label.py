"""A label that was scanned in a patient's file: what it is held beside, what is asked, and what is kept with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected
from desktop.exchange.read_label import Outcome
from desktop.forms.catalogue import CATALOGUE_FORM
from desktop.forms.form import confirmed, source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import UNKNOWN, Fill, LabelEntry, OperationKind, Role, Side, SideEvent, Source, UdiIssuer
from desktop.models.partial_date import PartialDate
from desktop.models.search import DeviceNumber
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.catalogue import save_product
from desktop.services.device import open_device, save_device
from desktop.services.draft import DraftOf, find_draft
from desktop.services.label import (
    LabelPlace,
    LabelReading,
    LabelTarget,
    TypedOperation,
    hold_label,
    keep_label,
    read_scan,
    save_with_labels,
)
from desktop.services.matrix import open_matrix, save_matrix
from desktop.services.operation import open_operation, save_operation
from desktop.services.record import Snapshot
from tests.factories import operation_values

GS = "\x1d"
NEW = Snapshot(None, None, {})
LABEL = f"]d201095212345432131727123110LOTA1{GS}21SN0001"
OTHER = f"]d201095212345432131727123110LOTA1{GS}21SN0002"
LOT_ONLY = "(01)09521234543213(17)271200(10)LOTA1"
WRONG = "(01)10888628001228(10)LOTA1"
BROKEN = "no label at all"
BYTES = "+A999BI4101\udcff\x00"
IN, OUT, EXCHANGE, NONE = SideEvent.IMPLANTED, SideEvent.REMOVED, SideEvent.EXCHANGED, SideEvent.NONE


class Hands:
    """Does what the page does, in one unit of work a step."""

    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.practice, self.patient_id = practice, patient_id

    def operate(self, day: str = "2014-05-12", *, patient_id: int | None = None, **answers: Any) -> int:
        """One device on each side, as an operation report tells it; nobody asks about the others."""
        values = operation_values(happened_on=PartialDate.from_iso(day))
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        values |= {f"{side}.event_confirmed": values[f"{side}.event"] for side in ("right", "left")}
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            saved = save_operation(session, NEW, values, patient_id or self.patient_id)
        assert saved.id is not None
        return saved.id

    def scan(self, raw: str = LABEL, typed: TypedOperation | None = None) -> LabelReading:
        with self.practice.database.unit_of_work(self.practice.actor, writing=False) as session:
            return read_scan(session, self.patient_id, raw, LabelEntry.SCANNED, typed)

    def place(self, operation_id: int, side: Side = Side.RIGHT, raw: str = LABEL) -> LabelPlace:
        found = self.scan(raw).place(LabelTarget(operation_id, side))
        assert found is not None
        return found

    def keep(
        self,
        operation_id: int,
        side: Side = Side.RIGHT,
        raw: str = LABEL,
        *,
        sure: bool = False,
        chosen: tuple[str, ...] = (),
        actor: Actor | None = None,
    ) -> Snapshot:
        place = self.place(operation_id, side, raw)
        answered = {each.field: each.message for each in place.questions} if sure else {}
        label = ScannedLabel(raw, entry=LabelEntry.SCANNED)
        with self.practice.database.unit_of_work(actor or self.practice.actor) as session:
            return keep_label(session, self.patient_id, place.target, label, place.opened, chosen, answered)

    def device(self, operation_id: int, side: Side = Side.RIGHT) -> Snapshot:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return open_device(session, operation_id, side)

    def change(self, operation_id: int, side: Side = Side.RIGHT, **answers: Any) -> Snapshot:
        opened = self.device(operation_id, side)
        values = dict(opened.values) | answers
        values |= {confirmed(name): value for name, value in values.items()}
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return save_device(session, opened, values, operation_id, side)

    def asked(self, operation_id: int, side: Side = Side.RIGHT, raw: str = LABEL) -> Mapping[str, str]:
        return {each.field: each.message for each in self.place(operation_id, side, raw).questions}


@pytest.fixture
def hands(practice: OpenPractice, add_patient: Callable[..., int]) -> Hands:
    return Hands(practice, add_patient())


def test_that_a_label_fills_the_empty_answers_of_the_device_and_is_kept_byte_for_byte(hands: Hands) -> None:
    operation_id = hands.operate()
    saved = hands.keep(operation_id).values
    assert saved["serial"] == "SN0001"
    assert saved["lot"] == "LOTA1"
    assert saved["udi_di"] == "09521234543213"
    assert saved["expires_on"] == dt.date(2027, 12, 31)
    assert saved["made_on"] is None
    assert saved["udi_raw"] == ScannedLabel(LABEL, UdiIssuer.GS1, LabelEntry.SCANNED)
    assert all(saved[source_of(name)] is Source.SCANNED for name in ("serial", "lot", "udi_di", "expires_on"))
    assert saved["manufacturer"] == "Mentor"
    assert hands.device(operation_id, Side.LEFT).values["serial"] is None
    assert hands.device(operation_id).values == saved


def test_that_what_was_stated_to_be_unknown_is_known_from_the_label(hands: Hands) -> None:
    operation_id = hands.operate(right__serial=UNKNOWN)
    assert hands.keep(operation_id).values["serial"] == "SN0001"


def test_that_the_number_is_found_by_whoever_looks_for_it(hands: Hands, practice: OpenPractice) -> None:
    hands.keep(hands.operate())
    with practice.database.unit_of_work(practice.actor) as session:
        keys = session.execute(select(DeviceNumber.serial_key, DeviceNumber.lot_key)).all()
    assert [tuple(each) for each in keys] == [("SN0001", "LOTA1")]


def test_that_what_the_record_says_otherwise_stays_unless_the_label_is_chosen(hands: Hands) -> None:
    operation_id = hands.operate(right__serial="SN0009", right__lot="LOTB7")
    place = hands.place(operation_id)
    assert place.differs == {"serial": ("SN0009", "SN0001"), "lot": ("LOTB7", "LOTA1")}
    assert "serial" not in place.fills
    kept = hands.keep(operation_id, chosen=("lot",)).values
    assert (kept["serial"], kept["lot"]) == ("SN0009", "LOTA1")
    assert kept[source_of("lot")] is Source.SCANNED
    assert kept["udi_raw"].raw == LABEL


@pytest.mark.parametrize("raw", [WRONG, BROKEN, BYTES, ""])
def test_that_a_label_that_cannot_be_trusted_leaves_its_text_with_the_device_and_nothing_else(
    hands: Hands, raw: str
) -> None:
    operation_id = hands.operate()
    before = hands.device(operation_id).values
    after = hands.keep(operation_id, raw=raw).values
    assert after["udi_raw"] == ScannedLabel(raw, None, LabelEntry.SCANNED)
    assert {name for name in before if before[name] != after[name]} == {"udi_raw"}


def test_that_a_part_whose_end_cannot_be_known_is_not_filled_in(hands: Hands) -> None:
    operation_id = hands.operate()
    raw = "010952123454321317271231" + "10LOTA121SN0001"
    assert hands.scan(raw).read.outcome is Outcome.DOUBTFUL
    kept = hands.keep(operation_id, raw=raw).values
    assert (kept["lot"], kept["serial"]) == (None, None)
    assert kept["udi_di"] == "09521234543213"


def test_that_another_label_takes_the_place_of_a_kept_one_only_when_confirmed_and_the_audit_has_the_old_text(
    hands: Hands, practice: OpenPractice
) -> None:
    operation_id = hands.operate()
    hands.keep(operation_id, raw=BYTES)
    assert "Another label is kept with this device" in hands.asked(operation_id)["udi_raw"]
    with pytest.raises(Rejected):
        hands.keep(operation_id)
    assert hands.device(operation_id).values["udi_raw"].raw == BYTES
    hands.keep(operation_id, sure=True)
    assert hands.device(operation_id).values["udi_raw"].raw == LABEL
    with practice.database.unit_of_work(practice.actor) as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.record == "device").order_by(AuditEntry.seq.desc()).limit(1)
        ).one()
        old, new = entry.changes["udi_raw"]
        assert entry.verb == "edit_history"
    assert ScannedLabel.from_plain(old) == ScannedLabel(BYTES, None, LabelEntry.SCANNED)
    assert ScannedLabel.from_plain(new) == ScannedLabel(LABEL, UdiIssuer.GS1, LabelEntry.SCANNED)


def test_that_the_very_same_label_asks_nothing_and_changes_nothing(hands: Hands) -> None:
    operation_id = hands.operate()
    first = hands.keep(operation_id)
    assert hands.place(operation_id).is_kept
    assert hands.keep(operation_id).version == first.version


def test_that_a_label_is_refused_when_somebody_saved_the_device_meanwhile(hands: Hands) -> None:
    operation_id = hands.operate()
    seen = hands.place(operation_id)
    hands.change(operation_id, style="2700")
    with (
        pytest.raises(RecordChanged) as refused,
        hands.practice.database.unit_of_work(hands.practice.actor) as session,
    ):
        keep_label(session, hands.patient_id, seen.target, ScannedLabel(LABEL), seen.opened)
    assert refused.value.theirs.values["style"] == "2700"
    assert hands.device(operation_id).values["udi_raw"] is None


def test_that_whoever_has_the_operation_open_is_told_that_it_changed(hands: Hands, practice: OpenPractice) -> None:
    operation_id = hands.operate()
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_operation(session, operation_id)
    hands.keep(operation_id)
    with pytest.raises(RecordChanged), practice.database.unit_of_work(practice.actor) as session:
        save_operation(session, opened, dict(opened.values) | {"surgeon": "Dr. Low"}, hands.patient_id)


def test_that_a_label_is_kept_in_nobody_elses_file(hands: Hands, add_patient: Callable[..., int]) -> None:
    operation_id = hands.operate()
    place = hands.place(operation_id)
    stranger = add_patient(family_name="Ibarra")
    with pytest.raises(RecordMissing), hands.practice.database.unit_of_work(hands.practice.actor) as session:
        keep_label(session, stranger, place.target, ScannedLabel(LABEL), place.opened)


def test_that_who_may_only_look_sees_the_label_and_keeps_none(hands: Hands) -> None:
    operation_id = hands.operate()
    looks = Actor(901, "Somebody", frozenset({Role.ANESTHESIA}), "test")
    with hands.practice.database.unit_of_work(looks, writing=False) as session:
        assert not read_scan(session, hands.patient_id, LABEL, LabelEntry.SCANNED).may_keep
    with pytest.raises(PermissionDenied):
        hands.keep(operation_id, actor=looks)


# cross-checks


def test_that_a_device_that_had_expired_on_the_day_of_surgery_is_asked(hands: Hands) -> None:
    operation_id = hands.operate("2014-05-12")
    raw = "(01)09521234543213(17)140511(21)SN0001"
    assert (
        "This device expired: it could be used through 11 May 2014" in hands.asked(operation_id, raw=raw)["expires_on"]
    )
    with pytest.raises(Rejected):
        hands.keep(operation_id, raw=raw)
    assert hands.keep(operation_id, raw=raw, sure=True).values["expires_on"] == dt.date(2014, 5, 11)


def test_that_an_expired_label_is_asked_also_where_the_record_has_another_day(hands: Hands) -> None:
    operation_id = hands.operate("2014-05-12")
    hands.change(operation_id, expires_on=dt.date(2018, 1, 31))
    place = hands.place(operation_id, raw="(01)09521234543213(17)140511(21)SN0001")
    assert place.differs == {"expires_on": (dt.date(2018, 1, 31), dt.date(2014, 5, 11))}
    assert [each.field for each in place.questions] == ["expires_on"]
    assert "This device expired" in place.questions[0].message


def test_that_a_product_of_the_catalogue_is_held_beside_what_was_chosen(hands: Hands, practice: OpenPractice) -> None:
    product = {"manufacturer": "Allergan", "line": "Calm", "udi_di": "09521234543213", "volume_ml": 300}
    with practice.database.unit_of_work(practice.actor) as session:
        save_product(session, NEW, CATALOGUE_FORM.empty() | product | {"fill": Fill.SILICONE_GEL})
    operation_id = hands.operate(right__manufacturer="McGhan", right__line="Calm", right__fill=Fill.SALINE_FIXED)
    reading = hands.scan()
    assert reading.product == "Allergan Calm"
    assert "300 mL" in reading.product_detail
    asked = hands.asked(operation_id)
    assert asked["volume_ml"].startswith("The catalogue knows this product with the volume 300 mL, and 325 mL was")
    assert "Silicone gel" in asked["fill"]
    assert "manufacturer" not in asked  # McGhan is a former name of the catalogue's maker
    with pytest.raises(Rejected):
        hands.keep(operation_id)
    kept = hands.keep(operation_id, sure=True).values
    assert (kept["volume_ml"], kept["fill"], kept["manufacturer"]) == (325, Fill.SALINE_FIXED, "McGhan")


def test_that_a_product_nobody_knows_is_told_and_needs_no_answer(hands: Hands) -> None:
    place = hands.place(hands.operate())
    assert [each for each in place.remarks if "catalogue does not know the product 09521234543213" in each]
    assert place.questions == ()
    assert hands.scan().product == ""


def test_that_a_day_of_the_label_that_cannot_be_is_told_and_left_out(hands: Hands) -> None:
    operation_id = hands.operate()
    raw = "(01)09521234543213(11)271231(21)SN0001"
    (problem,) = hands.place(operation_id, raw=raw).left_out
    assert "31 Dec 2027 is in the future" in problem.message
    kept = hands.keep(operation_id, raw=raw).values
    assert (kept["made_on"], kept["serial"]) == (None, "SN0001")


# the guard against swapped stickers


def test_that_the_same_serial_number_in_another_patient_is_asked_and_names_the_record_number_alone(
    hands: Hands, add_patient: Callable[..., int]
) -> None:
    other = add_patient(family_name="Ibarra", given_name="Noor")
    hands.operate(patient_id=other, right__serial="SN0001")
    operation_id = hands.operate()
    (message,) = hands.scan().elsewhere
    assert "already recorded for another patient, record 000 002" in message
    assert "Ibarra" not in message
    assert hands.asked(operation_id)["serial"] == message
    with pytest.raises(Rejected):
        hands.keep(operation_id)
    assert hands.keep(operation_id, sure=True).values["serial"] == "SN0001"


def test_that_the_same_serial_number_of_another_product_is_another_device(
    hands: Hands, add_patient: Callable[..., int]
) -> None:
    other = add_patient(family_name="Ibarra")
    operation_id = hands.operate(patient_id=other, right__serial="SN0001")
    hands.change(operation_id, udi_di="10888628001206")
    assert hands.scan().elsewhere == ()


def test_that_a_matrix_of_another_patient_with_this_number_is_found_too(
    hands: Hands, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    other = add_patient(family_name="Ibarra")
    operation_id = hands.operate(patient_id=other)
    with practice.database.unit_of_work(practice.actor) as session:
        save_matrix(session, NEW, {"side": Side.LEFT, "product": "Calm", "serial": "SN0001"}, operation_id)
    (message,) = hands.scan().elsewhere
    assert hands.asked(hands.operate())["serial"] == message


def test_that_the_same_serial_number_in_both_sides_is_asked(hands: Hands) -> None:
    operation_id = hands.operate(left__serial="SN0001")
    assert "LEFT has the same serial number SN0001" in hands.asked(operation_id)["serial"]


def test_that_one_label_for_both_sides_is_asked(hands: Hands) -> None:
    operation_id = hands.operate()
    for raw in (LABEL, LOT_ONLY, BROKEN):
        hands.keep(operation_id, Side.RIGHT, raw, sure=True)
        asked = hands.asked(operation_id, Side.LEFT, raw)
        assert "The label of LEFT is the same text as the label of RIGHT" in asked["serial"]
        with pytest.raises(Rejected):
            hands.keep(operation_id, Side.LEFT, raw)


def test_that_a_device_put_in_twice_is_asked_unless_it_came_out_between(hands: Hands) -> None:
    hands.operate("2010-03-01", right__serial="SN0001")
    again = hands.operate("2014-05-12")
    assert "already put into RIGHT at another operation (1 Mar 2010)" in hands.asked(again)["serial"]
    hands.operate("2012-03-01", kind=OperationKind.REMOVAL, **_out())
    assert "serial" not in hands.asked(again)


def test_that_removing_what_was_never_put_in_is_asked(hands: Hands) -> None:
    with pytest.raises(Rejected) as refused:
        _remove(hands, "2014-05-12")
    (problem,) = refused.value.problems
    assert problem.is_question
    assert "No device was ever recorded as put into RIGHT" in problem.message


def test_that_removing_before_it_was_put_in_is_asked(hands: Hands) -> None:
    hands.operate("2014-05-12", left__event=NONE, **{f"left__{name}": None for name in _LEFT})
    with pytest.raises(Rejected) as refused:
        _remove(hands, "2010-01-31")
    (problem,) = refused.value.problems
    assert problem.is_question
    assert "The device in RIGHT was put in 12 May 2014, after 31 Jan 2010" in problem.message


# an operation that is being typed


def test_that_a_label_is_held_beside_the_operation_that_is_being_typed(hands: Hands) -> None:
    hands.operate("2014-05-12")
    values = operation_values(happened_on=PartialDate(2026, 11, 20), **{"left.event": NONE, "right.serial": "SN0009"})
    reading = hands.scan(typed=TypedOperation(None, values))
    (typed,) = [place for place in reading.places if place.is_typed]
    assert reading.places[0] == typed
    assert typed.target == LabelTarget(None, Side.RIGHT)
    assert typed.differs == {"serial": ("SN0009", "SN0001")}
    assert "lot" in typed.fills


def test_that_a_stored_operation_with_typed_answers_is_offered_once(hands: Hands) -> None:
    operation_id = hands.operate()
    hands.change(operation_id, lot="LOTB7")
    values = operation_values(**{"right.serial": "SN0001", "right.lot": "LOTB7"})
    places = hands.scan(typed=TypedOperation(operation_id, values)).places_in(Side.RIGHT)
    assert [place.is_typed for place in places] == [True]
    assert places[0].differs == {"lot": ("LOTB7", "LOTA1")}
    assert "serial" not in places[0].fills


def test_that_a_new_operation_that_nobody_began_is_offered_last(hands: Hands) -> None:
    hands.operate()
    places = hands.scan(typed=TypedOperation(None, OPERATION_FORM.empty(), is_begun=False)).places_in(Side.RIGHT)
    assert [place.title for place in places] == ["Mentor MemoryGel · 325 mL", "A new operation"]


def test_that_labels_held_while_an_operation_was_typed_are_saved_with_it_or_not_at_all(
    hands: Hands, practice: OpenPractice
) -> None:
    waiting = DraftOf("held_label", f"new:{hands.patient_id}")
    values = operation_values(**{"right.serial": "SN0001", "right.lot": "LOTX"})
    with practice.database.unit_of_work(practice.actor) as session:
        hold_label(session, waiting, Side.RIGHT, ScannedLabel(BROKEN))
        hold_label(session, waiting, Side.RIGHT, ScannedLabel(LABEL))
        hold_label(session, waiting, Side.LEFT, ScannedLabel(OTHER, entry=LabelEntry.PASTED))
    with pytest.raises(Rejected), practice.database.unit_of_work(practice.actor) as session:
        save_with_labels(session, NEW, values | {"right.volume_ml": 9999}, hands.patient_id, waiting)
    with practice.database.unit_of_work(practice.actor) as session:
        saved = save_with_labels(session, NEW, values, hands.patient_id, waiting)
    assert saved.id is not None
    right, left = (hands.device(saved.id, side).values for side in (Side.RIGHT, Side.LEFT))
    assert (right["serial"], right["lot"], right["udi_di"]) == ("SN0001", "LOTX", "09521234543213")
    assert (left["serial"], left["udi_raw"].entry) == ("SN0002", LabelEntry.PASTED)
    with practice.database.unit_of_work(practice.actor) as session:
        assert open_operation(session, saved.id) == saved
        assert find_draft(session, waiting) is None


def test_that_a_held_label_of_a_side_into_which_nothing_went_goes_on_waiting(
    hands: Hands, practice: OpenPractice
) -> None:
    waiting = DraftOf("held_label", "new:1")
    values = operation_values(**{"left.event": NONE, **{f"left.{name}": None for name in _LEFT}})
    with practice.database.unit_of_work(practice.actor) as session:
        hold_label(session, waiting, Side.LEFT, ScannedLabel(LABEL))
        saved = save_with_labels(session, NEW, values, hands.patient_id, waiting)
        assert find_draft(session, waiting) is not None
    assert saved.values["right.serial"] is None


# a matrix


def test_that_a_label_is_kept_with_a_matrix(hands: Hands, practice: OpenPractice) -> None:
    operation_id = hands.operate()
    with practice.database.unit_of_work(practice.actor) as session:
        matrix_id = save_matrix(session, NEW, {"side": Side.RIGHT, "product": "Calm"}, operation_id).id
    raw = "=/A9999XYZ100T0944=,000025=A99971312345600=>027032=}013032&,1000000000000XYZ123"
    place = hands.scan(raw).place(LabelTarget(operation_id, Side.RIGHT, matrix_id))
    assert place is not None
    assert place.title == "Matrix or mesh: Calm"
    with practice.database.unit_of_work(practice.actor) as session:
        keep_label(session, hands.patient_id, place.target, ScannedLabel(raw), place.opened)
    with practice.database.unit_of_work(practice.actor) as session:
        kept = open_matrix(session, matrix_id).values
    assert kept["distinct_id"] == "A99971312345600"
    assert kept["udi_raw"] == ScannedLabel(raw, UdiIssuer.ICCBBA, LabelEntry.SCANNED)
    assert hands.device(operation_id).values["udi_raw"] is None


_LEFT = ("manufacturer", "line", "volume_ml", "fill", "shape", "surface", "plane")


def _out() -> dict[str, Any]:
    nothing = {f"{side}__{name}": None for side in ("right", "left") for name in _LEFT}
    return nothing | {"right__event": OUT, "left__event": OUT}


def _remove(hands: Hands, day: str) -> None:
    """Without any answer to a question."""
    values = operation_values(kind=OperationKind.REMOVAL, happened_on=PartialDate.from_iso(day))
    values |= {name.replace("__", "."): value for name, value in (_out() | {"left__event": NONE}).items()}
    with hands.practice.database.unit_of_work(hands.practice.actor) as session:
        save_operation(session, NEW, values, hands.patient_id)
