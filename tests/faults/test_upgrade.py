"""A practice that the first version left behind opens in this one: backed up, whole, and everybody in it is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop import opening
from desktop.models.choices import Side
from desktop.opening import OpenPractice, open_with_key
from desktop.services.device import open_device
from desktop.services.operation import read_history
from desktop.services.search import find_patients
from desktop.services.timeline import read_timeline
from desktop.storage import schema
from desktop.storage.check import check_store
from desktop.storage.connection import connect
from desktop.storage.schema import VERSIONS
from desktop.storage.store import STORE_NAME, create_store
from desktop.storage.vault import DataKey, SlotOwner, create_vault
from tests.conftest import PASSWORD
from tests.faults.house import CHEAP, SURGEON

Row = tuple[str, Mapping[str, Any]]

FIRST = "0001"
ROWS: dict[str, dict[str, Any]] = {
    "practice": {"name": "Harbour", "paper_size": "a4", "language": "en", "next_record_number": 2, "is_demo": 0},
    "account": {"name": SURGEON, "display_name": "Dr. A. Marchetti", "roles": ["surgeon", "administrator"]}
    | {"is_active": 1},
    "patient": {"record_number": "000001", "family_name": "Müller", "given_name": "Rosalind", "phone": "555-0142"}
    | {"birth_date": "1981-03-14", "no_known_allergies": 0, "family_key": "muller", "given_key": "rosalind"},
    "patient_name": {"patient_id": 1, "word": "muller"},
    "patient_phone": {"patient_id": 1, "reversed_digits": "2410555"},
    "operation": {"patient_id": 1, "kind": "augmentation", "was_elsewhere": 1, "happened_on": "2014-05"},
    "operation_side": {"operation_id": 1, "side": "R", "event": "implanted"},
    "device": {"patient_id": 1, "manufacturer": "Mentor", "serial": "7001-1", "lot": "L-88", "volume_ml": 325},
    "device_spell": {"patient_id": 1, "side": "R", "device_id": 1, "implanted_operation_side_id": 1}
    | {"fate_unknown": 0, "sources": {"plane": "letter"}, "plane": "subglandular"},
}
"""As the first version wrote them; what every table asks for besides is added."""
BESIDES = {"id": 1, "version": 1, "unknown": [], "sources": {}}


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, DataKey]:
    return leave_behind(tmp_path, (FIRST,), ROWS.items())


def leave_behind(home: Path, revisions: Iterable[str], rows: Iterable[Row]) -> tuple[Path, DataKey]:
    """A practice as the version with these migrations kept it."""
    folder, versions = home / "practice", home / "versions"
    folder.mkdir()
    versions.mkdir()
    for number in revisions:
        shutil.copy(next(VERSIONS.glob(f"{number}_*.py")), versions)
    owner = SlotOwner(SURGEON, "Dr. A. Marchetti", "Surgeon")
    key, _code = create_vault(folder, "Harbour", owner, PASSWORD, cost=CHEAP)
    create_store(folder, key, versions=versions)
    connection = connect(folder / STORE_NAME, key)
    for table, values in rows:
        asked = {row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall() if row[3]}
        row = {name: value for name, value in BESIDES.items() if name in asked} | values
        marks = ", ".join("?" * len(row))
        plain = [json.dumps(value) if isinstance(value, list | dict) else value for value in row.values()]
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", plain)
    connection.close()
    return folder, key


def revision(folder: Path, key: DataKey) -> str:
    connection = connect(folder / STORE_NAME, key)
    found: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    connection.close()
    return found


def look(practice: OpenPractice) -> None:
    assert [(each.what, each.detail) for each in check_store(practice.database, practice.folder) if not each.ok] == []
    with practice.database.unit_of_work(practice.actor) as session:
        for typed in ("mueller ros", "Müller", "5550142", "14 mar 1981", "000001", "7001-1", "L-88", "miller"):
            assert [row.id for row in find_patients(session, typed)] == [1], typed
        (operation,) = read_history(session, 1).operations
        device = open_device(session, operation.id, Side.RIGHT).values
        assert (device["serial"], device["volume_ml"], device["udi_raw"]) == ("7001-1", 325, None)
        assert read_timeline(session, 1)


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob(f"before-upgrade-from-{FIRST}-*.db"))


def test_that_a_store_of_the_first_version_is_backed_up_upgraded_and_found_in(old: tuple[Path, DataKey]) -> None:
    folder, key = old
    practice = open_with_key(folder, key, SURGEON)
    look(practice)
    practice.close()
    (backup,) = backups(folder)
    kept = connect(backup, key)
    assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (FIRST,)
    assert kept.execute("SELECT family_name FROM patient").fetchall() == [("Müller",)]
    kept.close()
    again = open_with_key(folder, key, SURGEON)
    look(again)
    again.close()
    assert backups(folder) == [backup]


@pytest.mark.parametrize(
    ("place", "name", "leaves"),
    [
        (schema, "install_search_index", FIRST),
        (schema, "install_triggers", FIRST),
        (opening, "refresh_search_index", ""),
    ],
    ids=["in the middle", "at its end", "before anybody can be found"],
)
def test_that_an_upgrade_that_broke_off_is_made_whole_by_the_next_one(
    old: tuple[Path, DataKey], monkeypatch: pytest.MonkeyPatch, place: Any, name: str, leaves: str
) -> None:
    folder, key = old
    with monkeypatch.context() as broken:
        broken.setattr(place, name, _break_off)
        with pytest.raises(ZeroDivisionError):
            open_with_key(folder, key, SURGEON)
    assert revision(folder, key) == (leaves or schema.known_revisions()[-1])
    practice = open_with_key(folder, key, SURGEON)
    look(practice)
    practice.close()


def _break_off(*_arguments: object) -> None:
    raise ZeroDivisionError
