"""Open and save what came out of one side, and tell of all patients what is still to be chased because of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import null, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Side, SpecimenKind, WarrantyState
from desktop.models.operation import Operation
from desktop.models.patient import Patient
from desktop.models.removal import Removal, Specimen
from desktop.rules.removal import check_days_after
from desktop.rules.spell import TAKES_OUT
from desktop.services.context import require
from desktop.services.patient import show_record_number
from desktop.services.record import Snapshot, get_record, open_record, save_record

OutstandingKind = Literal["specimen", "warranty"]
PAGE: Final = 50


def open_removal(session: Session, operation_id: int, side: Side) -> Snapshot:
    """What is recorded of the device that came out of a side, or an empty form for it."""
    require(session, REMOVAL_FORM.view)
    return _open(session, operation_id, side)


def save_removal(
    session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int, side: Side
) -> Snapshot:
    require(session, REMOVAL_FORM.edit)
    operation = get_record(session, Operation, operation_id, selectinload(Operation.sides))
    event = next((row.event for row in operation.sides if row.side is side), None)
    if event not in TAKES_OUT:
        raise UserError(
            f"Not saved: by now this operation says that no device came out of {side.label}. What you typed is kept. "
            f"Correct what was done in {side.label} first."
        )
    theirs = _open(session, operation_id, side)
    if theirs.id != opened.id:
        raise RecordChanged(theirs)
    if problems := check_days_after(values, operation.happened_on.earliest if operation.happened_on else None):
        raise Rejected(problems)
    belongs = {"patient_id": operation.patient_id, "operation_id": operation_id, "side": side}
    return save_record(session, REMOVAL_FORM, opened, values, belongs)


@dataclass(frozen=True)
class Outstanding:
    """One thing to be chased: a specimen without a result since `on`, or a warranty to be claimed until `on`."""

    kind: OutstandingKind
    id: int
    on: dt.date
    what: str
    whom: str
    side: Side
    patient_id: int
    patient_name: str
    record_number: str
    operation_id: int

    @property
    def key(self) -> OutstandingKey:
        return (self.on, self.kind, self.id)


OutstandingKey = tuple[dt.date, OutstandingKind, int]


def list_outstanding(
    session: Session, after: OutstandingKey | None = None, *, most: int = PAGE, patient_id: int | None = None
) -> tuple[Outstanding, ...]:
    """The oldest day first; `after` is the key of the last one that was shown. `patient_id`: of one patient only."""
    require(session, REMOVAL_FORM.view)
    found = [
        *_page(session, _specimens(), "specimen", Specimen.sent_on, Specimen.id, after, most, patient_id),
        *_page(session, _warranties(), "warranty", Removal.warranty_until, Removal.id, after, most, patient_id),
    ]
    return tuple(sorted(found, key=lambda one: one.key)[:most])


def _open(session: Session, operation_id: int, side: Side) -> Snapshot:
    of_side = (Removal.operation_id == operation_id, Removal.side == side)
    removal_id = session.scalars(select(Removal.id).where(*of_side)).one_or_none()
    if removal_id is None:
        return Snapshot(None, None, REMOVAL_FORM.empty())
    return open_record(session, REMOVAL_FORM, removal_id)


_OF_WHOM = (
    Removal.side,
    Removal.operation_id,
    Removal.patient_id,
    Patient.family_name,
    Patient.given_name,
    Patient.record_number,
)


def _specimens() -> Any:
    return (
        select(Specimen.id, Specimen.sent_on, Specimen.kind, Specimen.laboratory, *_OF_WHOM)
        .join(Removal, Removal.id == Specimen.removal_id)
        .join(Patient, Patient.id == Removal.patient_id)
        .where(Specimen.result.is_(None), Specimen.sent_on.is_not(None))
    )


def _warranties() -> Any:
    return (
        select(Removal.id, Removal.warranty_until, null(), null(), *_OF_WHOM)
        .join(Patient, Patient.id == Removal.patient_id)
        .where(Removal.warranty == WarrantyState.TO_CLAIM, Removal.warranty_until.is_not(None))
    )


def _page(
    session: Session,
    rows: Any,
    kind: OutstandingKind,
    on: InstrumentedAttribute[dt.date | None],
    number: InstrumentedAttribute[int],
    after: OutstandingKey | None,
    most: int,
    patient_id: int | None,
) -> Iterator[Outstanding]:
    if after is not None:
        day, last_kind, last_id = after
        if kind == last_kind:
            rows = rows.where(tuple_(on, number) > tuple_(day, last_id))
        else:
            rows = rows.where(on >= day if kind > last_kind else on > day)
    if patient_id is not None:
        rows = rows.where(Removal.patient_id == patient_id)
    return (_told(kind, row) for row in session.execute(rows.order_by(on, number).limit(most)))


def _told(kind: OutstandingKind, row: Any) -> Outstanding:
    number, on, specimen, laboratory, side, operation_id, patient_id, family, given, record_number = row
    is_specimen = isinstance(specimen, SpecimenKind)
    return Outstanding(
        kind=kind,
        id=number,
        on=on,
        what=specimen.label if is_specimen else "Warranty to be claimed",
        whom=laboratory or "" if is_specimen else "",
        side=side,
        patient_id=patient_id,
        patient_name=", ".join(filter(None, (family, given))),
        record_number=show_record_number(record_number),
        operation_id=operation_id,
    )
