"""Tell what is not known about a patient's devices, how complete each is, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.choices import UNKNOWN, RequestState, Source
from desktop.models.records_request import RecordsRequest
from desktop.rules.missing_records import FACTS, REPORT, DeviceGaps, DeviceRecord, WhomToAsk, find_gaps, whom_to_ask
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.device_record import HeldDevice, held_devices

_COLUMNS = tuple(column for fact in FACTS for column in fact.columns if column != REPORT)


@dataclass(frozen=True)
class MissingRecords:
    """`devices` with what each lacks, those in place today first; `to_ask` in the order in which to try."""

    devices: tuple[DeviceGaps, ...]
    to_ask: tuple[WhomToAsk, ...]


def read_missing(session: Session, patient_id: int) -> MissingRecords:
    require(session, Verb.VIEW_CASE)
    nothing_kept = _asked_in_vain(session, patient_id)
    devices = find_gaps(_record(held, nothing_kept) for held in held_devices(session, patient_id))
    return MissingRecords(devices, whom_to_ask(devices))


def read_missing_in_place(session: Session, patient_id: int) -> tuple[DeviceGaps, ...]:
    """The devices in place today of which nobody can say which they are."""
    devices = read_missing(session, patient_id).devices
    return tuple(found for found in devices if found.device.is_in_place and not found.is_identified)


def _record(held: HeldDevice, nothing_kept: frozenset[int]) -> DeviceRecord:
    operation = held.operation
    values = {column: held.answer(column) for column in _COLUMNS}
    if operation is not None:
        is_unknown = not _has_report(held) and operation.id in nothing_kept
        values[REPORT] = UNKNOWN if is_unknown else _has_report(held) or None
    return DeviceRecord(
        side=held.side,
        title=held.title,
        is_in_place=held.occupation.is_in_place,
        operation_id=operation.id if operation else None,
        is_ours=operation is not None and not operation.was_elsewhere,
        values=values,
    )


def _has_report(held: HeldDevice) -> bool:
    """Whether anything was taken from the report of the operation; then somebody had it in hand."""
    if held.operation is not None and held.operation.source is Source.OPERATION_REPORT:
        return True
    rows = (held.operation, held.operation_side, held.spell, held.spell and held.spell.device)
    return any(Source.OPERATION_REPORT.value in row.sources.values() for row in rows if row is not None)


def _asked_in_vain(session: Session, patient_id: int) -> frozenset[int]:
    """Operations of which somebody answered that nothing is kept any more."""
    answers = session.execute(
        select(RecordsRequest.operation_id, RecordsRequest.asked_for).where(
            RecordsRequest.patient_id == patient_id, RecordsRequest.state == RequestState.NOTHING_KEPT
        )
    )
    return frozenset(operation_id for operation_id, asked_for in answers if operation_id and REPORT in asked_for)
