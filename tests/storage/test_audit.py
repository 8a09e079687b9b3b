from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.storage.audit_chain import ANCHOR_NAME, ENTRY_COLUMNS, GENESIS, ChainReport, derive_chain_key, next_mac
from desktop.storage.audit_store import anchor_head, anchor_holds, read_head, verify_chain
from desktop.storage.database import Database
from desktop.storage.store import open_store
from desktop.storage.triggers import drop_triggers
from tests.storage.conftest import SetClock
from tests.storage.shelf import KEY, audit_entry, save_and_break_off


@pytest.fixture
def database(practice: Path, clock: SetClock) -> Iterator[Database]:
    database = open_store(practice, KEY, clock=clock)
    yield database
    database.close()


def write(database: Database, *numbers: int) -> None:
    with database.unit_of_work() as session:
        for number in numbers:
            session.add(audit_entry(number, database.clock()))


def report(database: Database) -> ChainReport:
    with database.engine.connect() as connection:
        return verify_chain(connection, database.chain_key)


def tamper(database: Database, statement: str) -> None:
    """Do what the triggers forbid, as somebody would who knows the key and goes past the program."""
    with database.engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text(statement))


def test_that_entries_are_numbered_and_chained_as_they_are_written(database: Database) -> None:
    write(database, 1, 2)
    write(database, 3)
    found = report(database)
    assert (found.entries, found.first_broken_seq, found.head.seq) == (3, None, 3)
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT seq, previous_mac, mac FROM audit_entry ORDER BY seq")).all()
        assert read_head(connection) == found.head
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous_mac for row in rows] == [GENESIS, rows[0].mac, rows[1].mac]


def test_that_entries_flushed_one_by_one_are_chained_too(database: Database) -> None:
    with database.unit_of_work() as session:
        for number in range(4):
            session.add(audit_entry(number, database.clock()))
            session.flush()
    assert report(database).first_broken_seq is None


def test_that_entries_rolled_back_leave_no_gap(database: Database) -> None:
    write(database, 1)
    with pytest.raises(KeyError):
        save_and_break_off(database, audit_entry(2, database.clock()))
    write(database, 3)
    assert (report(database).entries, report(database).first_broken_seq) == (2, None)


def test_that_an_empty_audit_is_whole(database: Database) -> None:
    assert (report(database).entries, report(database).first_broken_seq) == (0, None)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
@pytest.mark.parametrize("where", ["", " WHERE seq = 1"])
def test_that_the_store_refuses_to_change_an_entry(database: Database, statement: str, where: str) -> None:
    write(database, 1, 2)
    with pytest.raises(IntegrityError, match="stay as they were written"), database.unit_of_work() as session:
        session.execute(text(statement + where))
    assert report(database).first_broken_seq is None


def test_that_replacing_an_entry_does_not_slip_past(database: Database) -> None:
    write(database, 1)
    columns = f"{', '.join(ENTRY_COLUMNS)}, previous_mac, mac"
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.execute(text(f"REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry"))


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET account_name = 'another' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET at = 'nonsense' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET patient_id = NULL WHERE seq = 5", 5),
        ("UPDATE audit_entry SET changes = '{' WHERE seq = 4", 4),
        ("UPDATE audit_entry SET changes = '{}' WHERE seq = 4", 4),
        ("UPDATE audit_entry SET mac = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE audit_entry SET mac = 'text' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET mac = 12 WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 1", 2),
        ("DELETE FROM audit_entry WHERE seq = 3", 4),
        ("UPDATE audit_entry SET seq = 9 WHERE seq = 5", 9),
    ],
)
def test_that_any_change_to_the_audit_is_found_where_it_was_made(
    database: Database, statement: str, broken: int
) -> None:
    write(database, 1, 2, 3, 4, 5)
    tamper(database, statement)
    assert report(database).first_broken_seq == broken


def anchored(database: Database) -> bool:
    with database.engine.connect() as connection:
        return anchor_head(database.path.parent, connection, database.chain_key)


def holds(database: Database) -> bool:
    with database.engine.connect() as connection:
        return anchor_holds(database.path.parent, connection, database.chain_key)


def test_that_entries_cut_off_at_the_end_are_noticed_by_the_anchor_alone(database: Database) -> None:
    write(database, 1, 2, 3)
    assert anchored(database)
    write(database, 4)
    assert holds(database)
    tamper(database, "DELETE FROM audit_entry WHERE seq >= 3")
    assert report(database).first_broken_seq is None
    assert not holds(database)


def test_that_an_anchor_that_does_not_hold_is_not_moved(database: Database, practice: Path) -> None:
    write(database, 1, 2)
    assert anchored(database)
    before = (practice / ANCHOR_NAME).read_bytes()
    tamper(database, "DELETE FROM audit_entry WHERE seq = 2")
    assert not anchored(database)
    assert (practice / ANCHOR_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"seq": 0, "mac": "", "seal": ""}'])
def test_that_a_missing_or_damaged_anchor_does_not_hold(
    database: Database, practice: Path, content: bytes | None
) -> None:
    write(database, 1)
    (practice / ANCHOR_NAME).unlink()
    if content is not None:
        (practice / ANCHOR_NAME).write_bytes(content)
    assert not holds(database)


def test_that_an_anchor_set_back_by_hand_does_not_hold(database: Database, practice: Path) -> None:
    write(database, 1, 2)
    assert anchored(database)
    path = practice / ANCHOR_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | {"seq": 1}), encoding="utf-8")
    assert not holds(database)


entries = st.fixed_dictionaries(
    {name: st.one_of(st.none(), st.integers(), st.text()) for name in ENTRY_COLUMNS if name not in ("at", "changes")}
    | {
        "at": st.datetimes(timezones=st.just(dt.UTC)),
        "changes": st.dictionaries(
            st.text(), st.recursive(st.none() | st.text() | st.floats(allow_nan=False, allow_infinity=False), st.lists)
        ),
    }
)


@settings(deadline=None)
@given(entries)
def test_that_an_entry_has_the_same_code_when_it_is_read_back_as_text(entry: dict[str, object]) -> None:
    at = entry["at"]
    assert isinstance(at, dt.datetime)
    stored = entry | {
        "at": at.replace(tzinfo=None).isoformat(" ", "microseconds"),
        "changes": json.dumps(entry["changes"]),
    }
    assert next_mac(bytes(32), GENESIS, stored) == next_mac(bytes(32), GENESIS, entry)


def test_that_the_code_depends_on_key_and_predecessor_and_that_the_chain_key_is_not_the_data_key() -> None:
    entry = dict.fromkeys(ENTRY_COLUMNS) | {"at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}
    codes = {next_mac(key, before, entry) for key in (bytes(32), bytes([1]) * 32) for before in (GENESIS, b"1" * 32)}
    assert len(codes) == 4
    assert derive_chain_key(KEY) not in (KEY[:32], derive_chain_key(bytes(48)))
