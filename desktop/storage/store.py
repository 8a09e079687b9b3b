"""Makes the encrypted store of a practice and opens it: whole, current and in its folder, or a sentence why not."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import StoreUnavailable
from desktop.storage.audit_chain import GENESIS, Head, derive_chain_key, seal_anchor
from desktop.storage.backup import copy_store, remove_store_files
from desktop.storage.clock import Clock, utc_now
from desktop.storage.database import Database
from desktop.storage.schema import VERSIONS, SchemaState, refuse_newer_schema, schema_state, stored_revision, upgrade
from desktop.storage.whole_file import settle_file, settle_folder

STORE_NAME = "reprise.db"


def create_store(folder: Path, key: bytes, *, versions: Path = VERSIONS) -> None:
    """A new, empty store under its name once it is complete; an attempt that broke off leaves none."""
    path = folder / STORE_NAME
    if path.exists():
        raise StoreUnavailable(f"{folder} already holds a practice. Open it, or choose another folder for a new one.")
    draft = path.with_name(f"{STORE_NAME}.new")
    remove_store_files(draft)
    database = Database(draft, key, create=True)
    try:
        upgrade(database, versions)
    finally:
        database.close()
    draft.chmod(0o600)  # its journal takes the same rights
    settle_file(draft)
    seal_anchor(folder, derive_chain_key(key), Head(0, GENESIS))
    draft.replace(path)
    settle_folder(folder)


def open_store(folder: Path, key: bytes, *, clock: Clock = utc_now, versions: Path = VERSIONS) -> Database:
    """Open the practice's store; one of an earlier version is backed up and brought to this one first."""
    database = Database(folder / STORE_NAME, key, clock=clock)
    try:
        refuse_newer_schema(database, versions)
        if schema_state(database, versions) is SchemaState.OLDER:
            _back_up_before_upgrade(database, key)
            upgrade(database, versions)
    except BaseException:
        database.close()
        raise
    return database


def _back_up_before_upgrade(database: Database, key: bytes) -> None:
    with database.engine.connect() as connection:
        revision = stored_revision(connection)
    if revision is None:
        raise StoreUnavailable(
            f"{database.path} is not the store of a practice, or was never completed. It was not changed. "
            "Restore the practice's folder from the latest backup."
        )
    moment = database.clock().strftime("%Y%m%dT%H%M%SZ")
    copy_store(database.path, key, database.path.parent / "backups" / f"before-upgrade-from-{revision}-{moment}.db")
