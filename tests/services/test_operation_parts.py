"""What hangs on an operation: recorded, told, chased, and taken out again with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.errors import RecordChanged, RecordMissing, Rejected, UserError
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form, confirmed
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    UNKNOWN,
    DrainKind,
    Fluid,
    ImagingFinding,
    ImagingKind,
    MatrixKind,
    OperationKind,
    RecipientKind,
    RemovedCondition,
    Side,
    SideEvent,
    SpecimenKind,
    WarrantyState,
)
from desktop.models.device import Device, DeviceSpell
from desktop.models.draft import Draft
from desktop.models.drain import Drain
from desktop.models.imaging import ImagingStudy
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation
from desktop.models.partial_date import PartialDate
from desktop.models.records_request import RecordsRequest
from desktop.models.removal import Removal, Specimen
from desktop.models.search import DeviceNumber
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, keep_draft
from desktop.services.drain import save_drain
from desktop.services.imaging import save_imaging
from desktop.services.matrix import open_matrix, save_matrix
from desktop.services.operation import History, open_operation, read_history, save_operation
from desktop.services.operation_parts import OperationParts, read_parts
from desktop.services.outstanding import Outstanding, list_outstanding
from desktop.services.record import Snapshot
from desktop.services.removal import open_removal, save_removal
from desktop.services.withdrawal import (
    withdraw_drain,
    withdraw_imaging,
    withdraw_matrix,
    withdraw_operation,
    withdraw_removal,
)

NEW = Snapshot(None, None, {})
RIGHT, LEFT = Side.RIGHT, Side.LEFT
NONE, IN, EXCHANGE, OUT = SideEvent.NONE, SideEvent.IMPLANTED, SideEvent.EXCHANGED, SideEvent.REMOVED
DAY = dt.date(2020, 5, 12)


class Hands:
    """Does what the screens do, one unit of work a step."""

    def __init__(self, practice: OpenPractice, patient_id: int) -> None:
        self.practice, self.patient_id = practice, patient_id

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return verb(session, *args, **more)

    def operate(self, year: int, **answers: Any) -> int:
        values = OPERATION_FORM.empty() | {"kind": OperationKind.EXCHANGE, "right.event": NONE, "left.event": NONE}
        values |= {"happened_on": PartialDate(year, 5, 12)}
        values |= {name.replace("__", "."): value for name, value in answers.items()}
        operation_id = self.do(save_operation, NEW, values, self.patient_id).id
        assert isinstance(operation_id, int)
        return operation_id

    def add(self, form: Form, save: Callable[..., Snapshot], *where: Any, **answers: Any) -> Snapshot:
        saved = self.do(save, NEW, form.empty() | answers, *where)
        assert isinstance(saved, Snapshot)
        return saved

    def matrix(self, operation_id: int, **answers: Any) -> Snapshot:
        small = {"side": RIGHT, "kind": MatrixKind.ADM_ANIMAL, "product": "Strattice"}
        return self.add(MATRIX_FORM, save_matrix, operation_id, **small | answers)

    def drain(self, operation_id: int, **answers: Any) -> Snapshot:
        return self.add(DRAIN_FORM, save_drain, operation_id, **{"side": LEFT, "kind": DrainKind.BLAKE} | answers)

    def imaging(self, **answers: Any) -> Snapshot:
        small = {"side": RIGHT, "kind": ImagingKind.MRI, "finding": ImagingFinding.NO_RUPTURE}
        return self.add(IMAGING_FORM, save_imaging, self.patient_id, **small | answers)

    def removal(self, operation_id: int, side: Side = RIGHT, **answers: Any) -> Snapshot:
        small = {"condition": (RemovedCondition.INTACT,)}
        return self.add(REMOVAL_FORM, save_removal, operation_id, side, **small | answers)

    def parts(self, operation_id: int | None) -> OperationParts:
        found = self.do(read_parts, self.patient_id, operation_id)
        assert isinstance(found, OperationParts)
        return found

    def history(self) -> History:
        found = self.do(read_history, self.patient_id)
        assert isinstance(found, History)
        return found

    def count(self, *tables: type) -> list[int]:
        return [
            self.do(lambda session, t=table: session.scalar(select(func.count()).select_from(t))) for table in tables
        ]


@pytest.fixture
def hands(practice: OpenPractice, add_patient: Callable[..., int]) -> Hands:
    return Hands(practice, add_patient())


@pytest.fixture
def exchange(hands: Hands) -> int:
    hands.operate(2010, right__event=IN, right__manufacturer="Mentor", left__event=IN)
    return hands.operate(2020, right__event=EXCHANGE, right__manufacturer="Motiva", left__event=OUT)


def specimen(**changes: Any) -> dict[str, Any]:
    none = {"id": None, "laboratory": None, "result": None, "resulted_on": None}
    return none | {"kind": SpecimenKind.CD30, "sent_on": DAY} | changes


def test_that_all_that_hangs_on_an_operation_is_told_right_before_left(hands: Hands, exchange: int) -> None:
    hands.drain(exchange, size_french=15, side=RIGHT)
    hands.drain(exchange, removed_on=UNKNOWN)
    hands.matrix(exchange, side=LEFT, length_mm=160, width_mm=80, serial="M-1")
    hands.matrix(exchange, thickness_mm=Decimal("1.5"), removed_on=PartialDate(2021))
    hands.imaging(happened_on=PartialDate(2019, 4))
    hands.imaging(side=LEFT, finding=ImagingFinding.OTHER, note="a fold\nand more")
    hands.removal(exchange, specimens=(specimen(),), fluid=Fluid.SEROUS, fluid_ml=20)
    parts = hands.parts(exchange)
    assert parts.devices == {RIGHT: "Motiva"}
    assert parts.removals == {RIGHT: "Intact · serous fluid · waiting for CD30"}
    assert [(row.side, row.title, row.detail) for row in parts.matrices] == [
        (RIGHT, "Strattice", "Dermal matrix, animal · out 2021"),
        (LEFT, "Strattice", "Dermal matrix, animal · 160 × 80 mm · serial M-1"),
    ]
    assert [(row.side, row.title, row.detail) for row in parts.drains] == [
        (RIGHT, "Drain, Blake", "15 French · not recorded as taken out"),
        (LEFT, "Drain, Blake", "day of removal unknown"),
    ]
    assert [(row.side, row.title, row.detail) for row in parts.imaging] == [
        (RIGHT, "MRI · Apr 2019", "No rupture seen"),
        (LEFT, "MRI · date unknown", "a fold"),
    ]
    assert hands.parts(None) == OperationParts(imaging=parts.imaging)


def test_that_the_serial_of_a_matrix_finds_it_and_its_label_is_kept(hands: Hands, exchange: int) -> None:
    saved = hands.matrix(exchange, serial="M-1", lot="ML-1")
    assert hands.count(DeviceNumber) == [1]
    hands.do(withdraw_matrix, saved.id, saved.version, "recorded twice")
    assert hands.count(DeviceNumber, Matrix) == [0, 0]


def test_that_a_record_of_one_side_asks_before_it_becomes_one_of_the_other(hands: Hands, exchange: int) -> None:
    for saved, save, where in (
        (hands.matrix(exchange), save_matrix, exchange),
        (hands.drain(exchange), save_drain, exchange),
        (hands.imaging(), save_imaging, hands.patient_id),
    ):
        other = LEFT if saved.values["side"] is RIGHT else RIGHT
        with pytest.raises(Rejected) as refused:
            hands.do(save, saved, {**saved.values, "side": other}, where)
        assert [(p.field, p.is_question) for p in refused.value.problems] == [("side", True)]
        moved = hands.do(save, saved, {**saved.values, "side": other, confirmed("side"): other}, where)
        assert moved.values["side"] is other


@pytest.mark.parametrize("form", [MATRIX_FORM, DRAIN_FORM, IMAGING_FORM])
def test_that_a_side_has_to_be_said(form: Form) -> None:
    assert form.field("side").required


def test_that_nothing_comes_out_before_it_was_put_in_and_an_expired_matrix_is_asked(
    hands: Hands, exchange: int
) -> None:
    with pytest.raises(Rejected):
        hands.drain(exchange, removed_on=dt.date(2020, 5, 11))
    with pytest.raises(Rejected):
        hands.matrix(exchange, removed_on=PartialDate(2019))
    expired = dt.date(2020, 5, 1)
    with pytest.raises(Rejected) as refused:
        hands.matrix(exchange, expires_on=expired)
    assert [(p.field, p.is_question) for p in refused.value.problems] == [("expires_on", True)]
    saved = hands.matrix(exchange, expires_on=expired, **{confirmed("expires_on"): expired})
    again = hands.do(save_matrix, saved, {**saved.values, "lot": "1"}, exchange)
    assert hands.do(open_matrix, again.id).values["lot"] == "1"


def test_that_imaging_of_one_patient_is_not_saved_into_another(hands: Hands, add_patient: Callable[..., int]) -> None:
    saved = hands.imaging()
    with pytest.raises(RecordMissing):
        hands.do(save_imaging, saved, saved.values, add_patient())


def test_that_what_came_out_is_recorded_once_for_each_side(hands: Hands, exchange: int) -> None:
    assert hands.do(open_removal, exchange, RIGHT).id is None
    first = hands.removal(exchange, specimens=(specimen(),))
    assert hands.do(open_removal, exchange, RIGHT) == first
    with pytest.raises(RecordChanged) as told:
        hands.removal(exchange, condition=(RemovedCondition.DEFLATED,))
    assert told.value.theirs == first
    hands.removal(exchange, LEFT)
    assert hands.count(Removal, Specimen) == [2, 1]


def test_that_nothing_came_out_where_the_operation_took_nothing_out(hands: Hands) -> None:
    operation_id = hands.operate(2010, right__event=IN)
    with pytest.raises(UserError, match="no device came out of RIGHT"):
        hands.removal(operation_id)


def test_that_what_came_out_keeps_the_operation_from_saying_that_nothing_did(hands: Hands, exchange: int) -> None:
    saved = hands.removal(exchange, LEFT)
    opened = hands.do(open_operation, exchange)
    values = {**opened.values, "left.event": SideEvent.KEPT, "left.event_confirmed": SideEvent.KEPT}
    with pytest.raises(Rejected) as refused:
        hands.do(save_operation, opened, values, hands.patient_id)
    assert [(p.field, p.is_question) for p in refused.value.problems] == [("left.event", False)]
    hands.do(withdraw_removal, saved.id, saved.version, "of the other side")
    hands.do(save_operation, opened, values, hands.patient_id)


def test_that_a_specimen_sent_before_the_operation_is_refused(hands: Hands, exchange: int) -> None:
    with pytest.raises(Rejected) as refused:
        hands.removal(exchange, specimens=(specimen(sent_on=dt.date(2020, 5, 11)),))
    assert [p.field for p in refused.value.problems] == ["specimens"]


def chased(hands: Hands, **more: Any) -> list[tuple[str, str, dt.date, Side]]:
    return [(one.kind, one.what, one.on, one.side) for one in hands.do(list_outstanding, **more)]


def test_that_what_waits_is_listed_by_its_day_until_it_is_answered(hands: Hands, exchange: int) -> None:
    rows = (specimen(), specimen(kind=SpecimenKind.CULTURE, sent_on=DAY + dt.timedelta(2), laboratory="St. Bride"))
    answered = specimen(kind=SpecimenKind.HISTOLOGY, result="benign", resulted_on=DAY)
    until = DAY + dt.timedelta(1)
    saved = hands.removal(exchange, specimens=(*rows, answered), warranty=WarrantyState.TO_CLAIM, warranty_until=until)
    assert chased(hands) == [
        ("specimen", "CD30", DAY, RIGHT),
        ("warranty", "Warranty to be claimed", until, RIGHT),
        ("specimen", "Culture", DAY + dt.timedelta(2), RIGHT),
    ]
    (_first, _second, third) = hands.do(list_outstanding)
    assert (third.whom, third.patient_name, third.operation_id) == ("St. Bride", "Okafor, Rosalind", exchange)
    told = [{**row, "result": "negative"} for row in saved.values["specimens"]]
    claimed = {"warranty": WarrantyState.CLAIMED, "warranty_claimed_on": until, "specimens": tuple(told)}
    hands.do(save_removal, saved, {**saved.values, **claimed}, exchange, RIGHT)
    assert chased(hands) == []


def test_that_pages_follow_each_other_without_gap_or_double(hands: Hands, add_patient: Callable[..., int]) -> None:
    for _ in range(3):
        hands.patient_id = add_patient()
        hands.operate(2010, right__event=IN, left__event=IN)
        operation_id = hands.operate(2020, kind=OperationKind.REMOVAL, right__event=OUT, left__event=OUT)
        for side in Side:
            hands.removal(
                operation_id,
                side,
                specimens=(specimen(), specimen(kind=SpecimenKind.CULTURE)),
                warranty=WarrantyState.TO_CLAIM,
                warranty_until=DAY,
            )
    whole: tuple[Outstanding, ...] = hands.do(list_outstanding)
    assert len(whole) == 18
    assert [one.key for one in whole] == sorted(one.key for one in whole)
    found: list[Outstanding] = []
    while page := hands.do(list_outstanding, found[-1].key if found else None, most=4):
        found += page
    assert tuple(found) == whole
    of_one = hands.do(list_outstanding, patient_id=hands.patient_id)
    assert {one.patient_id for one in of_one} == {hands.patient_id}
    assert len(of_one) == 6


def test_that_an_operation_recorded_by_mistake_goes_and_all_of_it_stays_in_the_audit(hands: Hands) -> None:
    hands.operate(2010, right__event=IN, right__manufacturer="Mentor")
    twice = hands.operate(2015, right__event=EXCHANGE, right__manufacturer="Motiva", right__serial="SN-1")
    version = hands.do(open_operation, twice).version
    hands.do(keep_draft, DraftOf("operation", str(twice)), {}, 1)
    hands.do(withdraw_operation, twice, version, " recorded\x00 twice\u202e ")
    (in_place,) = hands.history().right
    assert (in_place.title, in_place.occupation.is_in_place) == ("Mentor", True)
    assert hands.count(Operation, Device, DeviceSpell, Draft, DeviceNumber) == [1, 1, 1, 0, 0]
    rows = hands.do(lambda s: {entry.verb: entry.changes for entry in s.scalars(select(AuditEntry))})
    assert rows["withdraw_operation"]["right.manufacturer"] == ["Motiva", None]
    assert rows["withdraw_operation"]["reason"] == [None, "recorded twice"]
    assert rows["withdraw_device"]["serial"] == ["SN-1", None]
    with hands.practice.database.unit_of_work(hands.practice.actor) as session:
        assert session.scalars(select(DeviceSpell.removed_operation_id)).one() is None


def test_that_an_operation_on_which_something_hangs_stays_and_all_of_it_is_named(hands: Hands, exchange: int) -> None:
    hands.removal(exchange, LEFT)
    hands.matrix(exchange)
    hands.drain(exchange)
    hands.drain(exchange)
    request = RecordsRequest(
        patient_id=hands.patient_id,
        operation_id=exchange,
        recipient_kind=RecipientKind.HOSPITAL,
        recipient_name="St. Bride",
    )
    hands.do(lambda session: session.add(request))
    version = hands.do(open_operation, exchange).version
    with pytest.raises(UserError) as refused:
        hands.do(withdraw_operation, exchange, version, "recorded twice")
    words = "what came out of LEFT, a matrix or mesh, 2 drains and a request for records hang on it"
    assert words in str(refused.value)
    assert len(hands.history().operations) == 2


def test_that_nothing_is_taken_out_without_a_reason_or_over_newer_answers(hands: Hands, exchange: int) -> None:
    version = hands.do(open_operation, exchange).version
    for nothing in ("  ", "\x00\u202e"):
        with pytest.raises(UserError, match="write why"):
            hands.do(withdraw_operation, exchange, version, nothing)
    with pytest.raises(RecordChanged):
        hands.do(withdraw_operation, exchange, version - 1, "recorded twice")
    saved = hands.drain(exchange)
    with pytest.raises(UserError, match="write why"):
        hands.do(withdraw_drain, saved.id, saved.version, "")
    with pytest.raises(RecordChanged):
        hands.do(withdraw_drain, saved.id, (saved.version or 0) - 1, "recorded twice")
    hands.do(withdraw_drain, saved.id, saved.version, "recorded twice")
    study = hands.imaging()
    hands.do(withdraw_imaging, study.id, study.version, "of another patient")
    assert hands.count(Drain, ImagingStudy) == [0, 0]
