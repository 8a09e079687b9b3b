"""Words are shown as they are, whatever is in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.kit.text import Text


def test_that_markup_stays_text(qtbot: QtBot) -> None:
    label = Text("<b>Bobby</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == label.shown() == "<b>Bobby</b>"


def test_that_shortened_words_are_kept_whole_for_screen_readers(qtbot: QtBot) -> None:
    label = Text("Rosalind " * 40, "title", elide=True)
    qtbot.addWidget(label)
    label.resize(120, 30)
    label.show()
    assert label.shown().endswith("…")
    assert label.text() == label.accessibleName() == "Rosalind " * 40


def test_that_shortened_words_come_back_when_there_is_room(qtbot: QtBot) -> None:
    label = Text("Rosalind Okafor", elide=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(30, 30)
    assert label.shown() != "Rosalind Okafor"
    label.resize(400, 30)
    assert label.shown() == "Rosalind Okafor"


def test_that_a_shortened_label_keeps_to_one_line(qtbot: QtBot) -> None:
    label = Text("first\nsecond", elide=True)
    qtbot.addWidget(label)
    label.resize(400, 30)
    label.show()
    assert label.shown() == "first second"


def test_that_a_tone_can_change(qtbot: QtBot) -> None:
    label = Text("late", tone="danger")
    qtbot.addWidget(label)
    label.set_tone(None)
    assert label.property("tone") == ""
