"""Tell what is still to be chased because of devices that came out: results of specimens, and warranties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import null, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Side, SpecimenKind, WarrantyState
from desktop.models.patient import Patient
from desktop.models.removal import Removal, Specimen
from desktop.rules.patient import show_record_number
from desktop.services.context import require

OutstandingKind = Literal["specimen", "warranty"]
PAGE: Final = 50


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
