"""What every test may ask for: a real practice on a real encrypted store, and the store's thread."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import desktop  # noqa: F401  before Qt, see desktop/immortal.py

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from desktop.opening import OpenPractice
    from desktop.rules.permission import Actor
    from desktop.storage.vault import Cost, DataKey
    from desktop.ui.kit.background import Background

NOW = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)
"""The moment at which tests happen; a Monday."""

ACCOUNT = "marchetti"
PASSWORD = "a calm quay at dawn"

ON_ONE_WORKER = ("tests/demo/test_demo.py", "tests/postgres/")
"""What is dear to make there is made once: by the one worker that runs all of these tests."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The mark `xdist_group` is not asked for: since pytest 9.2 it no longer reaches the scheduler of xdist 3.8."""
    from xdist.scheduler import LoadScopeScheduling

    class SomeOnOneWorker(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in ON_ONE_WORKER if nodeid.startswith(place)), nodeid)

    return SomeOnOneWorker(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(autouse=True, scope="session")
def choices_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """How whoever runs the tests likes to see Reprise changes no test, and stays as it is."""
    from desktop.ui.kit.preferences import keep_apart

    keep_apart(tmp_path_factory.mktemp("choices"))


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """Each store has an engine, which remembers how statements are written in SQL; here all of them remember as one.

    Compiling the same statements again for the store of each test would take a third of the time of all tests.
    """
    from sqlalchemy import Engine, create_engine

    from desktop.storage import database
    from desktop.storage.connection import sqlcipher

    first = create_engine("sqlite+pysqlite://", module=sqlcipher)
    first.connect().close()
    compiled: dict[Any, Any] = {}

    def create(*args: Any, **options: Any) -> Engine:
        engine = create_engine(*args, **options)
        engine.dialect = first.dialect  # what was compiled is looked up by it
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", create)
        yield
    first.dispose()


@pytest.fixture(autouse=True)
def undressed_afterwards() -> Iterator[None]:
    """A style sheet makes every screen half as dear again, so one that a test puts on is not left to those after it."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")  # most tests need no Qt
    app = widgets.QApplication.instance() if widgets else None
    if app is not None and app.styleSheet():
        app.setStyleSheet("")


@dataclass(frozen=True)
class ClosedPractice:
    folder: Path
    key: DataKey
    actor: Actor


@pytest.fixture(scope="session")
def new_practice(tmp_path_factory: pytest.TempPathFactory) -> ClosedPractice:
    """As set-up leaves it. No test opens it, only a copy of its own: copying takes a thirtieth of making."""
    from desktop.models.choices import Language, PaperSize
    from desktop.opening import NewPractice, PracticeInTheMaking
    from desktop.storage.vault import unlock

    new = NewPractice(
        name="Harbour Plastic Surgery",
        address="12 Quay Street",
        phone="555-0100",
        after_hours_phone="555-0199",
        emergency_number="911",
        paper_size=PaperSize.LETTER,
        language=Language.ENGLISH,
        account_name=ACCOUNT,
        display_name="Dr. A. Marchetti",
    )
    folder = tmp_path_factory.mktemp("new") / "practice"
    opened = PracticeInTheMaking(folder, new, PASSWORD, cost=_cheap(), clock=lambda: NOW).finish()
    opened.close()
    return ClosedPractice(folder, unlock(folder, ACCOUNT, PASSWORD), opened.actor)


@pytest.fixture
def practice(tmp_path: Path, new_practice: ClosedPractice) -> Iterator[OpenPractice]:
    """An open practice; the surgeon, who is its administrator, is signed in."""
    from desktop.opening import OpenPractice
    from desktop.storage.key_slots import VaultSlots
    from desktop.storage.store import open_store
    from desktop.ui.kit.clock import set_clock

    set_clock(NOW)
    folder = shutil.copytree(new_practice.folder, tmp_path / "practice")
    database = open_store(folder, new_practice.key, clock=lambda: NOW)
    database.key_slots = VaultSlots(folder, new_practice.key, _cheap())
    opened = OpenPractice(folder, database, new_practice.actor, ACCOUNT)
    yield opened
    opened.close()
    set_clock(None)


def _cheap() -> Cost:
    from desktop.storage.vault import Cost

    return Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def background(qapp: object, practice: OpenPractice) -> Iterator[Background]:
    from desktop.ui.kit.background import Background

    made = Background(practice.database, practice.actor)
    yield made
    made.close()


@pytest.fixture
def as_role(qapp: object, practice: OpenPractice) -> Iterator[Callable[..., Background]]:
    """`as_role(Role.NURSE)` is the background of somebody with just these roles."""
    from desktop.models.account import Account
    from desktop.rules.permission import Actor
    from desktop.ui.kit.background import Background

    made: list[Background] = []

    def sign_in(*roles: Any) -> Background:
        name = "-".join(role.value for role in roles)
        with practice.database.unit_of_work(practice.actor) as session:
            account = Account(name=name, display_name=f"Somebody ({name})", roles=roles)
            session.add(account)
            session.flush()
            actor = Actor(account.id, account.display_name, frozenset(roles), "test")
        made.append(Background(practice.database, actor))
        return made[-1]

    yield sign_in
    for each in made:
        each.close()


@pytest.fixture
def add_patient(practice: OpenPractice) -> Callable[..., int]:
    from desktop.forms.patient import PATIENT_FORM
    from desktop.services.patient import save_patient
    from desktop.services.record import Snapshot

    def add(**values: Any) -> int:
        answers = {"family_name": "Okafor", "given_name": "Rosalind", "birth_date": dt.date(1981, 3, 14)} | values
        with practice.database.unit_of_work(practice.actor) as session:
            saved = save_patient(session, Snapshot(None, None, {}), PATIENT_FORM.empty() | answers)
        assert saved.id is not None
        return saved.id

    return add
