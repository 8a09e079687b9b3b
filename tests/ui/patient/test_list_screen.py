"""Whoever is typed for is opened, and nobody else, however quick the fingers are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.patient.list_screen import PatientListScreen


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
