"""From the list of what is waited for to the patient's own records, and from anywhere to the device card."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.models.choices import SideEvent
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.ui.chasing.patient_page import RecordsScreen
from desktop.ui.chasing.screen import ChasingScreen
from desktop.ui.handout.screen import DocumentsScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.operation.screen import HistoryScreen
from tests.ui.chasing.story import operate, request

AddPatient = Callable[..., int]


@pytest.fixture
def window(qtbot: QtBot, background: Background) -> MainWindow:
    made = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    number = add_patient()
    request(practice, number, operate(practice, number))
    return number


def go(qtbot: QtBot, background: Background, window: MainWindow, place: Place) -> None:
    window.go(place)
    qtbot.waitUntil(background.is_idle)


@pytest.mark.parametrize(("key", "closes"), [(Qt.Key.Key_Return, False), (Qt.Key.Key_C, True)])
def test_that_the_list_leads_into_her_file(
    qtbot: QtBot, background: Background, window: MainWindow, patient_id: int, key: Qt.Key, closes: bool
) -> None:
    go(qtbot, background, window, Place("chasing"))
    listed = window.screen_of("chasing")
    assert isinstance(listed, ChasingScreen)
    assert listed.requests_table.hasFocus()
    qtbot.keyClick(listed.requests_table, key)
    qtbot.waitUntil(lambda: window.file.tabs.selected() == "records")
    records = window.file.screen_of("records")
    assert isinstance(records, RecordsScreen)
    qtbot.waitUntil(lambda: records.closing_page.isVisible() if closes else records.shown.isVisible())
    qtbot.waitUntil(background.is_idle)
    assert window.file.header is not None
    assert window.file.header.id == patient_id
    assert records.closing_page.isVisible() is closes
    if not closes:
        assert [row.objectName() for row in records.shown.rows if row.hasFocus()] == ["request 1"]


def test_that_the_overview_leads_to_what_is_missing(
    qtbot: QtBot, background: Background, window: MainWindow, patient_id: int
) -> None:
    go(qtbot, background, window, Place("overview", patient_id))
    overview = window.file.screen_of("overview")
    button = next(each for each in overview.findChildren(type(window.new_patient), "missing_records"))
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(background.is_idle)
    assert window.file.tabs.selected() == "records"


def test_that_the_device_card_is_a_command_for_whoever_is_open(
    qtbot: QtBot, background: Background, window: MainWindow, patient_id: int
) -> None:
    go(qtbot, background, window, Place("overview", patient_id))
    window.palette_box.chosen.emit("do:device_card", False)
    qtbot.waitUntil(lambda: window.file.tabs.selected() == "documents")
    documents = window.file.screen_of("documents")
    assert isinstance(documents, DocumentsScreen)
    qtbot.waitUntil(documents.card_size.isVisible)
    assert documents.what.text() == "Device card"


def test_that_without_an_open_patient_the_command_says_what_to_do(
    qtbot: QtBot, background: Background, window: MainWindow
) -> None:
    window.palette_box.chosen.emit("do:device_card", False)
    qtbot.waitUntil(background.is_idle)
    assert "Open the patient first" in window.messages.words.text()


def test_that_typing_what_came_opens_the_very_operation_that_was_asked_about(
    qtbot: QtBot, background: Background, window: MainWindow, practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient(family_name="Bell")
    asked_about = operate(practice, patient_id, happened_on=PartialDate(2009))
    operate(practice, patient_id, **{f"{side}.event": SideEvent.EXCHANGED for side in ("right", "left")})
    go(qtbot, background, window, Place("records", patient_id))
    records = window.file.screen_of("records")
    records.went.emit(Place("history", patient_id, asked_about))
    qtbot.waitUntil(lambda: window.file.tabs.selected() == "history")
    qtbot.waitUntil(background.is_idle)
    history = window.file.screen_of("history")
    assert isinstance(history, HistoryScreen)
    assert history.editor.snapshot is not None
    assert history.editor.snapshot.id == asked_about
