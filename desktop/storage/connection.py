"""Opens one connection to an encrypted store, the same way everywhere."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from desktop.errors import StoreUnavailable

__all__ = ["connect", "refuse_engine", "refuse_unfit_file", "sqlcipher"]

_OLDEST_ENGINE = (3, 51, 3)
"""Earlier versions can damage a store that several connections write to (the WAL reset fault)."""

_PLAIN_HEADER = b"SQLite format 3\0"


def connect(path: Path, key: bytes, *, create: bool = False, patience_ms: int = 5_000) -> sqlcipher.Connection:
    """`key` is 32 bytes of key and 16 of salt, so that no time goes into stretching a passphrase per connection."""
    if len(key) != 48:
        raise ValueError("a data key has 48 bytes")
    if not create:
        _refuse_emptied_file(path)
    # Opened by URI, because a plain name would make a new, empty store where one is missing.
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlcipher.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{key.hex()}'\"",
            f"busy_timeout = {patience_ms}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "recursive_triggers = ON",  # REPLACE may not slip past the triggers that refuse DELETE
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            "cache_size = -65536",
            "mmap_size = 0",
        ):
            connection.execute(f"PRAGMA {pragma}")
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        refuse_engine(sqlcipher.sqlite_version_info, cipher[0] if cipher else "")
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_engine(version: tuple[int, ...], cipher: str) -> None:
    if not cipher:
        raise StoreUnavailable(
            "The database engine of this computer cannot encrypt; the practice was not opened. Install Reprise again."
        )
    if version < _OLDEST_ENGINE:
        wanted = ".".join(map(str, _OLDEST_ENGINE))
        raise StoreUnavailable(
            f"The database engine on this computer is {'.'.join(map(str, version))}; Reprise needs {wanted} or newer, "
            "because older ones can damage records. Install Reprise again."
        )


def refuse_unfit_file(path: Path, key: bytes) -> None:
    """A store that should be there and is not, or is something else, is never replaced by a new, empty one."""
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except FileNotFoundError:
        raise StoreUnavailable(
            f"The practice's store {path.name} is missing in {path.parent}. Nothing new was made in its place. "
            "Check that the disk is connected, or restore the store from the latest backup."
        ) from None
    except OSError as error:
        raise StoreUnavailable(f"The practice's store {path} cannot be read ({error.strerror}).") from error
    if not header:
        raise _emptied(path)
    if header == _PLAIN_HEADER:
        raise StoreUnavailable(f"{path} is a database that is not encrypted, so it is not a practice of Reprise.")
    if header != key[32:]:
        raise StoreUnavailable(
            f"{path} does not belong to the keys in this folder, or its beginning is damaged. It was not changed. "
            "Restore the practice's folder from the latest backup."
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreUnavailable(
            f"The practice in {path.parent} is read-only for this computer's user, so it was not opened. "
            "Ask for permission to write in this folder."
        )


def _refuse_emptied_file(path: Path) -> None:
    """Also of a store that is open: a further connection would fill the file with a new store.

    Asks for the size only: closing a file of its own would let go of the locks this process has on the store.
    """
    with contextlib.suppress(OSError):  # the engine says what it cannot open
        if path.stat().st_size == 0:
            raise _emptied(path)


def _emptied(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        f"The practice's store {path.name} in {path.parent} is empty. Nothing new was made in its place. "
        "Restore it from the latest backup."
    )
