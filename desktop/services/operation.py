"""Record operations and devices, and tell what is in each side today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import known
from desktop.forms.form import Field, confirmed
from desktop.forms.operation import DEVICE_FIELDS, OPERATION_FORM
from desktop.models.choices import UNKNOWN, OperationKind, Side, SideEvent
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.models.partial_date import PartialDate
from desktop.rules.device import device_title
from desktop.rules.lane import Occupation, Step, occupations
from desktop.rules.permission import Verb
from desktop.rules.plan_change import COMPARED, known_facts
from desktop.rules.side import field_at
from desktop.rules.spell import PUTS_IN, SIDE_FACTS, check_sequence
from desktop.rules.sticker import check_removal
from desktop.services.context import require
from desktop.services.device import WITH_DEVICES
from desktop.services.operation_devices import check_devices, count_versions, keep_numbers, make_room_for_device
from desktop.services.patient import require_hers
from desktop.services.record import (
    Snapshot,
    check_values,
    check_version,
    finish_save,
    get_record,
    snapshot_of,
    write_field,
)
from desktop.services.report_guard import refuse_change_of_signed
from desktop.services.sticker import placed_in

_THIS_ONE = 2**63 - 1
"""Stands for the number of an operation that has none yet; it comes after every other of the same day."""


@dataclass(frozen=True)
class DeviceInSide:
    """One occupation of one side with what is known of its device; None is not asked, "" never occurs."""

    occupation: Occupation
    operation_id: int | None
    title: str
    detail: str
    volume_ml: int | None
    fill: str | None
    plane: str | None
    facts: Mapping[str, Any]
    """What a plan is compared with: the answers by `rules/plan_change.COMPARED`."""


@dataclass(frozen=True)
class OperationRow:
    id: int
    happened_on: PartialDate | None
    kind: OperationKind
    surgeon: str
    was_elsewhere: bool
    right: SideEvent
    left: SideEvent


@dataclass(frozen=True)
class History:
    """Everything recorded about a patient's operations, newest first, and the chain of devices in each side."""

    operations: tuple[OperationRow, ...]
    right: tuple[DeviceInSide, ...]
    left: tuple[DeviceInSide, ...]

    def in_place(self, side: Side) -> DeviceInSide | None:
        """The working device; where there is none, the one without function that was left in last."""
        inside = [device for device in self.chain(side) if device.occupation.is_in_place]
        return max(inside, key=lambda device: device.occupation.is_working, default=None)

    def functionless(self, side: Side) -> tuple[DeviceInSide, ...]:
        """The devices that were left in without function and are still there."""
        inside = (device for device in self.chain(side) if device.occupation.is_in_place)
        return tuple(device for device in inside if device.occupation.is_functionless)

    def chain(self, side: Side) -> tuple[DeviceInSide, ...]:
        return self.right if side is Side.RIGHT else self.left

    def in_place_before(self, side: Side, surgery_on: dt.date | None) -> DeviceInSide | None:
        """What the surgery of that day found: the device in place today, or the one that has come out since."""
        device = self.in_place(side)
        since = device.occupation.since if device else None
        if surgery_on is None or (device and (since is None or since.earliest < surgery_on)):
            return device
        chain = self.chain(side)
        came_out = (each for each in chain if (until := each.occupation.until) and until.earliest >= surgery_on)
        return next(came_out, None)


def open_operation(session: Session, operation_id: int) -> Snapshot:
    require(session, OPERATION_FORM.view)
    return operation_snapshot(session, operation_id)


def operation_snapshot(session: Session, operation_id: int) -> Snapshot:
    return _snapshot(_load(session, operation_id))


