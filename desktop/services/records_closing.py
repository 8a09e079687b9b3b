"""Close a request for records: what it brought is recorded with its source, or that nothing is kept any more."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.form import confirmed, source_of
from desktop.forms.operation import OPERATION_FORM
from desktop.models.choices import UNKNOWN, RequestState, Source
from desktop.models.records_request import RecordsRequest
from desktop.rules.missing_records import State, label_of, side_of, state_of
from desktop.rules.permission import Verb, may
from desktop.rules.reading import clean_line
from desktop.rules.side import field_at
from desktop.rules.spell import PUTS_IN
from desktop.services.audit import write_audit
from desktop.services.context import circumstances, require, today
from desktop.services.operation import open_operation, save_operation
from desktop.services.record import Snapshot
from desktop.services.records_request import RequestRow, open_request, read_request


@dataclass(frozen=True)
class AskedFact:
    """A fact that was asked for, and what stands in the record now; `state` None where there is nothing to see:
    the operation report itself, and everything for a role that does not see the history."""

    name: str
    label: str
    shown: str
    source: str
    state: State | None

    @property
    def is_empty(self) -> bool:
        return self.state is State.NOT_ASKED


@dataclass(frozen=True)
class Closing:
    row: RequestRow
    facts: tuple[AskedFact, ...]


def open_closing(session: Session, request_id: int) -> Closing:
    """The request with each fact it asked for, as the fact stands now."""
    actor = require(session, Verb.CHASE_RECORDS)
    row = read_request(session, request_id)
    facts = _facts_now(session, row) if may(actor.roles, Verb.VIEW_CASE) else _names_only(row)
    return Closing(row, facts)


def close_answered(session: Session, request_id: int, version: int, source: Source) -> RequestRow:
    """An answer came. Every fact it was asked for that is recorded and has no source yet has this one from now on."""
    require(session, Verb.EDIT_HISTORY)
    record = open_request(session, request_id, version)

    def with_source(name: str, value: Any, had: Source | None) -> tuple[Any, Source | None]:
        return value, source if had is None and value not in (None, UNKNOWN) else had

    _write_facts(session, record, record.asked_for, with_source)
    return _close(session, record, RequestState.ANSWERED, source=source)


def close_nothing_kept(session: Session, request_id: int, version: int, unknown: Collection[str]) -> RequestRow:
    """Nobody has the records any more. The facts named in `unknown` that are still empty are stated to be unknown."""
    require(session, Verb.EDIT_HISTORY)
    record = open_request(session, request_id, version)
    if strangers := set(unknown) - set(record.asked_for):
        raise UserError(f"Nothing was changed: {', '.join(sorted(strangers))} was not asked for by this request.")

    def as_unknown(name: str, value: Any, had: Source | None) -> tuple[Any, Source | None]:
        return (UNKNOWN, None) if value is None else (value, had)

    _write_facts(session, record, unknown, as_unknown)
    return _close(session, record, RequestState.NOTHING_KEPT)


def withdraw_request(session: Session, request_id: int, version: int, reason: str) -> RequestRow:
    require(session, Verb.CHASE_RECORDS)
    record = open_request(session, request_id, version)
    if not (why := clean_line(reason)):
        raise UserError("Nothing was changed: write why the records are no longer needed.")
    return _close(session, record, RequestState.WITHDRAWN, note=why)


def _close(
    session: Session,
    record: RecordsRequest,
    state: RequestState,
    *,
    source: Source | None = None,
    note: str | None = None,
) -> RequestRow:
    record.state, record.closed_source, record.closed_note = state, source, note
    record.closed_on, record.closed_by = today(session), require(session, Verb.CHASE_RECORDS).name
    changes = {"state": [RequestState.OPEN, state], "closed_source": [None, source], "closed_note": [None, note]}
    write_audit(session, Verb.CHASE_RECORDS, record, changes)
    session.flush()
    return read_request(session, record.id)


Answer = Callable[[str, Any, Source | None], tuple[Any, Source | None]]


def _write_facts(session: Session, record: RecordsRequest, names: Collection[str], answer: Answer) -> None:
    """Through the operation's own service, which checks, audits and counts a version; nothing when nothing changes."""
    if record.operation_id is None:
        return
    opened = open_operation(session, record.operation_id)
    changes: dict[str, Any] = {}
    for name in names:
        if _is_question(opened, name):
            value, source = opened.values[name], opened.values[source_of(name)]
            changes[name], changes[source_of(name)] = answer(name, value, source)
    if all(opened.values[name] == value for name, value in changes.items()):
        return
    asked = OPERATION_FORM.problems(opened.values, circumstances(session))
    sure = {confirmed(p.field): opened.values[p.field] for p in asked if p.is_question}  # stored: somebody confirmed it
    save_operation(session, opened, {**opened.values, **sure, **changes}, record.patient_id)


def _facts_now(session: Session, row: RequestRow) -> tuple[AskedFact, ...]:
    if row.operation_id is None:
        return _names_only(row)
    opened = open_operation(session, row.operation_id)
    return tuple(_fact(opened, name) for name in row.asked_for)


def _fact(opened: Snapshot, name: str) -> AskedFact:
    if not _is_question(opened, name):
        return AskedFact(name, _label(name), "", "", None)
    value, source = opened.values[name], opened.values[source_of(name)]
    field = OPERATION_FORM.field(name)
    return AskedFact(name, field.full_label, field.show(value), source.label if source else "", state_of(value))


def _names_only(row: RequestRow) -> tuple[AskedFact, ...]:
    return tuple(AskedFact(name, _label(name), "", "", None) for name in row.asked_for)


def _label(name: str) -> str:
    side = side_of(name)
    return f"{side.label} {label_of(name)}" if side else label_of(name)


def _is_question(opened: Snapshot, name: str) -> bool:
    """Whether the operation's form asks this, and a device went into that side that it could be about."""
    side = side_of(name)
    has_device = side is None or opened.values[field_at(side, "event")] in PUTS_IN
    return has_device and source_of(name) in opened.values
