"""Copies a store while it is in use, and believes the copy only after it has been opened and counted."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Any

from desktop.errors import StoreUnavailable
from desktop.storage.connection import connect
from desktop.storage.faults import faults_told
from desktop.storage.whole_file import settle_file, settle_folder


def copy_store(path: Path, key: bytes, target: Path) -> None:
    """Leave an encrypted, tested copy at `target`, opened by the same key, or none at all.

    Two workstations may do so at once: each writes into a file of its own, and the last whole one stays.
    """
    untested = target.with_name(f"{target.name}.{secrets.token_hex(4)}.untested")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with faults_told():
            expected = _copy(path, key, untested)
            settle_file(untested)
            found = _tested(untested, key)
        if found != expected:
            raise StoreUnavailable(
                f"The backup {target.name} did not hold what the practice holds and was thrown away. "
                "Nothing else was changed. Check the disk, then try again."
            )
        untested.replace(target)
    except BaseException:
        remove_store_files(untested)
        raise
    settle_folder(target.parent)


def _copy(path: Path, key: bytes, target: Path) -> dict[str, int]:
    """How many rows of each table the store held at the moment that was copied."""
    source = connect(path, key)
    try:
        source.execute("BEGIN")  # one moment of the store, for the copy and for the count
        expected = row_counts(source)
        copy = connect(target, key, create=True)
        try:
            source.backup(copy)
            # Closing would leave in the log what finds no room in the file, without a word, and only the file is kept.
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            copy.close()
    finally:
        source.close()
    return expected


def row_counts(connection: Any) -> dict[str, int]:
    """The number of rows of every table, by its name; `connection` is one of the driver's."""
    names = sorted(ordinary_tables(connection))
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def ordinary_tables(connection: Any) -> set[str]:
    """The tables that hold rows of ours: not the virtual ones of the search, nor what the engine keeps for itself."""
    ours = "schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return {name for (name,) in connection.execute(f"SELECT name FROM pragma_table_list WHERE {ours}").fetchall()}


def remove_store_files(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()


def _tested(path: Path, key: bytes) -> dict[str, int]:
    copy = connect(path, key)
    try:
        faults = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        faults += [row for row in copy.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        return {} if faults else row_counts(copy)
    finally:
        copy.close()
