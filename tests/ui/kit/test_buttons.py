"""Buttons say what they do and how the keyboard reaches them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.buttons import Button, Segmented, button, icon_button

PLANES = [("sub", "Subglandular"), ("dual", "Dual plane"), ("muscle", "Submuscular")]


@pytest.fixture
def planes(qtbot: QtBot) -> Segmented:
    made = Segmented("Plane", PLANES)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_that_a_button_shows_its_shortcut_and_answers_to_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    save = button("Save", primary=True, shortcut="Ctrl+S")
    QVBoxLayout(window).addWidget(save)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(save.clicked):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Save" in save.text()
    assert save.shortcut().toString() in save.text()
    assert save.accessibleName() == "Save"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_enter_and_the_space_bar_press_the_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    made = button("Start a revision case")
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


def test_that_enter_chooses_no_answer(planes: Segmented, qtbot: QtBot) -> None:
    first = planes.findChildren(Button)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert planes.value() is None


def test_that_the_enter_key_has_one_name(qtbot: QtBot) -> None:
    made = button("Confirm all", shortcut="Ctrl+Shift+Return")
    qtbot.addWidget(made)
    assert made.text() == "Confirm all  (Ctrl+Shift+Enter)"


def test_that_an_ampersand_is_a_letter(qtbot: QtBot) -> None:
    made = button("Devices & recalls")
    qtbot.addWidget(made)
    assert made.text() == "Devices && recalls"
    assert made.shortcut().isEmpty()


def test_that_an_icon_button_has_a_name(qtbot: QtBot) -> None:
    made = icon_button("close", "Close this message")
    qtbot.addWidget(made)
    assert made.accessibleName() == made.toolTip() == "Close this message"


def test_that_nothing_is_chosen_until_somebody_chooses(planes: Segmented) -> None:
    assert planes.value() is None


def test_that_arrows_choose_and_stop_at_the_ends(planes: Segmented, qtbot: QtBot) -> None:
    planes.setFocus()
    chosen: list[object] = []
    planes.changed.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(planes.window().focusWidget(), key)
    assert chosen == ["sub", "dual", "muscle", "dual"]
    assert planes.value() == "dual"


def test_that_delete_takes_the_answer_back(planes: Segmented, qtbot: QtBot) -> None:
    planes.set_value("dual")
    planes.setFocus()
    with qtbot.waitSignal(planes.changed) as told:
        qtbot.keyClick(planes.window().focusWidget(), Qt.Key.Key_Delete)
    assert told.args == [None]
    assert planes.value() is None


def test_that_loading_a_value_is_not_announced(planes: Segmented, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(planes.changed):
        planes.set_value("muscle")
        planes.set_value("of another list")
    assert planes.value() is None


def test_that_a_row_of_choices_is_one_tab_stop(planes: Segmented) -> None:
    planes.set_value("dual")
    stops = [each for each in planes.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.accessibleName() for each in stops] == ["Plane: Dual plane"]


def test_that_a_click_chooses_and_a_second_click_keeps(planes: Segmented, qtbot: QtBot) -> None:
    first = planes.findChildren(QWidget)[0]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert planes.value() == "sub"
