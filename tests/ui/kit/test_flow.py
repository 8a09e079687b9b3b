"""Small things flow into the next line and are never cut off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.cards import Pill
from desktop.ui.kit.flow import FlowRow


def test_that_pills_break_into_lines_and_stay_inside(qtbot: QtBot) -> None:
    row = FlowRow(*(Pill(f"allergy number {n}", "danger") for n in range(9)))
    qtbot.addWidget(row)
    row.resize(300, row.heightForWidth(300))
    row.show()
    pills = row.findChildren(Pill)
    assert len({pill.y() for pill in pills}) > 1
    assert all(row.rect().contains(pill.geometry()) for pill in pills)
    assert not any(one.geometry().intersects(other.geometry()) for one in pills for other in pills if one is not other)


def test_that_a_pill_wider_than_the_row_breaks_and_is_not_cut(qtbot: QtBot) -> None:
    row = FlowRow(Pill("Penicillin — anaphylaxis at the age of nine, in hospital for a week", "danger"))
    qtbot.addWidget(row)
    row.resize(160, row.heightForWidth(160))
    row.show()
    pill = row.findChildren(Pill)[0]
    assert pill.width() <= 160
    assert pill.height() > 2 * pill.fontMetrics().height()


def test_that_a_hidden_widget_takes_no_room(qtbot: QtBot) -> None:
    row, hidden = FlowRow(), QWidget()
    qtbot.addWidget(row)
    row.add(hidden)
    hidden.hide()
    assert row.heightForWidth(200) == 0


def test_that_clearing_leaves_nothing(qtbot: QtBot) -> None:
    row = FlowRow(Pill("one"), Pill("two"))
    qtbot.addWidget(row)
    row.clear()
    assert row.sizeHint().width() == 0
