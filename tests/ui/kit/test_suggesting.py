"""What is suggested under a line of text, and that typing stays free."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.palette_rows import Result
from desktop.ui.kit.suggesting import Suggesting, suggest_texts

KEY = Qt.Key
NAMES = ("Allergan", "Arion", "Mentor", "<b>Même</b> & co")


def ask(text: str) -> Sequence[Result]:
    return [Result(name, name) for name in NAMES if text and text.casefold() in name.casefold()]


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    """A page that can be scrolled, with two lines at its top."""
    made = QScrollArea()
    qtbot.addWidget(made)
    page = QWidget()
    column = QVBoxLayout(page)
    for name in ("first", "second"):
        line = QLineEdit()
        line.setObjectName(name)
        column.addWidget(line)
    column.addSpacing(2_000)
    made.setWidget(page)
    made.setWidgetResizable(True)
    made.resize(400, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def line(area: QScrollArea) -> QLineEdit:
    found = area.findChild(QLineEdit, "first")
    assert isinstance(found, QLineEdit)
    found.setFocus()
    return found


def test_that_free_text_is_kept_until_something_is_chosen(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    qtbot.keyClicks(line, "a")
    assert [each.title for each in suggesting.shown()] == ["Allergan", "Arion"]
    qtbot.keyClick(line, KEY.Key_Return)
    assert line.text() == "a"
    qtbot.keyClick(line, KEY.Key_Down)
    qtbot.keyClick(line, KEY.Key_Down)
    with qtbot.waitSignal(line.textEdited):
        qtbot.keyClick(line, KEY.Key_Return)
    assert line.text() == "Arion"
    assert not suggesting.is_open()


def test_that_up_from_the_first_row_is_back_in_the_line(qtbot: QtBot, line: QLineEdit) -> None:
    suggest_texts(line, ask)
    qtbot.keyClicks(line, "a")
    for key in (KEY.Key_Down, KEY.Key_Up, KEY.Key_Return):
        qtbot.keyClick(line, key)
    assert line.text() == "a"


def test_that_a_line_only_for_picking_takes_the_first_on_enter(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = Suggesting(line, ask, is_picking=True)
    qtbot.keyClicks(line, "m")
    with qtbot.waitSignal(suggesting.chosen) as chosen:
        qtbot.keyClick(line, KEY.Key_Return)
    assert chosen.args == ["Mentor"]


def test_that_esc_and_leaving_and_nothing_found_close_the_list(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    qtbot.keyClicks(line, "a")
    qtbot.keyClick(line, KEY.Key_Escape)
    assert not suggesting.is_open()
    assert line.text() == "a"
    qtbot.keyClick(line, KEY.Key_Down)
    assert suggesting.is_open()
    qtbot.keyClicks(line, "zz")
    assert not suggesting.is_open()
    qtbot.keyClick(line, KEY.Key_Backspace)
    qtbot.keyClick(line, KEY.Key_Backspace)
    assert suggesting.is_open()
    qtbot.keyClick(line, KEY.Key_Tab)
    assert not suggesting.is_open()


def test_that_the_mouse_chooses_too_and_the_keyboard_stays_in_the_line(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    qtbot.keyClicks(line, "m")
    rows = suggesting._list
    assert rows is not None
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(1)).center())
    assert line.text() == NAMES[-1]
    assert line.hasFocus()


def test_that_the_list_stays_with_its_line_and_goes_with_it_out_of_sight(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    qtbot.keyClicks(line, "a")
    area = line.window()
    assert isinstance(area, QScrollArea)
    rows = suggesting._list
    assert rows is not None
    top = rows.y()
    area.verticalScrollBar().setValue(5)
    assert rows.y() == top - 5
    area.verticalScrollBar().setValue(500)
    assert not suggesting.is_open()


def test_that_a_line_that_is_only_read_suggests_nothing(line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    line.setReadOnly(True)
    line.textEdited.emit("a")
    assert not suggesting.is_open()


def test_that_the_list_ends_with_its_window(qtbot: QtBot, line: QLineEdit) -> None:
    suggesting = suggest_texts(line, ask)
    qtbot.keyClicks(line, "a")
    line.window().resize(500, 400)
    assert not suggesting.is_open()
    with qtbot.waitSignal(line.destroyed):
        line.deleteLater()
