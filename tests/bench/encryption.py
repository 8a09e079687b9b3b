"""P6: the same questions to the encrypted store and to a plain copy of it, through the same engine."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop.services.search import find_patients
from desktop.storage.connection import sqlcipher
from desktop.storage.store import STORE_NAME
from tests.bench.measure import Measure, against, took
from tests.bench.places import Places
from tests.scale.questions import questions
from tests.scale.statements import Statement, ask_again, listening

ROUNDS = 10
EVERY = 4
"""Of the questions, so that the pages are not all read by the first few."""


def measures(places: Places) -> Iterator[Measure]:
    practice = places.big
    encrypted = practice.folder / STORE_NAME
    plain = encrypted.with_name("plain.db")
    if not plain.exists():
        _copy(places, plain)
    statements = _statements(practice)
    doors: dict[str, Callable[[], Any]] = {
        "encrypted": lambda: _open(encrypted, places.big_key),
        "plain": lambda: _open(plain, b""),
    }
    warm: dict[str, list[float]] = {name: [] for name in doors}
    cold: dict[str, list[float]] = {name: [] for name in doors}
    kept = {name: door() for name, door in doors.items()}
    for number in range(ROUNDS + 1):
        for name, door in doors.items():
            fresh = door()
            cold[name].append(took(ask_again, fresh.cursor(), statements))
            fresh.close()
            spent = took(ask_again, kept[name].cursor(), statements)
            if number:
                warm[name].append(spent)
    for connection in kept.values():
        connection.close()

    def compare(what: str, seen: dict[str, list[float]], limit: float) -> Measure:
        one, two = statistics.median(seen["encrypted"]), statistics.median(seen["plain"])
        return against("P6", what, one, "plain", two, limit)

    yield compare(f"{len(statements)} statements, pages in memory", warm, 1.1)
    yield compare(f"{len(statements)} statements, every page read anew", cold, 4)
    sizes = [file.stat().st_size / 1e6 for file in (encrypted, plain)]
    yield Measure(
        "P6", "size of the store", f"{sizes[0]:.0f} MB", f"plain {sizes[1]:.0f} MB", sizes[0] / sizes[1], 1.06
    )


def _statements(practice: Any) -> list[Statement]:
    with (
        practice.database.unit_of_work(practice.actor, writing=False) as session,
        listening(practice.database.engine) as heard,
    ):
        for question in questions()[::EVERY]:
            find_patients(session, question.text)
    return heard


def _open(path: Path, key: bytes) -> Any:
    connection = sqlcipher.connect(path.as_uri(), uri=True, isolation_level=None)
    if key:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in ("temp_store = MEMORY", "cache_size = -65536", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _copy(places: Places, plain: Path) -> None:
    unfinished = plain.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    connection = _open(plain.with_name(STORE_NAME), places.big_key)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(unfinished),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchone()
    connection.execute("DETACH DATABASE plain")
    connection.close()
    unfinished.rename(plain)
