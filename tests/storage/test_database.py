from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import load_only

from desktop.errors import RecordChanged, SignedIsFrozen, StoreUnavailable
from desktop.storage.connection import connect, refuse_engine
from desktop.storage.database import Database, changed_tables
from tests.storage.conftest import SetClock
from tests.storage.shelf import (
    KEY,
    Box,
    Paper,
    fill_a_disk_with_faults,
    open_as_somebody_else,
    pipe,
    save_and_break_off,
    start,
)

SIGNED_AT = dt.datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001


@pytest.fixture
def box_id(database: Database) -> int:
    with database.unit_of_work() as session:
        box = Box(label="one")
        session.add(box)
    return box.id


def labels(database: Database) -> list[str]:
    with database.unit_of_work(writing=False) as session:
        return list(session.scalars(select(Box.label).order_by(Box.id)))


# --- units of work


def test_that_a_unit_of_work_commits_when_it_ends_and_rolls_back_when_it_raises(database: Database) -> None:
    with database.unit_of_work() as session:
        session.add(Box(label="kept"))
    with pytest.raises(KeyError):
        save_and_break_off(database, Box(label="lost"))
    assert labels(database) == ["kept"]


def test_that_a_session_knows_who_acts_what_time_it_is_and_the_keys(database: Database, clock: SetClock) -> None:
    with database.unit_of_work("actor") as session:
        assert session.info["actor"] == "actor"
        assert session.info["now"]() == clock.now
        assert session.info["chain_key"] == database.chain_key
        assert session.info["key_slots"].folder == database.path.parent
        session.info["mine"] = 1
    with database.unit_of_work() as session:
        assert session.info["actor"] is None
        assert "mine" not in session.info


def test_that_records_stay_readable_after_the_unit_of_work(database: Database) -> None:
    with database.unit_of_work() as session:
        box = Box(label="kept")
        session.add(box)
    assert (box.id, box.label, box.version) == (1, "kept", 1)


def test_that_a_save_is_refused_when_somebody_saved_in_between(database: Database, box_id: int) -> None:
    with database.unit_of_work() as session:
        mine = session.get_one(Box, box_id)
    with database.unit_of_work() as session:
        session.get_one(Box, box_id).label = "theirs"
    mine.label = "mine"
    with pytest.raises(RecordChanged), database.unit_of_work() as session:
        session.add(mine)
    assert labels(database) == ["theirs"]


