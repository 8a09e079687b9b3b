"""Saving is quiet, refusing is loud and kind, long work can be stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.kit.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar(quiet_ms=1)
    qtbot.addWidget(made)
    made.resize(900, 60)
    made.show()
    return made


def stop(bar: MessageBar) -> QPushButton:
    return next(each for each in bar.findChildren(QPushButton) if each.accessibleName() == "Cancel")


def test_that_success_goes_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Saved 09:41")
    assert bar.words.text() == "Saved 09:41"
    qtbot.waitUntil(lambda: bar.words.text() == "")
    assert not bar.is_loud()


def test_that_a_new_message_is_not_wiped_by_the_fading_of_the_old_one(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Saved 09:41")
    bar.note("Draft kept 09:42 · not saved yet")
    with qtbot.assertNotEmitted(bar.dismissed, wait=700):
        pass
    assert bar.words.text() == "Draft kept 09:42 · not saved yet"


def test_that_a_refusal_stays_and_says_what_why_and_what_now(bar: MessageBar) -> None:
    bar.refuse("Not saved: the disk is full.", "0 MB are left.", "Free some room, then save again.")
    assert bar.is_loud()
    assert bar.words.text() == "Not saved: the disk is full."
    assert bar.reason.text() == "0 MB are left. Free some room, then save again."


def test_that_a_refusal_offers_actions_by_keyboard(bar: MessageBar, qtbot: QtBot) -> None:
    pressed: list[str] = []
    bar.refuse("Someone else saved this.", actions=[("Show both", lambda: pressed.append("both"))])
    action = bar.actions_shown()[0]
    action.setFocus()
    qtbot.keyClick(action, Qt.Key.Key_Space)
    assert pressed == ["both"]
    bar.clear()
    assert bar.actions_shown() == []


def test_that_a_refusal_can_be_closed(bar: MessageBar, qtbot: QtBot) -> None:
    bar.refuse("Nothing was printed.")
    close = next(each for each in bar.findChildren(QPushButton) if each.accessibleName() == "Close this message")
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not bar.is_loud()


def test_that_text_in_a_message_is_never_markup(bar: MessageBar) -> None:
    bar.refuse("<b>Bobby</b> was not saved.", "<img src=x>")
    assert bar.words.textFormat() == bar.reason.textFormat() == Qt.TextFormat.PlainText


def test_that_long_work_shows_how_far_it_is_and_can_be_stopped_once(bar: MessageBar, qtbot: QtBot) -> None:
    stopped: list[bool] = []
    bar.work("Importing patients", cancel=lambda: stopped.append(True))
    progress = bar.findChildren(QProgressBar)[0]
    assert progress.isVisible()
    assert progress.maximum() == 0
    bar.advance(30, 120)
    assert (progress.value(), progress.maximum()) == (30, 120)
    qtbot.mouseClick(stop(bar), Qt.MouseButton.LeftButton)
    assert stopped == [True]
    assert bar.words.text() == "Stopping …"
    assert not stop(bar).isVisible()


def test_that_work_that_cannot_be_stopped_offers_no_stop(bar: MessageBar) -> None:
    bar.work("Checking the backup")
    assert not stop(bar).isVisible()


def test_that_nothing_jumps_when_the_bar_speaks(bar: MessageBar) -> None:
    silent = bar.sizeHint().height()
    bar.say("Saved")
    assert max(bar.sizeHint().height(), bar.minimumHeight()) == max(silent, bar.minimumHeight())
