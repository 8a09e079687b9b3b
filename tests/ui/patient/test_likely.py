"""Before somebody is registered a second time, she is shown beside what was typed, and a person decides by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Severity
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, find_draft
from desktop.services.record import open_record
from desktop.services.search import find_patients
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.main_window import MainWindow
from desktop.ui.patient.details_screen import PatientDetailsScreen
from tests.ui.hands import settle

BORN = dt.date(1981, 3, 14)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, background: Background) -> MainWindow:
    made = MainWindow(background, "Harbour")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def registration(qtbot: QtBot, window: MainWindow) -> PatientDetailsScreen:
    window.go(Place("register"))
    settle(qtbot, window._background)
    screen = window.screen_of("register")
    assert isinstance(screen, PatientDetailsScreen)
    return screen


def type_into(qtbot: QtBot, screen: QWidget, **answers: str) -> None:
    for name, text in answers.items():
        line = screen.findChild(QLineEdit, name)
        assert line is not None
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)


def key(qtbot: QtBot, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Wherever the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, pressed, modifier)


def save(qtbot: QtBot, screen: PatientDetailsScreen) -> None:
    answered: list[object] = []
    for signal in (screen.editor.saved, screen.editor.refused):
        signal.connect(answered.append)
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(answered))


def press(qtbot: QtBot, screen: QWidget, name: str) -> None:
    found = screen.findChild(QPushButton, name)
    assert found is not None
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)


def words(widget: QWidget) -> str:
    return "\n".join(text.text() for text in widget.findChildren(Text) if text.isVisible())


def names(practice: OpenPractice) -> list[str]:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return [row.list_name for row in find_patients(session, "")]


def test_that_a_quiet_line_says_while_typing_who_is_much_like_her(
    qtbot: QtBot, window: MainWindow, add_patient: Callable[..., int]
) -> None:
    add_patient()
    screen = registration(qtbot, window)
    type_into(qtbot, screen, family_name="Okafer", given_name="Rosalind", birth_date="14 mar 1981")
    qtbot.waitUntil(lambda: bool(screen.likely.likely))
    assert screen.likely.words.text() == (
        "Perhaps registered already: Rosalind Okafor, born 14 Mar 1981, record 000 001 "
        "(family name one letter different, same given name, same birth date)"
    )
    assert screen.editor.isVisible(), "nobody is interrupted while typing"
    key(qtbot, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: screen.question is not None)
    key(qtbot, Qt.Key.Key_Escape)
    type_into(qtbot, screen, family_name="Ibarra", given_name="Carmen")
    qtbot.waitUntil(lambda: not screen.likely.likely)


def test_that_a_name_alone_brings_no_line(qtbot: QtBot, window: MainWindow, add_patient: Callable[..., int]) -> None:
    add_patient()
    screen = registration(qtbot, window)
    type_into(qtbot, screen, family_name="Okafor", given_name="Rosalind")
    screen.likely._pause.stop()
    screen.likely._ask()
    settle(qtbot, window._background)
    assert screen.likely.likely == ()
    assert screen.likely.words.text() == ""


def test_that_saving_asks_and_each_line_says_whose_answer_it_is(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    add_patient(phone="555-0142")
    screen = registration(qtbot, window)
    type_into(
        qtbot, screen, family_name="Okafer", given_name="Rosalind", birth_date="14 mar 1981", email="ro@example.org"
    )
    save(qtbot, screen)
    question = screen.question
    assert question is not None
    assert names(practice) == ["Okafor, Rosalind"]
    spoken = [text.accessibleName() for text in question.findChildren(Text) if text.isVisible()]
    for line in (
        "Family name, TYPED: Okafer. ≠ different",
        "Family name, 000 001: Okafor. ≠ different",
        "Given name, 000 001: Rosalind. the same",
        "Phone, TYPED: nothing. only in 000 001",
        "E-mail, TYPED: ro@example.org. only typed now",
    ):
        assert line in spoken
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "likely 1"
    key(qtbot, Qt.Key.Key_Escape)
    assert screen.question is None
    assert screen.editor.form.draft()["family_name"] == "Okafer"
    assert screen.isVisible(), "Esc goes back one step only"


def test_that_somebody_else_is_registered_after_a_person_looked(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    add_patient(given_name="Grace")
    screen = registration(qtbot, window)
    type_into(qtbot, screen, family_name="Okafor", given_name="Rosalind", birth_date="14 mar 1981")
    save(qtbot, screen)
    assert screen.question is not None
    assert "But: another given name: a twin?" in words(screen.question)
    press(qtbot, screen.question, "somebody_else")
    settle(qtbot, window._background)
    assert names(practice) == ["Okafor, Grace", "Okafor, Rosalind"]
    assert window.file.header is not None
    assert window.file.header.full_name == "Rosalind Okafor"


def test_that_the_arrows_choose_who_is_shown_beside_what_was_typed(
    qtbot: QtBot, window: MainWindow, add_patient: Callable[..., int]
) -> None:
    for given in ("Rosalind", "Grace"):
        add_patient(given_name=given)
    screen = registration(qtbot, window)
    type_into(qtbot, screen, family_name="Okafor", given_name="Rosalind", birth_date="14 mar 1981")
    save(qtbot, screen)
    question = screen.question
    assert question is not None
    assert "What you typed, and record 000 001, Rosalind Okafor" in words(question)
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        key(qtbot, pressed)
    assert "What you typed, and record 000 002, Grace Okafor" in words(question)


def test_that_who_is_recognised_is_opened_and_what_was_typed_comes_along_unsaved(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    latex = {"substance": "Latex", "reaction": None, "severity": Severity.MILD}
    patient_id = add_patient(phone="555-0142", allergies=(latex,))
    screen = registration(qtbot, window)
    type_into(
        qtbot, screen, family_name="Okafer", given_name="Rosalind", birth_date="14 mar 1981", email="ro@example.org"
    )
    press(qtbot, screen, "allergies")
    settle(qtbot, window._background)
    type_into(qtbot, screen, **{"allergies.substance": "Penicillin"})
    save(qtbot, screen)
    assert screen.question is not None
    key(qtbot, Qt.Key.Key_Return, CTRL)
    details = window.file.screen_of("details")
    assert isinstance(details, PatientDetailsScreen)
    qtbot.waitUntil(lambda: details.editor.form.is_dirty())
    settle(qtbot, window._background)
    assert window.file.header is not None
    assert window.file.header.id == patient_id
    typed = details.editor.form.draft()
    assert (typed["family_name"], typed["phone"], typed["email"]) == ("Okafor", "555-0142", "ro@example.org")
    assert [row["substance"] for row in typed["allergies"]] == ["Latex", "Penicillin"]
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert open_record(session, PATIENT_FORM, patient_id).values["email"] is None
        assert find_draft(session, DraftOf("patient", "new")) is None
        kept = find_draft(session, DraftOf("patient", str(patient_id)))
    assert kept is not None
    assert kept.typed["email"] == "ro@example.org"
    details.editor.save()
    settle(qtbot, window._background)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        stored: Any = open_record(session, PATIENT_FORM, patient_id).values
    assert [row["substance"] for row in stored["allergies"]] == ["Latex", "Penicillin"]
    assert names(practice) == ["Okafor, Rosalind"]
    again = registration(qtbot, window)
    assert again.editor.form.draft()["family_name"] == ""


def test_that_what_was_typed_comes_along_also_when_her_details_are_open_with_something_typed(
    qtbot: QtBot, window: MainWindow, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    window.go(Place("details", patient_id))
    settle(qtbot, window._background)
    details = window.file.screen_of("details")
    assert isinstance(details, PatientDetailsScreen)
    type_into(qtbot, details, phone="555-0199")
    screen = registration(qtbot, window)
    type_into(
        qtbot, screen, family_name="Okafor", given_name="Rosalind", birth_date="14 mar 1981", email="ro@example.org"
    )
    save(qtbot, screen)
    assert screen.question is not None
    press(qtbot, screen.question, "is_her")
    settle(qtbot, window._background)
    typed = details.editor.form.draft()
    assert (typed["phone"], typed["email"]) == ("555-0199", "ro@example.org")


def test_that_nobody_like_her_means_no_question(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    add_patient(family_name="Ibarra", given_name="Carmen")
    screen = registration(qtbot, window)
    type_into(qtbot, screen, family_name="Okafor", given_name="Rosalind", birth_date="14 mar 1981")
    save(qtbot, screen)
    settle(qtbot, window._background)
    assert screen.question is None
    assert names(practice) == ["Ibarra, Carmen", "Okafor, Rosalind"]
