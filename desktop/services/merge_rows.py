"""Which rows belong to a patient, told from the tables themselves, and how they change hands.

A table added later is found by its reference to the patient; what must not move is named here with the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Select, Table, literal, select, update
from sqlalchemy.orm import Session

from desktop.models.tables import Base

Ids = Mapping[str, list[int]]
"""Numbers of rows by table."""
Row = tuple[str, int]

STAYS: Final = {
    "allergy.patient_id": "copied: the record that goes stays whole for the day on which this is undone",
    "medicine.patient_id": "copied, as allergies are",
    "condition.patient_id": "copied, as allergies are",
    "patient.merged_into_id": "leads from the record that went to the one that stayed",
    "patient_merge.kept_id": "what was merged stays written down as it happened",
    "patient_merge.merged_id": "what was merged stays written down as it happened",
}
"""References to a patient that a merge leaves alone. Entries of the audit refer to nothing: they stay as written."""

_COMPUTED: Final = {"device_spell.removed_operation_id"}
"""Kept by the program from the order of operations, so it says nothing about what belongs together."""


def patient_columns() -> Iterator[Column[Any]]:
    """Every column of the store that refers to a patient."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "patient" for key in column.foreign_keys):
                yield column


def moving_columns() -> tuple[Column[Any], ...]:
    return tuple(column for column in patient_columns() if str(column) not in STAYS)


def rows_of(session: Session, patient_id: int) -> dict[str, list[int]]:
    """The rows that would change hands, by table; tables without any are left out."""
    found: dict[str, list[int]] = {}
    for column in moving_columns():
        ids = session.scalars(select(column.table.c.id).where(column == patient_id).order_by(column.table.c.id))
        if listed := list(ids):
            found[column.table.name] = listed
    return found


def hand_over(session: Session, rows: Ids, from_id: int, to_id: int) -> dict[str, list[int]]:
    """Give these rows to another patient; which of them did go, because they were still there."""
    went: dict[str, list[int]] = {}
    for column in moving_columns():
        table = column.table
        there = select(table.c.id).where(table.c.id.in_(rows.get(table.name, [])), column == from_id)
        if ids := list(session.scalars(there)):
            session.execute(update(table).where(table.c.id.in_(ids)).values({column.name: to_id}))
            _count_versions(session, table, ids)
            went[table.name] = ids
    session.expire_all()
    return went


def _count_versions(session: Session, table: Table, ids: list[int]) -> None:
    """Whoever has one of these rows open in the other record is told so instead of saving into a file not seen."""
    if "version" not in table.c:
        return
    here: ColumnElement[bool] = table.c.id.in_(ids)
    if "signed_at" in table.c:
        here &= table.c.signed_at.is_(None)  # a signed row takes nothing in, so nobody can save it
    session.execute(update(table).where(here).values(version=table.c.version + 1))


def hanging_on(session: Session, patient_id: int, rows: Ids) -> dict[str, list[int]]:
    """Of the patient's rows, these and all that belong to one of them: a case's plan, an operation's drain."""
    neighbours: dict[Row, set[Row]] = defaultdict(set)
    for one, other in _bonds(session, patient_id):
        neighbours[one].add(other)
        neighbours[other].add(one)
    own = {(name, row_id) for name, ids in rows_of(session, patient_id).items() for row_id in ids}
    reached = {(name, row_id) for name, ids in rows.items() for row_id in ids} & own
    waiting = list(reached)
    while waiting:
        fresh = (neighbours[waiting.pop()] & own) - reached
        reached |= fresh
        waiting += fresh
    found: dict[str, list[int]] = {}
    for name, row_id in sorted(reached):
        found.setdefault(name, []).append(row_id)
    return found


def fingerprint(session: Session, *patient_ids: int) -> str:
    """Another one whenever any record of these patients was changed, added or taken out."""
    patient = Base.metadata.tables["patient"]
    seen: list[Any] = []
    for patient_id in patient_ids:
        own = select(patient.c.id, patient.c.version, patient.c.merged_into_id).where(patient.c.id == patient_id)
        seen += [list(row) for row in session.execute(own)]
        for column in moving_columns():
            seen += [[column.table.name, *row] for row in session.execute(_ids_and_versions(column, patient_id))]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def _ids_and_versions(column: Column[Any], patient_id: int) -> Select[Any]:
    table = column.table
    version = table.c.version if "version" in table.c else literal(1)
    return select(table.c.id, version).where(column == patient_id).order_by(table.c.id)


def _bonds(session: Session, patient_id: int) -> Iterator[tuple[Row, Row]]:
    """Pairs of this patient's rows of which one refers to the other, also by way of a row between them."""
    owned: dict[str, Column[Any]] = {column.table.name: column for column in moving_columns()}
    for column in owned.values():
        for start, path in _paths(column.table, owned):
            found = path.where(column == patient_id)
            for row_id, other_id in session.execute(found):
                yield (column.table.name, row_id), (start, other_id)


def _paths(table: Table, owned: Mapping[str, Column[Any]]) -> Iterator[tuple[str, Select[Any]]]:
    """From each row of the table to the owned rows that it refers to: at once, or through one table between."""
    for reference in (c for c in table.columns if str(c) not in _COMPUTED):
        for key in reference.foreign_keys:
            target = key.column.table
            if target.name in owned:
                yield target.name, select(table.c.id, reference).where(reference.is_not(None))
            elif target.name not in ("patient", table.name):
                for beyond in (c for c in target.columns if any(k.column.table.name in owned for k in c.foreign_keys)):
                    (further,) = beyond.foreign_keys
                    join = table.join(target, reference == key.column)
                    yield further.column.table.name, select(table.c.id, beyond).select_from(join)
