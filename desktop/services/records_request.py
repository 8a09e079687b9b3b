"""Ask others for records: make the two letters, remind, and see what is still outstanding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, UserError
from desktop.forms.records_request import RECORDS_REQUEST_FORM
from desktop.models.choices import RecipientKind, RequestState, Source
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.models.records_request import RecordsRequest
from desktop.rules.missing_records import WhomToAsk, label_of, side_of
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.rules.records_request import show_due
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.handout import Issued
from desktop.services.record import Snapshot, check_values, get_record, save_record
from desktop.services.records_letter import LettersOf

PAGE = 100


@dataclass(frozen=True)
class Letters:
    """Both letters as they would be printed; `note` says in which language the patient's own is."""

    request: bytes
    release: bytes
    note: str


@dataclass(frozen=True, kw_only=True)
class Made(Snapshot):
    """A request that has been made, and the letters exactly as they are kept."""

    row: RequestRow
    request: Issued
    release: Issued


@dataclass(frozen=True)
class RequestRow:
    id: int
    version: int
    patient_id: int
    patient_name: str
    record_number: str
    operation_id: int | None
    recipient_kind: RecipientKind
    recipient_name: str
    asked_for: tuple[str, ...]
    asked_on: dt.date | None
    due_on: dt.date | None
    due_words: str
    is_overdue: bool
    reminded_on: dt.date | None
    state: RequestState
    closed_on: dt.date | None
    closed_by: str | None
    closed_source: Source | None
    closed_note: str | None

    @property
    def facts_words(self) -> str:
        """`RIGHT serial number, lot number · LEFT plane`."""
        return asked_words(self.asked_for)


def asked_words(asked_for: tuple[str, ...]) -> str:
    by_side: dict[str, list[str]] = {}
    for name in asked_for:
        side = side_of(name)
        labels = by_side.setdefault(side.label if side else "", [])
        if (label := label_of(name)) not in labels:
            labels.append(label)
    order = sorted(by_side, key=("RIGHT", "LEFT", "").index)
    return " · ".join(f"{side} {', '.join(by_side[side])}".strip() for side in order)


def new_request(session: Session, whom: WhomToAsk | None = None) -> Snapshot:
    """A request that nobody has made yet, filled in with what is known of whom to ask."""
    require(session, Verb.CHASE_RECORDS)
    days = session.scalars(select(Practice.records_due_days)).one()
    values: dict[str, Any] = RECORDS_REQUEST_FORM.empty() | {"asked_for": []}
    values["due_on"] = None if days is None else today(session) + dt.timedelta(days=days)
    if whom is not None:
        values |= {
            "recipient_kind": whom.kind,
            "recipient_name": whom.name or None,
            "recipient_contact": whom.contact or None,
            "recipient_address": _address_used(session, whom.name),
            "asked_for": list(whom.asked_for),
        }
    return Snapshot(None, None, values)


def _address_used(session: Session, name: str) -> str | None:
    """Where a letter to the same surgeon, hospital or maker went last, whoever it was about."""
    used = select(RecordsRequest.recipient_address).where(
        RecordsRequest.recipient_name == name, RecordsRequest.recipient_address.is_not(None)
    )
    return session.scalar(used.order_by(RecordsRequest.id.desc()).limit(1))


def preview_letters(session: Session, values: Mapping[str, Any], patient_id: int, operation_id: int | None) -> Letters:
    """Both letters as they would be printed now; nothing is kept. DocumentIncomplete lists everything they lack."""
    require(session, Verb.CHASE_RECORDS)
    letters = LettersOf(session, patient_id, operation_id, values, asked_on=today(session))
    return Letters(letters.request(), letters.release(), letters.language_note)


def make_request(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, operation_id: int | None
) -> Made:
    """Keep the request as waiting and give both letters: all of it or nothing."""
    require(session, Verb.CHASE_RECORDS)
    check_values(session, RECORDS_REQUEST_FORM, values)
    asked_on = today(session)

    def complete(record: RecordsRequest) -> None:
        record.asked_on = asked_on

    belongs = {"patient_id": patient_id, "operation_id": operation_id}
    saved = save_record(session, RECORDS_REQUEST_FORM, opened, values, belongs, complete)
    letters = LettersOf(session, patient_id, operation_id, values, asked_on=asked_on)
    request, release = letters.issue_request(), letters.issue_release()
    assert saved.id is not None
    row = read_request(session, saved.id)
    return Made(id=saved.id, version=saved.version, values=saved.values, row=row, request=request, release=release)


