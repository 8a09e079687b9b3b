from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from desktop.errors import SignedIsFrozen
from desktop.models.tables import Base
from desktop.storage.database import Database
from desktop.storage.store import open_store
from desktop.storage.triggers import _PARTS_OF_SIGNED, drop_triggers, install_triggers, missing_triggers
from tests.storage.shelf import KEY

PARTS = sorted(_PARTS_OF_SIGNED)


@pytest.fixture
def database(practice: Path) -> Iterator[Database]:
    database = open_store(practice, KEY)
    yield database
    database.close()


@pytest.fixture
def loose(database: Database) -> Iterator[Connection]:
    """A connection on which rows may refer to nothing, so that a test needs no whole patient."""
    with database.engine.connect() as connection:
        connection.detach()
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        yield connection


def add_row(connection: Connection, table: str, **values: object) -> None:
    """A row with something in every column that must not be empty."""
    columns = inspect(connection).get_columns(table)
    row = {c["name"]: 1 for c in columns if not c["nullable"]} | values
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def test_that_every_table_that_is_signed_or_part_of_it_is_known_to_the_models() -> None:
    for table, (whole, column) in _PARTS_OF_SIGNED.items():
        assert "signed_at" in Base.metadata.tables[whole].columns
        (key,) = Base.metadata.tables[table].columns[column].foreign_keys
        assert key.column.table.name == whole


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x'", "UPDATE {} SET signed_at = NULL", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["revision_plan", "anesthesia_note", "consent", "operative_report", "safety_phase"])
def test_that_a_signed_row_is_refused_to_whoever_goes_past_the_program(
    loose: Connection, database: Database, table: str, statement: str
) -> None:
    with loose.begin():
        add_row(loose, table)
        loose.execute(text(f"UPDATE {table} SET signed_at = '2026-01-01 00:00:00'"))
    with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
        session.execute(text(statement.format(table)))


@pytest.mark.parametrize("table", PARTS)
def test_that_the_parts_of_a_signed_row_are_frozen_with_it(loose: Connection, database: Database, table: str) -> None:
    whole, column = _PARTS_OF_SIGNED[table]
    with loose.begin():
        add_row(loose, whole, id=1, case_id=1)
        add_row(loose, whole, id=2, case_id=2)
        add_row(loose, table, id=1, **{column: 1})
        add_row(loose, table, id=2, **{column: 2})
        loose.execute(text(f"UPDATE {whole} SET signed_at = '2026-01-01 00:00:00' WHERE id = 1"))
    for statement in (
        f"UPDATE {table} SET id = 9 WHERE id = 1",
        f"UPDATE {table} SET {column} = 1 WHERE id = 2",
        f"UPDATE {table} SET {column} = 2 WHERE id = 1",
        f"DELETE FROM {table} WHERE id = 1",
    ):
        with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
            session.execute(text(statement))
    with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
        add_row(session.connection(), table, id=3, **{column: 1})
    with database.unit_of_work() as session:
        other = {"side": "both"} if "side" in Base.metadata.tables[table].columns else {}
        add_row(session.connection(), table, id=4, **{column: 2}, **other)
        session.execute(text(f"DELETE FROM {table} WHERE id = 4"))


def test_that_a_guard_that_is_missing_or_altered_is_found_and_put_back(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER guard_audit_entry_delete"))
        connection.execute(text("DROP TRIGGER guard_audit_entry_update"))
        connection.execute(
            text("CREATE TRIGGER guard_audit_entry_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END")
        )
        assert missing_triggers(connection) == ["guard_audit_entry_update", "guard_audit_entry_delete"]
        install_triggers(connection)
        assert missing_triggers(connection) == []
        drop_triggers(connection)
        assert len(missing_triggers(connection)) > 10
