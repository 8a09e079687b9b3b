"""Killed, on a full disk, where nothing can be written, without a right to the folder: nothing typed is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop.opening import sign_in
from desktop.services.draft import DraftOf, find_draft
from desktop.services.search import find_patients
from tests.conftest import PASSWORD
from tests.faults.house import ROOT, SURGEON, hand, look_as_somebody_else, make_practice, surroundings
from tests.storage.shelf import pipe, start

DRAFT_IS_KEPT_SECONDS = 3
"""The promise: a kill this long after the last key loses nothing of it."""

NEW_PATIENT = DraftOf("patient", "new")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_practice(tmp_path / "practice")


def mounting(script: str, *arguments: str) -> list[str]:
    """A command that sees mounts of its own, which end with it."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *as_root, "sh", "-c", script, "sh", *arguments]


def _can_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = subprocess.run(mounting("mount -t tmpfs tmpfs /mnt"), capture_output=True, check=False)
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not _can_mount(), reason="this computer lets nobody mount a small or read-only disk")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in another way")
def test_that_a_kill_three_seconds_after_the_last_key_loses_nothing_typed(folder: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        hand("type_and_wait", folder), cwd=ROOT, env=surroundings(tmp_path), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"typed": True}
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(DRAFT_IS_KEPT_SECONDS)
        process.kill()
    opened = sign_in(folder, SURGEON, PASSWORD)
    with opened.database.unit_of_work(opened.actor, writing=False) as session:
        kept = find_draft(session, NEW_PATIENT)
    opened.close()
    assert kept is not None
    assert {name: kept.typed[name] for name in ("family_name", "given_name", "birth_date")} == {
        "family_name": "Okafor",
        "given_name": "Rosalind",
        "birth_date": "1981-0",
    }


@needs_mounts
def test_that_a_full_disk_is_told_and_what_was_typed_stays_also_when_the_screen_is_left(
    folder: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        'mount -t tmpfs -o size=3m tmpfs "$1" && cp -a "$2"/. "$1" && d=$2 && m=$1 && shift 2 && "$@" && cp "$m"/* "$d"'
    )
    done = subprocess.run(
        mounting(script, str(disk), str(folder), *hand("save_on_a_full_disk", disk)),
        cwd=ROOT,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    refused, back, saved = map(json.loads, done.stdout.splitlines())
    typed = {"family_name": "Okafor", "given_name": "Rosalind", "birth_date": "14 mar 1981"}
    assert "The disk is full, so this was not saved." in refused["told"]
    assert refused["typed"] == typed
    assert back["typed"] == typed
    assert saved == {"saved": True}
    opened = sign_in(folder, SURGEON, PASSWORD)
    with opened.database.unit_of_work(opened.actor, writing=False) as session:
        assert [row.list_name for row in find_patients(session, "")] == ["Okafor, Rosalind"]
        assert find_draft(session, NEW_PATIENT) is None
    opened.close()


@needs_mounts
def test_that_a_disk_that_can_only_be_read_is_told_in_one_line(folder: Path, tmp_path: Path) -> None:
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    check = [sys.executable, "main.py", "check", str(folder), "--user", SURGEON, "--password-stdin"]
    done = run_with_password(mounting(script, str(folder), *check), tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("reprise: ")
    assert done.stderr.count("\n") == 1
    assert "Read-only file system" in done.stderr


@needs_mounts
def test_that_a_disk_that_is_full_at_the_start_is_told_in_one_line(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        'mount -t tmpfs -o size=1m tmpfs "$1" && cp -a "$2"/. "$1" && (cat /dev/zero >"$1"/ballast 2>/dev/null; true)'
        ' && shift 2 && exec "$@"'
    )
    check = [sys.executable, "main.py", "check", str(disk), "--user", SURGEON, "--password-stdin"]
    done = run_with_password(mounting(script, str(disk), str(folder), *check), tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


COPIER = """
import json, sys
from pathlib import Path
import desktop
from desktop.errors import StoreUnavailable
from desktop.storage.backup import copy_store
from desktop.storage.vault import unlock
folder, told = Path(sys.argv[1]), ""
try:
    copy_store(folder / "reprise.db", unlock(folder, sys.argv[2], sys.argv[3]), folder / "backups" / "copy.db")
except StoreUnavailable as refusal:
    told = str(refusal)
print(json.dumps({"told": told, "left": [file.name for file in (folder / "backups").iterdir()]}))
"""


@needs_mounts
@pytest.mark.parametrize("times", [1.4, 2.4], ids=["not its log", "its log and a part of itself"])
def test_that_a_disk_that_takes_a_backup_only_in_part_keeps_none_of_it(
    folder: Path, tmp_path: Path, times: float
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    room = int((folder / "reprise.db").stat().st_size * times)
    script = f'mount -t tmpfs -o size={room} tmpfs "$1" && cp -a "$2"/. "$1" && shift 2 && exec "$@"'
    copier = [sys.executable, "-c", COPIER, str(disk), SURGEON, PASSWORD]
    done = run_with_password(mounting(script, str(disk), str(folder), *copier), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["left"] == []
    assert "disk is full" in answer["told"]


def run_with_password(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(home),
        input=PASSWORD + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="rights to read are given otherwise on Windows")
def test_that_a_folder_one_may_not_look_into_is_told_and_no_new_practice_is_offered() -> None:
    above = Path(tempfile.mkdtemp())
    try:
        folder = make_practice(above / "practice")
        above.chmod(0o755)
        folder.chmod(0o000)
        hears, says = pipe()
        process = start(look_as_somebody_else, folder, says)
        assert hears.recv() == (True, "")
        is_there, words = hears.recv()
        assert is_there
        assert "cannot be read (Permission denied)" in words
        process.join()
    finally:
        (above / "practice").chmod(0o700)
        shutil.rmtree(above)
