"""The whole program, from the first start to locking and signing in again, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.opening import OpenPractice
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.patient.list_screen import PatientListScreen
from tests.conftest import PASSWORD


@pytest.fixture
def closed(practice: OpenPractice) -> Path:
    practice.close()
    return practice.folder


@pytest.fixture
def application(qtbot: QtBot, closed: Path) -> Iterator[Application]:
    made = Application(closed)
    qtbot.addWidget(made.window)
    made.start()
    yield made
    made.quit()


def sign_in(qtbot: QtBot, application: Application, password: str = PASSWORD) -> None:
    screen = application.sign_in_screen
    assert screen is not None
    line = next(each for each in screen.findChildren(QLineEdit) if each.echoMode() == QLineEdit.EchoMode.Password)
    line.clear()
    qtbot.keyClicks(line, password)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def signed_in(qtbot: QtBot, application: Application) -> MainWindow:
    sign_in(qtbot, application)
    qtbot.waitUntil(lambda: application.main_window is not None, timeout=20_000)
    window = application.main_window
    assert window is not None
    settle(qtbot, application)
    return window


def settle(qtbot: QtBot, application: Application) -> None:
    background = application.background
    assert background is not None
    qtbot.waitUntil(background.is_idle)


def test_that_signing_in_shows_the_patients_ready_to_be_searched(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    screen = window.screen_of("patients")
    assert isinstance(screen, PatientListScreen)
    qtbot.waitUntil(screen.search.hasFocus)


def test_that_a_wrong_password_stays_on_the_sign_in_window(qtbot: QtBot, application: Application) -> None:
    sign_in(qtbot, application, "certainly not the password")
    qtbot.waitUntil(lambda: application._thread._work_queue.empty(), timeout=20_000)
    qtbot.waitUntil(lambda: "password" in _words(application.window).casefold())
    assert application.main_window is None


def test_that_a_window_that_cannot_be_made_is_told_and_the_store_is_closed_again(
    qtbot: QtBot, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ImportError("half an update is installed")

    application.load()
    monkeypatch.setattr("desktop.ui.main_window.MainWindow", broken)
    sign_in(qtbot, application)
    qtbot.waitUntil(lambda: "should not" in _words(application.window), timeout=20_000)
    assert "Opening" not in _words(application.window)
    assert application.practice is None
    monkeypatch.undo()
    signed_in(qtbot, application)


def test_that_locking_keeps_what_was_typed_and_closes_the_store(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    window.go(Place("register"))
    settle(qtbot, application)
    _type(qtbot, window, "family_name", "Oka")
    application.lock()
    assert application.practice is None
    assert application.background is None
    again = signed_in(qtbot, application)
    again.go(Place("register"))
    settle(qtbot, application)
    assert _line(again, "family_name").text() == "Oka"


def test_that_a_patient_is_registered_found_and_opened_with_the_keyboard_alone(
    qtbot: QtBot, application: Application
) -> None:
    window = signed_in(qtbot, application)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, application)
    for name, text in (("family_name", "Okafor"), ("given_name", "Rosalind"), ("birth_date", "14 mar 1981")):
        _type(qtbot, window, name, text)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.file.header is not None)
    settle(qtbot, application)
    assert window.file.banner.name.text() == "Rosalind Okafor"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(qtbot, application)
    screen = window.screen_of("patients")
    assert isinstance(screen, PatientListScreen)
    qtbot.keyClicks(screen.search, "oka")
    settle(qtbot, application)
    assert screen.model.rowCount() == 1
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.file.isVisible())
    settle(qtbot, application)


def test_that_the_banner_and_every_tab_show_the_patient_who_is_open(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    first, second = _register(window, "Adams"), _register(window, "Baker")
    for patient_id, name in ((first, "Adams"), (second, "Baker"), (first, "Adams")):
        for tab in ("overview", "history", "revision", "anesthesia", "recovery", "documents", "details"):
            window.go(Place(tab, patient_id))
            settle(qtbot, application)
            assert window.file.banner.name.text() == name
            assert window.file.tabs.selected() == tab


def test_that_the_title_of_the_window_never_names_a_patient(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    window.go(Place("overview", _register(window, "Adams")))
    settle(qtbot, application)
    assert application.window.windowTitle() == "Reprise"


def test_that_a_mistake_of_the_program_is_told_without_any_value(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    window.show_failure(ValueError("Rosalind Okafor, born 14 Mar 1981"))
    assert window.messages.is_loud()
    assert "Okafor" not in _words(window)


def test_that_a_first_start_asks_to_set_up(qtbot: QtBot, tmp_path: Path) -> None:
    made = Application(tmp_path / "nothing here")
    qtbot.addWidget(made.window)
    made.start()
    qtbot.waitUntil(lambda: made.wizard is not None, timeout=20_000)
    made.quit()
    assert list(tmp_path.iterdir()) == []


def test_that_a_missing_store_is_told_and_none_is_made(qtbot: QtBot, closed: Path) -> None:
    (closed / "reprise.db").unlink()
    made = Application(closed)
    qtbot.addWidget(made.window)
    made.start()
    sign_in(qtbot, made)
    qtbot.waitUntil(lambda: "cannot be opened" in _words(made.window), timeout=20_000)
    made.quit()
    assert not (closed / "reprise.db").exists()


def test_that_unlocking_comes_back_to_the_patient_who_was_open(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    patient_id = _register(window, "Adams")
    window.go(Place("details", patient_id))
    settle(qtbot, application)
    application.lock()
    again = signed_in(qtbot, application)
    qtbot.waitUntil(lambda: again.file.header is not None and again.file.header.id == patient_id)
    assert again.file.tabs.selected() == "details"
    settle(qtbot, application)


def test_that_locking_says_when_the_store_did_not_take_what_was_typed(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    assert application.practice is not None
    with application.practice.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER takes_nothing BEFORE INSERT ON draft BEGIN SELECT RAISE(FAIL, 'no'); END"
        )
    window.go(Place("register"))
    settle(qtbot, application)
    _type(qtbot, window, "family_name", "Oka")
    application.lock()
    assert application.practice is None
    assert "could not be kept" in _words(application.window)


def test_that_a_name_nobody_has_can_be_registered_from_the_search(qtbot: QtBot, application: Application) -> None:
    window = signed_in(qtbot, application)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.palette_box.isVisible)
    qtbot.keyClicks(window.palette_box.line, "Zanetti")
    qtbot.waitUntil(lambda: window.palette_box.current() is not None)
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Return)
    settle(qtbot, application)
    assert _line(window, "family_name").text() == "Zanetti"


def _register(window: MainWindow, family_name: str) -> int:
    import datetime as dt

    from desktop.forms.patient import PATIENT_FORM
    from desktop.services.patient import save_patient
    from desktop.services.record import Snapshot

    values = PATIENT_FORM.empty() | {"family_name": family_name, "birth_date": dt.date(1980, 1, 2)}
    background = window._background
    with background._database.unit_of_work(background.actor) as session:
        return save_patient(session, Snapshot(None, None, {}), values).id or 0


def _line(window: QWidget, name: str) -> QLineEdit:
    return next(each for each in window.findChildren(QLineEdit, name) if each.isVisible())


def _type(qtbot: QtBot, window: QWidget, name: str, text: str) -> None:
    line = _line(window, name)
    line.setFocus()
    qtbot.keyClicks(line, text)


def _words(window: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
