"""P3: what the window holds with few and with many patients, each in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.storage.vault import unlock
from tests.bench.measure import Measure
from tests.bench.places import FEW, Places
from tests.bench.starts import start
from tests.scale.big_practice import ACCOUNT, PASSWORD

MOST_MB = 180


def measures(places: Places) -> Iterator[Measure]:
    key = unlock(places.few, ACCOUNT, PASSWORD)
    few = start("window_alone", places.few, key, places.compiled)["resident_mb"]
    many = start("window_alone", places.big.folder, places.big_key, places.compiled)["resident_mb"]
    yield Measure(
        "P3",
        f"window with {places.patients:,} patients, the store's cache small",
        f"{many:.0f} MB",
        f"{FEW:,} patients {few:.0f} MB",
        many / few,
        1.05,
    )
    whole = start("window", places.big.folder, places.big_key, places.compiled)["resident_mb"]
    what = f"window and store's cache with {places.patients:,} patients"
    yield Measure("P3", what, f"{whole:.0f} MB", f"{MOST_MB} MB", whole / MOST_MB, 1.0)
