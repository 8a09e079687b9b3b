"""The help is there for every place, whole, and leads nowhere that is not there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.paths import resource
from desktop.ui.help.pages import PAGES, HelpPage, help_pages
from desktop.ui.help.screen import HelpScreen
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import HELP, MainWindow
from desktop.ui.operation.screen import HistoryScreen


@pytest.fixture
def screen(qtbot: QtBot, background: Background) -> HelpScreen:
    made = HelpScreen(background)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_every_file_of_the_help_is_listed_once() -> None:
    files = {file.stem for file in resource("help", "en").glob("*.md")}
    assert files == set(PAGES)
    assert len(PAGES) == len(set(PAGES))


@pytest.mark.parametrize("page", help_pages(), ids=lambda page: page.key)
def test_that_a_page_has_one_heading_and_words_and_leads_to_pages_that_are_there(page: object) -> None:
    text = str(getattr(page, "text", ""))
    assert len(re.findall(r"^# \S", text, re.MULTILINE)) == 1
    assert len(text.split()) > 60
    assert not re.search(r"<[a-z]", text), "plain Markdown, no HTML"
    for link in re.findall(r"\]\(([^)]*)\)", text):
        assert link.removesuffix(".md") in PAGES


def test_that_the_pages_are_walked_with_the_arrows(qtbot: QtBot, screen: HelpScreen) -> None:
    screen.show_page("finding")
    assert screen.list.currentItem().text() == "Find anyone"
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    shown = help_pages()[PAGES.index("finding") + 1].title
    assert screen.text.document().toPlainText().startswith(shown)
    assert screen.text.accessibleName() == shown


@pytest.mark.parametrize("page", help_pages(), ids=lambda page: page.key)
def test_that_a_table_is_shown_as_a_table(screen: HelpScreen, page: HelpPage) -> None:
    screen.show_page(page.key)
    assert "|" not in screen.text.document().toPlainText()


def test_that_a_link_leads_to_its_page(screen: HelpScreen) -> None:
    screen.show_page("start")
    screen.text.anchorClicked.emit(QUrl("scanning.md"))
    assert screen.text.document().toPlainText().startswith("Scan or paste a label")


def test_that_f1_opens_the_page_about_the_place_and_escape_comes_back(
    qtbot: QtBot, background: Background, add_patient: Callable[..., int]
) -> None:
    window = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.go(Place("history", add_patient()))
    qtbot.waitUntil(lambda: background.is_idle() and window.file.header is not None)
    _press(window, "F1")
    helped = window.screen_of("help")
    assert isinstance(helped, HelpScreen)
    assert helped.list.currentRow() == PAGES.index(HELP["history"])
    _press(window, "Esc")
    qtbot.waitUntil(background.is_idle)
    assert window.place().name == "history"


def test_that_the_keyboard_comes_back_from_the_help_to_where_it_was(
    qtbot: QtBot, background: Background, add_patient: Callable[..., int]
) -> None:
    window = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("details", add_patient()))
    qtbot.waitUntil(lambda: background.is_idle() and window.file.header is not None)
    name = window.file.screen_of("details").findChildren(QLineEdit)[0]
    name.setFocus()
    _press(window, "F1")
    assert QApplication.focusWidget() is not name
    _press(window, "Esc")
    qtbot.waitUntil(background.is_idle)
    assert QApplication.focusWidget() is name


def test_that_f1_on_the_page_of_labels_tells_of_scanning(
    qtbot: QtBot, background: Background, add_patient: Callable[..., int]
) -> None:
    window = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(window)
    window.show()
    window.go(Place("history", add_patient()))
    qtbot.waitUntil(lambda: background.is_idle() and window.file.header is not None)
    history = window.file.screen_of("history")
    assert isinstance(history, HistoryScreen)
    history.scan("", "history")
    qtbot.waitUntil(lambda: background.is_idle() and history.scanning.is_shown())
    _press(window, "F1")
    helped = window.screen_of("help")
    assert isinstance(helped, HelpScreen)
    assert helped.list.currentItem().text() == "Scan or paste a label"


def test_that_every_place_that_names_a_page_names_one_that_is_there() -> None:
    assert set(HELP.values()) <= set(PAGES)


def _press(window: MainWindow, keys: str) -> None:
    wanted = QKeySequence(keys)
    next(each for each in window.findChildren(QShortcut) if each.key() == wanted).activated.emit()
