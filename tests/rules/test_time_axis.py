"""What a timeline shows of the time: everything at first, nearer on demand, and never outside its bounds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.lane_span import Span
from desktop.rules.time_axis import TimeAxis

TODAY = dt.date(2026, 11, 23)
FROM_1964 = TimeAxis.whole([Span.of(dt.date(1964, 3, 1)), None], TODAY)


def labels(axis: TimeAxis, least_share: float = 0.1) -> list[str]:
    return [words for _day, words in axis.ticks(least_share)]


def test_that_everything_dated_and_today_are_in_sight_with_room_around() -> None:
    assert 0 < FROM_1964.share(dt.date(1964, 3, 1)) < 0.05
    assert 0.9 < FROM_1964.share(TODAY) < 1
    nothing = TimeAxis.whole([], TODAY)
    assert nothing.days / 365 > 4
    assert nothing.share(TODAY) < 1


def test_that_the_axis_counts_years_from_afar_and_months_from_near() -> None:
    assert labels(FROM_1964) == ["1970", "1980", "1990", "2000", "2010", "2020"]
    nearer = FROM_1964.zoomed(10, TODAY.toordinal())
    assert labels(nearer) == ["2021", "2022", "2023", "2024", "2025", "2026", "2027"]
    nearest = FROM_1964.zoomed(1000, TODAY.toordinal())
    assert labels(nearest) == ["Oct 2026", "Nov 2026"]


def test_that_what_is_looked_for_is_moved_into_sight_and_what_is_in_sight_is_left() -> None:
    near = FROM_1964.zoomed(20, TODAY.toordinal())
    old = Span(dt.date(1964, 3, 1), dt.date(1964, 3, 20))
    assert 0 <= near.showing(old).share(old.earliest) < 0.2
    assert near.showing(Span.of(TODAY)) == near
    back = near.showing(old).showing(Span.of(TODAY))
    assert 0.7 < back.share(TODAY) <= 1
    assert back.fitted() == FROM_1964


@given(
    st.lists(
        st.tuples(st.floats(0.01, 50), st.dates(dt.date(1950, 1, 1), dt.date(2040, 1, 1)), st.integers(-9000, 9000)),
        max_size=8,
    )
)
def test_that_no_zoom_and_no_move_leaves_the_whole(steps: list[tuple[float, dt.date, int]]) -> None:
    axis = FROM_1964
    for factor, about, days in steps:
        axis = axis.zoomed(factor, about.toordinal()).moved(days)
        assert axis.first >= FROM_1964.first - 1e-6
        assert axis.last <= FROM_1964.last + 1e-6
        assert axis.days >= 70
        assert len(labels(axis)) <= 12


def test_that_the_day_under_the_pointer_stays_there() -> None:
    about = dt.date(2000, 6, 1).toordinal()
    near = FROM_1964.zoomed(3, about)
    assert (about - near.first) / near.days == pytest.approx((about - FROM_1964.first) / FROM_1964.days)
