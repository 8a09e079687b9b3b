"""The plan part as a surgeon and a nurse meet it on a keyboard: both sides, templates, and the order list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import (
    ContingencyWhen,
    DeviceRole,
    Indication,
    OrderState,
    Plane,
    PlanStep,
    Role,
    Side,
)
from desktop.models.plan import PlanTemplate
from desktop.opening import OpenPractice
from desktop.rules.catalogue_entry import OWN, Entry, Kind
from desktop.services.device_order import read_orders
from desktop.services.plan_template import keep_template, list_templates
from desktop.services.revision import open_plan, save_plan
from desktop.ui.kit.background import Background
from desktop.ui.revision.plan.template_bar import NOT_ALL, SUITS
from desktop.ui.revision.screen import RevisionScreen
from tests.factories import plan_values
from tests.revision_story import add_augmentation, add_case, add_planned_patient
from tests.ui.hands import Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key

AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        super().__init__(qtbot, background, self.screen, 1020, 540)

    @property
    def stage(self) -> Any:
        return self.screen.case.planning

    @property
    def form(self) -> Any:
        return self.stage.editor.form

    def show(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()
        self.screen.case.go_to("plan")
        self.wait()

    def go(self, name: str) -> None:
        """Straight to an answer; that Tab comes there is tested for its own sake."""
        self.form.boxes[name].editor.inputs()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def typed(self, name: str) -> Any:
        return self.form.draft()[name]

    def says(self) -> str:
        return str(self.stage.editor.messages.words.text())

    def save(self) -> None:
        self.press_by_shortcut(self.stage.editor.save_button, KEY.Key_S, CTRL)

    def stored(self) -> dict[str, Any]:
        plan = self.screen.case.file.plan
        found: list[Any] = []
        self.background.read(self.screen, open_plan, plan.id, done=found.append)
        self.wait()
        return dict(found[0].values)

    def activate_button(self, name: str) -> None:
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


@pytest.fixture
def unplanned(practice: OpenPractice, add_patient: AddPatient) -> int:
    """A patient with an augmentation and a case, for whom nothing is planned yet."""
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        add_case(session, patient_id)
    return patient_id


@pytest.fixture
def planned(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int, int]:
    patient_id, case_id, plan = add_planned_patient(
        practice, add_patient, **{"left.volume_ml": 275, "left.steps": (), "left.steps_confirmed": ()}
    )
    return patient_id, case_id, plan.id or 0


def keep(practice: OpenPractice, name: str, *suits: Indication, **answers: Any) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        keep_template(session, {"name": name, "suits": suits}, plan_values(**answers))


def test_that_the_other_side_is_planned_the_same_by_keys_and_nothing_is_written_over_unasked(
    desk: Desk, planned: tuple[int, int, int]
) -> None:
    desk.show(planned[0])
    desk.go("right.volume_ml")
    desk.press(KEY.Key_E, CTRL | SHIFT)
    question = desk.stage.other_side.question
    assert question.words.text().startswith("LEFT says something else: Volume.")
    assert desk.focus().objectName() == "keep_side"
    desk.press(KEY.Key_Escape)
    assert question.isHidden()
    assert (desk.typed("left.volume_ml"), desk.typed("left.steps")) == ("275", [])
    desk.go("right.volume_ml")
    desk.press(KEY.Key_E, CTRL | SHIFT)
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Space)
    desk.save()
    stored = desk.stored()
    assert stored["left.steps"] == stored["right.steps"]
    assert (stored["left.volume_ml"], stored["left.plane"]) == (300, Plane.DUAL_PLANE_I)


def test_that_the_keys_outside_of_a_side_say_what_to_do(desk: Desk, planned: tuple[int, int, int]) -> None:
    desk.show(planned[0])
    desk.go("minutes_needed")
    desk.press(KEY.Key_E, CTRL | SHIFT)
    assert desk.says().startswith("Go into RIGHT or LEFT first")


def test_that_the_change_is_told_while_typing_and_cc_is_echoed_as_ml(desk: Desk, planned: tuple[int, int, int]) -> None:
    desk.show(planned[0])
    line = desk.stage.devices.lines[Side.RIGHT]
    assert line.words("plane") == "not recorded → Dual plane I"
    desk.go("right.volume_ml")
    desk.press(KEY.Key_A, CTRL)
    desk.type("275 cc")
    assert desk.form.boxes["right.volume_ml"].note.text() == "275 mL"
    assert line.words() == "325 → 275 mL, −50 mL"
    assert desk.stage.devices.between.planned.text().endswith("Volume: LEFT 50 mL more than RIGHT")
    desk.press(KEY.Key_A, CTRL)
    desk.type("10 oz")
    assert "in ounces" in desk.form.boxes["right.volume_ml"].note.text()
    assert line.words() == "325 mL → open"


def test_that_a_plan_begins_from_a_template_that_suits_and_every_answer_is_confirmed_changed_or_open(
    desk: Desk, practice: OpenPractice, unplanned: int
) -> None:
    keep(practice, "A lift", Indication.PTOSIS)
    keep(practice, "Exchange", Indication.CAPSULAR_CONTRACTURE, minutes_needed=90)
    desk.show(unplanned)
    assert desk.stage.templates.box.currentText() == f"Exchange{SUITS}"
    desk.activate_button("use_template")
    waiting = desk.form.prefilled()
    assert "right.steps" in waiting
    assert "left.steps" not in waiting
    assert desk.focus() in desk.form.boxes["right.steps"].editor.inputs()
    assert desk.stage.templates.isHidden()
    note = desk.form.boxes["right.manufacturer"].note.text()
    assert note == "◇ from template “Exchange”, version 1"
    assert f"{len(waiting)} answers come from template “Exchange”" in desk.stage.editor.prefilled.words.text()

    desk.press(KEY.Key_Return, CTRL)  # confirms the steps, and goes on
    assert desk.focus() in desk.form.boxes["right.manufacturer"].editor.inputs()
    desk.go("right.volume_ml")
    desk.press(KEY.Key_A, CTRL)
    desk.type("275")
    assert not {"right.steps", "right.volume_ml"} & set(desk.form.prefilled())
    desk.save()
    stored = desk.stored()
    assert stored["prefilled"] == tuple(name for name in waiting if name not in ("right.steps", "right.volume_ml"))
    assert stored["prefilled_from"] == "template “Exchange”, version 1"

    desk.show(unplanned)  # and after it was left
    assert desk.form.boxes["minutes_needed"].waits_for_confirmation()
    desk.press_by_shortcut(desk.stage.editor.prefilled.confirm_button, KEY.Key_Return, CTRL | SHIFT)
    assert desk.form.prefilled() == ()
    assert desk.stage.editor.prefilled.isHidden()
    desk.save()
    assert desk.stored()["prefilled"] == ()


def test_that_a_template_of_an_older_edition_says_what_of_it_cannot_be_used(
    desk: Desk, practice: OpenPractice, unplanned: int
) -> None:
    keep(practice, "Exchange")
    with practice.database.unit_of_work(practice.actor) as session:
        template = session.get(PlanTemplate, 1)
        assert template is not None
        template.answers = {**template.answers, "right.fill": "sawdust"}
    desk.show(unplanned)
    desk.activate_button("use_template")
    lost = desk.stage.templates.lost
    assert lost.isVisible()
    assert lost.text() == f"{NOT_ALL} RIGHT Fill: “sawdust” is not known here."
    assert desk.typed("right.volume_ml") == "300"


def test_that_no_template_is_offered_over_what_is_planned(
    desk: Desk, practice: OpenPractice, planned: tuple[int, int, int]
) -> None:
    keep(practice, "Exchange")
    desk.show(planned[0])
    assert desk.stage.templates.isHidden()


def test_that_a_plan_is_kept_as_a_template_renamed_and_retired_by_keyboard(
    desk: Desk, practice: OpenPractice, planned: tuple[int, int, int]
) -> None:
    desk.show(planned[0])
    desk.activate_button("plan_templates")
    assert desk.focus().objectName() == "keep_template"
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.focus().objectName() == "name"
    desk.type("Exchange")
    page = desk.stage._templates
    desk.press_by_shortcut(page.editor.save_button, KEY.Key_S, CTRL)
    assert [row.name for row in templates(desk)] == ["Exchange"]
    assert templates(desk)[0].suits == (Indication.CAPSULAR_CONTRACTURE, Indication.MALPOS_INFERIOR)
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.press(KEY.Key_A, CTRL)
    desk.type("Exchange, smooth")
    desk.press_by_shortcut(page.editor.save_button, KEY.Key_S, CTRL)
    desk.activate_button("retire_template")
    (row,) = templates(desk)
    assert (row.name, row.is_retired) == ("Exchange, smooth", True)
    desk.press(KEY.Key_Escape)
    assert desk.stage.shows_form()
    assert desk.focus().objectName() == "plan_templates"


def templates(desk: Desk) -> Any:
    found: list[Any] = []
    desk.background.read(desk.screen, list_templates, done=found.append)
    desk.wait()
    return found[0]


def test_that_the_order_list_is_made_and_worked_through_by_keyboard(desk: Desk, planned: tuple[int, int, int]) -> None:
    patient_id, case_id, _plan_id = planned
    desk.show(patient_id)
    assert desk.stage.orders_button.text() == "Order list: nothing on the list, 1 not on the list yet"
    desk.activate_button("order_list")
    assert desk.focus().objectName() == "make_orders"
    desk.press(KEY.Key_Space)
    desk.wait()
    assert desk.focus().objectName() == "orders"
    desk.press(KEY.Key_O)
    desk.wait()
    (line,) = orders(desk, patient_id, case_id).lines
    assert line.values["state"] is OrderState.ORDERED
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.tab_to("supplier")
    desk.type("Mentor, direct")
    page = desk.stage._orders
    desk.press_by_shortcut(page.editor.save_button, KEY.Key_S, CTRL)
    assert desk.focus().objectName() == "orders"
    desk.press(KEY.Key_H)
    desk.wait()
    (line,) = orders(desk, patient_id, case_id).lines
    assert (line.values["state"], line.values["supplier"]) == (OrderState.HERE, "Mentor, direct")
    desk.press(KEY.Key_Escape)
    desk.wait()
    assert desk.focus().objectName() == "order_list"
    assert desk.stage.orders_button.text() == "Order list: 1 of 1 here"


def orders(desk: Desk, patient_id: int, case_id: int) -> Any:
    found: list[Any] = []
    desk.background.read(desk.screen, read_orders, patient_id, case_id, done=found.append)
    desk.wait()
    return found[0]


def test_that_a_nurse_orders_and_anesthesia_only_reads(
    qtbot: QtBot, as_role: Callable[..., Background], planned: tuple[int, int, int]
) -> None:
    desk = Desk(qtbot, as_role(Role.NURSE))
    desk.show(planned[0])
    assert not desk.stage.other_side.buttons[Side.RIGHT].isVisible()
    assert desk.stage.templates_button.isHidden()
    desk.activate_button("order_list")
    assert desk.stage._orders.put_button.isVisible()
    reader = Desk(qtbot, as_role(Role.ANESTHESIA))
    reader.show(planned[0])
    reader.activate_button("order_list")
    assert not reader.stage._orders.put_button.isVisible()
    assert not reader.stage._orders.add_button.isVisible()


def test_that_rows_of_a_plan_are_written_by_keyboard_and_stored(desk: Desk, planned: tuple[int, int, int]) -> None:
    desk.show(planned[0])
    desk.go("contingency_list")
    desk.press(KEY.Key_Space)
    desk.wait()
    desk.press(KEY.Key_Space)  # RIGHT
    desk.press(KEY.Key_Tab)
    desk.type("if it is rupt")
    for _ in range(2):
        desk.press(KEY.Key_Tab)
    desk.type("total caps")
    desk.press(KEY.Key_Return)
    desk.tab_to("contingency_list.then")
    desk.type("Gel to pathology.")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    assert desk.focus() is desk.form.boxes["contingency_list"].editor.add_button
    desk.go("devices")
    desk.press(KEY.Key_Space)
    desk.wait()
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Tab)
    desk.type("spare")
    desk.tab_to("devices.volume_ml")
    desk.type("250cc")
    desk.save()
    stored = desk.stored()
    (contingency,), (spare,) = stored["contingency_list"], stored["devices"]
    assert (contingency["side"], contingency["happens"]) == (Side.RIGHT, ContingencyWhen.RUPTURED)
    assert (contingency["steps"], contingency["then"]) == ((PlanStep.CAPSULECTOMY_TOTAL,), "Gel to pathology.")
    assert (spare["role"], spare["volume_ml"]) == (DeviceRole.SPARE, 250)


def test_that_a_row_two_surgeons_changed_is_asked_about_and_neither_is_lost(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    spare = {"side": Side.RIGHT, "role": DeviceRole.SPARE, "line": "MemoryGel", "volume_ml": 250}
    patient_id, case_id, plan = add_planned_patient(practice, add_patient, devices=(spare,))
    desk.show(patient_id)
    rows = desk.form.boxes["devices"].editor
    rows._rows[0].editors["volume_ml"].widget.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.type("275")
    with practice.database.unit_of_work(practice.actor) as session:
        (row,) = plan.values["devices"]
        theirs = {**plan.values, "devices": ({**row, "volume_ml": 225},), "minutes_needed": 75}
        save_plan(session, plan, theirs, patient_id, case_id)
    desk.save()
    conflict = desk.stage.editor.conflict
    assert list(conflict.choices) == ["devices"]
    mine, saved = (conflict.choices["devices"].button(at).text() for at in (1, 2))
    assert ("275 mL" in mine, "225 mL" in saved) == (True, True)
    conflict.settled.emit()
    desk.wait()
    stored = desk.stored()
    assert (stored["devices"][0]["volume_ml"], stored["minutes_needed"]) == (275, 75)


def test_that_the_catalogue_fills_the_first_choice_and_the_base_of_a_round_one_is_its_diameter(
    desk: Desk, planned: tuple[int, int, int]
) -> None:
    desk.show(planned[0])
    facts = {"manufacturer": "Mentor", "line": "MemoryGel", "volume_ml": 310, "diameter_mm": 126, "projection_mm": 40}
    desk.stage.catalogue.boxes[Side.LEFT].pick(Entry(Kind.PRODUCT, facts, OWN))
    answers = {name: desk.typed(f"left.{name}") for name in ("manufacturer", "width_mm", "projection_mm", "volume_ml")}
    assert answers == {"manufacturer": "Mentor", "width_mm": "126", "projection_mm": "40", "volume_ml": "275"}
    assert "Volume 275 mL; the catalogue says 310 mL" in desk.stage.catalogue.boxes[Side.LEFT].said.text()


def test_that_rows_two_surgeons_wrote_at_once_are_both_kept_unasked(
    desk: Desk, practice: OpenPractice, add_patient: AddPatient
) -> None:
    spare = {"side": Side.RIGHT, "role": DeviceRole.SPARE, "line": "MemoryGel", "volume_ml": 250}
    patient_id, case_id, plan = add_planned_patient(practice, add_patient, devices=(spare,))
    desk.show(patient_id)
    desk.form.boxes["devices"].editor._rows[0].editors["volume_ml"].widget.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.type("275")
    sizer = {**spare, "role": DeviceRole.SIZER}
    with practice.database.unit_of_work(practice.actor) as session:
        theirs = {**plan.values, "devices": (*plan.values["devices"], sizer)}
        save_plan(session, plan, theirs, patient_id, case_id)
    desk.save()
    desk.wait()
    assert desk.stage.editor.conflict is None
    stored = desk.stored()["devices"]
    assert [(row["role"], row["volume_ml"]) for row in stored] == [(DeviceRole.SPARE, 275), (DeviceRole.SIZER, 250)]
