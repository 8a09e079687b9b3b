"""The timeline keeps its labels apart and inside, shows doubt as doubt, and is walked and zoomed by keyboard."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.rules.time_axis import TimeAxis
from desktop.ui.kit.lanes import DeviceLanes, Gap, Lane, LaneEvent, Span, Spell
from desktop.ui.kit.lanes_layout import LanesLayout
from desktop.ui.kit.theme import apply_theme, scale

TODAY = dt.date(2026, 11, 22)
IN_2009 = Span(dt.date(2009, 1, 1), dt.date(2009, 12, 31))
SWAPPED = Span.of(dt.date(2014, 5, 12))
FIRST = Spell("Unknown saline", IN_2009, SWAPPED, said="2009 to 12 May 2014", key=1)
SECOND = Spell("Mentor MemoryGel 325 mL", SWAPPED, is_in_place=True, said="since 12 May 2014", key=2)
DEFLATED = LaneEvent(Span.of(dt.date(2013, 11, 30)), "deflated", "danger")
BAKER_3 = LaneEvent(Span.of(dt.date(2026, 8, 1)), "Baker III", "danger")
RIPPLING = LaneEvent(Span.of(dt.date(2026, 10, 1)), "rippling, upper inner")
RIGHT = Lane((FIRST, SECOND), (DEFLATED, BAKER_3, RIPPLING))
LEFT = Lane((SECOND,), (LaneEvent(Span.of(dt.date(2026, 8, 1)), "malposition", key=7),))


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


def press(lanes: DeviceLanes, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(lanes, key)


def test_that_the_device_in_place_is_where_the_walk_begins(lanes: DeviceLanes) -> None:
    assert lanes.focused_spell() == SECOND
    assert lanes.accessibleName() == "Devices over time, RIGHT: Mentor MemoryGel 325 mL, since 12 May 2014, in place"


def test_that_devices_and_events_of_a_lane_are_walked_in_the_order_of_time(lanes: DeviceLanes, qtbot: QtBot) -> None:
    press(lanes, qtbot, Qt.Key.Key_Home)
    walked = [lanes.focused_item()]
    for _ in range(5):
        press(lanes, qtbot, Qt.Key.Key_Right)
        walked.append(lanes.focused_item())
    assert walked == [FIRST, DEFLATED, SECOND, BAKER_3, RIPPLING, RIPPLING]
    assert lanes.accessibleName() == "Devices over time, RIGHT: rippling, upper inner (2026)"


def test_that_up_and_down_lead_to_what_is_nearest_in_the_other_lane(lanes: DeviceLanes, qtbot: QtBot) -> None:
    press(lanes, qtbot, Qt.Key.Key_End, Qt.Key.Key_Down)
    assert lanes.focused_item() == LEFT.events[0]
    press(lanes, qtbot, Qt.Key.Key_Down)
    assert "LEFT" in lanes.accessibleName()
    press(lanes, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Up)
    assert lanes.focused_item() == DEFLATED or lanes.focused_item() == SECOND
    assert "RIGHT" in lanes.accessibleName()


def test_that_enter_opens_what_belongs_to_an_operation_and_nothing_else(lanes: DeviceLanes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lanes.chosen) as told:
        press(lanes, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert told.args == [1]
    with qtbot.assertNotEmitted(lanes.chosen):
        press(lanes, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)


def test_that_r_asks_for_the_removal_of_what_is_in_place_and_d_for_all_of_any_device(
    lanes: DeviceLanes, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(lanes.removal_asked) as told:
        press(lanes, qtbot, Qt.Key.Key_R)
    assert told.args == [SECOND]
    press(lanes, qtbot, Qt.Key.Key_Home)
    with qtbot.assertNotEmitted(lanes.removal_asked):
        press(lanes, qtbot, Qt.Key.Key_R)
    with qtbot.waitSignal(lanes.details_asked) as told:
        press(lanes, qtbot, Qt.Key.Key_D)
    assert told.args == [FIRST]


def test_that_a_click_chooses_and_a_double_click_opens(lanes: DeviceLanes, qtbot: QtBot) -> None:
    where = lanes.layout_now().lanes[0].bars[0].shown.center().toPoint()
    qtbot.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=where)
    assert lanes.focused_spell() == FIRST
    with qtbot.waitSignal(lanes.chosen):
        qtbot.mouseDClick(lanes, Qt.MouseButton.LeftButton, pos=where)


def test_that_the_words_of_a_mark_are_as_good_as_the_mark(lanes: DeviceLanes, qtbot: QtBot) -> None:
    label = lanes.layout_now().lanes[0].labels[0].box.center().toPoint()
    qtbot.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=label)
    assert lanes.focused_item() == DEFLATED


def test_that_marks_in_one_place_are_reached_one_after_the_other(qtbot: QtBot) -> None:
    same_day = Span.of(dt.date(2020, 1, 1))
    first, second = LaneEvent(same_day, "MRI"), LaneEvent(same_day, "Baker II")
    made = DeviceLanes()
    qtbot.addWidget(made)
    made.set_lanes(Lane((), (first, second)), Lane(), TODAY)
    made.resize(700, made.heightForWidth(700))
    where = made.layout_now().lanes[0].marks[0].at.toPoint()
    seen = []
    for _ in range(2):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=where)
        seen.append(made.focused_item())
    assert seen == [first, second]


def test_that_plus_minus_and_nought_zoom_about_what_has_the_focus(lanes: DeviceLanes, qtbot: QtBot) -> None:
    whole = lanes.view
    before = lanes.layout_now().x_at(TODAY.toordinal())
    press(lanes, qtbot, *[Qt.Key.Key_Plus] * 3)
    assert lanes.view.days == pytest.approx(whole.days / 1.5**3)
    assert lanes.layout_now().x_at(TODAY.toordinal()) == pytest.approx(before)
    press(lanes, qtbot, Qt.Key.Key_Minus)
    assert lanes.view.days == pytest.approx(whole.days / 1.5**2)
    press(lanes, qtbot, Qt.Key.Key_0)
    assert lanes.view == whole


def test_that_one_comes_as_near_as_months_and_no_farther_than_everything(lanes: DeviceLanes, qtbot: QtBot) -> None:
    press(lanes, qtbot, *[Qt.Key.Key_Plus] * 40)
    assert 60 < lanes.view.days < 100
    assert any(tick.words == "Nov 2026" for tick in lanes.layout_now().ticks)
    press(lanes, qtbot, *[Qt.Key.Key_Minus] * 60)
    assert lanes.view.is_whole


def test_that_the_wheel_zooms_with_ctrl_about_the_pointer_and_is_left_to_the_page_without(lanes: DeviceLanes) -> None:
    where = QPointF(400, 60)
    day = lanes.layout_now().day_at(400)

    def turn(keys: Qt.KeyboardModifier) -> QWheelEvent:
        event = QWheelEvent(
            where, where, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(lanes, event)
        return event

    assert not turn(Qt.KeyboardModifier.NoModifier).isAccepted()
    assert lanes.view.is_whole
    assert turn(Qt.KeyboardModifier.ControlModifier).isAccepted()
    assert not lanes.view.is_whole
    assert lanes.layout_now().day_at(400) == pytest.approx(day)


def test_that_shift_with_an_arrow_and_dragging_move_through_time_and_stop_at_its_ends(
    lanes: DeviceLanes, qtbot: QtBot
) -> None:
    press(lanes, qtbot, *[Qt.Key.Key_Plus] * 4)
    near = lanes.view
    qtbot.keyClick(lanes, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert lanes.view.first < near.first
    assert lanes.focused_spell() == SECOND
    qtbot.mousePress(lanes, Qt.MouseButton.LeftButton, pos=QPoint(500, 5))
    earlier = lanes.view.first
    for x in (480, 440, 300):
        drag(lanes, x)
    assert lanes.view.first > earlier
    qtbot.mouseRelease(lanes, Qt.MouseButton.LeftButton, pos=QPoint(300, 5))
    for _ in range(40):
        qtbot.keyClick(lanes, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert lanes.view.last == near.whole_last


def drag(lanes: DeviceLanes, x: int) -> None:
    where = QPointF(x, 5)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    QApplication.sendEvent(
        lanes, QMouseEvent(QEvent.Type.MouseMove, where, where, none, left, Qt.KeyboardModifier.NoModifier)
    )


def test_that_walking_brings_into_sight_what_lies_outside(lanes: DeviceLanes, qtbot: QtBot) -> None:
    press(lanes, qtbot, *[Qt.Key.Key_Plus] * 6)
    assert not any(bar.spell is RIGHT.spells[0] for bar in lanes.layout_now().lanes[0].bars)
    press(lanes, qtbot, Qt.Key.Key_Home)
    assert any(bar.spell is RIGHT.spells[0] for bar in lanes.layout_now().lanes[0].bars)
    assert not lanes.view.is_whole


def test_that_the_same_story_told_again_keeps_the_view_and_the_focus(lanes: DeviceLanes, qtbot: QtBot) -> None:
    press(lanes, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Plus)
    view = lanes.view
    lanes.set_lanes(RIGHT, LEFT, TODAY)
    assert lanes.view == view
    assert lanes.focused_item() == DEFLATED
    lanes.set_lanes(Lane(), Lane((Spell("Old", Span.of(dt.date(1990, 1, 1)), is_in_place=True),)), TODAY)
    assert lanes.view.is_whole
    assert "LEFT: Old" in lanes.accessibleName()


def test_that_the_height_stays_while_somebody_goes_nearer(lanes: DeviceLanes, qtbot: QtBot) -> None:
    before = lanes.layout_now().height
    for _ in range(8):
        press(lanes, qtbot, Qt.Key.Key_Plus)
        assert lanes.layout_now().height == before


def test_that_a_width_is_laid_out_once_however_often_its_height_is_asked(
    lanes: DeviceLanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []

    class Counted(LanesLayout):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self.width)

    monkeypatch.setattr("desktop.ui.kit.lanes.LanesLayout", Counted)
    before = [lanes.heightForWidth(width) for width in (700, 800, 700, 700, 800)]
    assert made == [700, 800]
    lanes.set_lanes(Lane(), Lane(), TODAY)
    assert lanes.heightForWidth(700) < before[0]


def test_that_both_lanes_are_told_in_words_with_the_keys(lanes: DeviceLanes) -> None:
    assert lanes.accessibleDescription().startswith(
        "RIGHT: Unknown saline, 2009 to 12 May 2014, no longer in place; "
        "Mentor MemoryGel 325 mL, since 12 May 2014, in place. "
        "Events: deflated (2013), Baker III (2026), rippling, upper inner (2026). "
        "LEFT: Mentor MemoryGel 325 mL, since 12 May 2014, in place. Events: malposition (2026). Arrow keys walk"
    )


def test_that_what_has_the_focus_is_told_as_long_as_it_has_it(lanes: DeviceLanes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lanes.told) as told:
        press(lanes, qtbot, Qt.Key.Key_Home)
    assert told.args == ["RIGHT: Unknown saline, 2009 to 12 May 2014, no longer in place"]
    with qtbot.waitSignal(lanes.told) as told:
        lanes.clearFocus()
    assert told.args == [""]


def test_that_a_date_known_by_its_year_is_not_exact() -> None:
    assert not FIRST.is_exact
    assert SECOND.is_exact
    assert not Spell("x", None, is_in_place=True).is_exact


def test_that_an_unsure_start_reaches_back_to_the_earliest_day_and_is_sure_from_the_latest(qapp: QApplication) -> None:
    layout = LanesLayout(RIGHT, LEFT, TODAY, 1000)
    bar = layout.lanes[0].bars[0]
    assert bar.box.left() == pytest.approx(layout.x_at(IN_2009.earliest.toordinal()))
    assert bar.sure_from == pytest.approx(layout.x_at(IN_2009.latest.toordinal()))
    assert bar.sure_to == pytest.approx(layout.x_at(SWAPPED.latest.toordinal()))


def test_that_a_device_nobody_dated_begins_beside_the_axis_and_is_nowhere_sure(qapp: QApplication) -> None:
    layout = LanesLayout(Lane((Spell("Unknown", None, is_in_place=True),)), Lane(), TODAY, 800)
    bar = layout.lanes[0].bars[0]
    assert bar.box.left() == layout.gutter_left < layout.plot_left
    assert bar.box.right() == pytest.approx(layout.today_x)
    assert bar.sure_from >= bar.sure_to


def test_that_an_event_nobody_dated_stands_beside_the_axis(qapp: QApplication) -> None:
    layout = LanesLayout(Lane((), (LaneEvent(None, "breast lift"),)), Lane(), TODAY, 800)
    assert layout.gutter_left < layout.lanes[0].marks[0].at.x() < layout.plot_left
    assert LanesLayout(RIGHT, LEFT, TODAY, 800).undated_box.width() == 0


def test_that_a_functionless_device_has_a_thin_bar_below_from_the_day_it_lost_its_function(qapp: QApplication) -> None:
    old = Spell("Old", IN_2009, SWAPPED, is_in_place=True, is_functionless=True)
    layout = LanesLayout(Lane((old, SECOND)), Lane(), TODAY, 1000)
    main, _new, thin = layout.lanes[0].bars
    assert (main.is_thin, thin.is_thin) == (False, True)
    assert thin.spell is old
    assert thin.box.left() == pytest.approx(layout.x_at(SWAPPED.earliest.toordinal()))
    assert thin.box.right() == pytest.approx(layout.today_x)
    assert thin.box.top() > main.box.bottom()
    assert old.words() == "Old, without function, still there"


def test_that_a_gap_is_told_in_words_that_fit_it(qapp: QApplication) -> None:
    gap = Gap(Span.of(dt.date(2012, 1, 1)), Span.of(dt.date(2014, 5, 12)), ("no device recorded", "no device"))
    told = []
    for width in (1600, 700, 360):
        layout = LanesLayout(Lane((FIRST, SECOND), (), (gap,)), Lane(), TODAY, width)
        told.append(layout.lanes[0].gaps[0].words)
    assert told == ["no device recorded", "no device", ""]


def test_that_a_narrow_bar_shows_its_short_name_or_its_number(qapp: QApplication) -> None:
    short = Spell("Mentor MemoryGel", SWAPPED, is_in_place=True, short=("325 mL",), number=3)
    told = []
    for width in (1000, 420, 220):
        early = Spell("Early", Span.of(dt.date(1980, 1, 1)), SWAPPED)
        told.append(LanesLayout(Lane((early, short)), Lane(), TODAY, width).lanes[0].bars[1].label)
    assert told == ["Mentor MemoryGel", "325 mL", "3"]


def test_that_a_patient_without_devices_can_be_drawn_and_focused(qtbot: QtBot) -> None:
    empty = DeviceLanes()
    qtbot.addWidget(empty)
    empty.set_lanes(Lane(), Lane(), TODAY)
    empty.show()
    empty.setFocus()
    press(empty, qtbot, Qt.Key.Key_Left, Qt.Key.Key_R, Qt.Key.Key_Return, Qt.Key.Key_Plus)
    assert empty.focused_item() is None
    assert empty.words() == "RIGHT: no device recorded. LEFT: no device recorded."
    assert not empty.grab().isNull()


DAYS = st.dates(dt.date(1964, 1, 1), dt.date(2026, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 900)).map(lambda told: Span(told[0], told[0] + dt.timedelta(days=told[1])))
EVENTS = st.lists(st.builds(LaneEvent, st.none() | SPANS, st.text(min_size=1, max_size=60)), max_size=14)
PLACES = st.none() | st.tuples(DAYS, st.floats(1, 300))


@pytest.fixture(autouse=True)
def at_100_percent(qapp: QApplication) -> Iterator[None]:
    yield
    if scale() != 1.0:
        apply_theme(qapp, "light")


@settings(max_examples=120, deadline=None)
@given(events=EVENTS, other=EVENTS, width=st.integers(320, 1600), near=PLACES, large=st.booleans())
def test_that_labels_never_meet_and_never_leave_the_widget(
    qapp: QApplication,
    events: list[LaneEvent],
    other: list[LaneEvent],
    width: int,
    near: tuple[dt.date, float] | None,
    large: bool,
) -> None:
    if scale() != (2.0 if large else 1.0):
        apply_theme(qapp, "light", 2.0 if large else 1.0)
    right, left, width = Lane((FIRST, SECOND), tuple(events)), Lane((SECOND,), tuple(other)), round(width * scale())
    layout = LanesLayout(right, left, TODAY, width)
    if near is not None:
        view = TimeAxis.whole((*right.spans(), *left.spans()), TODAY).zoomed(near[1], near[0].toordinal())
        layout = LanesLayout(right, left, TODAY, width, view, (layout.lanes[0].rows, layout.lanes[1].rows))
    labels = [label.box for lane in layout.lanes for label in lane.labels]
    labels += [tick.box for tick in layout.ticks if tick.words]
    labels += [layout.undated_box] if layout.undated_box.width() else []
    whole = QRectF(0, 0, width, layout.height)
    assert all(whole.contains(box) for box in labels)
    assert not any(one.intersects(other_box) for one, other_box in itertools.combinations(labels, 2))
    bars = [bar for lane in layout.lanes for bar in lane.bars]
    assert not any(label.intersects(bar.shown) for label in labels for bar in bars)
    assert all(whole.contains(bar.shown) for bar in bars)
    for lane in layout.lanes:
        told = [at for label in lane.labels for at in label.marks]
        assert sorted(told) == list(range(len(lane.marks)))
