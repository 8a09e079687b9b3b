"""List the devices of a patient to which a label may belong, as they stand before it is held beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import Form
from desktop.forms.matrix import MATRIX_FORM
from desktop.models.choices import UNKNOWN, OperationKind, Side
from desktop.models.device import DeviceSpell
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation, OperationSide
from desktop.models.partial_date import PartialDate
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.side import field_at
from desktop.rules.spell import describes_device
from desktop.rules.sticker import Placed
from desktop.services.device import reach_of
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot, snapshot_of


@dataclass(frozen=True)
class LabelTarget:
    """One device of one operation; a matrix has a number of its own. `operation_id` None: the one being typed now."""

    operation_id: int | None
    side: Side
    matrix_id: int | None = None


@dataclass(frozen=True)
class TypedOperation:
    """An operation as it stands in its form and not in the store; `id` None while it was never saved.

    `is_begun` False: nothing stands in the form yet, and the label may be the first of it. `held` is where the labels
    wait that were scanned into the form.
    """

    id: int | None
    values: Mapping[str, Any]
    is_begun: bool = True
    held: DraftOf | None = None


@dataclass(frozen=True)
class Carrier:
    """A device as it stands, before a label is held beside it."""

    target: LabelTarget
    title: str
    form: Form
    opened: Snapshot
    happened_on: PartialDate | None = None
    kind: OperationKind | None = None
    device_id: int | None = None
    is_typed: bool = False
    was_removed: bool = False
    record_number: str = ""
    beside: Placed | None = None
    """The device in the other side of the same form, which the store does not know yet."""


def carriers(
    session: Session, patient_id: int, typed: TypedOperation | None, held: Mapping[Side, ScannedLabel]
) -> tuple[Carrier, ...]:
    """The operation that is being typed, then the others from the newest; in each the device before its matrices."""
    stored = [*_devices(session, patient_id), *_matrices(session, patient_id)]
    stored.sort(key=_newest_first)
    if typed is None:
        return tuple(stored)
    rest = [each for each in stored if each.target.operation_id != typed.id or each.target.matrix_id is not None]
    new = tuple(_being_typed(stored, typed, held))
    return (*new, *rest) if typed.is_begun else (*rest, *new)


def _devices(session: Session, patient_id: int) -> Iterator[Carrier]:
    rows = session.execute(
        select(DeviceSpell, Operation)
        .join(OperationSide, OperationSide.id == DeviceSpell.implanted_operation_side_id)
        .join(Operation, Operation.id == OperationSide.operation_id)
        .where(DeviceSpell.patient_id == patient_id)
        .options(joinedload(DeviceSpell.device))
    )
    for spell, operation in rows:
        device = spell.device
        volume = f"{device.volume_ml:,} mL" if device.volume_ml else ""
        name = " ".join(filter(None, (device.manufacturer, device.line))) or "Device not described yet"
        yield Carrier(
            LabelTarget(operation.id, spell.side),
            " · ".join(filter(None, (name, volume))),
            DEVICE_FORM,
            snapshot_of(DEVICE_FORM, device, reach_of(spell)),
            operation.happened_on,
            operation.kind,
            device.id,
            was_removed=spell.removed_operation_id is not None,
        )


def _matrices(session: Session, patient_id: int) -> Iterator[Carrier]:
    rows = session.execute(
        select(Matrix, Operation)
        .join(Operation, Operation.id == Matrix.operation_id)
        .where(Matrix.patient_id == patient_id)
    )
    for matrix, operation in rows:
        name = " ".join(filter(None, (matrix.manufacturer, matrix.product)))
        yield Carrier(
            LabelTarget(operation.id, matrix.side, matrix.id),
            f"Matrix or mesh: {name or 'not described yet'}",
            MATRIX_FORM,
            snapshot_of(MATRIX_FORM, matrix),
            operation.happened_on,
            operation.kind,
            was_removed=matrix.removed_on is not None,
        )


def _being_typed(stored: list[Carrier], typed: TypedOperation, held: Mapping[Side, ScannedLabel]) -> Iterator[Carrier]:
    """A device of the operation in the form: what stands in its column, and behind it what is stored."""
    happened_on = typed.values.get("happened_on")
    for side in Side:
        prefix = field_at(side, "")
        event = typed.values.get(f"{prefix}event")
        if event is UNKNOWN or not describes_device(event):
            continue
        is_this = LabelTarget(typed.id, side)
        before = next((each for each in stored if each.target == is_this and typed.id is not None), None)
        values = dict(before.opened.values) if before else DEVICE_FORM.empty()
        values |= {name: typed.values[prefix + name] for name in values if prefix + name in typed.values}
        if side in held:
            values["udi_raw"] = held[side]
        yield Carrier(
            is_this,
            "The operation you are typing" if typed.is_begun else "A new operation",
            DEVICE_FORM,
            Snapshot(before.opened.id if before else None, before.opened.version if before else None, values),
            happened_on if isinstance(happened_on, PartialDate) else None,
            typed.values.get("kind"),
            before.device_id if before else None,
            is_typed=True,
            beside=_other_side(typed, held, side),
        )


def _other_side(typed: TypedOperation, held: Mapping[Side, ScannedLabel], side: Side) -> Placed:
    other = side.other
    serial, label = typed.values.get(field_at(other, "serial")), held.get(other)
    return Placed(
        record_number="",
        side=other,
        operation_id=typed.id,
        serial=serial if isinstance(serial, str) else None,
        raw=label.raw if label else None,
    )


def _newest_first(carrier: Carrier) -> tuple[int, int, int]:
    day = carrier.happened_on.earliest.toordinal() if carrier.happened_on else 0
    return (-day, -(carrier.target.operation_id or 0), carrier.target.matrix_id or 0)
