"""Everything around a screen is reached by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.shell import Rail, RailEntry, TabRow, TopBar

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTRIES = [RailEntry("today", "Today", "today"), RailEntry("devices", "Devices & recalls", "devices")]


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for each in widgets:
        row.addWidget(each)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    made = Rail("Harbour Plastic Surgery", ENTRIES, "Dr. A. Marchetti · Surgeon")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_that_the_rail_is_walked_with_arrows_and_enter_goes(rail: Rail, qtbot: QtBot) -> None:
    rail.select("today")
    rail.entry("today").setFocus()
    qtbot.keyClick(rail.entry("today"), Qt.Key.Key_Down)
    assert rail.entry("devices").hasFocus()
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(rail.entry("devices"), Qt.Key.Key_Return)
    assert told.args == ["devices"]
    assert rail.selected() == "devices"


def test_that_arrows_go_round(rail: Rail, qtbot: QtBot) -> None:
    rail.entry("today").setFocus()
    qtbot.keyClick(rail.entry("today"), Qt.Key.Key_Up)
    assert rail.lock.hasFocus()


def test_that_ctrl_l_locks_from_anywhere(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.lock_asked):
        qtbot.keyClick(rail.window(), Qt.Key.Key_L, CONTROL)


def test_that_settings_can_be_asked_for(rail: Rail, qtbot: QtBot) -> None:
    rail.settings.setFocus()
    with qtbot.waitSignal(rail.settings_asked):
        qtbot.keyClick(rail.settings, Qt.Key.Key_Return)


def test_that_the_selected_place_stays_selected_when_chosen_again(rail: Rail, qtbot: QtBot) -> None:
    rail.select("today")
    qtbot.mouseClick(rail.entry("today"), Qt.MouseButton.LeftButton)
    assert rail.selected() == "today"
    rail.select("a screen without an entry")
    assert rail.selected() is None


def test_that_every_place_has_a_name(rail: Rail) -> None:
    assert rail.entry("devices").accessibleName() == "Devices & recalls"
    assert rail.lock.accessibleName() == "Lock"


def test_that_ctrl_k_asks_for_the_palette(qtbot: QtBot) -> None:
    bar = TopBar()
    window = shown(qtbot, bar)
    with qtbot.waitSignal(bar.search_asked) as told:
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert told.args == [""]


def test_that_a_letter_typed_on_the_search_box_goes_along(qtbot: QtBot) -> None:
    bar = TopBar()
    _window = shown(qtbot, bar)
    bar.search.setFocus()
    with qtbot.waitSignal(bar.search_asked) as told:
        qtbot.keyClicks(bar.search, "o")
    assert told.args == ["o"]


def test_that_space_opens_an_empty_search(qtbot: QtBot) -> None:
    bar = TopBar()
    _window = shown(qtbot, bar)
    bar.search.setFocus()
    with qtbot.waitSignal(bar.search_asked) as told:
        qtbot.keyClick(bar.search, Qt.Key.Key_Space)
    assert told.args == [""]


def test_that_tabs_are_walked_and_jumped_to(qtbot: QtBot) -> None:
    tabs = TabRow([("overview", "Overview"), ("prior", "Prior surgery & implants"), ("plan", "Revision plan")])
    window, chosen = shown(qtbot, tabs), list[str]()
    tabs.chosen.connect(chosen.append)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert chosen == ["prior", "plan", "prior"]
    tabs.select("overview")
    assert tabs.selected() == "overview"


def test_that_choosing_a_tab_moves_no_other(qtbot: QtBot) -> None:
    tabs = TabRow([("a", "Overview"), ("b", "Prior surgery & implants"), ("c", "Documents")])
    _window = shown(qtbot, tabs)
    before = [tabs.tabRect(at).width() for at in range(3)]
    tabs.select("b")
    assert [tabs.tabRect(at).width() for at in range(3)] == before
