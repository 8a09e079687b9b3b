"""Chains audit entries as they are written, and walks the chain to see whether it is whole."""

from __future__ import annotations

import hmac
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from desktop.storage.audit_chain import (
    ENTRY_COLUMNS,
    GENESIS,
    ChainReport,
    Head,
    next_mac,
    read_anchor,
    seal_anchor,
)
from desktop.storage.triggers import AUDIT_TABLE

_HEAD = text(f"SELECT seq, mac FROM {AUDIT_TABLE} ORDER BY seq DESC LIMIT 1")
_MAC_AT = text(f"SELECT mac FROM {AUDIT_TABLE} WHERE seq = :seq")
_CHAIN = text(f"SELECT {', '.join(ENTRY_COLUMNS)}, previous_mac, mac FROM {AUDIT_TABLE} ORDER BY seq")


def chain_new_entries(session: Session, _context: object, _instances: object) -> None:
    """Number new entries and fill in their codes; the unit of work holds the right to write, so none comes between."""
    entries = [record for record in session.new if getattr(record, "__tablename__", None) == AUDIT_TABLE]
    if not entries:
        return
    head = read_head(session.connection())
    for entry in entries:
        entry.seq = head.seq + 1
        entry.previous_mac = head.mac
        values = {name: getattr(entry, name) for name in ENTRY_COLUMNS}
        entry.mac = next_mac(session.info["chain_key"], head.mac, values)
        head = Head(entry.seq, entry.mac)


def read_head(connection: Connection) -> Head:
    row = connection.execute(_HEAD).one_or_none()
    return Head(0, GENESIS) if row is None else Head(row.seq, _code(row.mac))


def verify_chain(connection: Connection, chain_key: bytes) -> ChainReport:
    """Compute every entry's code again, from the first; an entry that is missing breaks the one after it."""
    entries, broken, head = 0, None, Head(0, GENESIS)
    for row in connection.execution_options(yield_per=1_000).execute(_CHAIN).mappings():
        entries += 1
        fits = row["seq"] == head.seq + 1 and _code(row["previous_mac"]) == head.mac
        if broken is None and not (fits and _code_holds(chain_key, head.mac, dict(row))):
            broken = row["seq"]
        head = Head(row["seq"], _code(row["mac"]))
    return ChainReport(entries, broken, head)


def _code_holds(chain_key: bytes, previous_mac: bytes, row: dict[str, object]) -> bool:
    try:
        expected = next_mac(chain_key, previous_mac, row)
    except (TypeError, ValueError):
        return False  # a value that no entry could have been written with
    return hmac.compare_digest(expected, _code(row["mac"]))


def _code(value: object) -> bytes:
    """SQLite keeps whatever is put into a column; a code that is not bytes matches nothing."""
    return value if isinstance(value, bytes) else b""


def anchor_holds(folder: Path, connection: Connection, chain_key: bytes) -> bool:
    """Whether the chain still contains the entry that was its head when it was last anchored.

    Entries cut off at the end leave a chain that is whole in itself; only this notices.
    """
    anchored = read_anchor(folder, chain_key)
    if anchored is None:
        return False
    if anchored.seq == 0:
        return anchored.mac == GENESIS
    mac = connection.execute(_MAC_AT, {"seq": anchored.seq}).scalar_one_or_none()
    return hmac.compare_digest(_code(mac), anchored.mac)


def anchor_head(folder: Path, connection: Connection, chain_key: bytes) -> bool:
    """Move the anchor to the head of the chain; an anchor that does not hold stays, as evidence, and False is said."""
    if not anchor_holds(folder, connection, chain_key):
        return False
    seal_anchor(folder, chain_key, read_head(connection))
    return True
