"""Who a screen is about is never pushed away by what else is said."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.page_heading import PageHeading


def test_that_alerts_take_a_second_line_before_the_facts_are_cut(qtbot: QtBot) -> None:
    facts = "Born 14 Mar 1981 · 45 y · Record 004 217 · 555-0142 · Prefers English"
    heading = PageHeading("Rosalind Okafor", facts, "RO")
    qtbot.addWidget(heading)
    heading.set_pills([Pill(f"Substance {n} — anaphylaxis", "danger") for n in range(4)])
    heading.add_action(button("Print handout", primary=True))
    heading.resize(1000, heading.heightForWidth(1000))
    heading.show()
    assert heading.title.shown() == "Rosalind Okafor"
    assert heading.facts.height() >= heading.facts.heightForWidth(heading.facts.width())
    assert all(heading.pills.rect().contains(pill.geometry()) for pill in heading.pills.findChildren(Pill))


def test_that_a_long_name_is_shortened_and_kept_whole_for_screen_readers(qtbot: QtBot) -> None:
    heading = PageHeading("Ana " * 75)
    qtbot.addWidget(heading)
    heading.resize(700, 60)
    heading.show()
    assert heading.title.shown().endswith("…")
    assert heading.title.accessibleName() == "Ana " * 75


def test_that_words_and_pills_can_be_replaced(qtbot: QtBot) -> None:
    heading = PageHeading("Today")
    qtbot.addWidget(heading)
    heading.set_pills([Pill("one")])
    heading.set_pills([])
    heading.set_words("Sunday 22 November", "9 visits")
    assert (heading.title.text(), heading.facts.text()) == ("Sunday 22 November", "9 visits")
    assert heading.pills.sizeHint().width() == 0
