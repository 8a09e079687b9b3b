"""The board of everyone who is recovering, worked by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import Role
from desktop.opening import OpenPractice
from desktop.services import recovery_protocol
from desktop.services.recovery import report_red_flag
from desktop.services.recovery_protocol import open_protocol
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.recovery.board import RecoveryBoard
from tests.recovery_story import DAY_3, add_recovering_patient
from tests.ui.hands import settle

AddPatient = Callable[..., int]


def opened(qtbot: QtBot, background: Background) -> RecoveryBoard:
    made = RecoveryBoard(background)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitActive(made)
    made.refresh()
    settle(qtbot, made.background)
    return made


@pytest.fixture
def two(practice: OpenPractice, add_patient: AddPatient) -> list[int]:
    early, _view = add_recovering_patient(practice, add_patient, DAY_3 - dt.timedelta(days=7), family_name="Early")
    late, view = add_recovering_patient(practice, add_patient, family_name="<b>Late</b>")
    with practice.database.unit_of_work(practice.actor) as session:
        report_red_flag(session, view.id, "RF4")
    return [late, early]


def test_that_the_red_flag_stands_first_and_has_the_keyboard(
    qtbot: QtBot, background: Background, two: list[int]
) -> None:
    board = opened(qtbot, background)
    assert [view.row.patient_id for view in board.rows] == two
    assert board.rows[0].hasFocus()
    assert board.rows[0].accessibleName().startswith("<b>Late</b>, Rosalind. Day 3")
    assert "day 3 red flag" in board.rows[0].accessibleName()
    assert "Next: Surgeon today: fever" in board.rows[0].accessibleName()


@pytest.mark.parametrize(("forth", "back"), [(Qt.Key.Key_Right, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Up)])
def test_that_the_arrows_go_from_patient_to_patient_and_enter_opens(
    qtbot: QtBot, background: Background, two: list[int], forth: Qt.Key, back: Qt.Key
) -> None:
    board = opened(qtbot, background)
    qtbot.keyClick(board.rows[0], forth)
    assert board.rows[1].hasFocus()
    with qtbot.waitSignal(board.went) as went:
        qtbot.keyClick(board.rows[1], Qt.Key.Key_Return)
    assert went.args == [Place("recovery", two[1])]
    qtbot.keyClick(board.rows[1], back)
    with qtbot.waitSignal(board.went) as went:
        qtbot.keyClick(board.rows[0], Qt.Key.Key_P)
    assert went.args == [Place("documents", two[0])]


def test_that_an_empty_board_says_what_belongs_there(qtbot: QtBot, background: Background) -> None:
    board = opened(qtbot, background)
    assert board.nobody.isVisible()
    assert "appears here" in board.nobody.words.text()


def test_that_a_surgeon_reads_and_approves_the_example_by_keyboard(
    qtbot: QtBot, background: Background, two: list[int], practice: OpenPractice
) -> None:
    board = opened(qtbot, background)
    assert board.read_button.isVisible()
    qtbot.keyClick(board.read_button, Qt.Key.Key_Space)
    assert board.protocol_page is not None
    qtbot.keyClick(board.protocol_page.area, Qt.Key.Key_Escape)
    assert board.protocol_page is None
    qtbot.keyClick(board.read_button, Qt.Key.Key_Space)
    assert board.protocol_page is not None
    qtbot.keyClick(board.protocol_page.approve, Qt.Key.Key_Space)
    settle(qtbot, board.background)
    assert board.protocol_page is None
    assert not board.read_button.isVisible()
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert open_protocol(session).approval.approved_by == "Dr. A. Marchetti"


def test_that_nobody_else_is_offered_to_approve(qtbot: QtBot, as_role: Callable[..., Background]) -> None:
    board = opened(qtbot, as_role(Role.NURSE))
    assert not board.read_button.isVisible()


def test_that_a_broken_protocol_is_a_sentence(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery_protocol, "protocol_texts", lambda: ("name = 3", ""))
    board = opened(qtbot, background)
    assert "cannot be used" in board.messages.words.text()