def remind(session: Session, request_id: int, version: int) -> Issued:
    """The letter once more, as a reminder; the day is kept."""
    require(session, Verb.CHASE_RECORDS)
    record = open_request(session, request_id, version)
    before, record.reminded_on = record.reminded_on, today(session)
    values = {field.name: getattr(record, field.name) for field in RECORDS_REQUEST_FORM}
    asked_on = record.asked_on or today(session)
    letters = LettersOf(session, record.patient_id, record.operation_id, values, asked_on=asked_on, is_reminder=True)
    issued = letters.issue_request()
    write_audit(session, Verb.CHASE_RECORDS, record, {"reminded_on": [before, record.reminded_on]})
    return issued


def open_request(session: Session, request_id: int, version: int) -> RecordsRequest:
    """The request, still waiting and as it was when it was looked at."""
    record = get_record(session, RecordsRequest, request_id)
    if record.version != version:
        raise RecordChanged
    if record.state is not RequestState.OPEN:
        raise UserError(
            f"This request is closed already: {record.state.label.lower()}. Nothing was changed. Make a new request if "
            "something is still missing."
        )
    return record


def read_request(session: Session, request_id: int) -> RequestRow:
    require(session, Verb.CHASE_RECORDS)
    return _row(*session.execute(_REQUESTS.where(RecordsRequest.id == request_id)).one(), today(session))


def list_requests(session: Session, patient_id: int) -> tuple[RequestRow, ...]:
    """Everything that was asked about a patient: what is waited for first, then the newest."""
    require(session, Verb.CHASE_RECORDS)
    found = session.execute(_REQUESTS.where(RecordsRequest.patient_id == patient_id)).all()
    rows = (_row(record, patient, today(session)) for record, patient in found)
    return tuple(sorted(rows, key=lambda row: (row.state is not RequestState.OPEN, -row.id)))


def list_waiting(session: Session, after: RequestRow | None = None) -> tuple[RequestRow, ...]:
    """A page of what the office waits for, by the day until which the answer was wanted: the overdue come first."""
    require(session, Verb.CHASE_RECORDS)
    due_on, number = RecordsRequest.due_on, RecordsRequest.id
    waiting = _REQUESTS.where(RecordsRequest.state == RequestState.OPEN)
    if after is not None and after.due_on is None:
        waiting = waiting.where(due_on.is_(None), number > after.id)
    elif after is not None:
        later_that_day = and_(due_on == after.due_on, number > after.id)
        waiting = waiting.where(or_(due_on > after.due_on, later_that_day, due_on.is_(None)))
    found = session.execute(waiting.order_by(due_on.nulls_last(), number).limit(PAGE)).all()
    return tuple(_row(record, patient, today(session)) for record, patient in found)


_REQUESTS = select(RecordsRequest, Patient).join(Patient, Patient.id == RecordsRequest.patient_id)


def _row(record: RecordsRequest, patient: Patient, on: dt.date) -> RequestRow:
    is_open = record.state is RequestState.OPEN
    return RequestRow(
        id=record.id,
        version=record.version,
        patient_id=record.patient_id,
        patient_name=", ".join(filter(None, (patient.family_name, patient.given_name))),
        record_number=show_record_number(patient.record_number),
        operation_id=record.operation_id,
        recipient_kind=record.recipient_kind,
        recipient_name=record.recipient_name,
        asked_for=tuple(record.asked_for),
        asked_on=record.asked_on,
        due_on=record.due_on,
        due_words=show_due(record.due_on, on) if is_open else "",
        is_overdue=is_open and record.due_on is not None and record.due_on < on,
        reminded_on=record.reminded_on,
        state=record.state,
        closed_on=record.closed_on,
        closed_by=record.closed_by,
        closed_source=record.closed_source,
        closed_note=record.closed_note,
    )
