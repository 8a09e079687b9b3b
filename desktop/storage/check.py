"""Looks over a whole practice: encryption, structure, schema, audit chain; each finding in a plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from desktop.errors import UserError
from desktop.storage.audit_store import anchor_holds, verify_chain
from desktop.storage.database import Database
from desktop.storage.faults import faults_told
from desktop.storage.schema import VERSIONS, known_revisions, stored_revision
from desktop.storage.search_index import missing_search_index
from desktop.storage.triggers import missing_triggers
from desktop.storage.vault import read_vault

_SHOWN = 3
"""So many faults of one kind are written out; the rest is counted."""


@dataclass(frozen=True)
class Finding:
    what: str
    ok: bool
    detail: str


def check_store(database: Database, folder: Path, *, versions: Path = VERSIONS) -> list[Finding]:
    """Every check is made, whatever the others found; nothing is changed."""
    checks: tuple[tuple[str, Callable[[Connection], Finding]], ...] = (
        ("Encryption of every page", _check_encryption),
        ("Structure of the store", _check_structure),
        ("References between records", _check_references),
        ("Schema", lambda connection: _check_schema(connection, versions)),
        ("Guards against changes", _check_guards),
        ("Search", _check_search),
        ("Audit chain", lambda connection: _check_chain(connection, database.chain_key)),
        ("Anchor of the audit", lambda connection: _check_anchor(connection, database.chain_key, folder)),
    )
    return [*_check_keys(folder), *(_made(database, what, check) for what, check in checks)]


def _made(database: Database, what: str, check: Callable[[Connection], Finding]) -> Finding:
    try:
        with faults_told(), database.engine.execution_options(writing=False).connect() as connection:
            return check(connection)
    except UserError as error:
        return Finding(what, False, str(error))


def _check_keys(folder: Path) -> Iterator[Finding]:
    try:
        accounts = len(read_vault(folder).slots)
        yield Finding("Keys", True, f"The vault holds {accounts} account{'' if accounts == 1 else 's'}.")
    except UserError as error:
        yield Finding("Keys", False, str(error))


def _check_encryption(connection: Connection) -> Finding:
    faults = [row[0] for row in connection.execute(text("PRAGMA cipher_integrity_check"))]
    return _finding("Encryption of every page", faults, "Every page is as it was written.")


def _check_structure(connection: Connection) -> Finding:
    faults = [row[0] for row in connection.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
    return _finding("Structure of the store", faults, "Tables and indexes are sound.")


def _check_references(connection: Connection) -> Finding:
    rows = connection.execute(text("PRAGMA foreign_key_check")).all()
    faults = [f"{row[0]} row {row[1]} refers to a missing {row[2]}" for row in rows]
    return _finding("References between records", faults, "No record refers to one that is missing.")


def _check_schema(connection: Connection, versions: Path) -> Finding:
    stored, newest = stored_revision(connection), known_revisions(versions)[-1]
    faults = [] if stored == newest else [f"the store has {stored}, this Reprise {newest}"]
    return _finding("Schema", faults, f"The store has revision {newest}.")


def _check_guards(connection: Connection) -> Finding:
    faults = [f"{name} is missing or altered" for name in missing_triggers(connection)]
    return _finding("Guards against changes", faults, "The audit and signed records are protected by the store.")


def _check_search(connection: Connection) -> Finding:
    faults = [f"{name} is missing" for name in missing_search_index(connection)]
    return _finding("Search", faults, "Everything that finds patients is in place.")


def _check_chain(connection: Connection, chain_key: bytes) -> Finding:
    report = verify_chain(connection, chain_key)
    broken = report.first_broken_seq
    faults = [] if broken is None else [f"entry {broken} or the one before it was changed, added or taken out"]
    return _finding("Audit chain", faults, f"{report.entries} entries, each as it was written.")


def _check_anchor(connection: Connection, chain_key: bytes, folder: Path) -> Finding:
    holds = anchor_holds(folder, connection, chain_key)
    faults = [] if holds else ["the anchor is missing, or entries at the end of the audit were taken out"]
    return _finding("Anchor of the audit", faults, "The audit reaches as far as it was anchored.")


def _finding(what: str, faults: list[str], sound: str) -> Finding:
    if not faults:
        return Finding(what, True, sound)
    more = f" (and {len(faults) - _SHOWN} more)" if len(faults) > _SHOWN else ""
    return Finding(what, False, "; ".join(faults[:_SHOWN]) + more)
