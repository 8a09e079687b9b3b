"""Two records, a catalogue or letters on a full disk: refused in a sentence, nothing half done, and done once there is
room."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.opening import OpenPractice, open_with_key
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.storage.check import check_store
from desktop.storage.vault import unlock
from tests.conftest import PASSWORD
from tests.factories import operation_values
from tests.faults.house import ROOT, SURGEON, surroundings
from tests.faults.test_starved import mounting, needs_mounts
from tests.recovery_story import add_recovering_patient

MOUNTED = 'mount -t tmpfs -o size=12m tmpfs "$1" && cp -a "$2"/. "$1" && m=$1 d=$2 && shift 2 && "$@" && cp "$m"/* "$d"'


@needs_mounts
def test_that_a_full_disk_refuses_whole_things_and_takes_them_once_there_is_room(
    practice: OpenPractice, add_patient: Callable[..., int], tmp_path: Path
) -> None:
    kept = add_patient(phone="555-0142", no_known_allergies=True)
    other, _checklist = add_recovering_patient(practice, add_patient, family_name="Okafer")
    with practice.database.unit_of_work(practice.actor) as session:
        operation = save_operation(session, Snapshot(None, None, {}), operation_values(), kept).id
    practice.close()
    folder, key, disk = practice.folder, unlock(practice.folder, SURGEON, PASSWORD), tmp_path / "disk"
    shutil.rmtree(folder / "backups", ignore_errors=True)
    disk.mkdir()
    work = [sys.executable, "-m", "tests.faults.starver", str(disk), key.hex(), *map(str, (kept, other, operation))]
    done = subprocess.run(
        mounting(MOUNTED, str(disk), str(folder), *work),
        cwd=ROOT,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    refused = [each for each in seen if each["told"] != "done"]
    assert [each["tried"] for each in refused] == ["merge", "catalogue", "letters", "undo"]
    assert all("The disk is full" in each["told"] and each["same"] for each in refused)
    assert [each["tried"] for each in seen if each["told"] == "done"] == ["merge", "catalogue", "letters", "undo"]
    again = open_with_key(folder, key, SURGEON)
    assert [(each.what, each.detail) for each in check_store(again.database, folder) if not each.ok] == []
    again.close()
