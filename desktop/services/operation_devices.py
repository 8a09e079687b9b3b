"""What saving an operation means for its devices: room for a new one, questions about stickers, what may not go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import Rejected
from desktop.forms.answers import known, unconfirmed
from desktop.forms.device import DEVICE_FORM, draft_key
from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import Side, SideEvent
from desktop.models.complication import Complication
from desktop.models.device import Device, DeviceSpell
from desktop.models.draft import Draft
from desktop.models.operation import Operation, OperationSide
from desktop.models.removal import Removal
from desktop.rules.label import check_expiry
from desktop.rules.problem import Problem
from desktop.rules.side import field_at
from desktop.rules.spell import PUTS_IN, TAKES_OUT
from desktop.rules.sticker import Placed
from desktop.services.audit import write_audit
from desktop.services.device import WITH_DEVICES, reach_of
from desktop.services.record import Snapshot, get_record, snapshot_of
from desktop.services.search_index import forget_device_numbers, keep_device_numbers
from desktop.services.sticker import ask_about_sticker, record_number_of

_SHOWN_WITH_IT = frozenset(field.key for field in OPERATION_FORM if field.side is not None)
"""What the form of the operation shows of a device."""


def check_devices(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> None:
    """Asked once: not again while the answers stay as they were stored."""
    operation = None if opened.id is None else get_record(session, Operation, opened.id, WITH_DEVICES)
    problems: list[Problem] = []
    for side in Side:
        row = next((row for row in operation.sides if row.side is side), None) if operation else None
        problems += _about_side(session, side, row, opened, values, patient_id)
    if problems := unconfirmed(problems, values):
        raise Rejected(problems)


def make_room_for_device(session: Session, row: OperationSide, patient_id: int, values: Mapping[str, Any]) -> None:
    event = values.get(field_at(row.side, "event")) or row.event
    if event in PUTS_IN and row.spell is None:
        row.spell = DeviceSpell(patient_id=patient_id, side=row.side, device=Device(patient_id=patient_id))
    elif event not in PUTS_IN:
        if row.spell is not None:
            _forget(session, row, row.spell)
        row.spell = None  # also in a new row, where an answer that was never set could not be read back


def count_versions(session: Session, operation: Operation) -> None:
    """A device counts a version when its place was changed; its own form shows that too."""
    for row in operation.sides:
        if row.spell is not None and row.spell.id is not None and session.is_modified(row.spell):
            flag_modified(row.spell.device, "manufacturer")


def keep_numbers(session: Session, operation: Operation) -> None:
    for row in operation.sides:
        if row.spell is not None:
            keep_device_numbers(session, row.spell.device)


def _about_side(
    session: Session,
    side: Side,
    row: OperationSide | None,
    opened: Snapshot,
    values: Mapping[str, Any],
    patient_id: int,
) -> Iterator[Problem]:
    prefix = field_at(side, "")
    event = values[f"{prefix}event"]
    if row is not None and event is not row.event:
        yield from _what_would_go(session, row, event)
    if row is not None and row.spell is not None and opened.values.get("happened_on") != values.get("happened_on"):
        expired = check_expiry(row.spell.device.expires_on, known(values, "happened_on"))
        yield from (
            replace(problem, field="happened_on", message=f"{side.label}: {problem.message}") for problem in expired
        )
    asked = ("happened_on", f"{prefix}event", f"{prefix}serial")
    is_new = opened.id is None or any(opened.values.get(name) != values.get(name) for name in asked)
    serial = known(values, f"{prefix}serial")
    if not is_new or event not in PUTS_IN or serial is None:
        return
    spell = row.spell if row else None
    this = Placed(
        record_number=record_number_of(session, patient_id),
        side=side,
        operation_id=opened.id,
        put_in_on=known(values, "happened_on"),
        was_removed=spell is not None and spell.removed_operation_id is not None,
        device_identifier=spell.device.udi_di if spell else None,
        serial=serial,
        raw=spell.device.udi_raw if spell else None,
    )
    device_id = spell.device_id if spell else None
    for problem in ask_about_sticker(session, this, patient_id, device_id, besides=opened.id):
        yield replace(problem, field=prefix + problem.field)


def _what_would_go(session: Session, row: OperationSide, event: SideEvent) -> Iterator[Problem]:
    field = field_at(row.side, "event")
    of_side = (Removal.operation_id == row.operation_id, Removal.side == row.side)
    if event not in TAKES_OUT and session.scalars(select(Removal.id).where(*of_side)).first() is not None:
        message = f"What came out of {row.side.label} is recorded for this operation. Take that out first."
        yield Problem(field, message)
    if event not in PUTS_IN and row.spell is not None:
        hanging = select(Complication.id).where(Complication.device_id == row.spell.device_id)
        if session.scalars(hanging).first() is not None:
            message = f"A complication of the device in {row.side.label} is recorded. Take it out first, or its device."
            yield Problem(field, message)
            return
        values = snapshot_of(DEVICE_FORM, row.spell.device, reach_of(row.spell)).values
        more = [each.label for each in DEVICE_FORM if each.key not in _SHOWN_WITH_IT and values[each.name] is not None]
        if more:
            message = (
                f"Then everything recorded about the device in {row.side.label} goes, also what is not shown here: "
                f"{', '.join(more)}. Confirm only if it never went in."
            )
            yield Problem(field, message, is_question=True)


def _forget(session: Session, row: OperationSide, spell: DeviceSpell) -> None:
    """A device that never went in: what was written about it stays in the audit."""
    told = snapshot_of(DEVICE_FORM, spell.device, reach_of(spell)).values
    write_audit(
        session, "withdraw_device", spell.device, {name: [value, None] for name, value in told.items() if value}
    )
    forget_device_numbers(session, spell.device)
    of_this = (Draft.form == DEVICE_FORM.name, Draft.record_key == draft_key(row.operation_id, row.side))
    session.execute(delete(Draft).where(*of_this))
