"""The revision of one patient, as a surgeon, a nurse and the front desk meet it on a keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Baker, Indication, PlanStep, Role, Side
from desktop.opening import OpenPractice
from desktop.services.handout import list_documents
from desktop.services.patient import save_patient
from desktop.services.record import open_record
from desktop.services.revision import CaseFile, amend_plan, find_newest_case, open_case, save_case, save_plan
from desktop.ui.kit.background import Background
from desktop.ui.kit.editors import ChoiceEditor
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.text import Text
from desktop.ui.revision.screen import NO_CASE, NOT_YOURS, RevisionScreen
from desktop.ui.revision.sign_dialog import SignDialog
from tests.revision_story import (
    add_augmentation,
    add_case,
    add_planned_patient,
    case_answers,
    plan_answers,
    sign_all_the_same,
)
from tests.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key

AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 540)

    @property
    def case(self) -> Any:
        return self.screen.case

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()

    def press_button(self, name: str) -> None:
        """Walk to a button and press it."""
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()

    def find(self, name: str) -> Any:
        return self.screen.findChild(QWidget, name)

    def save(self) -> None:
        editors = self.case.findChildren(RecordEditor)
        editor = next(each for each in editors if each.isVisible())
        self.press_by_shortcut(editor.save_button, KEY.Key_S, CTRL)

    def go_to_plan(self) -> None:
        self.press(KEY.Key_3, ALT)
        self.wait()

    def add_indication(self, side: Side, letters: str) -> None:
        self.press_button("indications")
        self.press(KEY.Key_Space)
        if side is Side.LEFT:
            self.press(KEY.Key_Right)
        self.press(KEY.Key_Tab)
        self.type(letters)
        self.press(KEY.Key_Tab)
        self.type("surgeon")

    def add_step(self, letters: str) -> None:
        self.type(letters)
        self.press(KEY.Key_Return)

    def dialog(self) -> SignDialog:
        found = self.screen.findChild(SignDialog)
        assert isinstance(found, SignDialog)
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def give_reasons(self) -> None:
        """From "Not yet" to "Sign": without a reason it refuses and leads to the first line that lacks one."""
        dialog = self.dialog()
        self.press(KEY.Key_Tab)
        self.press(KEY.Key_Space)
        assert dialog.refusal.isVisible()
        assert self.focus().objectName() == "reason_0"
        self.type("Discussed with the patient.")
        self.press(KEY.Key_Return)
        while self.focus().objectName().startswith("reason_"):
            self.press(KEY.Key_Down)
            self.press(KEY.Key_Return)
        assert set(dialog.reasons().values()) == {"Discussed with the patient."}
        assert self.focus().objectName() == "not_yet"
        self.press(KEY.Key_Tab)

    def wait_for_no_dialog(self) -> None:
        self.qtbot.waitUntil(lambda: self.screen.findChild(SignDialog) is None)
        self.activate()

    def points(self) -> str:
        return " ".join(text.text() for text in self.case.column.findChildren(Text))

    def stored(self, patient_id: int) -> CaseFile:
        found: list[CaseFile | None] = []
        self.background.read(self.screen, find_newest_case, patient_id, done=found.append)
        self.wait()
        assert found
        assert found[0] is not None
        return found[0]


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


@pytest.fixture
def planned(practice: OpenPractice, add_patient: AddPatient) -> int:
    patient_id, _case_id, _plan = add_planned_patient(practice, add_patient)
    return patient_id


def test_that_a_case_is_started_planned_signed_and_amended_by_keyboard_alone(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
    desk.show(patient_id)
    desk.press_button("start_case")
    assert desk.focus().objectName() == "own_words"
    desk.type("Hard since spring.")
    desk.add_indication(Side.RIGHT, "contracture")
    desk.add_indication(Side.LEFT, "malposition, inf")
    desk.tab_to("surgery_on")
    desk.type("4 dec 2026")
    desk.save()
    desk.press(KEY.Key_2, ALT)
    desk.wait()
    desk.tab_to("examined_on")
    desk.type("19 nov 2026")
    desk.tab_to("right.baker")
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    desk.save()
    file = desk.stored(patient_id)
    assert file.examination is not None
    assert file.examination.values["right.baker"] is Baker.III
    assert [(row["side"], row["indication"]) for row in file.case.values["indications"]] == [
        (Side.RIGHT, Indication.CAPSULAR_CONTRACTURE),
        (Side.LEFT, Indication.MALPOS_INFERIOR),
    ]

    desk.go_to_plan()
    desk.tab_to("right.steps")
    desk.add_step("total caps")
    desk.add_step("exch")
    desk.tab_to("right.volume_ml")
    desk.type("300")
    assert "325 → 300 mL, −25 mL" in desk.case.devices.lines[Side.RIGHT].words()
    desk.tab_to("left.steps")
    desk.add_step("inferior")
    desk.save()
    file = desk.stored(patient_id)
    assert file.plan.values["right.steps"] == (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.IMPLANT_EXCHANGE)
    assert file.plan.values["left.steps"] == (PlanStep.CAPSULORRHAPHY_INFERIOR,)

    desk.press_by_shortcut(desk.find("sign"), KEY.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.dialog()
    assert desk.focus().objectName() == "not_yet"
    desk.give_reasons()
    desk.press(KEY.Key_Space)
    desk.wait()
    desk.wait_for_no_dialog()
    file = desk.stored(patient_id)
    assert file.signed_by == "Dr. A. Marchetti"
    assert desk.case.signature.text().startswith("Signed by Dr. A. Marchetti · 23 Nov 2026 ")
    assert " · version 1 · hash " in desk.case.signature.text()
    assert not desk.case.plan.save_button.isVisible()

    desk.press_button("amend")
    assert desk.focus().objectName() == "amend_reason"
    desk.type("She wants the left side exchanged too.")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.case.plan.save_button.isVisible()
    desk.tab_to("left.steps")
    desk.add_step("exch")
    desk.save()
    file = desk.stored(patient_id)
    assert file.plan_version == 2
    assert file.plan.values["right.volume_ml"] == 300
    assert file.plan.values["left.steps"] == (PlanStep.CAPSULORRHAPHY_INFERIOR, PlanStep.IMPLANT_EXCHANGE)
    assert file.versions[1].amends_reason == "She wants the left side exchanged too."


@pytest.mark.parametrize("indication", Indication)
def test_that_typing_an_indication_finds_it(qtbot: QtBot, indication: Indication) -> None:
    editor = ChoiceEditor(Indication)
    qtbot.addWidget(editor.widget)
    qtbot.keyClicks(editor.widget, indication.label)
    assert editor.value() is indication


def test_that_without_a_case_the_screen_says_what_belongs_there(desk: Desk, add_patient: AddPatient) -> None:
    desk.show(add_patient())
    assert desk.screen.nothing.words.text() == NO_CASE
    assert desk.screen.nothing.isVisible()


def test_that_the_plan_of_a_case_nobody_saved_asks_to_save_it_first(desk: Desk, add_patient: AddPatient) -> None:
    patient_id = add_patient()
    desk.show(patient_id)
    desk.press_button("start_case")
    desk.go_to_plan()
    assert desk.case.no_plan_yet.isVisible()
    save = desk.case.no_plan_yet.findChild(QPushButton)
    save.setFocus()
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.case.plan.isVisible()
    assert desk.stored(patient_id).case.id is not None


def test_that_a_case_that_was_begun_and_left_comes_back(desk: Desk, add_patient: AddPatient) -> None:
    one, other = add_patient(), add_patient(given_name="Ada")
    desk.show(one)
    desk.press_button("start_case")
    desk.type("Rosalind's words")
    desk.screen.keep_drafts()
    desk.wait()
    desk.show(other)
    assert desk.screen.nothing.isVisible()
    desk.show(one)
    assert desk.case.isVisible()
    assert desk.case.assessment.form.draft()["own_words"] == "Rosalind's words"


def test_that_a_draft_of_a_plan_comes_back(desk: Desk, planned: int, add_patient: AddPatient) -> None:
    desk.show(planned)
    desk.tab_to("routine_after_days")
    desk.type("70")
    desk.screen.keep_drafts()
    desk.wait()
    desk.show(add_patient(given_name="Ada"))
    desk.show(planned)
    assert desk.case.plan.form.draft()["routine_after_days"] == "70"


def test_that_signing_saves_what_is_typed_first(desk: Desk, planned: int) -> None:
    desk.show(planned)
    desk.tab_to("routine_after_days")
    desk.press(KEY.Key_A, CTRL)
    desk.type("9")
    desk.press_button("sign")
    desk.give_reasons()
    desk.press(KEY.Key_Space)
    desk.wait()
    file = desk.stored(planned)
    assert file.signed_at is not None
    assert file.plan.values["routine_after_days"] == 9


def test_that_the_question_names_patient_sides_and_version_and_enter_signs_nothing(desk: Desk, planned: int) -> None:
    desk.show(planned)
    desk.press_button("sign")
    dialog = desk.dialog()
    words = " ".join(text.text() for text in dialog.findChildren(Text))
    for part in (
        "Rosalind Okafor",
        "Born 14 Mar 1981",
        "Record 000 001",
        "RIGHT Total capsulectomy\nImplant exchange\nNew implant 300 mL",
        "LEFT Capsulorrhaphy, inferior",
        "Signing freezes version 1",
    ):
        assert part in words
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.wait_for_no_dialog()
    assert desk.stored(planned).signed_at is None


def test_that_a_blocked_plan_says_why_it_is_not_signed(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    nothing: dict[str, Any] = {"right.steps": (), "right.volume_ml": None, "left.steps": ()}
    patient_id, _case_id, _plan = add_planned_patient(practice, add_patient, **nothing)
    desk.show(patient_id)
    assert "Not ready to sign" in desk.points()
    desk.press_button("sign")
    assert desk.screen.findChild(SignDialog) is None
    assert desk.case.plan.messages.words.text() == "Not signed yet. Nothing is planned yet."


def test_that_a_plan_changed_meanwhile_is_read_again_instead_of_signed(
    desk: Desk, practice: OpenPractice, planned: int
) -> None:
    desk.show(planned)
    file = desk.stored(planned)
    with practice.database.unit_of_work(practice.actor) as session:
        assert file.case.id is not None
        save_plan(session, file.plan, plan_answers(routine_after_days=21), planned, file.case.id)
    desk.press_button("sign")
    assert desk.screen.findChild(SignDialog) is None
    assert "changed meanwhile" in desk.case.plan.messages.words.text()
    assert desk.case.plan.form.values()["routine_after_days"] == 21


def test_that_a_plan_changed_while_the_question_stands_is_not_signed(
    desk: Desk, practice: OpenPractice, planned: int
) -> None:
    desk.show(planned)
    file = desk.stored(planned)
    desk.press_button("sign")
    desk.dialog()
    with practice.database.unit_of_work(practice.actor) as session:
        assert file.case.id is not None
        save_plan(session, file.plan, plan_answers(routine_after_days=21), planned, file.case.id)
    desk.give_reasons()
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.stored(planned).signed_at is None
    assert "changed meanwhile" in desk.case.plan.messages.words.text()


def test_that_open_points_follow_the_store(desk: Desk, practice: OpenPractice, planned: int) -> None:
    desk.show(planned)
    assert "Escort not named" in desk.points()

    def name_adult(session: Any) -> None:
        opened = open_record(session, PATIENT_FORM, planned)
        save_patient(session, opened, dict(opened.values) | {"responsible_adult_name": "Ada Okafor"})

    desk.background.run(desk.screen, name_adult)
    desk.wait()
    assert "Escort not named" not in desk.points()


def test_that_what_is_typed_is_not_touched_when_somebody_else_saves(desk: Desk, planned: int) -> None:
    desk.show(planned)
    desk.press(KEY.Key_1, ALT)
    desk.tab_to("note")
    desk.type("mine")
    file = desk.stored(planned)

    def save(session: Any) -> None:
        assert file.case.id is not None
        case = open_case(session, file.case.id)
        save_case(session, case, case_answers(own_words="theirs"), planned)

    desk.background.run(desk.screen, save)
    desk.wait()
    assert desk.case.assessment.form.draft()["note"] == "mine"
    desk.save()
    stored = desk.stored(planned).case.values
    assert (stored["own_words"], stored["note"]) == ("theirs", "mine")


def test_that_an_earlier_version_can_be_read_and_left_again(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = amended_patient(practice, add_patient)
    desk.show(patient_id)
    first, second = desk.stored(patient_id).versions
    desk.case.show_version(first.id)
    desk.wait()
    assert desk.case.plan.form.values()["routine_after_days"] == 7
    assert not desk.case.plan.save_button.isVisible()
    assert "version 1" in desk.case.signature.text()
    assert desk.case.shown_plan_id() == first.id
    desk.press_button("newest_version")
    assert desk.case.plan.form.values()["routine_after_days"] == 10
    assert desk.case.plan.save_button.isVisible()
    assert desk.case.shown_plan_id() == second.id


def amended_patient(practice: OpenPractice, add_patient: AddPatient) -> int:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    assert plan.id is not None
    assert plan.version is not None
    with practice.database.unit_of_work(practice.actor) as session:
        sign_all_the_same(session, plan.id, plan.version)
        amended = amend_plan(session, plan.id, "Another week of rest")
        save_plan(session, amended, plan_answers(routine_after_days=10), patient_id, case_id)
    return patient_id


def test_that_an_amendment_without_a_reason_is_refused_in_words(desk: Desk, planned: int) -> None:
    desk.show(planned)
    sign(desk, planned)
    desk.press_button("amend")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert "write why it is amended" in desk.case.plan.messages.words.text()
    assert desk.focus().objectName() == "amend_reason"
    desk.press(KEY.Key_Escape)
    assert desk.focus().objectName() == "amend"


def sign(desk: Desk, patient_id: int) -> None:
    file = desk.stored(patient_id)
    desk.background.run(desk.screen, sign_all_the_same, file.plan.id, file.plan.version)
    desk.wait()
    desk.wait()


def test_that_a_plan_is_seen_on_paper_and_escape_leads_back(desk: Desk, planned: int) -> None:
    desk.show(planned)
    desk.press_button("print_plan")
    assert desk.screen.page.isVisible()
    assert desk.screen.page.preview.page_count() >= 1
    desk.press(KEY.Key_Escape)
    assert desk.case.isVisible()


def test_that_a_closed_case_is_read_only_until_it_is_opened_again(desk: Desk, planned: int) -> None:
    desk.show(planned)
    desk.press_button("close_case")
    assert not desk.case.plan.save_button.isVisible()
    assert not desk.find("sign").isVisible()
    assert desk.find("new_case").isVisible()
    assert "Closed 23 Nov 2026" in desk.points()
    desk.press_button("close_case")
    assert desk.case.plan.save_button.isVisible()


def test_that_after_a_closed_case_a_new_one_can_be_started(desk: Desk, planned: int) -> None:
    desk.show(planned)
    first = desk.stored(planned).case.id
    desk.press_button("close_case")
    desk.press_button("new_case")
    desk.type("Another time")
    desk.save()
    file = desk.stored(planned)
    assert file.case.id != first
    assert file.case.values["own_words"] == "Another time"


def test_that_the_front_desk_reads_a_calm_sentence(
    qtbot: QtBot, as_role: Callable[..., Background], planned: int
) -> None:
    desk = Desk(qtbot, as_role(Role.FRONT_DESK))
    desk.show(planned)
    assert desk.screen.not_yours.words.text() == NOT_YOURS
    assert desk.screen.not_yours.isVisible()


def test_that_a_nurse_changes_the_assessment_and_reads_the_plan(
    qtbot: QtBot, as_role: Callable[..., Background], planned: int
) -> None:
    desk = Desk(qtbot, as_role(Role.NURSE))
    desk.show(planned)
    assert not desk.case.plan.save_button.isVisible()
    assert "your role does not include" in desk.case.plan.messages.words.text()
    assert not desk.find("sign").isVisible()
    desk.press(KEY.Key_1, ALT)
    desk.tab_to("note")
    desk.type("N. Pell")
    desk.save()
    assert desk.stored(planned).case.values["note"] == "N. Pell"


def test_that_tab_walks_through_forms_that_are_only_read(
    qtbot: QtBot, as_role: Callable[..., Background], planned: int
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.show(planned)
    for name in ("right.steps", "left.volume_ml", "contingencies", "print_plan"):
        desk.tab_to(name)
    desk.press(KEY.Key_1, ALT)
    for name in ("own_words", "indications.note", "note", "surgery_on"):
        desk.tab_to(name)


def test_that_anesthesia_reads_both_and_changes_neither(
    qtbot: QtBot, as_role: Callable[..., Background], planned: int, add_patient: AddPatient
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA))
    desk.show(planned)
    assert not desk.case.plan.save_button.isVisible()
    desk.press(KEY.Key_1, ALT)
    assert not desk.case.assessment.save_button.isVisible()
    assert not desk.find("close_case").isVisible()
    desk.show(add_patient(given_name="Ada"))
    assert desk.screen.nothing.isVisible()
    assert not desk.screen.start_button.isVisible()


def test_that_another_patient_never_shows_the_case_before(desk: Desk, planned: int, add_patient: AddPatient) -> None:
    desk.show(planned)
    other = add_patient(given_name="Ada")
    desk.screen.show_patient(other)
    assert not desk.case.isVisible()
    desk.wait()
    assert desk.screen.nothing.isVisible()


def test_that_markup_and_line_breaks_stay_what_was_typed(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient(family_name="<b>Bobby</b>")
    words = "<b>hard</b> & '; DROP TABLE patient; --\nثدي 硬い"
    with practice.database.unit_of_work(practice.actor) as session:
        add_case(session, patient_id, own_words=words)
    desk.show(patient_id)
    assert desk.case.assessment.form.draft()["own_words"] == words


@pytest.mark.usefixtures("dressed")
def test_that_right_and_left_stay_beside_each_other_when_one_has_more_steps(desk: Desk, planned: int) -> None:
    desk.show(planned)
    boxes = desk.case.plan.form.boxes

    def tops(name: str) -> set[int]:
        return {
            boxes[f"{side}.{name}"].mapTo(desk.screen, boxes[f"{side}.{name}"].rect().topLeft()).y()
            for side in ("right", "left")
        }

    desk.qtbot.waitUntil(lambda: len(tops("manufacturer")) == 1)
    desk.qtbot.waitUntil(lambda: len(tops("note")) == 1)


def test_that_the_surgery_date_reads_back_in_words(desk: Desk, planned: int) -> None:
    desk.show(planned)
    assert desk.stored(planned).case.values["surgery_on"] == dt.date(2026, 12, 4)
    assert desk.case.assessment.form.draft()["surgery_on"] == "4 Dec 2026"


@pytest.mark.usefixtures("dressed")
def test_that_right_and_left_stay_level_when_only_one_side_has_a_device(desk: Desk, planned: int) -> None:
    desk.show(planned)
    lines = desk.case.devices.lines
    boxes = desk.case.plan.form.boxes
    lines[Side.RIGHT].title.setText("In place: a device with so long a name that it takes several lines " * 4)

    def top(name: str) -> int:
        return boxes[name].mapTo(desk.screen, boxes[name].rect().topLeft()).y()

    desk.qtbot.waitUntil(lambda: lines[Side.RIGHT].height() > 60)
    desk.qtbot.waitUntil(lambda: top("right.manufacturer") == top("left.manufacturer"))


def test_that_the_sheet_and_a_letter_are_made_by_keyboard_and_what_was_typed_comes_back(
    desk: Desk, practice: OpenPractice, planned: int
) -> None:
    desk.show(planned)
    desk.press_button("print_sheet")
    desk.wait()
    assert desk.screen.sheet.isVisible()
    desk.press(KEY.Key_Escape)
    desk.press_button("write_letter")
    assert desk.focus().objectName() == "letter_name"
    desk.tab_to("show_letter")
    desk.press(KEY.Key_Space)
    desk.wait()
    assert "Nobody to write to" in desk.screen.letter.messages.words.text()
    assert desk.focus().objectName() == "letter_name"
    desk.type("Dr. Ines Calder")
    desk.press(KEY.Key_Escape)
    desk.wait()
    desk.press_button("write_letter")
    desk.wait()
    assert desk.screen.letter.typed().name == "Dr. Ines Calder"
    desk.tab_to("show_letter")
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.screen.letter.view.isVisible()
    desk.screen.letter.view.handed_over.emit(b"%PDF-1.7 as printed")
    desk.wait()
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        [given] = list_documents(session, planned)
    assert given.title == "Letter about a breast revision, to Dr. Ines Calder"


def test_that_what_is_typed_in_the_part_nobody_looks_at_is_there_again_after_the_case_was_read_anew(
    desk: Desk, practice: OpenPractice, planned: int
) -> None:
    desk.show(planned)
    desk.press(KEY.Key_1, ALT)
    desk.tab_to("own_words")
    desk.type("It hurts. ")
    desk.press(KEY.Key_3, ALT)
    sign(desk, planned)
    desk.press_button("amend")
    desk.type("Another size.")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.case.file is not None
    assert desk.case.file.plan_version == 2
    desk.press(KEY.Key_1, ALT)
    desk.wait()
    assert str(desk.case.assessment.form.values()["own_words"]).startswith("It hurts. ")
    assert desk.case.assessment.form.is_dirty()


def test_that_a_draft_of_the_part_nobody_looks_at_is_there_when_somebody_goes_there(
    desk: Desk, practice: OpenPractice, planned: int, add_patient: AddPatient
) -> None:
    other = add_patient(family_name="Novak")
    desk.show(planned)
    desk.press(KEY.Key_1, ALT)
    desk.tab_to("own_words")
    desk.type("It hurts. ")
    desk.screen.keep_drafts()
    desk.wait()
    desk.show(other)
    desk.show(planned)
    assert desk.case.parts.value() == "plan"
    desk.press(KEY.Key_1, ALT)
    desk.wait()
    assert str(desk.case.assessment.form.values()["own_words"]).startswith("It hurts. ")
