"""A finished page is seen, printed, saved or left again, and a refusal is said where it happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.ui.kit import print_view
from desktop.ui.kit.print_view import PrintView


@pytest.fixture
def page(qapp: QApplication) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(100, 100, "One page")
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def view(qtbot: QtBot, page: bytes) -> PrintView:
    made = PrintView("Revision plan", "Back to the plan")
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_pdf(page)
    return made


def test_that_the_page_is_shown_with_the_printer_at_hand(view: PrintView) -> None:
    assert view.preview.page_count() == 1
    assert view.print_button.hasFocus()
    assert view.back_button.accessibleName() == "Back to the plan"


def test_that_escape_and_the_button_lead_back(view: PrintView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view.print_button, Qt.Key.Key_Escape)
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view.back_button, Qt.Key.Key_Space)


def test_that_what_was_shown_is_what_is_printed_and_saved(
    view: PrintView, page: bytes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(print_view, "print_pdf", lambda data, parent, title: asked.append((data, title)) or True)
    monkeypatch.setattr(
        print_view, "save_pdf", lambda data, name, parent: asked.append((data, name)) or tmp_path / name
    )
    qtbot.keyClick(view.print_button, Qt.Key.Key_Space)
    assert view.messages.words.text() == "Handed to the printer"
    qtbot.keyClick(view.save_button, Qt.Key.Key_Space)
    assert asked == [(page, "Revision plan"), (page, "Revision plan.pdf")]
    assert view.messages.words.text() == "Saved as Revision plan.pdf"


def test_that_a_refusal_is_said_below_the_page(view: PrintView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_named: Any) -> bool:
        raise UserError("Nothing was printed: the printer did not answer.")

    monkeypatch.setattr(print_view, "print_pdf", refuse)
    monkeypatch.setattr(print_view, "save_pdf", refuse)
    for each in (view.print_button, view.save_button):
        view.messages.clear()
        qtbot.keyClick(each, Qt.Key.Key_Space)
        assert "did not answer" in view.messages.words.text()
