"""What the store itself refuses, whoever asks: changes to the audit and to what was signed."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

SIGNED_IS_FROZEN = "this record is signed"
_AUDIT_ONLY_GROWS = "entries of the audit stay as they were written"

AUDIT_TABLE = "audit_entry"

_PARTS_OF_SIGNED = {
    "plan_side": ("revision_plan", "plan_id"),
    "vital": ("anesthesia_note", "note_id"),
    "drug_given": ("anesthesia_note", "note_id"),
    "noted_event": ("anesthesia_note", "note_id"),
}
"""Rows that are part of what was signed, and the column that names the signed row; an addendum comes after it."""

_PREFIX = "guard_"


def install_triggers(connection: Connection) -> None:
    """Put every guard in place for the tables as they are now."""
    drop_triggers(connection)
    for statement in _wanted(connection).values():
        connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Lift the guards for a migration, which may have to rewrite what nobody else may."""
    for name in _present(connection):
        connection.execute(text(f"DROP TRIGGER {name}"))


def missing_triggers(connection: Connection) -> list[str]:
    """The guards that are not there, or not as they should be."""
    present = _present(connection)
    return [name for name, statement in _wanted(connection).items() if present.get(name) != statement]


def _present(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
    return {name: statement for name, statement in rows if name.startswith(_PREFIX)}


def _wanted(connection: Connection) -> dict[str, str]:
    inspector = inspect(connection)
    tables = set(inspector.get_table_names())
    wanted: dict[str, str] = {}
    for table in sorted(tables):
        if table == AUDIT_TABLE:
            for verb in ("UPDATE", "DELETE"):
                _add(wanted, verb, table, "1", _AUDIT_ONLY_GROWS)
        elif any(column["name"] == "signed_at" for column in inspector.get_columns(table)):
            for verb in ("UPDATE", "DELETE"):
                _add(wanted, verb, table, "OLD.signed_at IS NOT NULL", SIGNED_IS_FROZEN)
        elif table in _PARTS_OF_SIGNED and _PARTS_OF_SIGNED[table][0] in tables:
            whole, column = _PARTS_OF_SIGNED[table]
            for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
                belongs_to = ", ".join(f"{row}.{column}" for row in rows)
                signed = f"SELECT 1 FROM {whole} WHERE id IN ({belongs_to}) AND signed_at IS NOT NULL"
                _add(wanted, verb, table, f"EXISTS ({signed})", SIGNED_IS_FROZEN)
    return wanted


def _add(wanted: dict[str, str], verb: str, table: str, condition: str, refusal: str) -> None:
    name = f"{_PREFIX}{table}_{verb.lower()}"
    wanted[name] = (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )
