"""The timeline keeps its labels apart and inside, shows doubt as doubt, and is walked by keyboard."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.kit.lanes import DeviceLanes, Lane, LaneEvent, Span, Spell
from desktop.ui.kit.lanes_layout import LanesLayout

TODAY = dt.date(2026, 11, 22)
IN_2009 = Span(dt.date(2009, 1, 1), dt.date(2009, 12, 31))
SWAPPED = Span.of(dt.date(2014, 5, 12))
FIRST = Spell("Unknown saline", IN_2009, SWAPPED, said="2009 to 12 May 2014", key=1)
SECOND = Spell("Mentor MemoryGel 325 mL", SWAPPED, is_in_place=True, said="since 12 May 2014", key=2)
RIGHT = Lane(
    (FIRST, SECOND),
    (
        LaneEvent(dt.date(2013, 11, 30), "deflated", "danger"),
        LaneEvent(dt.date(2026, 8, 1), "Baker III", "danger"),
        LaneEvent(dt.date(2026, 10, 1), "rippling, upper inner"),
    ),
)
LEFT = Lane((SECOND,), (LaneEvent(dt.date(2026, 8, 1), "malposition"),))


@pytest.fixture
def lanes(qtbot: QtBot) -> DeviceLanes:
    made = DeviceLanes()
    qtbot.addWidget(made)
    made.set_lanes(RIGHT, LEFT, TODAY)
    made.resize(1000, made.heightForWidth(1000))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def test_that_the_device_in_place_is_where_the_walk_begins(lanes: DeviceLanes) -> None:
    assert lanes.focused_spell() == SECOND
    assert lanes.accessibleName() == ("Devices over time, RIGHT: Mentor MemoryGel 325 mL, since 12 May 2014, in place")


def test_that_the_lanes_are_walked_by_keyboard(lanes: DeviceLanes, qtbot: QtBot) -> None:
    qtbot.keyClick(lanes, Qt.Key.Key_Left)
    qtbot.keyClick(lanes, Qt.Key.Key_Left)
    assert lanes.focused_spell() == FIRST
    qtbot.keyClick(lanes, Qt.Key.Key_Down)
    assert "LEFT" in lanes.accessibleName()
    qtbot.keyClick(lanes, Qt.Key.Key_Down)
    qtbot.keyClick(lanes, Qt.Key.Key_Up)
    qtbot.keyClick(lanes, Qt.Key.Key_End)
    assert lanes.focused_spell() == SECOND
    qtbot.keyClick(lanes, Qt.Key.Key_Home)
    with qtbot.waitSignal(lanes.chosen) as told:
        qtbot.keyClick(lanes, Qt.Key.Key_Return)
    assert told.args == [1]


def test_that_a_click_chooses_and_a_double_click_opens(lanes: DeviceLanes, qtbot: QtBot) -> None:
    where = lanes.layout_now().bars[0][0].box.center().toPoint()
    qtbot.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=where)
    assert lanes.focused_spell() == FIRST
    with qtbot.waitSignal(lanes.chosen):
        qtbot.mouseDClick(lanes, Qt.MouseButton.LeftButton, pos=where)


def test_that_both_lanes_are_told_in_words(lanes: DeviceLanes) -> None:
    assert lanes.accessibleDescription() == (
        "RIGHT: Unknown saline, 2009 to 12 May 2014, no longer in place; "
        "Mentor MemoryGel 325 mL, since 12 May 2014, in place. "
        "Events: deflated (2013), Baker III (2026), rippling, upper inner (2026). "
        "LEFT: Mentor MemoryGel 325 mL, since 12 May 2014, in place. Events: malposition (2026)."
    )


def test_that_a_date_known_by_its_year_is_not_exact() -> None:
    assert not FIRST.is_exact
    assert SECOND.is_exact
    assert not Spell("x", SWAPPED, None).is_exact
    assert not Spell("x", None, is_in_place=True).is_exact


def test_that_an_uncertain_start_reaches_back_to_the_earliest_day(qapp: QApplication) -> None:
    layout = LanesLayout(RIGHT, LEFT, TODAY, 1000)
    assert layout.bars[0][0].box.left() == pytest.approx(layout.x_of(IN_2009.earliest))


def test_that_a_spell_of_unknown_start_begins_at_the_edge(qapp: QApplication) -> None:
    layout = LanesLayout(Lane((Spell("Unknown", None, is_in_place=True),)), Lane(), TODAY, 800)
    assert layout.bars[0][0].box.left() == layout.plot_left
    assert layout.bars[0][0].box.right() == pytest.approx(layout.today_x)


def test_that_a_practice_without_devices_can_be_drawn_and_focused(qtbot: QtBot) -> None:
    empty = DeviceLanes()
    qtbot.addWidget(empty)
    empty.set_lanes(Lane(), Lane(), TODAY)
    empty.show()
    empty.setFocus()
    qtbot.keyClick(empty, Qt.Key.Key_Left)
    assert empty.focused_spell() is None
    assert empty.words() == "RIGHT: no device recorded. LEFT: no device recorded."
    assert not empty.grab().isNull()


DAYS = st.dates(dt.date(1965, 1, 1), dt.date(2026, 12, 31))
EVENTS = st.lists(st.builds(LaneEvent, DAYS, st.text(min_size=1, max_size=60)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(events=EVENTS, other=EVENTS, width=st.integers(320, 1600))
def test_that_labels_never_meet_and_never_leave_the_widget(
    qapp: QApplication, events: list[LaneEvent], other: list[LaneEvent], width: int
) -> None:
    layout = LanesLayout(Lane((FIRST, SECOND), tuple(events)), Lane((SECOND,), tuple(other)), TODAY, width)
    labels = [mark.box for marks in layout.marks for mark in marks] + [tick.box for tick in layout.years]
    whole = QRectF(0, 0, width, layout.height)
    assert all(whole.contains(box) for box in [*labels, layout.today_box, layout.detail.adjusted(0, 0, -1, 0)])
    assert not any(one.intersects(other_box) for one, other_box in itertools.combinations(labels, 2))
    assert not any(label.intersects(bar.box) for label in labels for bars in layout.bars for bar in bars)
