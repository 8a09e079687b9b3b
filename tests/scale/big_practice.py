"""A practice of any number of generated patients, kept in the system's temporary folder from one run to the next."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.models.choices import Language, PaperSize
from desktop.models.tables import Base
from desktop.opening import NewPractice, OpenPractice, PracticeInTheMaking, open_with_key
from desktop.rules import search_key
from desktop.services import search_index, search_rebuild
from desktop.storage.vault import Cost, unlock
from tests.scale import generator, loading, names, stories
from tests.scale.generator import SEED

ACCOUNT = "marchetti"
PASSWORD = "a calm quay at dawn"
_MAKE_IT = (generator, names, stories, loading, search_key, search_index, search_rebuild)
"""A store that one of these made before it was changed is made anew."""
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


def new_practice(folder: Path) -> OpenPractice:
    new = NewPractice("Bench", None, None, None, None, PaperSize.A4, Language.ENGLISH, ACCOUNT, "Dr. A. Marchetti")
    return PracticeInTheMaking(folder, new, PASSWORD, cost=CHEAP).finish()


def kept_practice(patients: int, seed: int = SEED) -> Path:
    """The folder of such a practice; it is made when there is none yet of this seed, schema and way of searching."""
    place = Path(tempfile.gettempdir()) / f"reprise-scale-{patients}-{_digest(seed)}"
    if not place.exists():
        for old in place.parent.glob(f"reprise-scale-{patients}-*"):
            shutil.rmtree(old)
        unfinished = place.with_name(f"{place.name}.part")
        practice = new_practice(unfinished)
        loading.fill_store(practice.database, patients, seed)
        practice.close()
        unfinished.rename(place)
    return place


def open_kept(patients: int) -> OpenPractice:
    folder = kept_practice(patients)
    return open_with_key(folder, unlock(folder, ACCOUNT, PASSWORD), ACCOUNT)


def _digest(seed: int) -> str:
    tables = Base.metadata.sorted_tables
    schema = [str(CreateTable(table)) for table in tables]
    schema += [str(CreateIndex(index)) for table in tables for index in table.indexes]
    lines = sorted(line for each in schema for line in each.splitlines())  # their order is no part of the schema
    sources = [Path(module.__file__ or "").read_bytes() for module in _MAKE_IT]
    return hashlib.sha256(b"\0".join([str(seed).encode(), "\n".join(lines).encode(), *sources])).hexdigest()[:16]
