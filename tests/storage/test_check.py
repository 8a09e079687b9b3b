from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.storage.check import check_store
from desktop.storage.database import Database
from desktop.storage.store import open_store
from desktop.storage.triggers import drop_triggers
from tests.storage.shelf import KEY, Box, audit_entry


def faults(database: Database, folder: Path) -> set[str]:
    return {finding.what for finding in check_store(database, folder) if not finding.ok}


def test_that_a_sound_practice_has_nine_good_findings(practice: Path) -> None:
    database = open_store(practice, KEY)
    with database.unit_of_work() as session:
        session.add(audit_entry(1, database.clock()))
    found = check_store(database, practice)
    assert len(found) == 9
    assert [finding for finding in found if not finding.ok] == []
    assert all(finding.detail.endswith(".") for finding in found)
    database.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_entry SET verb = 'x' WHERE seq = 1", {"Audit chain"}),
        ("INSERT INTO paper (box_id) VALUES (99)", {"References between records"}),
        ("UPDATE alembic_version SET version_num = '0000'", {"Schema"}),
        ("SELECT 1", set()),
    ],
)
def test_that_each_fault_is_found_by_its_own_check(practice: Path, statement: str, found: set[str]) -> None:
    database = open_store(practice, KEY)
    with database.unit_of_work() as session:
        session.add(audit_entry(1, database.clock()))
    with database.engine.connect() as connection:
        connection.detach()
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            drop_triggers(connection)
            connection.execute(text(statement))
    assert faults(database, practice) == found | {"Guards against changes"}
    database.close()


def test_that_missing_keys_and_a_missing_anchor_are_found(practice: Path) -> None:
    database = open_store(practice, KEY)
    (practice / "vault.json").unlink()
    (practice / "anchor.json").unlink()
    assert faults(database, practice) == {"Keys", "Anchor of the audit"}
    database.close()


def test_that_a_damaged_page_is_found_and_the_other_checks_are_still_made(practice: Path) -> None:
    database = open_store(practice, KEY)
    with database.unit_of_work() as session:
        session.add_all([Box(label="x" * 3_000) for _ in range(200)])
    database.close()
    path = practice / "reprise.db"
    content = bytearray(path.read_bytes())
    content[-20_000] ^= 1
    path.write_bytes(content)
    database = open_store(practice, KEY)
    found = faults(database, practice)
    assert "Encryption of every page" in found
    assert not {"Schema", "Audit chain", "Keys"} & found
    database.close()
