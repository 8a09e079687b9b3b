"""A practice that is missing, damaged, held or read-only is told in a sentence, wherever it is opened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.app import Application
from desktop.cli import main
from desktop.errors import StoreUnavailable, UserError, WrongPassword
from desktop.models.choices import Language, PaperSize
from desktop.opening import NewPractice, OpenPractice, PracticeInTheMaking, recover, sign_in
from desktop.storage.connection import connect
from desktop.storage.database import Database
from desktop.storage.vault import Cost
from desktop.ui.kit.text import Text
from desktop.ui.sign_in.store_problem import StoreProblemScreen
from tests.conftest import PASSWORD

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
OTHER = NewPractice("Other", None, None, None, None, PaperSize.A4, Language.ENGLISH, "marchetti", "Dr. A. Marchetti")
ROOT = Path(__file__).parents[2]


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


def _store_of_another_practice(folder: Path) -> None:
    making = PracticeInTheMaking(folder.with_name("other"), OTHER, PASSWORD, cost=CHEAP)
    making.finish().close()
    shutil.copy(folder.with_name("other") / "reprise.db", folder / "reprise.db")


def _keys_of_another_practice(folder: Path) -> None:
    making = PracticeInTheMaking(folder.with_name("other"), OTHER, PASSWORD, cost=CHEAP)
    making.finish().close()
    shutil.copy(folder.with_name("other") / "vault.json", folder / "vault.json")


STORE, VAULT = "reprise.db", "vault.json"
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
    Fault("store-of-another-practice", _store_of_another_practice, "does not belong to the keys"),
    Fault("keys-of-another-practice", _keys_of_another_practice, "does not belong to the keys"),
    Fault("vault-missing", lambda folder: (folder / VAULT).unlink(), "vault.json is missing", True),
    Fault("vault-empty", _write(VAULT, b""), "damaged", True),
    Fault("vault-garbage", _write(VAULT, b"\xff\xfe\x00{garbage"), "damaged", True),
    Fault("vault-another-kind-of-json", _write(VAULT, b"[1, 2]"), "damaged", True),
    Fault("vault-nested-without-end", _write(VAULT, b"[" * 200_000), "damaged", True),
    Fault("vault-cut-in-half", _cut(VAULT, 300), "damaged", True),
    Fault("vault-a-folder", _folder_instead(VAULT), "cannot be read", True),
    Fault("vault-of-a-newer-program", _write(VAULT, b'{"format": 99}'), "newer Reprise", True),
)


@pytest.fixture
def closed(practice: OpenPractice) -> Path:
    practice.close()
    return practice.folder


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
    qtbot.keyClicks(line, password + "\r")


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
        sign_in(closed, "marchetti", PASSWORD)
    assert is_a_sentence(str(refusal.value))


def test_that_the_window_says_what_is_wrong_and_opens_again_once_it_is_mended(
    qtbot: QtBot, closed: Path, fault: Fault
) -> None:
    whole = content_of(closed)
    fault.damage(closed)
    with nothing_made(closed), application_on(qtbot, closed) as application:
        if not fault.before_sign_in:
            type_password(qtbot, application)
        assert fault.words in told(qtbot, application)
        assert application.practice is None
    shutil.rmtree(closed)
    closed.mkdir()
    for name, content in whole.items():
        assert content is not None
        (closed / name).write_bytes(content)
    sign_in(closed, "marchetti", PASSWORD).close()


def test_that_the_command_line_says_what_is_wrong_in_one_line(
    closed: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    fault.damage(closed)
    out = closed.with_name("handout.pdf")
    handout = ("handout", str(closed), "--patient", "1", "--out", str(out), "--user", "marchetti", "--password-stdin")
    check = ("check", str(closed), "--user", "marchetti", "--password-stdin")
    for command in (check, handout):
        monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
        with nothing_made(closed):
            assert main(command) == 1
        assert (closed / "attempts.json").exists() is not fault.before_sign_in
        answer = capsys.readouterr()
        assert answer.out == ""
        assert fault.words in answer.err
        assert answer.err.startswith("reprise: ")
        assert answer.err.count("\n") == 1
    assert not out.exists()
