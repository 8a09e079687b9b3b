"""What happened is told in order and opened by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.text import Text

ENTRIES = [
    HistoryEntry("4 Dec 2026", "Revision scheduled", "Theatre 2 · 08:30", "accent", key="case-1"),
    HistoryEntry("3 Feb 2020", "Childbirth", "Breast volume change noted", filled=False),
    HistoryEntry("12 May 2014", "Augmentation, both sides", tone="right", key="operation-1"),
]


def rows(history: HistoryList) -> list[QWidget]:
    return [each for each in history.findChildren(QWidget) if each.accessibleName().count(". ")]


def test_that_entries_are_opened_by_keyboard_and_the_others_are_passed_over(qtbot: QtBot) -> None:
    history = HistoryList(ENTRIES)
    qtbot.addWidget(history)
    history.show()
    history.activateWindow()
    qtbot.waitUntil(history.isActiveWindow)
    first, _told, last = rows(history)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert last.hasFocus()
    with qtbot.waitSignal(history.opened) as opened:
        qtbot.keyClick(last, Qt.Key.Key_Return)
    assert opened.args == ["operation-1"]


def test_that_an_entry_is_opened_by_a_click(qtbot: QtBot) -> None:
    history = HistoryList(ENTRIES)
    qtbot.addWidget(history)
    history.show()
    with qtbot.waitSignal(history.opened) as opened:
        qtbot.mouseClick(rows(history)[0], Qt.MouseButton.LeftButton)
    assert opened.args == ["case-1"]


def test_that_each_entry_is_spoken_whole(qtbot: QtBot) -> None:
    history = HistoryList(ENTRIES)
    qtbot.addWidget(history)
    assert rows(history)[0].accessibleName() == "4 Dec 2026. Revision scheduled. Theatre 2 · 08:30"


def test_that_an_empty_history_says_so(qtbot: QtBot) -> None:
    history = HistoryList(ENTRIES)
    qtbot.addWidget(history)
    history.show()
    history.set_entries([])
    shown = Text.isVisible
    qtbot.waitUntil(lambda: any(map(shown, history.findChildren(Text))))
    assert [each.text() for each in history.findChildren(Text) if each.isVisible()] == ["Nothing recorded yet."]


def test_that_the_next_history_is_told_in_the_same_rows(qtbot: QtBot) -> None:
    history = HistoryList(ENTRIES)
    qtbot.addWidget(history)
    history.show()
    before = rows(history)
    history.set_entries(
        [HistoryEntry("2019", "Exchange", key="operation-7"), HistoryEntry("2011", "Augmentation", "elsewhere")]
    )
    assert [each.accessibleName() for each in before[:2]] == ["2019. Exchange", "2011. Augmentation. elsewhere"]
    shown = [each for each in rows(history) if each.isVisible()]
    assert shown == before[:2]
    words = [[each.text() for each in row.findChildren(Text) if each.isVisible()] for row in shown]
    assert words == [["2019", "Exchange"], ["2011", "Augmentation", "elsewhere"]]
    assert [row.focusPolicy() for row in shown] == [Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus]
    with qtbot.waitSignal(history.opened) as opened:
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert opened.args == ["operation-7"]
