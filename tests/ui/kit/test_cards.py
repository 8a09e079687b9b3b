"""Facts stand with their words; sides are always named."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from pytestqt.qtbot import QtBot

from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState, FactPair, Pill, Side, SideHeading, SunkenBox
from desktop.ui.kit.text import Text


@pytest.mark.parametrize("sunken", [True, False])
@pytest.mark.parametrize(("side", "word"), [("right", "RIGHT"), ("left", "LEFT")])
def test_that_a_side_is_always_a_word(qtbot: QtBot, side: Side, word: str, sunken: bool) -> None:
    heading = SideHeading(side, "operation of 12 May 2014", sunken=sunken)
    qtbot.addWidget(heading)
    assert heading.words.text() == f"{word} · operation of 12 May 2014"


def test_that_a_side_on_a_sunken_ground_is_written_in_plain_ink(qtbot: QtBot) -> None:
    heading = SideHeading("left", sunken=True)
    qtbot.addWidget(heading)
    assert heading.words.property("tone") == "plain"


def test_that_a_fact_is_spoken_with_its_caption(qtbot: QtBot) -> None:
    fact = FactPair("Back to routine", "7 days (surgeon set)")
    qtbot.addWidget(fact)
    assert fact.accessibleName() == "Back to routine: 7 days (surgeon set)"
    assert fact.caption.text() == "BACK TO ROUTINE"


def test_that_a_card_holds_widgets_and_rows(qtbot: QtBot) -> None:
    card, row = Card("In place today", Pill("Ready to sign", "accent")), QHBoxLayout()
    qtbot.addWidget(card)
    inside = Text("in a row")
    row.addWidget(inside)
    card.add(row)
    card.add(Text("below"))
    card.show()
    assert card.accessibleName() == "In place today"
    assert inside.isVisible()


def test_that_wrapped_facts_in_a_sunken_box_are_not_cut(qtbot: QtBot) -> None:
    box = SunkenBox()
    qtbot.addWidget(box)
    long = Text("Silicone · smooth round · subglandular · 12 May 2014 (12 y)", "muted", wrap=True)
    box.add(SideHeading("right", sunken=True))
    box.add(long)
    box.resize(180, box.heightForWidth(180))
    box.show()
    assert long.height() >= long.heightForWidth(long.width())


def test_that_an_empty_screen_offers_the_action_that_fills_it(qtbot: QtBot) -> None:
    add = button("Register a patient")
    empty = EmptyState("No patients yet.", add)
    qtbot.addWidget(empty)
    empty.show()
    add.setFocus()
    with qtbot.waitSignal(add.clicked):
        qtbot.keyClick(add, Qt.Key.Key_Space)
    assert empty.words.text() == "No patients yet."
