"""The surgery of a case, as a surgeon and a nurse meet it on a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import (
    ContingencyWhen,
    Indication,
    IndicationLayer,
    Plane,
    PlanStep,
    RemovedCondition,
    Role,
    Side,
    StepOutcome,
    YesNo,
)
from desktop.opening import OpenPractice
from desktop.services.operative_report import begin_report, open_report, save_report
from desktop.services.removal import save_removal
from desktop.services.report_file import ReportFile
from desktop.services.revision import close_case
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.main_window import MainWindow
from desktop.ui.operation.screen import HistoryScreen
from desktop.ui.revision.screen import RevisionScreen
from desktop.ui.revision.surgery.part import SurgeryPart
from desktop.ui.revision.surgery.sign_dialog import SignReportDialog
from tests.report_story import (
    add_patient_to_operate_on,
    answer_as_planned,
    file_of,
    record_device,
    sign_newest_report,
)
from tests.revision_story import NOTHING_YET, add_planned_patient
from tests.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
AddPatient = Callable[..., int]
RIGHT, LEFT = Side.RIGHT, Side.LEFT


class Theatre(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.screen = RevisionScreen(background)
        self.places: list[Place] = []
        self.screen.went.connect(self.places.append)
        super().__init__(qtbot, background, self.screen, 1020, 560)

    def open(self, patient_id: int) -> None:
        self.screen.show_patient(patient_id)
        self.wait()
        self.screen.case.go_to("surgery")
        self.wait()

    @property
    def part(self) -> Any:
        return self.screen.case.part("surgery")

    @property
    def page(self) -> Any:
        return self.part.page

    def row(self, side: Side, number: int) -> Any:
        return self.page.steps.sides[side].rows[number - 1]

    def press_button(self, name: str) -> None:
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()

    def save(self) -> None:
        self.press_by_shortcut(self.page.editor.save_button, KEY.Key_S, CTRL)

    def dialog(self) -> SignReportDialog:
        found = self.screen.findChild(SignReportDialog)
        assert isinstance(found, SignReportDialog)
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def said(self, where: QWidget) -> str:
        return " ".join(text.text() for text in where.findChildren(Text) if text.isVisible())

    def message(self) -> str:
        words: str = self.page.editor.messages.words.text()
        return words

    def ask(self, work: Callable[..., Any], *arguments: Any) -> Any:
        found: list[Any] = []
        self.background.run(self.screen, work, *arguments, done=found.append)
        self.wait()
        return found[0]


@pytest.fixture
def theatre(qtbot: QtBot, background: Background) -> Theatre:
    return Theatre(qtbot, background)


@pytest.fixture
def planned(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int]:
    ruptured = {
        "side": RIGHT,
        "happens": ContingencyWhen.RUPTURED,
        "detail": None,
        "steps": (PlanStep.CAPSULECTOMY_TOTAL_INTACT,),
        "then": "gel to pathology",
    }
    return add_patient_to_operate_on(practice, add_patient, contingency_list=(ruptured,))


def stored(theatre: Theatre, planned: tuple[int, int]) -> ReportFile:
    file: ReportFile = theatre.ask(file_of, *planned)
    return file


def test_that_a_signed_plan_becomes_a_signed_report_by_keyboard_alone(
    theatre: Theatre, planned: tuple[int, int]
) -> None:
    theatre.open(planned[0])
    theatre.tab_to("report_surgeon")
    assert theatre.part.begin.surgeon.text() == "Dr. A. Marchetti"
    theatre.press(KEY.Key_Return)
    theatre.wait()
    assert theatre.focus().parentWidget().objectName() == "right.step.1"
    theatre.press(KEY.Key_Space)
    assert theatre.focus().parentWidget().objectName() == "right.step.2"
    theatre.press(KEY.Key_A)
    assert theatre.focus().parentWidget().objectName() == "left.step.1"
    theatre.press(KEY.Key_I)
    assert theatre.focus().objectName() == "left.step.1.performed"
    theatre.type("capsular fl")
    theatre.press(KEY.Key_Return)
    assert theatre.focus().objectName() == "left.step.1.reason"
    theatre.type("Capsule was strong")
    theatre.press(KEY.Key_Return)
    theatre.tab_to("right.plane")
    theatre.press(KEY.Key_Return, CTRL)
    assert theatre.page.editor.form.boxes["right.plane"].editor.value() is Plane.DUAL_PLANE_I
    theatre.tab_to("counts_right")
    theatre.press(KEY.Key_Space)
    theatre.tab_to("right.capsular_contracture")
    theatre.press(KEY.Key_Space)
    theatre.wait()
    theatre.save()
    assert "Ready to sign" in theatre.said(theatre.page.column)
    theatre.press_button("sign_report")
    dialog = theatre.dialog()
    assert "Capsular flap" in theatre.said(dialog)
    theatre.press(KEY.Key_Return)
    theatre.qtbot.waitUntil(lambda: theatre.screen.findChild(SignReportDialog) is None)
    theatre.activate()
    theatre.press_button("sign_report")
    theatre.dialog()
    theatre.tab_to("sign_now")
    theatre.press(KEY.Key_Space)
    theatre.qtbot.waitUntil(lambda: theatre.screen.findChild(SignReportDialog) is None)
    theatre.wait()
    theatre.activate()
    assert theatre.focus().objectName() == "amend_report"
    file = stored(theatre, planned)
    assert file.newest is not None
    assert file.newest.signed_by == "Dr. A. Marchetti"
    values = file.facts.report
    assert [row["outcome"] for row in values["steps"]] == [
        StepOutcome.AS_PLANNED,
        StepOutcome.AS_PLANNED,
        StepOutcome.INSTEAD,
    ]
    assert values["counts_right"] is YesNo.YES
    assert any(row["layer"] is IndicationLayer.FOUND for row in file.facts.indications)
    assert theatre.message() == "Signed. It is amended by a new version."


def test_that_without_a_signed_plan_it_says_what_to_do(
    theatre: Theatre, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, _case_id, _plan = add_planned_patient(practice, add_patient)
    theatre.open(patient_id)
    assert "Sign the plan first" in theatre.said(theatre.part)


def test_that_a_report_somebody_began_meanwhile_is_shown_and_said(
    theatre: Theatre, practice: OpenPractice, planned: tuple[int, int]
) -> None:
    theatre.open(planned[0])
    theatre.tab_to("begin_report")
    with practice.database.unit_of_work(practice.actor) as session:
        begin_report(session, planned[1])
    theatre.press(KEY.Key_Space)
    theatre.wait()
    assert "Somebody began this report meanwhile" in theatre.message()
    assert theatre.row(RIGHT, 1).outcome() == ""


def test_that_a_question_before_it_begins_is_confirmed_by_the_same_button(
    theatre: Theatre, practice: OpenPractice, add_patient: AddPatient
) -> None:
    first_time = {"left.steps": (PlanStep.IMPLANT_INSERTION,)}
    planned = add_patient_to_operate_on(practice, add_patient, **first_time)
    theatre.open(planned[0])
    theatre.press_button("begin_report")
    assert "two devices would follow each other in LEFT" in theatre.said(theatre.part.begin)
    assert stored(theatre, planned).report is None
    theatre.press_button("begin_report")
    assert stored(theatre, planned).report is not None


@pytest.fixture
def begun(practice: OpenPractice, planned: tuple[int, int]) -> tuple[int, int]:
    with practice.database.unit_of_work(practice.actor) as session:
        begin_report(session, planned[1])
    return planned


def test_that_a_contingency_is_taken_over_by_one_key_and_only_once(theatre: Theatre, begun: tuple[int, int]) -> None:
    theatre.open(begun[0])
    for _ in range(2):
        theatre.press_button("right.contingency.1")
    assert [row.planned for row in theatre.page.steps.sides[RIGHT].rows].count(None) == 1
    added = theatre.row(RIGHT, 3).typed()
    assert (added["performed"], added["reason"]) == (PlanStep.CAPSULECTOMY_TOTAL_INTACT.value, "If it is ruptured")
    theatre.row(RIGHT, 3).remove.click()
    assert len(theatre.page.steps.sides[RIGHT].rows) == 2


def test_that_what_is_left_is_listed_before_it_is_set_as_planned(theatre: Theatre, begun: tuple[int, int]) -> None:
    theatre.open(begun[0])
    theatre.row(RIGHT, 1).segments.setFocus()
    theatre.press(KEY.Key_N)
    theatre.type("Capsule thin")
    theatre.press_button("rest_as_planned")
    assert "RIGHT Implant exchange: as planned" in theatre.said(theatre.page.column)
    assert "Total capsulectomy" not in theatre.page.column.as_planned.words.text()
    assert theatre.row(RIGHT, 2).outcome() == ""
    theatre.press(KEY.Key_Escape)
    assert theatre.row(RIGHT, 2).outcome() == ""
    theatre.press_button("rest_as_planned")
    theatre.press(KEY.Key_Space)
    assert theatre.row(RIGHT, 1).outcome() == StepOutcome.NOT_DONE.value
    assert theatre.row(RIGHT, 2).outcome() == StepOutcome.AS_PLANNED.value
    assert stored(theatre, begun).facts.report["steps"][1]["outcome"] is None


def test_that_a_step_without_its_reason_is_not_saved_and_comes_back_as_a_draft(
    theatre: Theatre, begun: tuple[int, int]
) -> None:
    theatre.open(begun[0])
    theatre.row(LEFT, 1).segments.setFocus()
    theatre.press(KEY.Key_N)
    theatre.save()
    note = theatre.page.editor.form.boxes["steps"].note.text()
    assert note == "LEFT, Capsulorrhaphy, inferior: write why."
    theatre.page.editor.keep_draft()
    theatre.wait()
    theatre.screen.show_patient(begun[0])
    theatre.wait()
    theatre.screen.case.go_to("surgery")
    theatre.wait()
    assert theatre.row(LEFT, 1).outcome() == StepOutcome.NOT_DONE.value


def test_that_devices_found_and_comparison_follow_the_store(
    theatre: Theatre, practice: OpenPractice, begun: tuple[int, int]
) -> None:
    theatre.open(begun[0])
    right = theatre.page.devices.sides[RIGHT]
    assert "not recorded yet" in theatre.said(right)
    file = stored(theatre, begun)
    assert file.operation_id is not None

    def record(session: Any) -> None:
        record_device(session, file.operation_id or 0, RIGHT, volume_ml=275, lot="L-9")
        out = REMOVAL_FORM.empty() | {"condition": (RemovedCondition.RUPTURE_INTRACAPSULAR,)}
        save_removal(session, NOTHING_YET, out, file.operation_id or 0, RIGHT)

    theatre.ask(record)
    said = theatre.said(right)
    assert "Mentor MemoryGel · 275 mL" in said
    assert "lot L-9" in said
    assert "Not the planned device" in said
    assert "Ruptured, gel inside the capsule" in said
    assert "−25 mL" in theatre.said(theatre.page.comparison)
    assert "the removed device says so" in theatre.said(theatre.page.found)
    theatre.press_button("right.rupture_gel_intra")
    rows = stored(theatre, begun).facts.indications
    assert (RIGHT, Indication.RUPTURE_GEL_INTRA, IndicationLayer.FOUND) in [
        (row["side"], row["indication"], row["layer"]) for row in rows
    ]
    assert "Found, not suspected" in theatre.said(theatre.page.found)
    theatre.tab_to("right.rupture_gel_intra.back")
    theatre.press(KEY.Key_Space)
    theatre.wait()
    assert "Found, not suspected" not in theatre.said(theatre.page.found)
    theatre.tab_to("left.found")
    theatre.type("flip")
    theatre.press(KEY.Key_Return)
    theatre.wait()
    assert "Flipped implant" in theatre.said(theatre.page.found.sides[LEFT])


def test_that_its_buttons_lead_to_where_devices_are_recorded(theatre: Theatre, begun: tuple[int, int]) -> None:
    theatre.open(begun[0])
    operation_id = stored(theatre, begun).operation_id
    for name in ("right.scan", "right.device", "right.removal", "operation"):
        theatre.press_button(name)
    assert [place.text for place in theatre.places] == ["scan", "R", "", ""]
    assert {(place.name, place.record_id) for place in theatre.places} == {("history", operation_id)}


def test_that_scanning_from_the_report_leads_to_the_labels_and_escape_back(
    qtbot: QtBot, background: Background, begun: tuple[int, int]
) -> None:
    window = MainWindow(background, "Harbour Plastic Surgery")
    hands = Hands(qtbot, background, window, 1280, 720)
    window.go(Place("revision", begun[0]))
    hands.wait()
    revision = cast(RevisionScreen, window.file.screen_of("revision"))
    revision.case.go_to("surgery")
    hands.wait()
    cast(SurgeryPart, revision.case.part("surgery")).page.devices.sides[RIGHT].scan.click()
    hands.wait()
    history = cast(HistoryScreen, window.file.screen_of("history"))
    assert history.scanning.is_shown()
    hands.press(KEY.Key_Escape)
    hands.wait()
    assert window.file.tabs.selected() == "revision"
    cast(SurgeryPart, revision.case.part("surgery")).page.devices.sides[RIGHT].write.click()
    hands.wait()
    assert history.pages.shown() is not None


def test_that_what_is_typed_stays_when_somebody_else_saves_and_both_are_shown(
    theatre: Theatre, begun: tuple[int, int]
) -> None:
    theatre.open(begun[0])
    theatre.tab_to("note")
    theatre.type("mine")

    def save(session: Any) -> None:
        report = open_report(session, 1)
        save_report(session, report, {**report.values, "note": "theirs"}, begun[0])

    theatre.ask(save)
    assert theatre.page.editor.form.boxes["note"].editor.value() == "mine"
    theatre.save()
    assert theatre.page.editor.conflict is not None


@pytest.fixture
def signed(practice: OpenPractice, begun: tuple[int, int]) -> tuple[int, int]:
    with practice.database.unit_of_work(practice.actor) as session:
        answer_as_planned(session, *begun)
        sign_newest_report(session, *begun)
    return begun


def test_that_a_signed_report_is_read_printed_amended_and_the_amendment_taken_out(
    theatre: Theatre, signed: tuple[int, int]
) -> None:
    theatre.open(signed[0])
    assert not theatre.row(RIGHT, 1).segments.isVisible()
    assert theatre.row(RIGHT, 1).said.text() == "As planned"
    theatre.press_button("print_report")
    assert theatre.part.paper.isVisible()
    theatre.press(KEY.Key_Escape)
    theatre.wait()
    theatre.press_button("amend_report")
    theatre.type("Counts were answered late")
    theatre.press(KEY.Key_Return)
    theatre.wait()
    assert [each.report_version for each in stored(theatre, signed).versions] == [1, 2]
    assert theatre.row(RIGHT, 1).segments.isVisible()
    theatre.press_button("withdraw_report")
    theatre.type("begun by mistake")
    theatre.press(KEY.Key_Return)
    theatre.wait()
    assert [each.report_version for each in stored(theatre, signed).versions] == [1]
    assert not theatre.row(RIGHT, 1).segments.isVisible()


def test_that_a_closed_case_and_whoever_may_not_write_only_read(
    qtbot: QtBot, theatre: Theatre, begun: tuple[int, int], as_role: Callable[..., Background]
) -> None:
    anesthesia = Theatre(qtbot, as_role(Role.ANESTHESIA))
    anesthesia.open(begun[0])
    assert "your role does not include changing it" in anesthesia.message()
    assert not anesthesia.row(RIGHT, 1).segments.isVisible()
    theatre.ask(close_case, begun[1])
    theatre.open(begun[0])
    assert theatre.message() == "This case is closed. Open it again to change it."
    assert not theatre.page.column.sign_button.isVisible()
