from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.storage.database import Database
from desktop.storage.store import create_store, open_store
from desktop.storage.triggers import install_triggers
from desktop.storage.vault import DataKey, SlotOwner, create_vault
from tests.storage.shelf import CHEAP, KEY, ShelfBase


@dataclass
class SetClock:
    now: dt.datetime = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An encrypted store with the shelf's tables, closed."""
    path = tmp_path / "reprise.db"
    database = Database(path, KEY, create=True)
    ShelfBase.metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture
def database(store: Path, clock: SetClock) -> Iterator[Database]:
    database = Database(store, KEY, clock=clock)
    yield database
    database.close()


@pytest.fixture(scope="session")
def new_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Vault, store as migrations make it, anchor; the shelf's tables beside. No test opens it, only a copy of it."""
    folder = tmp_path_factory.mktemp("new") / "practice"
    folder.mkdir()
    create_vault(folder, "Practice", SlotOwner("marchetti", "Dr. A. Marchetti", "Surgeon"), "p" * 15, cost=CHEAP)
    create_store(folder, KEY)
    database = open_store(folder, KEY)
    with database.engine.begin() as connection:
        ShelfBase.metadata.create_all(connection)
        install_triggers(connection)
    database.close()
    return folder


@pytest.fixture
def practice(tmp_path: Path, new_practice: Path) -> Path:
    """The folder of a practice, closed."""
    return shutil.copytree(new_practice, tmp_path / "practice")


@dataclass(frozen=True)
class Made:
    folder: Path
    key: DataKey
    code: str


@pytest.fixture
def vault(tmp_path: Path) -> Made:
    owner = SlotOwner("marchetti", "Dr. A. Marchetti", "Surgeon")
    key, code = create_vault(tmp_path, "Lakeside Plastic Surgery", owner, "correct horse battery", cost=CHEAP)
    return Made(tmp_path, key, code)
