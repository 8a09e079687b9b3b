"""The timeline as a drawing and as a table: the same facts, reached, copied, opened and printed by keyboard."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.models.choices import OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Step, occupations
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.services.timeline import SideTimeline, Timeline
from desktop.services.timeline_fact import EventFact, EventKind
from desktop.services.timeline_words import Told
from desktop.ui.kit.preferences import keep_apart, prefers_table
from desktop.ui.operation.overview import HistoryOverview
from desktop.ui.operation.timeline import DeviceTimeline

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """The choice of whoever runs the tests stays as it is."""
    keep_apart(tmp_path / "settings")


def story() -> Timeline:
    """A device of 2009 exchanged in 2014 in RIGHT, and one seen by MRI; nothing in LEFT."""
    steps = [Step(1, PartialDate(2009), SideEvent.IMPLANTED, 1), Step(2, PartialDate(2014), SideEvent.EXCHANGED, 2)]
    chain = tuple(
        DeviceInSide(one, one.spell_id, f"Device {one.spell_id}", "", 325, "silicone_gel", "subglandular", {})
        for one in occupations(Side.RIGHT, steps)
    )
    operations = tuple(
        OperationRow(step.operation_id, step.happened_on, OperationKind.EXCHANGE, "", False, step.event, SideEvent.NONE)
        for step in reversed(steps)
    )
    seen = EventFact(Side.RIGHT, EventKind.IMAGING, PartialDate(2020, 7), "MRI: no rupture seen", "imaging")
    return Timeline.made_of(History(operations, chain, ()), (seen,), Told(), TODAY)


@pytest.fixture
def overview(qtbot: QtBot) -> HistoryOverview:
    made = HistoryOverview()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show_timeline(story(), None, ())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def timeline(overview: HistoryOverview) -> DeviceTimeline:
    return overview.timeline


def as_table(timeline: DeviceTimeline, qtbot: QtBot) -> None:
    timeline.lanes.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(timeline.is_table)


def test_that_one_key_shows_the_facts_as_a_table_and_back_with_the_focus(
    timeline: DeviceTimeline, qtbot: QtBot
) -> None:
    as_table(timeline, qtbot)
    assert timeline.table.hasFocus()
    assert timeline.table_button.accessibleName() == "As a drawing"
    qtbot.keyClick(timeline, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not timeline.is_table())
    assert timeline.lanes.hasFocus()


def test_that_the_choice_is_remembered(timeline: DeviceTimeline, qtbot: QtBot) -> None:
    assert not prefers_table()
    qtbot.keyClick(timeline.table_button, Qt.Key.Key_Space)
    assert prefers_table()
    again = HistoryOverview()
    qtbot.addWidget(again)
    assert again.timeline.is_table()
    qtbot.keyClick(again.timeline.table_button, Qt.Key.Key_Space)
    assert not prefers_table()


def test_that_the_table_is_filled_when_it_is_first_looked_at_and_keeps_its_place(
    timeline: DeviceTimeline, qtbot: QtBot
) -> None:
    model = timeline.table.facts
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    assert model.rowCount() == 0
    as_table(timeline, qtbot)
    timeline.table.selectRow(2)
    timeline.show_table(False)
    timeline.show_table(True)
    assert timeline.table.currentIndex().row() == 2
    assert resets == [3]
    timeline.show_timeline(Timeline(dt.date(2026, 6, 1), History((), (), ()), SideTimeline(), SideTimeline(), ()))
    assert model.rowCount() == 0


def test_that_the_same_story_told_again_is_neither_laid_out_nor_measured_again(
    timeline: DeviceTimeline, qtbot: QtBot
) -> None:
    as_table(timeline, qtbot)
    layout = timeline.lanes.layout_now()
    resets: list[bool] = []
    timeline.table.facts.modelReset.connect(lambda: resets.append(True))
    timeline.show_timeline(story())
    assert timeline.lanes.layout_now() is layout
    assert not resets
    timeline.show_timeline(replace(story(), as_of=dt.date(2030, 1, 1)))
    assert timeline.lanes.layout_now() is not layout
    assert resets


def test_that_the_table_tells_every_fact_in_the_order_of_time(timeline: DeviceTimeline) -> None:
    timeline.show_table(True)
    model = timeline.table.facts
    told = [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert told == [
        ["1", "RIGHT", "Device 1", "2009", "2014", "about 5 y", "Subglandular", "not recorded"],
        ["2", "RIGHT", "Device 2", "2014", "in place", "about 12 y", "Subglandular", "not recorded"],
        ["3", "RIGHT", "MRI: no rupture seen", "Jul 2020", "", "", "", "imaging"],
    ]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["No.", "Side", "What", "From", "To", "How long", "Plane", "Source"]


def test_that_a_screen_reader_is_told_what_a_cell_is_about(timeline: DeviceTimeline) -> None:
    timeline.show_table(True)
    table = QAccessible.queryAccessibleInterface(timeline.table)
    told = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    cells = [words for words in told if ": " in words]
    assert cells[:8] == [
        "No.: 1",
        "Side: RIGHT",
        "What: Device 1",
        "From: 2009",
        "To: 2014",
        "How long: about 5 y",
        "Plane: Subglandular",
        "Source: not recorded",
    ]
    assert cells[-2:] == ["Plane: nothing", "Source: imaging"]


def test_that_chosen_rows_are_copied_as_text_with_their_headings(timeline: DeviceTimeline, qtbot: QtBot) -> None:
    as_table(timeline, qtbot)
    qtbot.keyClick(timeline.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(timeline.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "No.\tSide\tWhat\tFrom\tTo\tHow long\tPlane\tSource\n"
        "1\tRIGHT\tDevice 1\t2009\t2014\tabout 5 y\tSubglandular\tnot recorded\n"
        "2\tRIGHT\tDevice 2\t2014\tin place\tabout 12 y\tSubglandular\tnot recorded"
    )


def test_that_enter_on_a_row_opens_its_operation_and_on_what_was_only_seen_nothing(
    timeline: DeviceTimeline, qtbot: QtBot
) -> None:
    as_table(timeline, qtbot)
    with qtbot.waitSignal(timeline.opened) as told:
        qtbot.keyClick(timeline.table, Qt.Key.Key_Return)
    assert told.args == [1]
    qtbot.keyClick(timeline.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(timeline.opened):
        qtbot.keyClick(timeline.table, Qt.Key.Key_Return)


def test_that_r_and_d_name_the_side_and_the_device(timeline: DeviceTimeline, qtbot: QtBot) -> None:
    timeline.lanes.setFocus()
    with qtbot.waitSignal(timeline.removal_asked) as told:
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_R)
    side, fact = told.args
    assert (side, fact.device.title) == (Side.RIGHT, "Device 2")
    with qtbot.waitSignal(timeline.device_asked) as told:
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_D)
    assert told.args == [2, Side.RIGHT]


def test_that_what_has_the_focus_is_told_below_and_the_keys_otherwise(timeline: DeviceTimeline) -> None:
    timeline.lanes.setFocus()
    assert timeline.told.text() == "RIGHT: Device 2 · subglandular · about 12 y, since about 2014, in place"
    timeline.print_button.setFocus()
    assert "Hatched: not known exactly" in timeline.told.text()


def test_that_the_zoom_has_buttons_too(timeline: DeviceTimeline, qtbot: QtBot) -> None:
    farther, fit, nearer = timeline.zoom_buttons
    whole = timeline.lanes.view
    qtbot.mouseClick(nearer, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(nearer, Qt.MouseButton.LeftButton)
    near = timeline.lanes.view
    qtbot.mouseClick(farther, Qt.MouseButton.LeftButton)
    assert near.days < timeline.lanes.view.days < whole.days
    qtbot.mouseClick(fit, Qt.MouseButton.LeftButton)
    assert timeline.lanes.view == whole
    assert [each.accessibleName() for each in timeline.zoom_buttons] == [
        "See more years",
        "See all years",
        "See fewer years",
    ]


def test_that_p_in_the_drawing_asks_for_paper_where_there_is_something_to_print(
    timeline: DeviceTimeline, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(timeline.print_asked):
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_P)
    timeline.show_timeline(Timeline.made_of(History((), (), ()), (), Told(), TODAY))
    assert not timeline.print_button.isEnabled()
    with qtbot.assertNotEmitted(timeline.print_asked):
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_P)


def test_that_the_table_takes_the_room_of_the_list_and_gives_it_back(overview: HistoryOverview) -> None:
    assert overview.card.isVisible()
    overview.timeline.show_table(True)
    assert not overview.card.isVisible()
    overview.timeline.show_table(False)
    assert overview.card.isVisible()


@pytest.mark.usefixtures("dressed")
def test_that_with_large_letters_the_list_stands_below(overview: HistoryOverview, qtbot: QtBot) -> None:
    assert overview.card.x() > overview.timeline.width()
    overview.resize(700, 900)
    qtbot.waitUntil(lambda: overview.card.y() > 0 and overview.card.x() == 0)
