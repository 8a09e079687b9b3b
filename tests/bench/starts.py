"""P1 to P3: starts of a window, each in a process of its own, taken in turn."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Measure, within
from tests.bench.places import Places

STARTS = 15
KINDS = ("bare", "sign_in", "eager", "late")


def measures(places: Places) -> Iterator[Measure]:
    asked = (places.practice.folder, places.key, places.compiled)
    seen: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        start(kind, *asked)
    for _ in range(STARTS):
        for kind in KINDS:
            seen[kind].append(start(kind, *asked))

    def median(kind: str, what: str) -> float:
        return statistics.median(answer[what] for answer in seen[kind])

    def compare(goal: str, what: str, kind: str, other: str, of: str, unit: str, limit: float) -> Measure:
        one, two = median(kind, of), median(other, of)
        return Measure(goal, what, f"{one:.0f} {unit}", f"{other} {two:.0f} {unit}", one / two, limit)

    yield compare("P1", "sign-in window painted", "sign_in", "bare", "ms", "ms", 1.25)
    yield compare("P2", "store answers behind the sign-in", "late", "eager", "ms", "ms", 1.15)
    yield within("P2", "longest gap of the event loop meanwhile", median("late", "longest_gap_ms"), 16)
    yield compare("P3", "resident memory at unlock", "late", "bare", "resident_mb", "MB", 1.4)


def start(kind: str, folder: Path, key: bytes, compiled: Path) -> dict[str, float]:
    # As on a person's computer, where Python keeps what it compiled; the first start of each kind does not count.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(compiled)
    command = [sys.executable, "-m", "tests.bench.windows", kind, str(folder), key.hex()]
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept)
    assert child.stdout is not None
    answer: dict[str, float] = json.loads(child.stdout.readline())
    answer["ms"] = (time.perf_counter() - began) * 1000
    child.stdout.close()
    child.wait()
    return answer
