"""What is left when the program is killed while it saves."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from desktop.models.audit import AuditEntry
from desktop.models.patient import Allergy, Patient
from desktop.opening import OpenPractice, open_with_key
from desktop.storage.check import check_store
from desktop.storage.vault import unlock
from tests.conftest import PASSWORD

KILLS = 20
SAVER = Path(__file__).with_name("saver.py")


def saved_until_killed(folder: Path, key: bytes, run: int, after: int) -> list[int]:
    """Start the saver, kill it after so many acknowledged saves, answer which ones it acknowledged."""
    saver = subprocess.Popen(
        [sys.executable, str(SAVER), str(folder), key.hex(), str(run)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
    )
    assert saver.stdout is not None
    acknowledged = [int(saver.stdout.readline()) for _ in range(after)]
    saver.kill()
    acknowledged += [int(line) for line in saver.stdout if line.endswith("\n")]
    saver.wait()
    saver.stdout.close()
    return acknowledged


def test_that_no_acknowledged_save_is_lost_and_every_row_has_its_audit(practice: OpenPractice) -> None:
    practice.close()
    key = unlock(practice.folder, "marchetti", PASSWORD)
    chance = random.Random(20261123)
    acknowledged: list[int] = []
    for run in range(KILLS):
        acknowledged += saved_until_killed(practice.folder, key, run, chance.randint(1, 12))
    again = open_with_key(practice.folder, key, "marchetti")
    with again.database.unit_of_work(again.actor) as session:
        stored = set(session.scalars(select(Patient.id)))
        with_row = Counter(session.scalars(select(Allergy.patient_id)))
        saves = Counter(session.scalars(select(AuditEntry.record_id).where(AuditEntry.verb == "edit_patient")))
        numbers = list(session.scalars(select(Patient.record_number)))
    assert len(acknowledged) >= KILLS
    assert set(acknowledged) <= stored
    assert set(saves) == stored
    assert set(with_row) == stored
    assert set(with_row.values()) == {1}
    assert len(set(numbers)) == len(numbers)
    assert [(f.what, f.detail) for f in check_store(again.database, again.folder) if not f.ok] == []
    again.close()
