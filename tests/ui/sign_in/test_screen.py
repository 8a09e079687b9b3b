"""Signing in by keyboard, refusals that wait, and the recovery sheet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.password_entry import CAPS_LOCK
from desktop.ui.sign_in.screen import LOCKED, SignInScreen, greeting_at
from desktop.ui.sign_in.store_problem import StoreProblemScreen

ACCOUNTS = (("marchetti", "Dr. A. Marchetti · Surgeon"), ("rossi", "N. Rossi · Nurse"))
PASSWORD = "a calm quay at dawn"
HEAVY = {"sqlalchemy", "sqlcipher3", "alembic", "qtawesome", "qtpy", "typst", "argon2", "cryptography"}


@pytest.fixture
def screen(qtbot: QtBot) -> SignInScreen:
    made = SignInScreen("Harbour Plastic Surgery", ACCOUNTS, greeting="Good morning")
    show(qtbot, made)
    return made


def show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1280, 720)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def test_that_the_password_has_the_focus_and_enter_signs_in(qtbot: QtBot, screen: SignInScreen) -> None:
    assert screen.form.password.line.hasFocus()
    with qtbot.waitSignal(screen.sign_in_asked) as asked:
        qtbot.keyClicks(screen.form.password.line, PASSWORD)
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)
    assert asked.args == ["marchetti", PASSWORD]


def test_that_another_person_is_chosen_by_keyboard(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.form.who.setFocus()
    qtbot.keyClick(screen.form.who, Qt.Key.Key_Down)
    qtbot.keyClicks(screen.form.password.line, PASSWORD)
    with qtbot.waitSignal(screen.sign_in_asked) as asked:
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)
    assert asked.args == ["rossi", PASSWORD]


def test_that_a_password_typed_for_one_account_is_never_tried_on_another(qtbot: QtBot, screen: SignInScreen) -> None:
    qtbot.keyClicks(screen.form.password.line, PASSWORD)
    screen.select("rossi")
    assert screen.form.password.password() == ""


def test_that_an_empty_password_asks_nothing_of_the_vault(qtbot: QtBot, screen: SignInScreen) -> None:
    with qtbot.assertNotEmitted(screen.sign_in_asked):
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)
    assert screen.form.password.note.text() == "Type your password."


def test_that_a_second_order_is_not_taken_while_the_practice_opens(qtbot: QtBot, screen: SignInScreen) -> None:
    qtbot.keyClicks(screen.form.password.line, PASSWORD)
    screen.set_busy(True)
    assert screen.form.button.text() == "Opening …"
    with qtbot.assertNotEmitted(screen.sign_in_asked):
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)
    screen.set_busy(False)
    assert screen.form.button.text() == "Sign in"


def test_that_a_refusal_stands_under_the_password_which_is_cleared_and_focused(
    qtbot: QtBot, screen: SignInScreen
) -> None:
    screen.select("rossi")
    qtbot.keyClicks(screen.form.password.line, "not the password")
    screen.refuse("The password is not right. Try again.")
    assert screen.form.password.note.text() == "The password is not right. Try again."
    assert screen.form.password.password() == ""
    assert screen.form.password.line.hasFocus()
    assert screen.form.name() == "rossi"


def test_that_the_button_counts_down_and_signs_in_again_after_the_wait(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.refuse("The next try is possible in 1 second.", 1)
    qtbot.keyClicks(screen.form.password.line, PASSWORD)
    assert screen.form.button.text() == "Wait 1 s"
    with qtbot.assertNotEmitted(screen.sign_in_asked):
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.form.button.isEnabled, timeout=5_000)
    assert screen.form.button.text() == "Sign in"
    with qtbot.waitSignal(screen.sign_in_asked):
        qtbot.keyClick(screen.form.password.line, Qt.Key.Key_Return)


def test_that_a_colleague_can_sign_in_while_one_account_waits(screen: SignInScreen) -> None:
    screen.refuse("Too many wrong tries.", 80)
    assert screen.form.button.text() == "Wait 1:20"
    screen.select("rossi")
    assert screen.form.button.isEnabled()
    screen.select("marchetti")
    assert not screen.form.button.isEnabled()


def test_that_the_password_is_shown_only_on_request(qtbot: QtBot, screen: SignInScreen) -> None:
    password = screen.form.password
    assert password.line.echoMode() == QLineEdit.EchoMode.Password
    assert password.toggle.accessibleName() == "Show password"
    qtbot.keyClick(password.line, Qt.Key.Key_Tab)
    assert password.toggle.hasFocus()
    with qtbot.assertNotEmitted(screen.sign_in_asked):
        qtbot.keyClick(password.toggle, Qt.Key.Key_Return)
    assert password.line.echoMode() == QLineEdit.EchoMode.Normal
    assert password.toggle.accessibleName() == "Hide password"


def test_that_capitals_without_shift_tell_of_caps_lock(qtbot: QtBot, screen: SignInScreen) -> None:
    line = screen.form.password.line
    for typed, modifiers, words in (
        ("a", Qt.KeyboardModifier.NoModifier, ""),
        ("A", Qt.KeyboardModifier.ShiftModifier, ""),
        ("A", Qt.KeyboardModifier.NoModifier, CAPS_LOCK),
        ("a", Qt.KeyboardModifier.NoModifier, ""),
    ):
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, typed))
        assert screen.form.password.note.text() == words
    assert line.text() == "aAAa"


def test_that_locking_shows_the_same_screen_for_the_same_person(qtbot: QtBot, screen: SignInScreen) -> None:
    qtbot.keyClicks(screen.form.password.line, PASSWORD)
    screen.show_locked("rossi")
    assert screen.form.words.text() == LOCKED
    assert screen.form.name() == "rossi"
    assert screen.form.password.password() == ""
    assert screen.form.password.line.hasFocus()


def test_that_the_recovery_sheet_is_used_by_keyboard(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.select("rossi")
    qtbot.keySequence(screen, QKeySequence("Ctrl+R"))
    page = screen.recovery
    assert page is not None
    assert page.code.line.hasFocus()
    qtbot.keyClicks(page.code.line, "7k2qx abcde")
    qtbot.keyClick(page.code.line, Qt.Key.Key_Return)
    assert page.password.line.hasFocus()
    qtbot.keyClicks(page.password.line, "three boats and a gull")
    with qtbot.waitSignal(screen.recovery_asked) as asked:
        qtbot.keyClick(page.password.line, Qt.Key.Key_Return)
    assert asked.args == ["7k2qx abcde", "rossi", "three boats and a gull"]
    screen.set_busy(True)
    qtbot.keyClick(page.password.line, Qt.Key.Key_Escape)
    assert page.isVisible()
    screen.refuse("Group 2 of the recovery code is not as on the sheet.")
    assert page.code.note.text() == "Group 2 of the recovery code is not as on the sheet."
    assert page.code.words() == "7k2qx abcde"
    assert page.password.password() == "three boats and a gull"
    qtbot.keyClick(page.code.line, Qt.Key.Key_Escape)
    assert screen.form.password.line.hasFocus()
    assert page.code.words() == page.password.password() == ""


def test_that_a_weak_new_password_is_refused_with_its_reason(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.open_recovery()
    page = screen.recovery
    assert page is not None
    qtbot.keyClicks(page.code.line, "7K2QX")
    qtbot.keyClicks(page.password.line, "short")
    assert page.password.note.text() == "5 of at least 15 characters."
    with qtbot.assertNotEmitted(screen.recovery_asked):
        qtbot.keyClick(page.password.line, Qt.Key.Key_Return)
    assert page.password.note.text().startswith("Too short: 5 of at least 15 characters.")


def test_that_a_store_that_cannot_be_opened_is_told_and_tried_again(qtbot: QtBot) -> None:
    page = StoreProblemScreen("<b>The disk is full.</b>")
    show(qtbot, page)
    assert page.words.text() == "<b>The disk is full.</b>"
    assert page.words.textFormat() == Qt.TextFormat.PlainText
    assert page.retry.hasFocus()
    with qtbot.waitSignal(page.retry_asked):
        qtbot.keyClick(page.retry, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.quit_asked):
        qtbot.keySequence(page, QKeySequence("Ctrl+Q"))


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_that_the_greeting_follows_the_time_of_day(hour: int, words: str) -> None:
    assert greeting_at(hour) == words


def test_that_the_screen_is_painted_before_anything_heavy_is_loaded() -> None:
    program = """
import sys
import desktop
from PySide6.QtWidgets import QApplication
from desktop.ui.kit.theme import apply_theme
from desktop.ui.sign_in.screen import SignInScreen
app = QApplication([])
apply_theme(app, "light")
screen = SignInScreen("Harbour", [("marchetti", "Dr. A. Marchetti · Surgeon")])
screen.show()
screen.grab()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*(name for name in sys.modules if name.startswith("desktop.")))
"""
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    loaded, own = (set(line.split()) for line in done.stdout.splitlines())
    assert not loaded & HEAVY
    assert not {name for name in own if ".storage" in name or ".models" in name or name.endswith("background")}
