"""Open and save everything that is known about one device that an operation put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import RecordChanged, RecordMissing, Rejected
from desktop.forms.answers import known, unconfirmed
from desktop.forms.device import DEVICE_FORM
from desktop.forms.form import Field
from desktop.models.choices import Side
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.rules.label import check_expiry
from desktop.rules.problem import Problem
from desktop.rules.scanned_label import ScannedLabel
from desktop.rules.sticker import Placed
from desktop.services.context import require
from desktop.services.record import (
    Reach,
    Snapshot,
    check_values,
    check_version,
    finish_save,
    get_record,
    snapshot_of,
    write_field,
)
from desktop.services.report_guard import refuse_change_of_signed
from desktop.services.search_index import keep_device_numbers
from desktop.services.sticker import ask_about_sticker, record_number_of

WITH_DEVICES: Final = selectinload(Operation.sides).joinedload(OperationSide.spell).joinedload(DeviceSpell.device)
"""Loads with an operation its two sides and the devices that it put in."""


def open_device(session: Session, operation_id: int, side: Side) -> Snapshot:
    require(session, DEVICE_FORM.view)
    _operation, spell = _find(session, operation_id, side)
    return snapshot_of(DEVICE_FORM, spell.device, reach_of(spell))


def save_device(
    session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int, side: Side
) -> Snapshot:
    """The operation counts a version too: its form shows some of these answers, and must not overwrite newer ones."""
    require(session, DEVICE_FORM.edit)
    check_values(session, DEVICE_FORM, values)
    operation, spell = _find(session, operation_id, side)
    device, reach = spell.device, reach_of(spell)
    theirs = snapshot_of(DEVICE_FORM, device, reach)
    if opened.id != device.id:  # the operation put in another one meanwhile
        raise RecordChanged(theirs)
    check_version(device, opened, theirs)
    refuse_change_of_signed(session, DEVICE_FORM, operation_id, theirs.values, values)
    if questions := _questions(session, theirs, values, operation, spell):
        raise Rejected(questions)
    for field in DEVICE_FORM:
        write_field(reach(device, field), field, values)
    saved = finish_save(session, DEVICE_FORM, device, theirs.values, reach)
    if saved.version != theirs.version:
        flag_modified(operation, "kind")
        keep_device_numbers(session, device)
    session.flush()
    return saved


def reach_of(spell: DeviceSpell) -> Reach:
    """The plane is said of the device in its place, all else of the device itself."""

    def reach(device: Device, field: Field[Any]) -> Any:
        return spell if field.key == "plane" else device

    return reach


def _find(session: Session, operation_id: int, side: Side) -> tuple[Operation, DeviceSpell]:
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    spell = next((row.spell for row in operation.sides if row.side is side), None)
    if spell is None:
        raise RecordMissing
    return operation, spell


def _questions(
    session: Session, before: Snapshot, values: Mapping[str, Any], operation: Operation, spell: DeviceSpell
) -> list[Problem]:
    """What fits neither the day of surgery nor other devices; asked once, not again while the answer stays."""
    found: list[Problem] = []
    if values.get("expires_on") != before.values["expires_on"]:
        found += check_expiry(known(values, "expires_on"), operation.happened_on)
    if any(values.get(name) != before.values[name] for name in ("serial", "udi_raw")):
        label = values.get("udi_raw")
        this = Placed(
            record_number=record_number_of(session, operation.patient_id),
            side=spell.side,
            operation_id=operation.id,
            put_in_on=operation.happened_on,
            was_removed=spell.removed_operation_id is not None,
            device_identifier=known(values, "udi_di"),
            serial=known(values, "serial"),
            raw=label.raw if isinstance(label, ScannedLabel) else None,
        )
        found += ask_about_sticker(session, this, operation.patient_id, spell.device_id)
    return unconfirmed(found, values)
