"""A practice to do harm to, and the processes that share it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.app import _holds_practice
from desktop.errors import UserError
from desktop.models.choices import Language, PaperSize
from desktop.opening import NewPractice, PracticeInTheMaking, read_vault
from desktop.storage.connection import connect
from desktop.storage.vault import Cost, unlock
from tests.conftest import PASSWORD

ROOT = Path(__file__).parents[2]
SURGEON = "marchetti"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


def make_practice(folder: Path) -> Path:
    """A practice whose surgeon can sign in with the password of the tests; nobody has it open."""
    new = NewPractice("Harbour", None, None, None, None, PaperSize.A4, Language.ENGLISH, SURGEON, "Dr. A. Marchetti")
    PracticeInTheMaking(folder, new, PASSWORD, cost=CHEAP).finish().close()
    return folder


def surroundings(home: Path) -> Mapping[str, str]:
    """Whatever the program writes for its user, and for a moment, goes into the test's own folder."""
    places = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR")
    return dict.fromkeys(places, str(home)) | {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}


def hand(story: str, folder: Path) -> list[str]:
    """The command that starts Reprise on a practice, with a hand on its keyboard."""
    return [sys.executable, "-m", "tests.faults.hand", story, str(folder), PASSWORD]


def look_as_somebody_else(folder: Path, says: Connection) -> None:
    """In a process of its own: without a right to the folder, say what is seen of the practice in it."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        says.send((_holds_practice(folder), ""))
        read_vault(folder)
    except UserError as refusal:
        says.send((True, str(refusal)))


def hold_store(folder: Path, says: Connection) -> None:
    """In a process of its own: take the right to write and keep it until killed."""
    connection = connect(folder / "reprise.db", unlock(folder, SURGEON, PASSWORD))
    connection.execute("BEGIN IMMEDIATE")
    says.send("held")
    threading.Event().wait()
