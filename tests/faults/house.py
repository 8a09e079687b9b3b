"""A practice to do harm to, and the processes that share it."""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.models.choices import Language, PaperSize
from desktop.opening import NewPractice, PracticeInTheMaking
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


def hold_store(folder: Path, says: Connection) -> None:
    """In a process of its own: take the right to write and keep it until killed."""
    connection = connect(folder / "reprise.db", unlock(folder, SURGEON, PASSWORD))
    connection.execute("BEGIN IMMEDIATE")
    says.send("held")
    threading.Event().wait()
