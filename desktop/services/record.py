"""Open and save any record as a plain, unchangeable snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import RecordChanged, RecordMissing, Rejected, SignedIsFrozen
from desktop.forms.form import PREFILLED, PREFILLED_FROM, Field, Form, ListField, SidesSection, source_of
from desktop.models.base import Base
from desktop.models.choices import UNKNOWN, Side, Source
from desktop.services.audit import write_audit
from desktop.services.context import circumstances, require

R = TypeVar("R", bound=Base)

Reach = Callable[[Any, Field[Any]], Any]
"""Where the answer of a field lives: `reach(record, field)` is the row that holds it, or None."""


@dataclass(frozen=True)
class Snapshot:
    """A record as it was read; safe to hand to another thread. `id` is None while it was never saved."""

    id: int | None
    version: int | None
    values: Mapping[str, Any]
    is_signed: bool = False


def get_record(session: Session, kind: type[R], record_id: int, *load: Any) -> R:
    if load:
        # By a query: for a record that is at hand already, `get` would not fetch what is to be loaded with it.
        table: Any = kind
        record = session.scalars(select(kind).where(table.id == record_id).options(*load)).one_or_none()
    else:
        record = session.get(kind, record_id)
    if record is None:
        raise RecordMissing
    return record


def load_form(session: Session, form: Form, record_id: int) -> Any:
    """The record of a form with the child rows the form shows."""
    load = [selectinload(getattr(form.record, name)) for name in _child_rows(form)]
    return get_record(session, form.record, record_id, *load)


def open_record(session: Session, form: Form, record_id: int | None) -> Snapshot:
    """Without a number, one in which nothing is answered yet."""
    require(session, form.view)
    if record_id is None:
        return Snapshot(None, None, form.empty())
    return snapshot_of(form, load_form(session, form, record_id))


def check_values(session: Session, form: Form, values: Mapping[str, Any]) -> None:
    if problems := form.problems(values, circumstances(session)):
        raise Rejected(problems)


def check_version(record: Any, opened: Snapshot, theirs: Snapshot) -> None:
    if getattr(record, "signed_at", None) is not None:
        raise SignedIsFrozen
    if record.version != opened.version:
        raise RecordChanged(theirs)


def save_record(
    session: Session,
    form: Form,
    opened: Snapshot,
    values: Mapping[str, Any],
    belongs: Mapping[str, Any] | None = None,
    complete: Callable[[Any], None] | None = None,
) -> Snapshot:
    """Write the answers unless they break a rule or the record changed since it was opened.

    `belongs` holds the columns of a new record that no form asks for, such as its patient; `complete(record)` sets
    what follows from the answers, in the same write.
    """
    require(session, form.edit)
    check_values(session, form, values)
    if opened.id is None:
        own = {
            column: value
            for f in form
            if f.side is None and not isinstance(f, ListField) and values.get(f.name) is not UNKNOWN
            for column, value in f.columns_of(values.get(f.name)).items()
        }
        record = form.record(**{k: v for k, v in own.items() if v is not None}, **(belongs or {}))
        for child_rows in _child_rows(form):
            setattr(record, child_rows, [])  # known to be none, so that nothing has to be read to know it
        session.add(record)
        before: Mapping[str, Any] = form.empty() | ({PREFILLED: ()} if form.can_be_prefilled else {})
    else:
        record = load_form(session, form, opened.id)
        theirs = snapshot_of(form, record)
        check_version(record, opened, theirs)
        before = theirs.values
    for field in form:
        write_field(_target(record, field), field, values)
    if form.can_be_prefilled and PREFILLED in values:
        _write_prefilled(record, form, values)
    if complete is not None:
        complete(record)
    return finish_save(session, form, record, before)


def own_or_side(record: Any, field: Field[Any]) -> Any:
    return record if field.side is None else _side_row(record, field.side)


def finish_save(
    session: Session, form: Form, record: Any, before: Mapping[str, Any], reach: Reach = own_or_side
) -> Snapshot:
    """Flush, note what changed, and count a new version even when only child rows changed."""
    is_new = record.id is None
    after = snapshot_of(form, record, reach).values
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    if changes and not is_new:
        flag_modified(record, next(f.name for f in form if f.side is None and not isinstance(f, ListField)))
    if changes or is_new:
        write_audit(session, form.edit, record, changes)
    session.flush()
    return snapshot_of(form, record, reach)


def snapshot_of(form: Form, record: Any, reach: Reach = own_or_side) -> Snapshot:
    values: dict[str, Any] = {}
    for field in form:
        values |= read_field(reach(record, field), field)
    if form.can_be_prefilled:
        values |= {PREFILLED: tuple(record.prefilled), PREFILLED_FROM: record.prefilled_from}
    return Snapshot(record.id, record.version, MappingProxyType(values), getattr(record, "signed_at", None) is not None)


def read_field(target: Any, field: Field[Any]) -> dict[str, Any]:
    """The answer, and for a fact about the past its source."""
    if target is None:
        return {field.name: None} | ({source_of(field.name): None} if field.past else {})
    if isinstance(field, ListField):
        return {field.name: tuple(_read_row(field, row) for row in getattr(target, field.key))}
    value = field.read(target)
    if not field.past:
        return {field.name: value}
    source = target.sources.get(field.key)
    return {
        field.name: UNKNOWN if field.key in target.unknown else value,
        source_of(field.name): Source.from_code(source) if source else None,
    }


def write_field(target: Any, field: Field[Any], values: Mapping[str, Any]) -> None:
    """Set what was answered; a field that is not among the values is left as it is."""
    if field.name not in values:
        return
    value = values[field.name]
    if isinstance(field, ListField):
        _write_rows(target, field, value or ())
        return
    if field.past:
        _write_facts(target, field, value, values.get(source_of(field.name)))
        value = None if value is UNKNOWN else value
    if value is None and not field._column.nullable:
        value = getattr(type(target).__table__.c[field.key].default, "arg", None)
        value = value(None) if callable(value) else value
    for column, answer in field.columns_of(value).items():
        if getattr(target, column) != answer:
            setattr(target, column, answer)


def _write_prefilled(record: Any, form: Form, values: Mapping[str, Any]) -> None:
    """What nobody confirmed yet; where it came from is remembered also when everything is confirmed."""
    waiting = set(values[PREFILLED] or ())
    names = [field.name for field in form if field.name in waiting and values.get(field.name) not in (None, ())]
    if names != record.prefilled:
        record.prefilled = names
    if PREFILLED_FROM in values and values[PREFILLED_FROM] != record.prefilled_from:
        record.prefilled_from = values[PREFILLED_FROM]


def _write_facts(target: Any, field: Field[Any], value: Any, source: Source | None) -> None:
    unknown = [name for name in target.unknown if name != field.key] + ([field.key] if value is UNKNOWN else [])
    if sorted(unknown) != sorted(target.unknown):
        target.unknown = unknown
    sources = {name: code for name, code in target.sources.items() if name != field.key}
    if source is not None and value is not None:
        sources[field.key] = source.value
    if sources != target.sources:
        target.sources = sources


def _read_row(field: ListField, row: Any) -> Mapping[str, Any]:
    return MappingProxyType({"id": row.id} | {column.name: getattr(row, column.name) for column in field.columns})


def _write_rows(target: Any, field: ListField, rows: Iterable[Mapping[str, Any]]) -> None:
    stored = {row.id: row for row in getattr(target, field.key)}
    kept = []
    for position, answers in enumerate(rows):
        row = stored.get(answers.get("id"))
        answered = {c.name: answers.get(c.name) for c in field.columns}
        if row is None:
            row = field.row(**{name: value for name, value in answered.items() if value is not None})
        else:
            for column in field.columns:
                write_field(row, column, answered)
        if hasattr(row, "position"):
            row.position = position
        kept.append(row)
    if [id(row) for row in kept] != [id(row) for row in getattr(target, field.key)]:
        setattr(target, field.key, kept)


def _child_rows(form: Form) -> tuple[str, ...]:
    """The relationships a form shows: its lists, and its two sides."""
    has_sides = any(isinstance(section, SidesSection) for section in form.sections)
    return (*(f.name for f in form if isinstance(f, ListField)), *(("sides",) if has_sides else ()))


def _target(record: Any, field: Field[Any]) -> Any:
    if field.side is None:
        return record
    row = _side_row(record, field.side)
    if row is None:
        row = _side_class(record)(side=field.side)
        record.sides.append(row)
    return row


def _side_row(record: Any, side: Side) -> Any:
    return next((row for row in record.sides if row.side is side), None)


def _side_class(record: Any) -> Any:
    return type(record).sides.property.mapper.class_
