"""The safety checklist as a team meets it: one key an item, nothing saved by hand, and the second side stopped for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import SafetyMoment, SafetyReply, Side
from desktop.opening import OpenPractice
from desktop.services.safety import read_safety
from desktop.services.safety_file import PhaseKey, SafetyFile
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.revision.safety.part import SafetyPart
from desktop.ui.revision.screen import RevisionScreen
from tests.report_story import add_patient_to_operate_on
from tests.safety_story import SIGN_IN, SIGN_OUT, TEAM, TIME_OUT, add_device_at_hand, finish
from tests.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
AGAIN = PhaseKey(SafetyMoment.TIME_OUT_AGAIN)
AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background, patient_id: int, case_id: int) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 540)
        self.patient_id, self.case_id = patient_id, case_id
        self.screen.show_patient(patient_id)
        self.screen.go_to(Place("revision", patient_id, text="safety"))
        self.wait()
        self.part.focus_first()

    @property
    def part(self) -> SafetyPart:
        part = self.screen.case.part("safety")
        assert isinstance(part, SafetyPart)
        return part

    def stored(self) -> SafetyFile:
        found: list[Any] = []
        self.background.read(self.screen, read_safety, self.patient_id, self.case_id, done=found.append)
        self.wait()
        file = found[0]
        assert isinstance(file, SafetyFile)
        return file

    def say_yes_to_all(self) -> None:
        for _ in range(len(self.part.rows)):
            if self.focus() in self.part.rows:
                self.press(KEY.Key_Y)
        self.wait()

    def finish(self) -> None:
        """From the key that finishes through the question, which stands on “Not yet”."""
        self.press_by_shortcut(self.part.finish_button, KEY.Key_Return, CTRL)
        self.tab_to("finish_now")
        self.press(KEY.Key_Space)
        self.wait()

    def words(self) -> str:
        return " ".join(each.text() for each in self.part.findChildren(Text) if each.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient) -> Desk:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        add_device_at_hand(session, patient_id, case_id, Side.RIGHT, volume_ml=375)
    return Desk(qtbot, background, patient_id, case_id)


def test_that_a_whole_checklist_is_answered_by_keyboard(desk: Desk) -> None:
    assert desk.focus().objectName() == "identity"
    desk.press(KEY.Key_Y)
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_N)
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "consent_matches_comment"  # “no” waits for its comment
    desk.type("it lies on paper")
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "site_marked_right"
    desk.say_yes_to_all()
    desk.press_by_shortcut(desk.part.finish_button, KEY.Key_Return, CTRL)
    assert "who is present" in desk.part.messages.reason.text()
    assert desk.focus().objectName() == "present"
    in_sight = desk.part.area.viewport().rect()
    assert in_sight.contains(desk.focus().mapTo(desk.part.area.viewport(), desk.focus().rect().center()))
    desk.type(TEAM)
    desk.finish()
    sign_in = desk.stored().phase(SIGN_IN)
    assert sign_in.signed_by == "Dr. A. Marchetti"
    assert sign_in.present == TEAM
    assert [line.reply for line in sign_in.lines[:3]] == [
        SafetyReply.YES,
        SafetyReply.NOT_APPLICABLE,
        SafetyReply.NO,
    ]
    assert sign_in.lines[2].comment == "it lies on paper"
    desk.press(KEY.Key_Right)
    desk.wait()
    assert "375 mL is neither first choice nor spare size of RIGHT (planned: 300 mL)." in desk.words()
    desk.part.focus_first()
    desk.say_yes_to_all()
    desk.type(TEAM)
    desk.finish()
    assert "stop again before the second side" in desk.words()
    desk.tab_to("call_again")
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Right)
    assert desk.part.again_question.side.value() is Side.RIGHT
    desk.press(KEY.Key_Right)
    desk.tab_to("call_again_now")
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.focus().objectName() == "patient_and_side_left"
    desk.say_yes_to_all()
    desk.type(TEAM)
    desk.finish()
    assert "second side" not in desk.words()
    desk.press(KEY.Key_Right)
    desk.wait()
    desk.part.focus_first()
    desk.say_yes_to_all()
    desk.type(TEAM)
    desk.finish()
    file = desk.stored()
    assert all(file.phase(key).is_finished for key in (SIGN_IN, TIME_OUT, AGAIN, SIGN_OUT))
    assert file.second_side is None


def test_that_a_comment_is_left_by_escape_and_an_answer_taken_back_by_delete(desk: Desk) -> None:
    desk.press(KEY.Key_C)
    desk.type("counted 12")
    desk.press(KEY.Key_Escape)
    assert desk.focus().objectName() == "identity"
    assert desk.stored().phase(SIGN_IN).id is None
    desk.press(KEY.Key_X)
    desk.wait()
    desk.press(KEY.Key_Up)
    desk.press(KEY.Key_Delete)
    desk.wait()
    assert desk.stored().phase(SIGN_IN).lines[0].reply is None


def test_that_a_phase_that_is_not_finished_stays_visible(desk: Desk) -> None:
    desk.press(KEY.Key_Y)
    desk.wait()
    assert desk.part.state.text() == "1 of 10 answered"
    desk.part.show_phase(TIME_OUT)
    assert "“Sign in” is not finished." in desk.words()


def test_that_a_finished_phase_is_read_and_answers_nothing(desk: Desk, practice: OpenPractice) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        finish(session, desk.patient_id, desk.case_id, SIGN_IN)
    desk.screen.refresh()
    desk.wait()
    desk.part.show_phase(SIGN_IN)
    row = desk.part.rows[0]
    row.setFocus()
    desk.press(KEY.Key_N)
    desk.wait()
    assert row.shown.reply is SafetyReply.YES
    assert not desk.part.finish_button.isVisible()
    assert desk.part.state.text().startswith("Finished 23 Nov 2026")
