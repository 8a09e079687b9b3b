"""Complications and the next case, as a surgeon meets them on a keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.forms.form import PREFILLED
from desktop.models.choices import ClavienDindo
from desktop.opening import OpenPractice
from desktop.services.complication import read_complications, save_complication
from desktop.services.reoperation import read_cases, start_reoperation
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.revision.outcome.part import OutcomePart
from desktop.ui.revision.screen import RevisionScreen
from tests.outcome_story import NEW, hematoma
from tests.report_story import add_patient_to_operate_on
from tests.ui.hands import Hands

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
AddPatient = Callable[..., int]


class Desk(Hands):
    """The screen, and a window that goes where it is asked to go."""

    def __init__(self, qtbot: QtBot, background: Background, patient_id: int) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 540)
        self.patient_id = patient_id
        self.screen.went.connect(self.go)
        self.go(Place("revision", patient_id, text="outcome"))
        self.wait()

    def go(self, place: Place) -> None:
        self.screen.show_patient(self.patient_id)
        self.screen.go_to(place)

    @property
    def part(self) -> OutcomePart:
        part = self.screen.case.part("outcome")
        assert isinstance(part, OutcomePart)
        return part

    def press_button(self, name: str) -> None:
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()

    def save(self) -> None:
        self.press_by_shortcut(self.part.page.editor.save_button, KEY.Key_S, CTRL)

    def shown_case(self) -> int:
        file = self.screen.case.file
        assert file is not None
        assert file.case.id is not None
        return file.case.id


@pytest.fixture
def case(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int]:
    return add_patient_to_operate_on(practice, add_patient)


def test_that_a_complication_is_graded_and_goes_on_as_a_new_case_by_keyboard(
    qtbot: QtBot, background: Background, practice: OpenPractice, case: tuple[int, int]
) -> None:
    patient_id, case_id = case
    desk = Desk(qtbot, background, patient_id)
    desk.press_button("new_complication")
    desk.type("infection")
    desk.tab_to("side")
    desk.press(KEY.Key_Space)
    desk.tab_to("onset_on")
    desk.type("20 Nov 2026")
    desk.tab_to("treatment")
    desk.type("Washed out, implant kept")
    desk.tab_to("grade")
    for _ in range(3):
        desk.press(KEY.Key_Right)
    desk.save()
    grade = desk.part.page.editor.form.boxes["grade"]
    assert grade.editor.value() is ClavienDindo.IIIA
    assert "Answer the anesthetic of the treatment first" in grade.note.text()
    desk.part.page.editor.form.boxes["anesthetic"].editor.inputs()[0].setFocus()
    desk.type("local with")
    desk.save()
    assert desk.part.page.editor.messages.words.text() == "Saved"
    assert desk.part.page.heading.text() == "RIGHT · Complication"
    desk.press_button("reoperate_for_this")
    assert desk.focus().objectName() == "not_now"
    assert "still open" in desk.part.list.question.words.text()
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Space)
    desk.wait()
    new_id = desk.shown_case()
    assert new_id != case_id
    assert desk.screen.case.parts.value() == "assessment"
    values = desk.screen.case.assessment.form.values()
    assert values[PREFILLED] == ("own_words", "indications", "note")
    assert values["indications"][0]["indication"].label == "Infection"
    desk.press(KEY.Key_B, ALT)
    desk.wait()
    assert desk.shown_case() == case_id
    assert not desk.screen.case.assessment.save_button.isVisible()
    desk.press(KEY.Key_B, ALT)
    desk.wait()
    assert desk.shown_case() == new_id
    with practice.database.unit_of_work(practice.actor) as session:
        assert read_complications(session, patient_id, case_id).highest is ClavienDindo.IIIA
        assert [row.carried_from_id for row in read_cases(session, patient_id)] == [case_id, None]


def test_that_an_earlier_case_is_opened_from_the_list_and_one_complication_is_taken_out(
    qtbot: QtBot, background: Background, practice: OpenPractice, case: tuple[int, int]
) -> None:
    patient_id, case_id = case
    with practice.database.unit_of_work(practice.actor) as session:
        saved = save_complication(session, NEW, hematoma(), patient_id, case_id)
        start_reoperation(session, patient_id, case_id, close_first=True)
    desk = Desk(qtbot, background, patient_id)
    desk.part.list.focus_row(f"case_{case_id}")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.shown_case() == case_id
    desk.part.focus_first()
    assert desk.focus().objectName() == f"complication_{saved.id}"
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.press_button("withdraw")
    desk.type("of another patient")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.part.known.rows == ()
    assert desk.focus().objectName() == "new_complication"
