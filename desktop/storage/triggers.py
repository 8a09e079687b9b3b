"""What the store itself refuses, whoever asks: changes to the audit, to what was signed and to merged records."""

from __future__ import annotations

from sqlalchemy import Connection, Inspector, inspect, text

SIGNED_IS_FROZEN = "this record is signed"
MERGED_IS_CLOSED = "this record was merged into another"
_AUDIT_ONLY_GROWS = "entries of the audit stay as they were written"

AUDIT_TABLE = "audit_entry"
MERGE_TABLE = "patient_merge"

_PARTS_OF_SIGNED = {
    "plan_side": ("revision_plan", "plan_id"),
    "planned_device": ("revision_plan", "plan_id"),
    "contingency": ("revision_plan", "plan_id"),
    "prophylaxis": ("revision_plan", "plan_id"),
    "consent_side": ("consent", "consent_id"),
    "consent_item": ("consent", "consent_id"),
    "report_side": ("operative_report", "report_id"),
    "report_step": ("operative_report", "report_id"),
    "safety_answer": ("safety_phase", "phase_id"),
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
        elif "signed_at" in (columns := [column["name"] for column in inspector.get_columns(table)]):
            changes = "OLD.signed_at IS NOT NULL"
            if MERGE_TABLE in tables and "patient_id" in columns:
                changes += f" AND NOT ({_follows_its_patient(columns)})"
            _add(wanted, "UPDATE", table, changes, SIGNED_IS_FROZEN)
            _add(wanted, "DELETE", table, "OLD.signed_at IS NOT NULL", SIGNED_IS_FROZEN)
        elif table in _PARTS_OF_SIGNED and _PARTS_OF_SIGNED[table][0] in tables:
            whole, column = _PARTS_OF_SIGNED[table]
            for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
                belongs_to = ", ".join(f"{row}.{column}" for row in rows)
                signed = f"SELECT 1 FROM {whole} WHERE id IN ({belongs_to}) AND signed_at IS NOT NULL"
                _add(wanted, verb, table, f"EXISTS ({signed})", SIGNED_IS_FROZEN)
    return wanted | (_of_merged(inspector, tables) if MERGE_TABLE in tables else {})


def _follows_its_patient(columns: list[str]) -> str:
    """Only the patient differs, and a merge that stands, or one that was undone, leads from the one to the other."""
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns if column != "patient_id")
    return (
        f"{same} AND EXISTS (SELECT 1 FROM {MERGE_TABLE} WHERE"
        " (undone_at IS NULL AND merged_id = OLD.patient_id AND kept_id = NEW.patient_id) OR"
        " (undone_at IS NOT NULL AND kept_id = OLD.patient_id AND merged_id = NEW.patient_id))"
    )


def _of_merged(inspector: Inspector, tables: set[str]) -> dict[str, str]:
    """A record that was merged into another takes nothing in any more: what came late would be seen by nobody."""
    wanted: dict[str, str] = {}
    for table in sorted(tables):
        if any(key["constrained_columns"] == ["patient_id"] for key in inspector.get_foreign_keys(table)):
            merged = "SELECT 1 FROM patient WHERE id = NEW.patient_id AND merged_into_id IS NOT NULL"
            _add(wanted, "INSERT", table, f"EXISTS ({merged})", MERGED_IS_CLOSED, "merged_")
            wanted |= _forget_number(table)
    closed = "OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL"
    _add(wanted, "UPDATE", "patient", closed, MERGED_IS_CLOSED, "merged_")
    return wanted


def _forget_number(table: str) -> dict[str, str]:
    """The engine gives the number of a removed row to a new one, which must not be taken for what a merge moved."""
    name, numbers = f"{_PREFIX}merged_{table}_delete", f"json_each(moved, '$.{table}')"
    rest = f"json((SELECT json_group_array(value) FROM {numbers} WHERE value <> OLD.id))"
    return {
        name: f"CREATE TRIGGER {name} AFTER DELETE ON {table} BEGIN UPDATE {MERGE_TABLE}"
        f" SET moved = json_set(moved, '$.{table}', {rest})"
        f" WHERE undone_at IS NULL AND EXISTS (SELECT 1 FROM {numbers} WHERE value = OLD.id); END"
    }


def _add(wanted: dict[str, str], verb: str, table: str, condition: str, refusal: str, kind: str = "") -> None:
    name = f"{_PREFIX}{kind}{table}_{verb.lower()}"
    wanted[name] = (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )
