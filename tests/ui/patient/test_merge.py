"""Two records are merged and taken apart again by keyboard, with both in sight and named on every line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Role, Severity
from desktop.opening import OpenPractice
from desktop.services.merge_undo import list_merges
from desktop.services.patient import save_patient
from desktop.services.record import open_record
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.main_window import MainWindow
from desktop.ui.patient.details_screen import PatientDetailsScreen
from desktop.ui.patient.merge_page import MergePage
from desktop.ui.patient.undo_merge_page import UndoMergePage
from tests.ui.hands import settle

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, background: Background) -> MainWindow:
    return shown(qtbot, background)


@pytest.fixture
def two(add_patient: Callable[..., int]) -> tuple[int, int]:
    kept = add_patient(phone="555-0142", no_known_allergies=True)
    latex = {"substance": "Latex", "reaction": None, "severity": Severity.MILD}
    return kept, add_patient(family_name="Okafer", email="ro@example.org", allergies=(latex,))


def shown(qtbot: QtBot, background: Background) -> MainWindow:
    made = MainWindow(background, "Harbour")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def key(qtbot: QtBot, pressed: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, pressed)


def words(widget: QWidget) -> str:
    return "\n".join(text.text() for text in widget.findChildren(Text) if text.isVisible())


def press(qtbot: QtBot, inside: QWidget, name: str) -> None:
    found = next(each for each in inside.findChildren(QPushButton, name) if each.isVisible())
    found.setFocus()
    qtbot.keyClick(found, Key.Key_Space)


def page_of(window: MainWindow) -> MergePage:
    page = window.screen_of("merge")
    assert isinstance(page, MergePage)
    return page


def details_of(qtbot: QtBot, window: MainWindow, patient_id: int) -> PatientDetailsScreen:
    window.go(Place("details", patient_id))
    settle(qtbot, window._background)
    details = window.file.screen_of("details")
    assert isinstance(details, PatientDetailsScreen)
    return details


def compared(qtbot: QtBot, window: MainWindow, two: tuple[int, int]) -> MergePage:
    """From the details of the record that stays: the other one is offered first, Enter chooses it."""
    press(qtbot, details_of(qtbot, window, two[0]), "same_person")
    settle(qtbot, window._background)
    key(qtbot, Key.Key_Return)
    settle(qtbot, window._background)
    page = page_of(window)
    assert page.view is not None
    return page


def decide(qtbot: QtBot, page: MergePage, **more: str) -> None:
    choices = {"family_name": "kept", "no_known_allergies": "0"} | more
    for name, which in choices.items():
        choice = page.findChild(QRadioButton, f"{name}.{which}")
        assert choice is not None
        choice.setFocus()
        qtbot.keyClick(choice, Key.Key_Space)


def confirm(qtbot: QtBot, page: MergePage, number: str) -> None:
    line = page.findChild(QLineEdit, "confirm_number")
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, number)


def merged(qtbot: QtBot, window: MainWindow, two: tuple[int, int]) -> None:
    page = compared(qtbot, window, two)
    decide(qtbot, page)
    confirm(qtbot, page, "2")
    assert page.view is not None
    confirm(qtbot, page, "000 002")
    key(qtbot, Key.Key_Return)
    settle(qtbot, window._background)


def test_that_who_is_much_like_her_is_offered_first_with_the_reasons(
    qtbot: QtBot, window: MainWindow, two: tuple[int, int]
) -> None:
    press(qtbot, details_of(qtbot, window, two[0]), "same_person")
    settle(qtbot, window._background)
    page = page_of(window)
    assert "Which other record is the same person's as record 000 001, Rosalind Okafor?" in words(page)
    row = page.picker.model.row(0)
    assert (row.id, row.why) == (two[1], "family name one letter different · same given name · same birth date")


def test_that_both_are_named_in_large_and_on_every_line(qtbot: QtBot, window: MainWindow, two: tuple[int, int]) -> None:
    page = compared(qtbot, window, two)
    assert page.view is not None
    said = words(page)
    for large in ("Rosalind Okafor", "Record 000 001", "Rosalind Okafer", "Record 000 002"):
        assert large in said
    pairs = page.view.pairs
    lines = [text.text() for text in pairs.findChildren(Text)]
    assert (
        lines.count("000 001")
        == lines.count("000 002")
        == sum(text.endswith(("choose one", "same", "stays", "over", "stand")) for text in lines)
    )
    spoken = page.findChild(QRadioButton, "family_name.other")
    assert spoken is not None
    assert spoken.accessibleName() == "Family name, 000 002: Okafer. ≠ different: choose one"


def test_that_merging_stays_out_of_reach_until_everything_is_decided_and_the_number_typed(
    qtbot: QtBot, window: MainWindow, two: tuple[int, int]
) -> None:
    page = compared(qtbot, window, two)
    assert page.view is not None
    button = page.view.merge_button
    assert "2 things are still to be decided above." in words(page)
    confirm(qtbot, page, "000 002")
    assert not button.isEnabled()
    decide(qtbot, page)
    assert button.isEnabled()
    confirm(qtbot, page, "000 001")
    assert not button.isEnabled()


def test_that_two_records_are_merged_and_taken_apart_again_by_keyboard(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, two: tuple[int, int]
) -> None:
    merged(qtbot, window, two)
    details = window.file.screen_of("details")
    assert isinstance(details, PatientDetailsScreen)
    settle(qtbot, window._background)
    assert details.editor.form.draft()["email"] == "ro@example.org"
    assert "Record 000 002 · Rosalind Okafer" in words(details.merged)
    window.go(Place("overview", two[1]))
    settle(qtbot, window._background)
    assert window.file.header is not None
    assert window.file.header.id == two[0]
    assert window.file.led_here.text() == (
        "Record 000 002 (Rosalind Okafer) was merged into this one by Dr. A. Marchetti on 23 Nov 2026."
    )
    details = details_of(qtbot, window, two[0])
    assert not window.file.led_here.isVisible()
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        (line,) = list_merges(session, two[0])
    press(qtbot, details, f"undo {line.id}")
    settle(qtbot, window._background)
    page = window.screen_of("undo_merge")
    assert isinstance(page, UndoMergePage)
    assert "This record comes back" in words(page)
    key(qtbot, Key.Key_Space)
    settle(qtbot, window._background)
    settle(qtbot, window._background)
    assert details.editor.form.draft()["email"] == ""
    assert "No other record was merged into this one." in words(details.merged)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert list_merges(session, two[0]) == ()


def test_that_the_other_one_can_stay_instead(qtbot: QtBot, window: MainWindow, two: tuple[int, int]) -> None:
    page = compared(qtbot, window, two)
    press(qtbot, page, "swap")
    settle(qtbot, window._background)
    assert page.view is not None
    assert (page.view.preview.kept.id, page.view.preview.merged.id) == (two[1], two[0])


def test_that_a_record_changed_meanwhile_is_told_and_both_are_shown_anew(
    qtbot: QtBot, window: MainWindow, practice: OpenPractice, two: tuple[int, int]
) -> None:
    page = compared(qtbot, window, two)
    with practice.database.unit_of_work(practice.actor) as session:
        opened = open_record(session, PATIENT_FORM, two[1])
        save_patient(session, opened, dict(opened.values) | {"address": "12 Quay Street"})
    decide(qtbot, page)
    confirm(qtbot, page, "000 002")
    key(qtbot, Key.Key_Return)
    settle(qtbot, window._background)
    settle(qtbot, window._background)
    assert "Look at both again." in page.messages.words.text()
    assert page.view is not None
    assert "12 Quay Street" in words(page)


def test_that_esc_goes_back_a_step_at_a_time(qtbot: QtBot, window: MainWindow, two: tuple[int, int]) -> None:
    page = compared(qtbot, window, two)
    key(qtbot, Key.Key_Escape)
    settle(qtbot, window._background)
    assert page.view is None
    assert page.picker.isVisible()
    key(qtbot, Key.Key_Escape)
    settle(qtbot, window._background)
    assert window.place() == Place("details", two[0])


def test_that_without_a_patient_both_records_are_asked_for(
    qtbot: QtBot, window: MainWindow, two: tuple[int, int]
) -> None:
    window._on_chosen("do:merge", False)
    settle(qtbot, window._background)
    page = page_of(window)
    assert "Which record stays?" in words(page)
    qtbot.keyClicks(page.picker.line, "000002")
    settle(qtbot, window._background)
    key(qtbot, Key.Key_Return)
    settle(qtbot, window._background)
    assert "Which other record is the same person's as record 000 002, Rosalind Okafer?" in words(page)


def test_that_nobody_but_a_surgeon_is_offered_to_merge(
    qtbot: QtBot, as_role: Callable[..., Background], two: tuple[int, int]
) -> None:
    window = shown(qtbot, as_role(Role.NURSE))
    details = details_of(qtbot, window, two[0])
    assert not any(each.isVisible() for each in details.findChildren(QPushButton, "same_person"))
    assert not details.merged.isVisible()
    window.go(Place("merge"))
    settle(qtbot, window._background)
    assert "Two records are merged by a surgeon of the practice." in words(page_of(window))
    assert not page_of(window).picker.isVisible()
