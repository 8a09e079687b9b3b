from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.pick_row import PickRow, WalkedList


@pytest.fixture
def rows(qtbot: QtBot) -> Iterator[list[PickRow]]:
    walked = WalkedList()
    inner = QWidget()
    nested = QVBoxLayout(inner)
    made = [PickRow(f"row {number}") for number in range(6)]
    for row in made:
        row.setFixedHeight(60)
    for row in made[:2]:
        walked.add(row)
    for row in made[2:]:
        nested.addWidget(row)
    walked.add(inner)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(walked)
    area.resize(200, 130)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitActive(area)
    yield made
    area.hide()


def test_that_the_arrows_walk_through_nested_rows_and_stop_at_the_ends(qtbot: QtBot, rows: list[PickRow]) -> None:
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Up)
    assert rows[0].hasFocus()
    for before, after in pairwise(rows):
        qtbot.keyClick(before, Qt.Key.Key_Down)
        assert after.hasFocus()
    qtbot.keyClick(rows[-1], Qt.Key.Key_Down)
    assert rows[-1].hasFocus()


def test_that_the_row_with_the_focus_is_brought_into_view(qtbot: QtBot, rows: list[PickRow]) -> None:
    rows[0].setFocus()
    assert rows[-1].visibleRegion().isEmpty()
    rows[-1].setFocus()
    assert not rows[-1].visibleRegion().isEmpty()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_a_row_is_opened_by_a_key(qtbot: QtBot, rows: list[PickRow], key: Qt.Key) -> None:
    with qtbot.waitSignal(rows[1].opened):
        qtbot.keyClick(rows[1], key)


def test_that_a_row_is_opened_by_a_click_and_shows_that_it_is_picked(qtbot: QtBot, rows: list[PickRow]) -> None:
    with qtbot.waitSignal(rows[0].opened):
        qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    before = rows[0].grab().toImage()
    rows[0].set_picked(True)
    assert rows[0].is_picked()
    assert rows[0].grab().toImage() != before


def test_that_a_row_outside_a_list_stays_where_it_is(qtbot: QtBot) -> None:
    row = PickRow("alone")
    qtbot.addWidget(row)
    row.show()
    row.focus_neighbour(is_next=True)
