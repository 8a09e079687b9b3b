"""A hand on the keyboard of a real Reprise that runs in a process of its own, so that it can be killed or starved.

    python -m tests.faults.hand STORY FOLDER PASSWORD

It knows no more of the program than a person does: the widgets of its window. What it sees it says as lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import desktop  # noqa: F401  before Qt, see desktop/immortal.py

# isort: split
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desktop.cli import main
from desktop.ui.kit.bug_report import BugReport
from desktop.ui.kit.screen import Place
from desktop.ui.kit.theme import new_application

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
TICK_MS = 10
CANARIES = {
    "family_name": "Zanzibarova",
    "given_name": "Qwixley",
    "former_name": "Vexillarius",
    "phone": "739-284-6105",
    "address": "Xylograph Lane 7",
}
"""What must never be readable outside the encrypted store, by field."""
ALLERGY = "Quibblezine"

Story = Iterator[Callable[[], bool]]
"""Yields what it waits for before it goes on."""


def say(**seen: object) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()


def window() -> QWidget:
    return next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "Reprise")


def line(name: str) -> QLineEdit | None:
    found = (each for each in window().findChildren(QLineEdit, name) if each.isVisible())
    return next(found, None)


def password_line() -> QLineEdit | None:
    found = (each for each in window().findChildren(QLineEdit) if each.isVisible())
    return next((each for each in found if each.echoMode() == QLineEdit.EchoMode.Password), None)


def words() -> str:
    return "\n".join(each.text() for each in window().findChildren(QLabel) if each.isVisible())


def type_into(name: str, text: str) -> None:
    found = next(each for each in window().findChildren(QWidget, name) if each.isVisible())
    found.setFocus()
    QTest.keyClicks(found, text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window(), key, modifier)


def sign_in(password: str) -> Story:
    yield lambda: password_line() is not None
    asked = password_line()
    assert asked is not None
    QTest.keyClicks(asked, password)
    QTest.keyClick(asked, KEY.Key_Return)
    yield lambda: line("search") is not None


def open_registration() -> Story:
    press(KEY.Key_N, CTRL)
    yield lambda: line("family_name") is not None and "not saved yet" in words().casefold()


def register() -> Story:
    yield from open_registration()
    type_into("family_name", "Okafor")
    type_into("given_name", "Rosalind")


def type_and_wait(_folder: Path, password: str) -> Story:
    """Type half a registration, say so, and stay."""
    yield from sign_in(password)
    yield from register()
    type_into("birth_date", "1981-0")
    say(typed=True)
    yield lambda: False


def save_on_a_full_disk(folder: Path, password: str) -> Story:
    """The disk fills up while somebody types; she saves, leaves, comes back, makes room and saves again."""
    yield from sign_in(password)
    yield from register()
    type_into("birth_date", "14 mar 1981")
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    press(KEY.Key_S, CTRL)
    yield lambda: "disk" in words()
    say(told=words(), typed=_typed())
    press(KEY.Key_Escape)
    yield lambda: line("search") is not None
    yield from open_registration()
    say(typed=_typed())
    ballast.unlink()
    press(KEY.Key_S, CTRL)
    yield lambda: line("family_name") is None and "Rosalind Okafor" in words()
    say(saved=True)


def live_with_canaries(_folder: Path, password: str) -> Story:
    """Register, save, edit, fail in every way there is, look at the report of it, and stay."""
    yield from sign_in(password)
    yield from open_registration()
    for name, text in CANARIES.items():
        type_into(name, text)
    type_into("birth_date", "14 mar 1981")
    add = window().findChild(QPushButton, "allergies")
    assert add is not None
    add.click()
    yield lambda: line("allergies.substance") is not None
    type_into("allergies.substance", ALLERGY)
    press(KEY.Key_S, CTRL)
    full_name = f"{CANARIES['given_name']} {CANARIES['family_name']}"
    yield lambda: line("family_name") is None and full_name in words()
    from desktop.ui.main_window import MainWindow
    from desktop.ui.patient import details_screen

    def save_that_fails(_session: object, _opened: object, values: object) -> None:
        raise ValueError(f"{values} could not be kept")

    vars(details_screen)["save_patient"] = save_that_fails
    inside = window().findChild(MainWindow)
    assert inside is not None
    inside.go(Place("details", 1))
    yield lambda: line("family_name") is not None
    type_into("email", "q@example.org")
    press(KEY.Key_S, CTRL)
    yield lambda: "Something went wrong" in words()
    inside.messages.actions_shown()[0].click()
    yield lambda: inside.findChild(BugReport) is not None
    report = inside.findChild(BugReport)
    assert report is not None
    QTimer.singleShot(0, lambda: _fail_with(ValueError(f"{full_name} on the thread of the window")))
    threading.Thread(target=lambda: _fail_with(ValueError(f"{full_name} on a thread of its own"))).start()
    logging.getLogger("a.library").error("it met this", exc_info=ValueError(f"{full_name} in a library"))
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
    passed = iter((False, False, True))
    yield lambda: next(passed)
    say(titles=titles, report=report.details.toPlainText(), told=inside.messages.words.text())
    yield lambda: False


def _fail_with(error: Exception) -> None:
    raise error


def _typed() -> dict[str, str]:
    found = {name: line(name) for name in ("family_name", "given_name", "birth_date")}
    return {name: each.text() for name, each in found.items() if each is not None}


STORIES = {each.__name__: each for each in (type_and_wait, save_on_a_full_disk, live_with_canaries)}


def tell(story: Story) -> QTimer:
    """Go on with the story, a step whenever what it waits for has come; close the window at its end."""
    waits_for: list[Callable[[], bool]] = [lambda: bool(QApplication.topLevelWidgets())]
    timer = QTimer(interval=TICK_MS)

    def go_on() -> None:
        try:
            if waits_for[0]():
                waits_for[0] = next(story)
        except StopIteration:
            timer.stop()
            window().close()
        except Exception:
            traceback.print_exc()
            os._exit(1)  # the hand itself failed, not the program

    timer.timeout.connect(go_on)
    timer.start()
    return timer


if __name__ == "__main__":
    name, folder, password = sys.argv[1:]
    new_application(sys.argv[:1])
    timer = tell(STORIES[name](Path(folder), password))
    sys.exit(main(["--practice", folder]))
