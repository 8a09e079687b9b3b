"""A late seroma is told above the reasons of the case, and its work-up is written from there by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import Indication, Role, SeromaResult, SeromaTest, Side, YesNo
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, find_draft
from desktop.services.seroma_work_up import open_work_up, save_work_up
from desktop.ui.kit.background import Background
from desktop.ui.revision.screen import RevisionScreen
from desktop.ui.revision.work_up.page import WorkUpPage
from tests.revision_story import NOTHING_YET, add_augmentation, add_case, add_examination, reason
from tests.ui.hands import Hands

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 620)

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()

    @property
    def line(self) -> Any:
        return self.screen.case.assessing.work_ups.line

    @property
    def page(self) -> WorkUpPage:
        page = self.screen.case.assessing.currentWidget()
        assert isinstance(page, WorkUpPage)
        return page

    def open_work_up(self) -> WorkUpPage:
        self.tab_to("work_up_left")
        self.press(KEY.Key_Space)
        self.wait()
        return self.page


@pytest.fixture
def swollen(practice: OpenPractice, add_patient: Callable[..., int]) -> tuple[int, int]:
    """LEFT is swollen, twelve years after its implant."""
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        reasons = (reason(Side.RIGHT, Indication.RIPPLING), reason(Side.LEFT, Indication.SEROMA_LATE))
        case_id = add_case(session, patient_id, indications=reasons).id or 0
        add_examination(session, patient_id, case_id, **{"left.swelling": YesNo.YES})
    return patient_id, case_id


def test_that_a_late_seroma_is_worked_up_by_keyboard_alone(
    qtbot: QtBot, background: Background, practice: OpenPractice, swollen: tuple[int, int]
) -> None:
    desk = Desk(qtbot, background)
    desk.show(swollen[0])
    assert not desk.line.lines[Side.RIGHT].isVisible()
    assert desk.line.lines[Side.LEFT].title.text() == "LEFT · late seroma: work-up before a revision"
    page = desk.open_work_up()
    assert "latest implant LEFT 12 May 2014: 150 months" in page.basis.text()
    assert page.state.text().startswith("Not documented: since when it is swollen")
    assert desk.focus().objectName() == "onset_on"
    desk.type("sep 2026")
    desk.tab_to("aspirated_on")
    desk.type("20 nov 2026")
    desk.press(KEY.Key_Tab)
    desk.type("4")
    assert "at least 10–50 mL" in page.volume.text()
    desk.press(KEY.Key_Tab)
    for letters in ("cyto", "cd30"):
        desk.type(letters)
        desk.press(KEY.Key_Return)
    assert "tests (Flow cytometry or cell block, Culture)" in page.state.text()
    assert not page.editor.form.boxes["stage"].isVisible()
    desk.tab_to("result")
    for _ in SeromaResult:
        desk.press(KEY.Key_Right)
    assert page.editor.form.values()["result"] is SeromaResult.CONFIRMED
    assert page.editor.form.boxes["stage"].isVisible()
    assert page.state.text().endswith("ALK, PET-CT, multidisciplinary team, stage.")
    desk.press_by_shortcut(page.editor.save_button, KEY.Key_S, CTRL)
    assert page.editor.messages.words.text() == "Saved"
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        stored = open_work_up(session, swollen[1], Side.LEFT)
    assert stored.values["onset_on"] == PartialDate(2026, 9)
    assert stored.values["tests"] == (SeromaTest.CYTOLOGY, SeromaTest.CD30)
    desk.press(KEY.Key_Escape)
    desk.wait()
    assert desk.focus().objectName() == "work_up_left"
    assert "Swelling since Sep 2026 (work-up)" in desk.line.lines[Side.LEFT].basis.text()
    assert "stage" in desk.line.lines[Side.LEFT].state.text()
    [point] = [p.text for p in desk.screen.case.file.open_points if "complete" in p.text]
    assert point == "LEFT: late seroma work-up not complete"


def test_that_what_is_typed_and_not_saved_comes_back(
    qtbot: QtBot, background: Background, practice: OpenPractice, swollen: tuple[int, int]
) -> None:
    desk = Desk(qtbot, background)
    desk.show(swollen[0])
    desk.open_work_up()
    desk.type("perhaps in spring")
    desk.press(KEY.Key_Escape)
    desk.wait()
    of = DraftOf("seroma_work_up", f"case {swollen[1]} L")
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert find_draft(session, of) is not None
    page = desk.open_work_up()
    assert page.editor.form.boxes["onset_on"].editor.typed() == "perhaps in spring"


def test_that_whoever_may_not_change_it_reads_it(
    qtbot: QtBot, as_role: Callable[..., Background], practice: OpenPractice, swollen: tuple[int, int]
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        save_work_up(session, NOTHING_YET, {"mass": YesNo.NO}, *swollen, Side.LEFT)
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.show(swollen[0])
    page = desk.open_work_up()
    assert not page.editor.save_button.isVisible()
    assert "your role does not include" in page.editor.messages.words.text()


def test_that_nothing_is_said_where_nothing_is_swollen(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        add_case(session, patient_id)
    desk = Desk(qtbot, background)
    desk.show(patient_id)
    assert not desk.line.isVisible()
