"""The anesthesia note by keyboard: before, V, D, E while it runs, after, signature, addendum."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.revision import CASE_FORM
from desktop.models.choices import AsaClass, CaseEvent, Drug, Role, YesNo
from desktop.opening import OpenPractice
from desktop.services.anesthesia import NoteFile, open_note, save_note
from desktop.services.record import Snapshot
from desktop.services.revision import save_case
from desktop.ui.anesthesia.screen import AnesthesiaScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.clock import set_clock
from desktop.ui.kit.screen import Place
from tests.conftest import NOW
from tests.ui.hands import settle

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: Callable[..., int]) -> int:
    return add_patient(weight_kg=Decimal(62), height_cm=168, responsible_adult_name="Grace Okafor")


@pytest.fixture
def case_id(practice: OpenPractice, patient_id: int) -> int:
    with practice.database.unit_of_work(practice.actor) as session:
        case = save_case(session, Snapshot(None, None, {}), CASE_FORM.empty() | {"surgery_on": DAY}, patient_id)
    assert case.id is not None
    return case.id


@pytest.fixture
def show(qtbot: QtBot, background: Background) -> Callable[..., AnesthesiaScreen]:
    def made(patient_id: int, of: Background = background) -> AnesthesiaScreen:
        screen = AnesthesiaScreen(of)
        qtbot.addWidget(screen)
        screen.resize(1180, 640)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        screen.show_patient(patient_id)
        settle(qtbot, of)
        return screen

    return made


def stored(practice: OpenPractice, case_id: int) -> NoteFile:
    with practice.database.unit_of_work(practice.actor) as session:
        return open_note(session, case_id)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def enter(qtbot: QtBot, *answers: str | None) -> None:
    """Type one answer after the other with Tab between; None passes a field by; a list is chosen by its letters."""
    for at, answer in enumerate(answers):
        if at:
            qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        if answer is not None:
            qtbot.keyClicks(focused(), answer)


def line(screen: AnesthesiaScreen, name: str) -> QLineEdit:
    found = screen.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_that_the_whole_note_is_kept_by_keyboard(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    assert screen.note.steps.label(0) == "1  Before"
    assert focused().objectName() == "performed_on"
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    qtbot.keyClicks(focused(), "61.5")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(focused(), key)
    qtbot.keyClick(focused(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert screen.note.steps.current() == 1

    set_clock(dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC).replace(tzinfo=None).astimezone(dt.UTC))
    qtbot.keyClick(focused(), Qt.Key.Key_E)
    enter(qtbot, "Sedation s")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "118", "76", "70", "98", None, "36", "RASS", "-2")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    qtbot.keyClick(focused(), Qt.Key.Key_D)
    enter(qtbot, "Lidocaine w", "12", "mL", "10", "In", "R")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)

    values = stored(practice, case_id).note.values
    assert values["weight_kg"] == Decimal("61.5")
    assert values["asa_class"] is AsaClass.II
    assert [row["event"] for row in values["events"]] == [CaseEvent.SEDATION_START]
    assert [(row["systolic_mmhg"], row["sedation_value"]) for row in values["vitals"]] == [(118, -2)]
    assert [(row["drug"], row["dose"]) for row in values["drugs"]] == [(Drug.LIDOCAINE_EPINEPHRINE, Decimal(12))]
    assert "120 mg · 12 mL" in screen.note.side.local.words()
    assert "No ceiling chosen" in screen.note.side.local.words()
    assert "Last RASS: −2 light sedation · 08:30" in screen.note.side.sedation.words()
    assert "Due: 08:35 (every 5 min)" in screen.note.side.sedation.words()

    set_clock(dt.datetime(2026, 11, 23, 8, 33, tzinfo=dt.UTC).replace(tzinfo=None).astimezone(dt.UTC))
    qtbot.keyClick(focused(), Qt.Key.Key_E)
    enter(qtbot, "Sedation e")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    qtbot.keyClick(focused(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    line(screen, "discharged_at").setFocus()
    enter(qtbot, "08:59")
    qtbot.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(screen.note.editor.messages.is_loud)  # a pressed button answers when it comes up again
    assert focused().objectName() == "escort_name"
    qtbot.keyClicks(focused(), "Grace Okafor")
    with qtbot.waitSignal(screen.note.editor.saved):
        qtbot.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert stored(practice, case_id).note.values["escort_name"] == "Grace Okafor"

    screen.note.sign_button.setFocus()
    qtbot.keyClick(screen.note.sign_button, Qt.Key.Key_Space)
    assert "consent to sedation" in screen.note.side.question.words()
    assert focused() is screen.note.side.question.no
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    settle(qtbot, background)
    assert stored(practice, case_id).signed_by == "Dr. A. Marchetti"
    assert not screen.note.editor.save_button.isVisible()
    assert not screen.note.record.buttons["vitals"].isVisibleTo(screen)
    assert screen.note.add_button.isVisible()

    screen.note.add_button.setFocus()
    qtbot.keyClick(screen.note.add_button, Qt.Key.Key_Space)
    settle(qtbot, background)
    assert isinstance(focused(), QPlainTextEdit)
    enter(qtbot, "Called at two: no pain.", "The call came later")
    with qtbot.waitSignal(screen.note.addendum.saved):
        qtbot.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, background)
    assert [each.text for each in stored(practice, case_id).addenda] == ["Called at two: no pain."]
    assert "because: The call came later" in screen.note.side.signature.words()
    assert screen.note.editor.isVisible()


def test_that_a_wrong_row_is_not_added_and_says_why(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "76", "118")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "not above the diastolic" in screen.note.record.line.words.text()
    assert focused().objectName() == "vitals.systolic_mmhg"
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    settle(qtbot, background)
    assert not screen.note.record.line.is_open()
    assert stored(practice, case_id).note.id is None


def test_that_fentanyl_in_mg_is_asked_once_and_never_again(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_D)
    enter(qtbot, "Fent", "0.05", "mg")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "which is 50 mcg" in screen.note.record.line.words.text()
    assert screen.note.record.line.is_open()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    assert len(stored(practice, case_id).note.values["drugs"]) == 1
    qtbot.keyClick(focused(), Qt.Key.Key_D)
    enter(qtbot, "Mida", "1", "mg")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    assert len(stored(practice, case_id).note.values["drugs"]) == 2


def test_that_an_entry_is_kept_as_a_draft_when_another_answer_stands_against_saving(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    line(screen, "weight_kg").setFocus()
    enter(qtbot, "sixty")
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "118", "76")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    assert stored(practice, case_id).note.id is None
    assert "Kept as a draft, not saved yet. Weight today" in screen.note.record.kept.text()

    again = show(patient_id)
    assert again.note.record.rows["vitals"].readable_rows()[0]["systolic_mmhg"] == 118
    assert line(again, "weight_kg").text() == "sixty"


def test_that_a_line_that_was_not_ended_comes_back_with_the_draft(
    qtbot: QtBot, background: Background, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "11x")
    screen.keep_drafts()
    settle(qtbot, background)

    again = show(patient_id)
    assert again.note.record.line.is_open()
    assert line(again, "vitals.systolic_mmhg").text() == "11x"
    qtbot.keyClick(again.note.editor.save_button, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(again.note.editor.messages.is_loud)


def test_that_two_entries_in_quick_succession_are_both_stored(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    for systolic in ("118", "121"):
        qtbot.keyClick(focused(), Qt.Key.Key_V)
        enter(qtbot, systolic, "76")
        qtbot.keyClick(focused(), Qt.Key.Key_Return)  # the first is still being saved when the second is typed
    settle(qtbot, background)
    settle(qtbot, background)
    rows = stored(practice, case_id).note.values["vitals"]
    assert sorted(row["systolic_mmhg"] for row in rows) == [118, 121]
    assert screen.note.editor.conflict is None
    assert not screen.note.editor.form.is_dirty()


def test_that_what_is_typed_while_an_entry_is_saved_is_not_lost(
    qtbot: QtBot, background: Background, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "118", "76")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_D)
    enter(qtbot, "Mida", "2")
    settle(qtbot, background)
    assert screen.note.record.line.is_open()
    assert line(screen, "drugs.dose").text() == "2"
    assert focused() is line(screen, "drugs.dose")


def test_that_a_row_is_changed_taken_out_and_put_back_by_keyboard(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_V)
    enter(qtbot, "118", "76")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    first_id = stored(practice, case_id).note.values["vitals"][0]["id"]
    table = screen.note.record.rows["vitals"].table
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    systolic = line(screen, "vitals.systolic_mmhg")
    systolic.selectAll()
    enter(qtbot, "128")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, background)
    (row,) = stored(practice, case_id).note.values["vitals"]
    assert (row["id"], row["systolic_mmhg"]) == (first_id, 128)

    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert screen.note.record.rows["vitals"].value() == ()
    screen.note.record.rows["vitals"].put_back.click()
    assert screen.note.record.rows["vitals"].value()[0]["id"] == first_id
    assert not screen.note.editor.form.is_dirty()


def test_that_save_leads_to_an_answer_in_another_part(
    qtbot: QtBot, background: Background, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    line(screen, "weight_kg").setFocus()
    enter(qtbot, "sixty")
    screen.note.steps.choose(2)
    screen.note.editor.save_button.click()
    assert screen.note.steps.current() == 0
    assert focused() is line(screen, "weight_kg")


def test_that_letters_typed_into_a_field_begin_no_entry(
    qtbot: QtBot, background: Background, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    screen.note.steps.choose(1)
    qtbot.keyClick(focused(), Qt.Key.Key_E)
    assert isinstance(focused(), QComboBox)
    enter(qtbot, None, None, "Eve, D. V.")
    assert line(screen, "events.text").text() == "Eve, D. V."
    assert screen.note.record.line.title.text() == "Event"


def test_that_no_case_leads_to_the_revision_tab(
    qtbot: QtBot, background: Background, show: Any, patient_id: int
) -> None:
    screen = show(patient_id)
    assert screen.no_case.isVisible()
    with qtbot.waitSignal(screen.went) as went:
        qtbot.keyClick(screen.to_revision, Qt.Key.Key_Space)
    assert went.args == [Place("revision", patient_id)]


def test_that_the_front_desk_reads_a_calm_sentence(
    qtbot: QtBot, show: Any, as_role: Callable[..., Background], patient_id: int, case_id: int
) -> None:
    screen = show(patient_id, as_role(Role.FRONT_DESK))
    assert screen.no_role.isVisible()


def test_that_a_nurse_fills_in_but_is_not_offered_to_sign(
    qtbot: QtBot, show: Any, as_role: Callable[..., Background], patient_id: int, case_id: int
) -> None:
    screen = show(patient_id, as_role(Role.NURSE))
    assert screen.note.isVisible()
    assert not screen.note.sign_button.isVisible()
    assert screen.note.editor.save_button.isVisible()


def test_that_another_patients_note_never_takes_what_was_typed_for_the_first(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any,
    patient_id: int, case_id: int, add_patient: Callable[..., int],
) -> None:  # fmt: skip
    other = add_patient(family_name="Other")
    with practice.database.unit_of_work(practice.actor) as session:
        second = save_case(session, Snapshot(None, None, {}), CASE_FORM.empty() | {"surgery_on": DAY}, other)
    assert second.id is not None
    screen = show(patient_id)
    line(screen, "weight_kg").setFocus()
    enter(qtbot, "61")
    screen.show_patient(other)
    screen.note.editor.save()
    settle(qtbot, background)
    assert stored(practice, second.id).note.id is None
    assert line(screen, "weight_kg").text() == ""
    screen.show_patient(patient_id)
    settle(qtbot, background)
    assert line(screen, "weight_kg").text() == "61"


def test_that_somebody_elses_save_is_shown_when_nothing_is_typed(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)

    def save_elsewhere(session: Any) -> None:
        note = open_note(session, case_id).note
        save_note(session, note, dict(note.values) | {"consent_given": YesNo.YES}, case_id)

    background.run(screen, save_elsewhere)
    settle(qtbot, background)
    settle(qtbot, background)
    assert screen.note.editor.form.values()["consent_given"] is YesNo.YES


def test_that_the_note_is_shown_as_it_is_printed(
    qtbot: QtBot, background: Background, show: Any, patient_id: int, case_id: int
) -> None:
    screen = show(patient_id)
    qtbot.keyClick(screen.note.print_button, Qt.Key.Key_Space)
    settle(qtbot, background)
    assert "save the note first" in screen.note.editor.messages.words.text()
    screen.note.editor.save()
    settle(qtbot, background)
    qtbot.keyClick(screen.note.print_button, Qt.Key.Key_Space)
    settle(qtbot, background)
    assert screen.print_view is not None
    assert screen.print_view.preview.page_count() >= 1
    qtbot.keyClick(screen.print_view.back_button, Qt.Key.Key_Space)
    assert screen.note.isVisible()


def test_that_the_record_says_how_long_it_has_been_running(
    qtbot: QtBot, background: Background, practice: OpenPractice, show: Any, patient_id: int, case_id: int
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        note = open_note(session, case_id).note
        begun = {"at": NOW - dt.timedelta(minutes=92), "event": CaseEvent.IN_ROOM}
        started = {"at": NOW - dt.timedelta(minutes=80), "event": CaseEvent.SEDATION_START}
        save_note(session, note, dict(note.values) | {"events": (begun, started)}, case_id)
    screen = show(patient_id)
    assert screen.note.steps.current() == 1
    assert screen.note.steps.label(1) == "2  During — running 01:32"
    assert "no blood pressure recorded" in screen.note.record.remark.text()
    assert "(80 min)" in screen.note.record.remark.text()


def test_that_nothing_of_a_screen_outlives_it(qtbot: QtBot, background: Background, patient_id: int) -> None:
    def left() -> set[QWidget]:
        background.read(background, lambda _session: None)  # what was asked for last is held until something else is
        settle(qtbot, background)
        gc.collect()
        return set(QApplication.allWidgets())

    before = left()
    screen = AnesthesiaScreen(background)
    screen.show_patient(patient_id)
    settle(qtbot, background)
    shiboken6.delete(screen)
    del screen
    assert [each.objectName() for each in left() - before] == []
