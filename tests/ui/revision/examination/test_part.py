"""The visits of a patient, as a surgeon, a nurse and an anesthesiologist meet them on a keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.choices import Baker, Role, Side
from desktop.opening import OpenPractice
from desktop.services.examination import Visits, read_visits, save_examination
from desktop.services.revision import close_case
from desktop.ui.kit.background import Background
from desktop.ui.kit.text import Text
from desktop.ui.revision.examination.part import ExaminationPart
from desktop.ui.revision.examination.visit_column import GO_ON
from desktop.ui.revision.examination.visit_page import FILLED_IN, NOT_YOURS
from desktop.ui.revision.screen import RevisionScreen
from tests.revision_story import NOTHING_YET, add_augmentation, add_case
from tests.ui.hands import Hands

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
FIRST, SECOND = dt.date(2025, 2, 3), dt.date(2026, 8, 19)

AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 540)

    @property
    def part(self) -> ExaminationPart:
        part = self.screen.case.part("examination")
        assert isinstance(part, ExaminationPart)
        return part

    def open(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()
        self.press(KEY.Key_2, ALT)
        self.wait()

    def box(self, name: str) -> Any:
        assert self.part.visit is not None
        return self.part.visit.editor.form.boxes[name]

    def typed(self, name: str) -> Any:
        return self.box(name).editor.typed()

    def message(self) -> str:
        assert self.part.visit is not None
        return str(self.part.visit.editor.messages.words.text())

    def write(self, name: str, text: str) -> None:
        self.tab_to(name)
        self.press(KEY.Key_A, CTRL)
        self.type(text)

    def new_visit(self) -> None:
        self.press_by_shortcut(self.part.column.new_button, KEY.Key_N, CTRL_SHIFT)

    def save(self) -> None:
        assert self.part.visit is not None
        self.press_by_shortcut(self.part.visit.editor.save_button, KEY.Key_S, CTRL)

    def rows(self, name: str) -> list[str]:
        return [row.accessibleName() for row in self.part.column.findChildren(QWidget, name) if row.isVisible()]

    def said(self) -> str:
        return " ".join(text.text() for text in self.part.findChildren(Text) if text.isVisible())

    def stored(self, patient_id: int) -> Visits:
        found: list[Visits] = []
        self.background.read(self.screen, read_visits, patient_id, done=found.append)
        self.wait()
        return found[0]


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    """Seen twice: before her case was opened, and in it."""
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        earlier = {"examined_on": FIRST, "examined_by": "Dr. Lindqvist", "right.baker": Baker.I}
        save_examination(session, NOTHING_YET, EXAMINATION_FORM.empty() | earlier, patient_id)
        case = add_case(session, patient_id)
        found = {
            "examined_on": SECOND,
            "examined_by": "Dr. A. Marchetti",
            "right.baker": Baker.III,
            "right.nipple_to_fold_mm": 82,
            "left.nipple_to_fold_mm": 95,
        }
        save_examination(session, NOTHING_YET, EXAMINATION_FORM.empty() | found, patient_id, case.id)
    return patient_id


def test_that_a_visit_is_measured_compared_and_followed_by_keyboard_alone(desk: Desk, patient_id: int) -> None:
    desk.open(patient_id)
    assert desk.rows("visit") == [
        "Visit of 19 Aug 2026, Dr. A. Marchetti, this case",
        "Visit of 3 Feb 2025, Dr. Lindqvist, outside a case",
    ]
    assert desk.typed("right.nipple_to_fold_mm") == "8.2"
    assert "−1.3 cm" in desk.said()
    assert desk.box("right.baker").note.text() == "3 Feb 2025: Baker I"

    desk.new_visit()
    assert desk.focus().objectName() == "examined_on"
    assert desk.typed("examined_by") == "Dr. A. Marchetti"
    assert desk.message() == FILLED_IN
    assert desk.typed("right.nipple_to_fold_mm") == desk.typed("right.baker") == ""
    assert desk.box("right.nipple_to_fold_mm").note.text() == "19 Aug: 8.2"

    desk.write("right.nipple_to_fold_mm", "95")
    assert "RIGHT: 95.0 cm is outside 2.0–20.0 cm. Did you mean 9.5 cm?" in desk.said()
    desk.write("right.nipple_to_fold_mm", "9,5")
    assert "Did you mean" not in desk.said()
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "left.nipple_to_fold_mm"
    desk.type("4 1/8 in")
    assert "−1.0 cm" in desk.said()
    desk.write("right.nipple_above_fold_mm", "2")
    assert "Write 2.0 above or 2.0 below" in desk.said()
    desk.type(" below")
    assert "2.0 cm below the fold" in desk.said()
    desk.save()
    newest = desk.stored(patient_id).rows[0]
    assert newest.values["right.nipple_to_fold_mm"] == 95
    assert newest.values["left.nipple_to_fold_mm"] == 105
    assert newest.values["right.nipple_above_fold_mm"] == -20
    assert len(desk.rows("visit")) == 3

    desk.press_by_shortcut(desk.part.column.trends_button, KEY.Key_T, CTRL_SHIFT)
    assert desk.part.trends is not None
    first = desk.part.trends.charts()[0]
    assert first.hasFocus()
    assert "RIGHT Baker: I (3 Feb 2025) → III (19 Aug 2026)" in desk.said()
    assert "LEFT Nipple to fold: 9.5 cm (19 Aug 2026) → 10.5 cm (23 Nov 2026)" in desk.said()
    desk.press(KEY.Key_Left)
    assert first.detail() == "3 Feb 2025 · RIGHT I"
    desk.press(KEY.Key_Escape)
    assert desk.focus() is desk.part.column.trends_button
    assert desk.box("right.nipple_to_fold_mm").isVisible()


def test_that_a_visit_recorded_by_mistake_is_taken_out_with_a_reason(desk: Desk, patient_id: int) -> None:
    desk.open(patient_id)
    desk.tab_to("withdraw_visit")
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Return)
    assert len(desk.stored(patient_id).rows) == 2
    desk.type("of another patient")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.rows("visit") == ["Visit of 3 Feb 2025, Dr. Lindqvist, outside a case"]
    assert desk.typed("examined_on") == "3 Feb 2025"


def test_that_what_was_begun_comes_back_and_an_older_visit_is_opened_meanwhile(desk: Desk, patient_id: int) -> None:
    desk.open(patient_id)
    desk.new_visit()
    desk.write("right.base_width_mm", "12.5")
    oldest = next(row for row in desk.part.column.findChildren(QWidget, "visit") if "2025" in row.accessibleName())
    oldest.setFocus()
    desk.press(KEY.Key_Return)
    desk.wait()
    assert (desk.typed("examined_on"), desk.typed("right.base_width_mm")) == ("3 Feb 2025", "")
    assert desk.part.column.new_button.accessibleName() == GO_ON
    desk.new_visit()
    assert (desk.typed("examined_on"), desk.typed("right.base_width_mm")) == ("23 Nov 2026", "12.5")


def test_that_visits_of_a_closed_case_are_read_only_and_a_later_one_belongs_to_none(
    desk: Desk, patient_id: int, practice: OpenPractice
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        close_case(session, 1)
    desk.open(patient_id)
    assert "the case of 23 Nov 2026, closed on 23 Nov 2026: it is read here, not changed" in desk.message()
    desk.new_visit()
    desk.write("left.pain_nrs", "2")
    desk.save()
    newest = desk.stored(patient_id).rows[0]
    assert (newest.case_id, newest.values["left.pain_nrs"]) == (None, 2)


def test_that_somebody_else_reads_the_visits_and_changes_none(
    qtbot: QtBot, patient_id: int, as_role: Callable[..., Background]
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.open(patient_id)
    assert desk.message() == NOT_YOURS
    assert not desk.part.column.new_button.isVisible()
    assert not desk.part.column.imaging_button.isVisible()
    desk.press(KEY.Key_N, CTRL_SHIFT)
    desk.wait()
    assert desk.typed("examined_on") == "19 Aug 2026"


def test_that_a_study_is_added_from_the_examination(desk: Desk, patient_id: int) -> None:
    desk.open(patient_id)
    desk.tab_to("add_imaging")
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.part.imaging is not None
    desk.tab_to("side")
    desk.press(KEY.Key_Space)
    desk.tab_to("kind")
    desk.choose("MRI")
    desk.tab_to("happened_on")
    desk.type("mar 2024")
    desk.press_by_shortcut(desk.part.imaging.editor.save_button, KEY.Key_S, CTRL)
    desk.press(KEY.Key_Escape)
    desk.wait()
    assert desk.rows("study") == [
        "RIGHT: MRI · Mar 2024. finding not recorded. in place then: Mentor MemoryGel · 325 mL. no report attached"
    ]
    assert desk.focus() is desk.part.column.imaging_button


def test_that_a_patient_nobody_examined_begins_with_a_new_visit(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        add_case(session, patient_id)
    desk.open(patient_id)
    assert desk.typed("examined_on") == "23 Nov 2026"
    assert desk.part.column.nothing.isVisible()
    assert not desk.part.column.trends_button.isVisible()
    assert all(desk.box(f"{side.label.lower()}.baker").note.text() == "" for side in Side)
