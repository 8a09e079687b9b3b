"""Whoever is typed for is opened, and nobody else, however quick the fingers are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from desktop.services.search import LIST_PAGE
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.patient.list_screen import COLUMNS, PatientListScreen


@pytest.fixture
def screen(qtbot: QtBot, background: Background, add_patient: Callable[..., int]) -> PatientListScreen:
    for family_name in ("Beaumont", "Haddad", "Okafor"):
        add_patient(family_name=family_name)
    made = PatientListScreen(background)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, screen: PatientListScreen) -> None:
    qtbot.waitUntil(lambda: screen.background.is_idle() and screen.model.is_answered())


def chosen(screen: PatientListScreen) -> str:
    return str(screen.model.row(screen.table.currentIndex().row()).list_name)


def test_that_enter_right_after_typing_opens_who_was_typed_for(qtbot: QtBot, screen: PatientListScreen) -> None:
    assert chosen(screen) == "Beaumont, Rosalind"
    went: list[Place] = []
    screen.went.connect(went.append)
    qtbot.keyClicks(screen.search, "okaf")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert went == []
    settle(qtbot, screen)
    assert [place.patient_id for place in went] == [screen.model.row(0).id]
    assert chosen(screen) == "Okafor, Rosalind"


def test_that_an_early_enter_for_nobody_opens_nobody(qtbot: QtBot, screen: PatientListScreen) -> None:
    went: list[Place] = []
    screen.went.connect(went.append)
    qtbot.keyClicks(screen.search, "nobody")
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    settle(qtbot, screen)
    assert went == []


def test_that_whoever_is_chosen_stays_chosen_when_the_list_is_read_again(
    qtbot: QtBot, screen: PatientListScreen, add_patient: Callable[..., int]
) -> None:
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    assert chosen(screen) == "Haddad, Rosalind"
    add_patient(family_name="Abel")
    screen.refresh()
    settle(qtbot, screen)
    assert chosen(screen) == "Haddad, Rosalind"


def test_that_why_somebody_was_found_is_said_where_the_name_does_not_show_it(
    qtbot: QtBot, screen: PatientListScreen, add_patient: Callable[..., int]
) -> None:
    add_patient(family_name="Zanetti", former_name="Okonjo")
    column = [column.title for column in COLUMNS].index("Found by")
    for text, said in (("", []), ("okaf", []), ("okon", ["former name Okonjo"]), ("ok", ["", "former name Okonjo"])):
        screen.search.setText(text)
        settle(qtbot, screen)
        assert screen.table.isColumnHidden(column) is not bool(said)
        if said:
            assert [COLUMNS[column].show(screen.model.row(at)) for at in range(screen.model.rowCount())] == said


def test_that_a_list_of_answers_ends_and_begins_nowhere_again(
    qtbot: QtBot, screen: PatientListScreen, add_patient: Callable[..., int]
) -> None:
    for number in range(LIST_PAGE + 20):
        add_patient(family_name=f"Number {number}", phone="555-0142")
    screen.search.setText("0142")
    settle(qtbot, screen)
    while screen.model.canFetchMore(QModelIndex()):
        screen.model.fetchMore(QModelIndex())
        settle(qtbot, screen)
    shown = [screen.model.row(at).id for at in range(screen.model.rowCount())]
    assert len(shown) == len(set(shown)) == LIST_PAGE