def begun(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def test_that_writing_takes_the_right_to_write_at_once_and_reading_does_not(database: Database) -> None:
    for said in begun(database.engine):
        with database.unit_of_work() as session:
            session.scalar(select(func.count(Box.id)))
        with database.unit_of_work(writing=False) as session:
            session.scalar(select(func.count(Box.id)))
        assert [statement for statement in said if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_that_a_reader_sees_one_moment_and_waits_for_no_writer(database: Database, box_id: int) -> None:
    with database.unit_of_work(writing=False) as reader:
        assert reader.scalar(select(Box.label)) == "one"
        with database.unit_of_work() as writer:
            writer.get_one(Box, box_id).label = "two"
        assert reader.scalar(select(Box.label)) == "one"
    assert labels(database) == ["two"]


def test_that_writing_in_a_unit_of_work_for_reading_is_a_bug_told_at_once(database: Database, box_id: int) -> None:
    with pytest.raises(RuntimeError, match="begun for reading"), database.unit_of_work(writing=False) as session:
        session.add(Box(label="new"))
    with pytest.raises(RuntimeError, match="begun for reading"), database.unit_of_work(writing=False) as session:
        session.get_one(Box, box_id).label = "changed"
    with pytest.raises(RuntimeError, match="begun for reading"), database.unit_of_work(writing=False) as session:
        session.execute(update(Box).values(label="changed"))
    assert labels(database) == ["one"]


def test_that_every_changed_table_is_named_and_no_other(database: Database, box_id: int) -> None:
    with database.unit_of_work() as session:
        box = session.get_one(Box, box_id)
        box.label = "one"
    assert changed_tables(session) == frozenset()
    with database.unit_of_work() as session:
        session.add(Paper(box_id=box_id))
    assert changed_tables(session) == {"paper"}
    with database.unit_of_work() as session:
        session.execute(insert(Paper), [{"box_id": box_id}])
        session.execute(update(Box).values(label="two"))
    assert changed_tables(session) == {"paper", "box"}
    with database.unit_of_work() as session:
        session.delete(session.get_one(Paper, 1))
    assert changed_tables(session) == {"paper"}


def test_that_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.add(Paper(box_id=99))


def test_that_a_fault_never_shows_the_values_of_a_record(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused, database.unit_of_work() as session:
        session.execute(insert(Box), [{"id": 1, "label": "Ms. Canary", "version": 1}] * 2)
    assert "Canary" not in str(refused.value)


# --- signed records


@pytest.fixture
def signed_id(database: Database, box_id: int) -> int:
    with database.unit_of_work() as session:
        session.get_one(Box, box_id).signed_at = SIGNED_AT
    return box_id


def test_that_signing_and_changing_in_one_save_is_allowed_once(database: Database, box_id: int) -> None:
    with database.unit_of_work() as session:
        box = session.get_one(Box, box_id)
        box.label, box.signed_at = "final", SIGNED_AT
    assert labels(database) == ["final"]


@pytest.mark.parametrize(
    ("name", "value"), [("label", "changed"), ("signed_at", None), ("signed_at", SIGNED_AT + dt.timedelta(days=1))]
)
def test_that_a_signed_record_is_not_changed(database: Database, signed_id: int, name: str, value: object) -> None:
    with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
        setattr(session.get_one(Box, signed_id), name, value)
    assert labels(database) == ["one"]


def test_that_a_signed_record_is_not_changed_behind_an_unread_signature(database: Database, signed_id: int) -> None:
    with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
        session.get_one(Box, signed_id, options=[load_only(Box.label)]).label = "changed"


def test_that_a_signed_record_is_not_deleted(database: Database, signed_id: int) -> None:
    with pytest.raises(SignedIsFrozen), database.unit_of_work() as session:
        session.delete(session.get_one(Box, signed_id))
    assert labels(database) == ["one"]


def test_that_reading_a_signed_record_and_saving_another_is_allowed(database: Database, signed_id: int) -> None:
    with database.unit_of_work() as session:
        assert session.get_one(Box, signed_id).label == "one"
        session.add(Box(label="two"))
    assert labels(database) == ["one", "two"]


# --- many at once


def test_that_eight_threads_save_and_read_at_once_and_nothing_is_lost(database: Database, box_id: int) -> None:
    rounds, threads = 40, 8
    faults: list[BaseException] = []
    together = threading.Barrier(threads)

    def work(number: int) -> None:
        try:
            together.wait()
            for turn in range(rounds):
                with database.unit_of_work() as session:
                    box = session.get_one(Box, box_id)
                    box.label = str(int(box.label.removeprefix("one") or 0) + 1)
                    session.add(Box(label=f"{number} {turn} " + "x" * 2_000))
                with database.unit_of_work(writing=False) as session:
                    count = session.scalar(select(func.count(Box.id)))
                    assert count == session.scalar(select(func.count(Box.id)))
        except BaseException as fault:
            faults.append(fault)

    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert faults == []
    found = labels(database)
    assert found[0] == str(rounds * threads)
    assert len(set(found)) == rounds * threads + 1


# --- files that cannot be opened


def test_that_every_connection_is_set_up_as_it_must_be(database: Database) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "cache_size": -65536,
        "busy_timeout": 5000,
        "recursive_triggers": 1,
    }
    with database.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected


def test_that_nothing_readable_is_on_the_disk(store: Path, database: Database) -> None:
    with database.unit_of_work() as session:
        session.add(Box(label="Ms. Canary " * 500))
        for file in store.parent.glob("reprise.db*"):
            assert b"Canary" not in file.read_bytes()
            assert b"CREATE TABLE" not in file.read_bytes()
    for file in store.parent.glob("reprise.db*"):
        assert b"Canary" not in file.read_bytes()


def refused(path: Path, sentence: str, key: bytes = KEY) -> None:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(StoreUnavailable, match=sentence):
        Database(path, key)
    assert (path.read_bytes() if path.exists() else None) == before


def test_that_a_missing_store_is_told_and_none_is_made(tmp_path: Path) -> None:
    refused(tmp_path / "reprise.db", "is missing in .* Nothing new was made")
    assert list(tmp_path.iterdir()) == []


def test_that_a_store_in_a_missing_folder_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "gone" / "reprise.db", "is missing")
    assert list(tmp_path.iterdir()) == []


def test_that_an_empty_store_is_told_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "reprise.db"
    path.touch()
    refused(path, "is empty")


def test_that_a_folder_in_the_place_of_the_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "reprise.db").mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        Database(tmp_path / "reprise.db", KEY)


def test_that_a_database_without_encryption_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reprise.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(4_080))
    refused(path, "not encrypted")


def test_that_garbage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reprise.db"
    path.write_bytes(b"garbage " * 5_000)
    refused(path, "does not belong to the keys in this folder, or its beginning is damaged")


