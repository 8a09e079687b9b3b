"""Ask whether a device's sticker stands in the wrong place, beside every other device with its number or label."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.models.patient import Patient
from desktop.rules.problem import Problem
from desktop.rules.sticker import Placed, check_sticker


def ask_about_sticker(
    session: Session, this: Placed, patient_id: int, device_id: int | None, *, besides: int | None = None
) -> list[Problem]:
    """Questions under `serial`. `device_id` is the device itself, once it is stored; of the operation `besides` the
    other side is not looked at, because its form compares both sides by itself.
    """
    same = _same_number_or_label(this, patient_id)
    return [] if same is None else check_sticker(this, _others(session, same, device_id, besides))


def record_number_of(session: Session, patient_id: int) -> str:
    return session.scalars(select(Patient.record_number).where(Patient.id == patient_id)).one()


def placed_in(session: Session, patient_id: int, besides: int | None) -> tuple[Placed, ...]:
    """Every device of a patient that is recorded as put in, but for those of the operation `besides`."""
    return tuple(_others(session, DeviceSpell.patient_id == patient_id, None, besides))


def _same_number_or_label(this: Placed, patient_id: int) -> ColumnElement[bool] | None:
    asked: list[ColumnElement[bool]] = []
    if this.serial:
        asked.append(Device.serial == this.serial)
    if this.raw:
        asked.append(and_(Device.patient_id == patient_id, Device.udi_raw == this.raw))
    return or_(*asked) if asked else None


def _others(
    session: Session, which: ColumnElement[bool], device_id: int | None, besides: int | None
) -> Iterator[Placed]:
    put_in, taken_out = aliased(Operation), aliased(Operation)
    rows = session.execute(
        select(Device, DeviceSpell, put_in.id, put_in.happened_on, taken_out.happened_on, Patient.record_number)
        .join(DeviceSpell, DeviceSpell.device_id == Device.id)
        .join(Patient, Patient.id == Device.patient_id)
        .outerjoin(OperationSide, OperationSide.id == DeviceSpell.implanted_operation_side_id)
        .outerjoin(put_in, put_in.id == OperationSide.operation_id)
        .outerjoin(taken_out, taken_out.id == DeviceSpell.removed_operation_id)
        .where(which)
        .order_by(Device.id)
    )
    for device, spell, operation_id, put_in_on, removed_on, record_number in rows:
        if device.id != device_id and (besides is None or operation_id != besides):
            yield Placed(
                record_number=record_number,
                side=spell.side,
                operation_id=operation_id,
                put_in_on=put_in_on,
                was_removed=spell.removed_operation_id is not None,
                removed_on=removed_on,
                device_identifier=device.udi_di,
                serial=device.serial,
                raw=device.udi_raw,
            )
