"""The list of cases to decide: walked by keyboard from case to case, narrowed, and narrowed again under a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.choices import Indication, Role, Side
from desktop.opening import OpenPractice
from desktop.rules.case_review import Waiting
from desktop.services.case_review import list_filters
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.review.screen import NOT_YOURS, NOTHING, NOTHING_LIKE_THIS, ReviewScreen
from desktop.ui.revision.screen import RevisionScreen
from tests.revision_story import add_augmentation, add_case, add_planned_patient, reason

AddPatient = Callable[..., int]
KEY = Qt.Key


@pytest.fixture
def two_cases(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int]:
    """The patients of a plan that is not signed and of a case without a plan."""
    planned, _case_id, _plan = add_planned_patient(practice, add_patient)
    unplanned = add_patient(family_name="Novak")
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, unplanned)
        add_case(session, unplanned, indications=(reason(Side.LEFT, Indication.INFECTION),))
    return planned, unplanned


def window_of(qtbot: QtBot, background: Background) -> MainWindow:
    made = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitActive(made)
    return made


def review(qtbot: QtBot, background: Background, window: MainWindow) -> ReviewScreen:
    window.go(Place("review"))
    qtbot.waitUntil(background.is_idle)
    screen = window.screen_of("review")
    assert isinstance(screen, ReviewScreen)
    return screen


def press(qtbot: QtBot, background: Background, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)
    qtbot.waitUntil(background.is_idle)


def test_that_enter_opens_a_case_and_f8_goes_on_to_the_next_and_back_to_the_list(
    qtbot: QtBot, background: Background, two_cases: tuple[int, int]
) -> None:
    window = window_of(qtbot, background)
    screen = review(qtbot, background, window)
    assert screen.count.text() == "2 cases"
    assert screen.table.hasFocus()
    press(qtbot, background, KEY.Key_Return)
    revision = window.file.screen_of("revision")
    assert isinstance(revision, RevisionScreen)
    qtbot.waitUntil(lambda: revision.case.file is not None)
    assert (window.place(), revision.case.parts.value()) == (Place("revision", two_cases[0]), "plan")
    assert window.review_bar.words.text() == "Case 1 of 2 to decide · Plan not signed"
    press(qtbot, background, KEY.Key_F8)
    qtbot.waitUntil(lambda: window.place() == Place("revision", two_cases[1]))
    assert "No plan yet" in window.review_bar.words.text()
    press(qtbot, background, KEY.Key_F8)
    assert window.place() == Place("review")
    assert not window.review_bar.isVisible()
    assert screen.table.hasFocus()


def test_that_the_bar_is_gone_as_soon_as_another_file_is_opened(
    qtbot: QtBot, background: Background, two_cases: tuple[int, int]
) -> None:
    window = window_of(qtbot, background)
    review(qtbot, background, window)
    press(qtbot, background, KEY.Key_Return)
    assert window.review_bar.isVisible()
    window.go(Place("overview", two_cases[1]))
    qtbot.waitUntil(background.is_idle)
    assert not window.review_bar.isVisible()


def test_that_a_filter_is_kept_under_a_name_chosen_again_and_forgotten(
    qtbot: QtBot, background: Background, practice: OpenPractice, two_cases: tuple[int, int]
) -> None:
    window = window_of(qtbot, background)
    screen = review(qtbot, background, window)
    row = screen.filter_row
    row.waiting.box.setFocus()
    for letter in "no plan":
        qtbot.keyClick(row.waiting.box, letter)
    qtbot.waitUntil(background.is_idle)
    assert row.wanted().waiting == (Waiting.NOT_PLANNED,)
    assert [line.patient_id for line in screen.lines()] == [two_cases[1]]
    row.keep_button.setFocus()
    press(qtbot, background, KEY.Key_Space)
    for letter in "Mine":
        qtbot.keyClick(row.name_line.name, letter)
    press(qtbot, background, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.chosen.box.currentText() == "Mine")
    press(qtbot, background, KEY.Key_Home)
    assert [len(screen.lines()), row.wanted().waiting] == [2, ()]
    press(qtbot, background, KEY.Key_End)
    assert [line.patient_id for line in screen.lines()] == [two_cases[1]]
    row.forget_button.setFocus()
    press(qtbot, background, KEY.Key_Space)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        assert list_filters(session) == ()


def test_that_an_empty_list_says_what_is_missing(qtbot: QtBot, background: Background, add_patient: AddPatient) -> None:
    window = window_of(qtbot, background)
    screen = review(qtbot, background, window)
    assert screen.nothing.words.text() == NOTHING
    screen.filter_row.tier.box.setFocus()
    press(qtbot, background, KEY.Key_Down)
    assert screen.nothing.words.text() == NOTHING_LIKE_THIS


def test_that_the_front_desk_is_not_led_to_the_cases(
    qtbot: QtBot, as_role: Callable[..., Background], two_cases: tuple[int, int]
) -> None:
    desk = as_role(Role.FRONT_DESK)
    window = window_of(qtbot, desk)
    assert "To decide" not in [each.accessibleName() for each in window.rail.findChildren(QWidget)]
    assert "do:review" not in [each.key for each in window._commands]
    assert review(qtbot, desk, window).nothing.words.text() == NOT_YOURS
