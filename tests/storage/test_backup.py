from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.errors import StoreUnavailable
from desktop.storage.backup import copy_store, row_counts
from desktop.storage.connection import connect
from desktop.storage.database import Database
from tests.storage.shelf import KEY, Box


def test_that_a_copy_taken_while_the_store_is_in_use_holds_every_row_and_is_encrypted(
    database: Database, tmp_path: Path
) -> None:
    with database.unit_of_work() as session:
        session.add_all([Box(label=f"Ms. Canary {number}") for number in range(500)])
    target = tmp_path / "copies" / "copy.db"
    with database.unit_of_work() as session:
        session.add(Box(label="not saved yet"))
        session.flush()
        copy_store(database.path, KEY, target)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    assert b"Canary" not in target.read_bytes()
    copy = connect(target, KEY)
    assert row_counts(copy) == {"box": 500, "paper": 0}
    copy.close()


def test_that_a_damaged_store_leaves_no_copy_that_looks_good(database: Database, tmp_path: Path) -> None:
    with database.unit_of_work() as session:
        session.add_all([Box(label="x" * 3_000) for _ in range(100)])
    database.close()
    content = bytearray(database.path.read_bytes())
    content[len(content) // 2] ^= 1
    database.path.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        copy_store(database.path, KEY, tmp_path / "copies" / "copy.db")
    assert not (tmp_path / "copies" / "copy.db").exists()


def test_that_what_an_earlier_attempt_left_does_not_matter(database: Database, tmp_path: Path) -> None:
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO box (label, version) VALUES ('a', 1)"))
    (tmp_path / "copy.db.untested").write_bytes(b"left over")
    copy_store(database.path, KEY, tmp_path / "copy.db")
    copy = connect(tmp_path / "copy.db", KEY)
    assert row_counts(copy)["box"] == 1
    copy.close()


def test_that_copies_made_at_the_same_moment_do_not_meet(database: Database, tmp_path: Path) -> None:
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO box (label, version) VALUES ('a', 1)"))
    target, together = tmp_path / "copies" / "copy.db", threading.Barrier(3)

    def copy_together(_number: int) -> None:
        together.wait()
        copy_store(database.path, KEY, target)

    with ThreadPoolExecutor(3) as workers:
        assert list(workers.map(copy_together, range(3))) == [None, None, None]
    copy = connect(target, KEY)
    assert row_counts(copy)["box"] == 1
    copy.close()
    assert [file.name for file in target.parent.iterdir() if "untested" in file.name] == []