def save_operation(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    """Write an operation, its devices and their spells; the spells of both sides follow by themselves."""
    require(session, Verb.EDIT_HISTORY)
    check_values(session, OPERATION_FORM, values)
    _check_sequence(session, opened, values, patient_id)
    check_devices(session, opened, values, patient_id)
    if opened.id is None:
        operation = Operation(patient_id=patient_id, kind=values["kind"])
        session.add(operation)
        operation.sides = [OperationSide(side=side) for side in Side]
        before: Mapping[str, Any] = OPERATION_FORM.empty()
    else:
        operation = _load(session, opened.id)
        require_hers(session, operation.patient_id, patient_id)
        theirs = _snapshot(operation)
        check_version(operation, opened, theirs)
        refuse_change_of_signed(session, OPERATION_FORM, opened.id, theirs.values, values)
        before = theirs.values
    for row in operation.sides:
        make_room_for_device(session, row, patient_id, values)
    for field in OPERATION_FORM:
        if (target := _reach(operation, field)) is not None:
            write_field(target, field, values)
    count_versions(session, operation)
    saved = finish_save(session, OPERATION_FORM, operation, before, _reach)
    keep_numbers(session, operation)
    relink(session, patient_id)
    return saved


def read_history(session: Session, patient_id: int) -> History:
    require(session, Verb.VIEW_CASE)
    operations = _operations(session, patient_id)
    spells = {
        row.spell.id: (row.spell, operation.id) for operation in operations for row in operation.sides if row.spell
    }
    chains = {
        side: tuple(_device_in_side(occupation, spells) for occupation in _chain(side, operations)) for side in Side
    }
    rows = sorted(
        (_row(operation) for operation in operations),
        key=lambda row: (row.happened_on.earliest.toordinal() if row.happened_on else 0, row.id),
        reverse=True,
    )
    return History(tuple(rows), chains[Side.RIGHT], chains[Side.LEFT])


def chains_together(session: Session, *patient_ids: int) -> Mapping[Side, tuple[Occupation, ...]]:
    """The chain of devices in each side, as if these were the records of one person."""
    operations = [operation for patient_id in patient_ids for operation in _operations(session, patient_id)]
    return {side: _chain(side, operations) for side in Side}


def _check_sequence(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> None:
    """Ask about what does not fit the patient's other operations, once: not again while the answers to it stay."""
    others = [operation for operation in _operations(session, patient_id) if operation.id != opened.id]
    this_id = _THIS_ONE if opened.id is None else opened.id
    happened_on = known(values, "happened_on")
    problems = []
    for side in Side:
        name = field_at(side, "event")
        asked = ("happened_on", name)
        if opened.id is not None and all(opened.values.get(each) == values.get(each) for each in asked):
            continue
        event = values[name]
        this = Step(this_id, happened_on, event, this_id if event in PUTS_IN else None)
        asked_now = check_sequence(side, _steps(side, others), this)
        if asked_now and event is SideEvent.REMOVED:
            exact = check_removal(side, happened_on, placed_in(session, patient_id, opened.id))
            asked_now = [replace(problem, field=name) for problem in exact] or asked_now
        if values.get(confirmed(name)) is not event:
            problems += asked_now
    if problems:
        raise Rejected(problems)


def _reach(operation: Operation, field: Field[Any]) -> Any:
    """The operation, its side, the side's spell or the spell's device: whichever holds the answer."""
    if field.side is None:
        return operation
    row = next((row for row in operation.sides if row.side is field.side), None)
    if row is None or field.key in ("event", *SIDE_FACTS):
        return row
    if row.spell is None:
        return None
    return row.spell.device if field.key in DEVICE_FIELDS else row.spell


def _snapshot(operation: Operation) -> Snapshot:
    return snapshot_of(OPERATION_FORM, operation, _reach)


def _load(session: Session, operation_id: int) -> Operation:
    return get_record(session, Operation, operation_id, WITH_DEVICES)


def _operations(session: Session, patient_id: int) -> list[Operation]:
    return list(session.scalars(select(Operation).where(Operation.patient_id == patient_id).options(WITH_DEVICES)))


def _chain(side: Side, operations: list[Operation]) -> tuple[Occupation, ...]:
    return occupations(side, _steps(side, operations))


def _steps(side: Side, operations: list[Operation]) -> tuple[Step, ...]:
    return tuple(
        Step(operation.id, operation.happened_on, row.event, row.spell.id if row.spell else None)
        for operation in operations
        for row in operation.sides
        if row.side is side
    )


def relink(session: Session, patient_id: int) -> None:
    """Keep in every spell which operation ended it."""
    session.flush()
    operations = _operations(session, patient_id)
    spells = {row.spell.id: row.spell for operation in operations for row in operation.sides if row.spell}
    for side in Side:
        for occupation in _chain(side, operations):
            if occupation.spell_id is not None:
                spell = spells[occupation.spell_id]
                ended = (occupation.removed_by, occupation.fate_unknown)
                if (spell.removed_operation_id, spell.fate_unknown) != ended:
                    spell.removed_operation_id, spell.fate_unknown = ended


def _row(operation: Operation) -> OperationRow:
    event = {row.side: row.event for row in operation.sides}
    return OperationRow(
        operation.id,
        operation.happened_on,
        operation.kind,
        operation.surgeon or "",
        operation.was_elsewhere,
        event.get(Side.RIGHT, SideEvent.NONE),
        event.get(Side.LEFT, SideEvent.NONE),
    )


def _device_in_side(occupation: Occupation, spells: Mapping[int, tuple[DeviceSpell, int]]) -> DeviceInSide:
    if occupation.spell_id is None:
        return DeviceInSide(occupation, None, "Unknown device", "nobody recorded it going in", None, None, None, {})
    spell, operation_id = spells[occupation.spell_id]
    device = spell.device
    kind = device.fill.label.lower().partition(",")[0] if device.fill else "fill not known"
    title = device_title(device.manufacturer, device.line, device.volume_ml, f"Unknown device, {kind}")
    details = (
        device.fill.label if device.fill else "",
        device.surface.label.lower() if device.surface else "",
        device.shape.label.lower() if device.shape else "",
        spell.plane.label.lower() if spell.plane else "",
    )
    return DeviceInSide(
        occupation,
        operation_id,
        title,
        " · ".join(filter(None, details)),
        device.volume_ml,
        device.fill.value if device.fill else None,
        spell.plane.value if spell.plane else None,
        _facts(spell, device),
    )


def _facts(spell: DeviceSpell, device: Device) -> dict[str, Any]:
    unknown = {*device.unknown, *(["plane"] if "plane" in spell.unknown else [])}
    answers = {name: getattr(device, name) for name in (*COMPARED, "diameter_mm") if name != "plane"}
    answers["plane"] = spell.plane
    return known_facts({name: UNKNOWN if name in unknown else value for name, value in answers.items()})