def test_that_the_key_of_another_practice_is_told(store: Path) -> None:
    refused(store, "does not belong to the keys", key=bytes(48))


def test_that_a_wrong_key_with_the_right_salt_is_told(store: Path) -> None:
    refused(store, "damaged or does not belong to these keys", key=bytes(32) + KEY[32:])


@pytest.mark.parametrize("kept", [16, 100, 4_096, 4_096 * 2, 4_096 * 5 + 7])
def test_that_a_store_cut_short_is_told(store: Path, kept: int) -> None:
    database = Database(store, KEY)
    with database.unit_of_work() as session:
        session.add_all([Box(label="x" * 3_000) for _ in range(50)])
    database.close()
    with store.open("rb+") as file:
        file.truncate(kept)
    with pytest.raises(StoreUnavailable, match="damaged"):
        Database(store, KEY)


@pytest.mark.parametrize("place", [16, 60, 200, 4_000])
def test_that_one_changed_byte_in_the_first_page_is_told(store: Path, place: int) -> None:
    content = bytearray(store.read_bytes())
    content[place] ^= 1
    store.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="damaged"):
        Database(store, KEY)


def test_that_damage_met_while_reading_is_told(store: Path) -> None:
    database = Database(store, KEY)
    with database.unit_of_work() as session:
        session.add_all([Box(label="x" * 3_000) for _ in range(50)])
    database.close()
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    store.write_bytes(content)
    database = Database(store, KEY)
    with pytest.raises(StoreUnavailable, match="damaged"):
        labels(database)
    database.close()


def test_that_a_wrong_number_of_key_bytes_is_a_bug(store: Path) -> None:
    with pytest.raises(ValueError, match="48 bytes"):
        connect(store, KEY[:32])


@pytest.mark.skipif(sys.platform == "win32", reason="rights to write are given otherwise on Windows")
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_that_a_store_one_may_not_write_is_told(store: Path, mode: int) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copy(store, folder / "reprise.db")
        (folder / "reprise.db").chmod(mode)
        folder.chmod(0o555 if mode == 0o644 else 0o755)
        hears, says = pipe()
        process = start(open_as_somebody_else, folder / "reprise.db", says)
        assert "is read-only for this computer's user" in hears.recv()
        process.join()
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_that_a_store_that_turned_read_only_tells_it_at_the_save(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable, match=r"read-only .* not saved"), database.unit_of_work() as session:
        session.add(Box(label="lost"))


def test_that_a_full_disk_is_told_and_what_was_saved_stays(database: Database, box_id: int) -> None:
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="disk is full"), database.unit_of_work() as session:
        session.add(Box(label="x" * 50_000))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    with database.unit_of_work() as session:
        session.add(Box(label="x" * 50_000))
    assert len(labels(database)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_that_a_disk_that_refuses_to_write_is_told_and_leaves_a_sound_store(store: Path) -> None:
    hears, says = pipe()
    process = start(fill_a_disk_with_faults, store, says)
    assert "disk" in hears.recv()
    process.join()
    database = Database(store, KEY)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
    saved = labels(database)
    assert saved
    assert set(saved) == {"x" * 20_000}
    database.close()


def test_that_another_program_holding_the_store_is_told(store: Path) -> None:
    other = connect(store, KEY)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailable, match="Another program is using"):
            Database(store, KEY, patience_ms=1)
    finally:
        other.close()
    Database(store, KEY).close()


def test_that_a_bug_in_a_statement_stays_a_bug(database: Database) -> None:
    with pytest.raises(OperationalError), database.unit_of_work() as session:
        session.execute(text("SELECT * FROM nowhere"))


def test_that_closing_leaves_one_file_and_closing_after_the_disk_is_gone_is_quiet(store: Path) -> None:
    database = Database(store, KEY)
    with database.unit_of_work() as session:
        session.add(Box(label="kept"))
    database.close()
    assert [file.name for file in store.parent.iterdir()] == ["reprise.db"]
    gone = Database(store, KEY)
    gone.engine.dispose()
    os.rename(store, store.with_name("elsewhere"))  # noqa: PTH104
    gone.close()
    assert not store.exists()


@pytest.mark.parametrize(
    ("version", "cipher", "sentence"),
    [((3, 51, 2), "4.19.0", "3.51.2; Reprise needs 3.51.3"), ((3, 60, 0), "", "cannot encrypt")],
)
def test_that_an_engine_that_is_too_old_or_cannot_encrypt_is_refused(
    version: tuple[int, ...], cipher: str, sentence: str
) -> None:
    with pytest.raises(StoreUnavailable, match=sentence):
        refuse_engine(version, cipher)
    refuse_engine((3, 51, 3), "4.19.0")
