"""A practice that is missing, damaged, held or of a newer program is told in a sentence, wherever it is opened."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

import desktop.storage.store
from desktop.app import Application
from desktop.cli import main
from desktop.errors import StoreUnavailable, WrongPassword
from desktop.opening import recover, sign_in
from desktop.storage.database import Database
from desktop.ui.kit.text import Text
from desktop.ui.sign_in.store_problem import StoreProblemScreen
from tests.conftest import PASSWORD
from tests.faults.house import SURGEON, hold_store, make_practice
from tests.storage.shelf import pipe, start

STORE, VAULT = "reprise.db", "vault.json"
WRONG = "certainly not the password"


@dataclass(frozen=True)
class Fault:
    name: str
    damage: Callable[[Path], object]
    words: str
    before_sign_in: bool = False
    """The first window meets it already."""


def _write(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _cut(name: str, kept: int) -> Callable[[Path], object]:
    return lambda folder: os.truncate(folder / name, kept)


def _turn_over(place: int) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        content = bytearray((folder / "reprise.db").read_bytes())
        content[place] ^= 0xFF
        (folder / "reprise.db").write_bytes(content)

    return damage


def _folder_instead(name: str) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


def _from_another_practice(name: str) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        make_practice(folder.with_name("other"))
        shutil.copy(folder.with_name("other") / name, folder / name)

    return damage


FAULTS = (
    Fault("store-missing", lambda folder: (folder / STORE).unlink(), "missing"),
    Fault("store-empty", _write(STORE, b""), "is empty"),
    Fault("store-of-one-byte", _write(STORE, b"x"), "Restore"),
    Fault("store-garbage", _write(STORE, b"\x00garbage" * 4_000), "Restore"),
    Fault("store-not-encrypted", _write(STORE, b"SQLite format 3\0" + bytes(8_000)), "not encrypted"),
    Fault("store-cut-to-a-page", _cut(STORE, 4_096), "damaged"),
    Fault("store-cut-inside-a-page", _cut(STORE, 20_001), "damaged"),
    Fault("store-first-page-damaged", _turn_over(100), "damaged"),
    Fault("store-a-folder", _folder_instead(STORE), "cannot be read"),
    Fault("store-of-another-practice", _from_another_practice(STORE), "does not belong to the keys"),
    Fault("keys-of-another-practice", _from_another_practice(VAULT), "does not belong to the keys"),
    Fault("vault-missing", lambda folder: (folder / VAULT).unlink(), "vault.json is missing", True),
    Fault("vault-empty", _write(VAULT, b""), "damaged", True),
    Fault("vault-garbage", _write(VAULT, b"\xff\xfe\x00{garbage"), "damaged", True),
    Fault("vault-another-kind-of-json", _write(VAULT, b"[1, 2]"), "damaged", True),
    Fault("vault-nested-without-end", _write(VAULT, b"[" * 200_000), "damaged", True),
    Fault("vault-cut-in-half", _cut(VAULT, 300), "damaged", True),
    Fault("vault-a-folder", _folder_instead(VAULT), "cannot be read", True),
    Fault("vault-of-a-newer-program", _write(VAULT, b'{"format": 99}'), "newer Reprise", True),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_practice(tmp_path_factory.mktemp("made") / "practice")


@pytest.fixture
def closed(made: Path, tmp_path: Path) -> Path:
    """The folder of a practice nobody has open; a copy, for the test to damage."""
    return shutil.copytree(made, tmp_path / "practice")


@pytest.fixture(params=FAULTS, ids=lambda fault: fault.name)
def fault(request: pytest.FixtureRequest) -> Fault:
    found: Fault = request.param
    return found


@contextmanager
def nothing_made(folder: Path) -> Iterator[None]:
    """Neither a new store nor anything else appears, and what is there stays as it was."""
    before = content_of(folder)
    yield
    assert content_of(folder) == before


def content_of(folder: Path) -> dict[str, bytes | None]:
    """Of everything but the tries, which are counted whatever comes of them."""
    found = (each for each in sorted(folder.iterdir()) if each.name != "attempts.json")
    return {each.name: each.read_bytes() if each.is_file() else None for each in found}


def is_a_sentence(words: str) -> bool:
    """Something a person can read: no name of a class, no place in the program."""
    internals = ("Traceback", "Error", "sqlite", "sqlalchemy", "Errno", ".py", "None")
    return not any(each in words for each in internals) and words.endswith(".") and words[0] in f"/{words[0].upper()}"


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[None]:
    hears, says = pipe()
    process = start(hold_store, folder, says)
    try:
        assert hears.recv() == "held"
        yield
    finally:
        process.kill()
        process.join()


@contextmanager
def application_on(qtbot: QtBot, folder: Path) -> Iterator[Application]:
    made = Application(folder)
    qtbot.addWidget(made.window)
    made.start()
    try:
        yield made
    finally:
        made.quit()


def type_password(qtbot: QtBot, application: Application, password: str = PASSWORD) -> None:
    screen = application.sign_in_screen
    assert screen is not None
    line = next(each for each in screen.findChildren(QLineEdit) if each.echoMode() == QLineEdit.EchoMode.Password)
    line.clear()
    qtbot.keyClicks(line, password + "\r")


def words_of(application: Application) -> str:
    return "\n".join(each.text() for each in application.window.findChildren(Text) if each.isVisible())


def told(qtbot: QtBot, application: Application) -> str:
    """What the window says when the practice cannot be opened."""
    page = application.window.currentWidget
    qtbot.waitUntil(lambda: isinstance(page(), StoreProblemScreen), timeout=20_000)
    words = application.window.findChild(Text, "message")
    assert isinstance(words, Text)
    return words.text()


def test_that_signing_in_says_what_is_wrong_and_makes_nothing(closed: Path, fault: Fault) -> None:
    fault.damage(closed)
    with nothing_made(closed), pytest.raises(StoreUnavailable, match=re.escape(fault.words)) as refusal:
        sign_in(closed, SURGEON, PASSWORD)
    assert is_a_sentence(str(refusal.value))
    assert (closed / "attempts.json").exists() is not fault.before_sign_in


def test_that_the_window_says_what_is_wrong_and_opens_once_it_is_mended(
    qtbot: QtBot, made: Path, closed: Path, fault: Fault
) -> None:
    fault.damage(closed)
    with application_on(qtbot, closed) as application:
        with nothing_made(closed):
            if not fault.before_sign_in:
                type_password(qtbot, application)
            assert fault.words in told(qtbot, application)
            assert application.practice is None
        shutil.rmtree(closed)
        shutil.copytree(made, closed)
        again = application.window.findChild(QPushButton, "retry")
        assert again is not None
        qtbot.keyClick(again, Qt.Key.Key_Return)
        type_password(qtbot, application)
        qtbot.waitUntil(lambda: application.main_window is not None, timeout=20_000)


@pytest.mark.parametrize("command", ["check", "handout"])
def test_that_the_command_line_says_what_is_wrong_in_one_line(
    closed: Path, fault: Fault, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault.damage(closed)
    out = closed.with_name("handout.pdf")
    more = ["--patient", "1", "--out", str(out)] if command == "handout" else []
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    with nothing_made(closed):
        assert main([command, str(closed), *more, "--user", SURGEON, "--password-stdin"]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert fault.words in answer.err
    assert answer.err.startswith("reprise: ")
    assert answer.err.count("\n") == 1
    assert not out.exists()


def test_that_a_folder_that_is_no_practice_is_left_as_it_is(tmp_path: Path) -> None:
    """Also no list of wrong tries: it would make the folder unfit for a new practice."""
    with pytest.raises(StoreUnavailable, match="There is no practice in"):
        sign_in(tmp_path, SURGEON, PASSWORD)
    with pytest.raises(StoreUnavailable, match="There is no practice in"):
        recover(tmp_path, "ABCD" * 8, SURGEON, "another calm harbour")
    assert list(tmp_path.iterdir()) == []


def test_that_a_wrong_password_is_told_at_the_field_and_the_right_one_still_opens(qtbot: QtBot, closed: Path) -> None:
    with application_on(qtbot, closed) as application:
        with nothing_made(closed):
            type_password(qtbot, application, WRONG)
            qtbot.waitUntil(lambda: "not the password" in words_of(application), timeout=20_000)
        type_password(qtbot, application)
        qtbot.waitUntil(lambda: application.main_window is not None, timeout=20_000)


def test_that_a_store_of_a_newer_program_is_told_and_left_alone(qtbot: QtBot, closed: Path) -> None:
    opened = sign_in(closed, SURGEON, PASSWORD)
    with opened.database.unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with nothing_made(closed), application_on(qtbot, closed) as application:
        type_password(qtbot, application)
        assert "newer Reprise. Nothing was changed." in told(qtbot, application)
    with pytest.raises(StoreUnavailable, match="newer Reprise"):
        sign_in(closed, SURGEON, PASSWORD)


def test_that_a_store_held_by_another_process_is_told_and_opens_when_it_is_let_go(
    qtbot: QtBot, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop.storage.store, "Database", partial(Database, patience_ms=20))
    with held_by_another_process(closed), application_on(qtbot, closed) as application:
        type_password(qtbot, application)
        assert "Another program is using the practice's store" in told(qtbot, application)
    sign_in(closed, SURGEON, PASSWORD).close()


def test_that_a_wrong_try_is_told_as_wrong_also_when_the_store_is_damaged(closed: Path) -> None:
    """Who does not know the password does not learn what became of the store."""
    _write(STORE, b"")(closed)
    with pytest.raises(WrongPassword):
        sign_in(closed, SURGEON, WRONG)


@pytest.mark.parametrize("damage", [_write(STORE, b""), _cut(STORE, 20_001), lambda folder: shutil.rmtree(folder)])
def test_that_a_practice_closes_whatever_became_of_its_store_meanwhile(
    closed: Path, damage: Callable[[Path], object]
) -> None:
    opened = sign_in(closed, SURGEON, PASSWORD)
    opened.database.close()
    damage(closed)
    before = content_of(closed) if closed.exists() else None
    opened.close()
    assert before == (content_of(closed) if closed.exists() else None)
