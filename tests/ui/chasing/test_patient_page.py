"""A patient's missing records by keyboard: seen, asked for, reminded, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.forms.form import source_of
from desktop.models.choices import UNKNOWN, RequestState, Role, Source
from desktop.opening import OpenPractice
from desktop.services.handout import list_documents
from desktop.services.operation import open_operation, save_operation
from desktop.services.records_request import list_requests
from desktop.ui.chasing.letter_preview import RELEASE
from desktop.ui.chasing.patient_page import CLOSE, RecordsScreen
from desktop.ui.chasing.request_page import PREVIEW_AFTER_MS
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from tests.ui.chasing.story import DUE_ON, Printer, ask, operate, request, set_due_days
from tests.ui.hands import settle

AddPatient = Callable[..., int]


def opened(qtbot: QtBot, background: Background, patient_id: int) -> RecordsScreen:
    made = RecordsScreen(background)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitActive(made)
    made.print_bytes = Printer()
    made.show_patient(patient_id)
    settle(qtbot, made.background)
    return made


def press(qtbot: QtBot, screen: RecordsScreen, name: str) -> None:
    found = screen.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    assert found.isEnabled()
    qtbot.keyClick(found, Qt.Key.Key_Space)
    settle(qtbot, screen.background)


def row(screen: RecordsScreen, name: str) -> QWidget:
    return next(each for each in screen.shown.rows if each.objectName() == name)


def words(screen: QWidget) -> str:
    return " ".join(each.text() for each in screen.findChildren(Text) if each.isVisible())


def type_into(qtbot: QtBot, screen: RecordsScreen, name: str, text: str) -> None:
    line = next(each for each in screen.findChildren(QLineEdit, name) if each.isVisible())
    line.clear()
    qtbot.keyClicks(line, text)


def printed(screen: RecordsScreen) -> list[bytes]:
    printer: Any = screen.print_bytes
    found: list[bytes] = printer.printed
    return found


@pytest.fixture
def patient_id(add_patient: AddPatient) -> int:
    return add_patient(given_name="<b>Bobby</b>")


@pytest.fixture
def operation_id(practice: OpenPractice, patient_id: int) -> int:
    return operate(practice, patient_id)


@pytest.fixture
def screen(qtbot: QtBot, background: Background, patient_id: int, operation_id: int) -> RecordsScreen:
    return opened(qtbot, background, patient_id)


class TestWhatIsMissing:
    def test_that_both_devices_and_whom_to_ask_are_told(self, screen: RecordsScreen) -> None:
        said = words(screen)
        assert "RIGHT · in place today" in said
        assert "10 of 14 facts known" in said
        assert "Not asked: serial number, lot number, profile, incision" in said
        assert "Former surgeon · operated on RIGHT and LEFT (12 May 2014)" in said
        assert screen.shown.rows[0].hasFocus()

    def test_that_nobody_is_asked_about_nothing(
        self, qtbot: QtBot, background: Background, add_patient: AddPatient
    ) -> None:
        screen = opened(qtbot, background, add_patient(family_name="Bell"))
        assert "No device is recorded" in words(screen)
        assert screen.shown.rows == []

    def test_that_our_own_operation_gives_advice_and_no_letter(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id = add_patient(family_name="Bell")
        operate(practice, patient_id, was_elsewhere=False)
        screen = opened(qtbot, background, patient_id)
        assert "Look in our own operation report." in words(screen)
        assert screen.shown.rows == []

    def test_that_another_patients_devices_never_stay_in_sight(
        self, qtbot: QtBot, screen: RecordsScreen, add_patient: AddPatient
    ) -> None:
        screen.show_patient(add_patient(family_name="Bell"))
        assert not screen.shown.missing_card.isVisible()
        settle(qtbot, screen.background)
        assert "Mentor" not in words(screen)


class TestAsking:
    def test_that_two_keys_print_both_letters_when_the_office_has_set_its_days(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int, operation_id: int
    ) -> None:
        set_due_days(practice, 14)
        screen = opened(qtbot, background, patient_id)
        qtbot.keySequence(screen, QKeySequence("Ctrl+R"))
        qtbot.waitUntil(screen.request_page.isVisible)
        settle(qtbot, screen.background)
        assert screen.request_page.letters.preview.page_count() == 1
        with qtbot.waitSignal(screen.request_page.made):
            qtbot.keySequence(screen, QKeySequence("Ctrl+R"))
        settle(qtbot, screen.background)
        (made,) = ask(practice, list_requests, patient_id)
        assert (made.due_on, made.recipient_name) == (dt.date(2026, 12, 7), "Dr. Lindqvist")
        assert len(printed(screen)) == len(ask(practice, list_documents, patient_id)) == 2
        assert screen.messages.words.text() == "Both letters are kept as given. Printed"
        assert row(screen, f"request {made.id}").isVisible()

    def test_that_the_day_is_asked_for_and_never_made_up(self, qtbot: QtBot, screen: RecordsScreen) -> None:
        press(qtbot, screen, "request_records")
        due = next(each for each in screen.findChildren(QLineEdit, "due_on"))
        assert (due.text(), due.hasFocus()) == ("", True)
        assert "The day until which you want the answer is missing" in words(screen)
        press(qtbot, screen, "make_request")
        assert "1 answer needs correction" in screen.request_page.editor.messages.words.text()
        assert printed(screen) == []

    def test_that_the_preview_follows_what_is_typed(self, qtbot: QtBot, screen: RecordsScreen) -> None:
        press(qtbot, screen, "request_records")
        letters = screen.request_page.letters
        assert not letters.preview.isVisible()
        type_into(qtbot, screen, "due_on", "7 Dec 2026")
        qtbot.waitUntil(letters.preview.isVisible, timeout=PREVIEW_AFTER_MS * 10)
        settle(qtbot, screen.background)
        letters.which.set_value(RELEASE)
        letters.which.changed.emit(RELEASE)
        assert letters.preview.page_count() == 1
        assert letters.state.text().startswith("Preview, not kept.")

    def test_that_ticks_say_what_is_asked_for(
        self, qtbot: QtBot, screen: RecordsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        press(qtbot, screen, "request_records")
        for name, was in (("ask right.serial", True), ("ask right.volume_ml", False), ("ask report", False)):
            tick = screen.findChild(QCheckBox, name)
            assert isinstance(tick, QCheckBox)
            assert tick.isChecked() is was
            qtbot.keyClick(tick, Qt.Key.Key_Space)
        type_into(qtbot, screen, "due_on", "7 Dec 2026")
        press(qtbot, screen, "make_request")
        (made,) = ask(practice, list_requests, patient_id)
        assert "right.serial" not in made.asked_for
        assert {"right.volume_ml", "report", "left.serial"} <= set(made.asked_for)

    def test_that_escape_steps_back_and_what_was_typed_comes_back(self, qtbot: QtBot, screen: RecordsScreen) -> None:
        press(qtbot, screen, "request_records")
        type_into(qtbot, screen, "recipient_contact", "Archive, second floor")
        qtbot.keyClick(screen.request_page, Qt.Key.Key_Escape)
        settle(qtbot, screen.background)
        assert screen.shown.missing_card.isVisible()
        press(qtbot, screen, "request_records")
        line = next(each for each in screen.findChildren(QLineEdit, "recipient_contact"))
        assert line.text() == "Archive, second floor"

    def test_that_somebody_else_is_asked_from_their_own_line(
        self, qtbot: QtBot, screen: RecordsScreen, operation_id: int
    ) -> None:
        qtbot.keyClick(screen.shown.rows[0], Qt.Key.Key_Down)
        assert screen.shown.rows[1].hasFocus()
        qtbot.keyClick(screen.shown.rows[1], Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        line = next(each for each in screen.findChildren(QLineEdit, "recipient_name"))
        assert line.text() == "Quay Clinic"

    def test_that_a_printer_that_fails_leaves_both_letters_kept(
        self, qtbot: QtBot, screen: RecordsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        screen.print_bytes = Printer(UserError("Nothing was printed: the printer is gone."))
        press(qtbot, screen, "request_records")
        type_into(qtbot, screen, "due_on", "7 Dec 2026")
        press(qtbot, screen, "make_request")
        assert screen.messages.words.text() == (
            "Both letters are kept as given. Nothing was printed: the printer is gone."
        )
        assert len(ask(practice, list_documents, patient_id)) == 2


class TestWaiting:
    def test_that_p_prints_a_reminder_and_keeps_the_day(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int, operation_id: int
    ) -> None:
        number = request(practice, patient_id, operation_id, dt.date(2026, 11, 14)).row.id
        screen = opened(qtbot, background, patient_id)
        assert "9 days overdue" in words(screen)
        qtbot.keyClick(row(screen, f"request {number}"), Qt.Key.Key_P)
        settle(qtbot, screen.background)
        assert len(printed(screen)) == 1
        assert "reminded 23 Nov 2026" in words(screen)
        assert ask(practice, list_documents, patient_id)[0].title.startswith("Reminder: ")

    def test_that_whoever_is_waited_for_is_not_asked_first(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int, operation_id: int
    ) -> None:
        request(practice, patient_id, operation_id)
        screen = opened(qtbot, background, patient_id)
        screen.messages.setFocus()
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        press(qtbot, screen, "request_records")
        line = next(each for each in screen.findChildren(QLineEdit, "recipient_name"))
        assert line.text() == "Quay Clinic"

    def test_that_the_worklist_leads_to_the_request_and_to_closing_it(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int, operation_id: int
    ) -> None:
        number = request(practice, patient_id, operation_id).row.id
        screen = RecordsScreen(background)
        qtbot.addWidget(screen)
        screen.show()
        qtbot.waitActive(screen)
        screen.go_to(Place("records", patient_id, number))  # before the file is open
        screen.show_patient(patient_id)
        settle(qtbot, screen.background)
        assert row(screen, f"request {number}").hasFocus()
        screen.go_to(Place("records", patient_id, number, CLOSE))
        settle(qtbot, screen.background)
        screen.refresh()
        settle(qtbot, screen.background)
        assert screen.closing_page.isVisible()
        assert not screen.shown.isVisible()  # nothing shines through from beneath


class TestClosing:
    @pytest.fixture
    def number(self, practice: OpenPractice, patient_id: int, operation_id: int) -> int:
        return request(practice, patient_id, operation_id).row.id

    @pytest.fixture
    def closing(self, qtbot: QtBot, background: Background, patient_id: int, number: int) -> RecordsScreen:
        screen = opened(qtbot, background, patient_id)
        qtbot.keyClick(row(screen, f"request {number}"), Qt.Key.Key_C)
        settle(qtbot, screen.background)
        return screen

    def choose(self, screen: RecordsScreen, outcome: RequestState) -> None:
        screen.closing_page.outcome.set_value(outcome)
        screen.closing_page.outcome.changed.emit(outcome)

    def test_that_an_answer_writes_its_source_where_a_fact_has_none(
        self, qtbot: QtBot, closing: RecordsScreen, practice: OpenPractice, patient_id: int, operation_id: int
    ) -> None:
        opened_one = ask(practice, open_operation, operation_id)
        ask(practice, save_operation, opened_one, {**opened_one.values, "right.serial": "7001-1"}, patient_id)
        closing.refresh()
        settle(qtbot, closing.background)
        assert "7001-1 · no source yet" in words(closing.closing_page)
        box = closing.closing_page.source
        box.setCurrentIndex(box.findData(Source.LETTER.value))
        press(qtbot, closing, "close_request")
        assert ask(practice, open_operation, operation_id).values[source_of("right.serial")] is Source.LETTER
        assert closing.messages.words.text() == "Closed: Dr. Lindqvist, answered"
        assert closing.shown.missing_card.isVisible()

    def test_that_an_answer_without_its_source_is_not_closed(self, qtbot: QtBot, closing: RecordsScreen) -> None:
        press(qtbot, closing, "close_request")
        assert closing.closing_page.messages.words.text().startswith("Not closed: choose which source it was")
        assert closing.closing_page.source.hasFocus()

    def test_that_only_ticked_facts_are_stated_unknown(
        self, qtbot: QtBot, closing: RecordsScreen, practice: OpenPractice, operation_id: int
    ) -> None:
        self.choose(closing, RequestState.NOTHING_KEPT)
        tick = closing.findChild(QCheckBox, "unknown right.serial")
        assert isinstance(tick, QCheckBox)
        assert not tick.isChecked()
        qtbot.keyClick(tick, Qt.Key.Key_Space)
        press(qtbot, closing, "close_request")
        now = ask(practice, open_operation, operation_id).values
        assert (now["right.serial"], now["left.serial"]) == (UNKNOWN, None)

    def test_that_one_key_ticks_all_that_are_empty(self, qtbot: QtBot, closing: RecordsScreen) -> None:
        self.choose(closing, RequestState.NOTHING_KEPT)
        press(qtbot, closing, "every")
        assert {tick.isChecked() for tick in closing.closing_page.facts.ticks.values()} == {True}

    def test_that_no_longer_needed_wants_a_reason(
        self, qtbot: QtBot, closing: RecordsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        self.choose(closing, RequestState.WITHDRAWN)
        press(qtbot, closing, "close_request")
        assert "write why" in closing.closing_page.messages.words.text()
        type_into(qtbot, closing, "reason", "she found her card")
        press(qtbot, closing, "close_request")
        (closed,) = ask(practice, list_requests, patient_id)
        assert (closed.state, closed.closed_note) == (RequestState.WITHDRAWN, "she found her card")

    def test_that_escape_leaves_the_request_open(
        self, qtbot: QtBot, closing: RecordsScreen, practice: OpenPractice, patient_id: int
    ) -> None:
        qtbot.keyClick(closing.closing_page, Qt.Key.Key_Escape)
        settle(qtbot, closing.background)
        assert closing.shown.missing_card.isVisible()
        assert ask(practice, list_requests, patient_id)[0].state is RequestState.OPEN

    def test_that_one_goes_to_the_operation_to_type_what_came(
        self, qtbot: QtBot, closing: RecordsScreen, patient_id: int, operation_id: int
    ) -> None:
        with qtbot.waitSignal(closing.went) as went:
            press(qtbot, closing, "open_operation")
        assert went.args == [Place("history", patient_id, operation_id)]


class TestWhoMay:
    def test_that_the_front_desk_sees_requests_and_withdraws_but_nothing_clinical(
        self,
        qtbot: QtBot,
        as_role: Callable[..., Background],
        practice: OpenPractice,
        patient_id: int,
        operation_id: int,
    ) -> None:
        number = request(practice, patient_id, operation_id).row.id
        screen = opened(qtbot, as_role(Role.FRONT_DESK), patient_id)
        said = words(screen)
        assert "Your role does not include the surgical history." in said
        assert "10 of 14" not in said
        assert not screen.shown.whom_card.isVisible()
        qtbot.keyClick(row(screen, f"request {number}"), Qt.Key.Key_C)
        settle(qtbot, screen.background)
        assert screen.closing_page.outcome.value() is RequestState.WITHDRAWN
        assert not screen.closing_page.operation_button.isVisible()
        type_into(qtbot, screen, "reason", "moved away")
        press(qtbot, screen, "close_request")
        assert ask(practice, list_requests, patient_id)[0].state is RequestState.WITHDRAWN

    def test_that_anesthesia_sees_what_is_missing_and_asks_nobody(
        self, qtbot: QtBot, as_role: Callable[..., Background], patient_id: int, operation_id: int
    ) -> None:
        screen = opened(qtbot, as_role(Role.ANESTHESIA), patient_id)
        assert "10 of 14 facts known" in words(screen)
        assert not screen.shown.whom_card.isVisible()
        assert "Your role does not include asking others for records." in words(screen)


def test_that_the_day_is_kept_when_the_request_is_made(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id = add_patient(family_name="Bell")
    made = request(practice, patient_id, operate(practice, patient_id))
    assert made.row.due_on == DUE_ON
