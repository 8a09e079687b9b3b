"""Between which days a device was in place: never surer than it is known, and gaps only between known days."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation, Step, occupations
from desktop.rules.lane_span import DrawnSpell, Span, drawn_spells, gaps

TODAY = dt.date(2026, 11, 23)
IN, EXCHANGE, OUT, LEFT_IN, ADDED = (
    SideEvent.IMPLANTED,
    SideEvent.EXCHANGED,
    SideEvent.REMOVED,
    SideEvent.LEFT_IN,
    SideEvent.ADDED,
)
IN_2009 = PartialDate(2009)
MAY_2014 = PartialDate(2014, 5, 12)
ON_MAY_2014 = Span.of(dt.date(2014, 5, 12))


def chain(*told: tuple[PartialDate | None, SideEvent]) -> tuple[Occupation, ...]:
    steps = [Step(at, on, event, at if event in (IN, EXCHANGE, ADDED) else None) for at, (on, event) in enumerate(told)]
    return occupations(Side.RIGHT, steps)


def drawn(*told: tuple[PartialDate | None, SideEvent]) -> tuple[DrawnSpell, ...]:
    return drawn_spells(chain(*told), TODAY)


def test_that_a_date_known_by_its_year_is_any_day_of_it_and_no_later_than_today() -> None:
    assert Span.known(IN_2009, TODAY) == Span(dt.date(2009, 1, 1), dt.date(2009, 12, 31))
    assert Span.known(PartialDate(2026), TODAY) == Span(dt.date(2026, 1, 1), TODAY)
    assert Span.known(PartialDate(2027), TODAY) == Span.of(dt.date(2027, 1, 1))
    assert not Span.somewhere(TODAY, TODAY).is_exact


def test_that_a_working_device_has_no_end() -> None:
    first, second = drawn((IN_2009, IN), (MAY_2014, EXCHANGE))
    assert (first.start, first.works_until) == (Span.known(IN_2009, TODAY), ON_MAY_2014)
    assert second == DrawnSpell(ON_MAY_2014, None, None)


def test_that_nobody_knows_when_the_first_undated_device_went_in() -> None:
    first, second = drawn((None, IN), (MAY_2014, EXCHANGE))
    assert first == DrawnSpell(None, ON_MAY_2014, None)
    assert second.start == ON_MAY_2014


def test_that_a_device_whose_coming_out_nobody_recorded_came_out_before_the_next_at_the_latest() -> None:
    first, _second = drawn((IN_2009, IN), (MAY_2014, IN))
    assert first.works_until == Span(dt.date(2009, 12, 31), dt.date(2014, 5, 12))


def test_that_an_unknown_device_went_in_after_the_one_before_it_came_out() -> None:
    _first, second = drawn((IN_2009, IN), (MAY_2014, OUT), (PartialDate(2019), OUT))
    assert second.start == Span(dt.date(2014, 5, 12), dt.date(2019, 12, 31))


def test_that_a_functionless_device_lies_there_until_it_came_out() -> None:
    still, _new = drawn((IN_2009, IN), (MAY_2014, ADDED))
    assert (still.works_until, still.lies_until) == (ON_MAY_2014, None)
    (gone,) = drawn((IN_2009, IN), (MAY_2014, LEFT_IN), (PartialDate(2020), OUT))
    assert (gone.works_until, gone.lies_until) == (ON_MAY_2014, Span.known(PartialDate(2020), TODAY))


def test_that_a_time_without_a_working_device_is_a_gap() -> None:
    assert gaps(chain((IN_2009, IN), (PartialDate(2012), OUT), (MAY_2014, IN)), TODAY) == (
        (PartialDate(2012), MAY_2014),
    )
    assert gaps(chain((IN_2009, IN), (MAY_2014, OUT)), TODAY) == ((MAY_2014, None),)
    assert gaps(chain((IN_2009, IN), (MAY_2014, LEFT_IN)), TODAY) == ((MAY_2014, None),)


def test_that_there_is_no_gap_where_devices_follow_each_other_or_a_date_is_unknown() -> None:
    assert gaps(chain((IN_2009, IN), (MAY_2014, EXCHANGE)), TODAY) == ()
    assert gaps(chain((IN_2009, IN), (MAY_2014, ADDED)), TODAY) == ()
    assert gaps(chain((IN_2009, IN), (MAY_2014, IN)), TODAY) == ()
    assert gaps(chain((None, IN), (None, OUT)), TODAY) == ()
    assert gaps(chain((MAY_2014, IN), (PartialDate.of(TODAY), OUT)), TODAY) == ()


DATES = st.none() | st.integers(1964, 2026).map(PartialDate) | st.dates(dt.date(1964, 1, 1), TODAY).map(PartialDate.of)


@example([(PartialDate(1964), SideEvent.REMOVED), (PartialDate(1964), SideEvent.EXCHANGED)])
@given(st.lists(st.tuples(DATES, st.sampled_from(list(SideEvent))), max_size=8))
def test_that_devices_are_drawn_in_the_order_in_which_they_went_in(
    told: list[tuple[PartialDate | None, SideEvent]],
) -> None:
    made = drawn(*told)
    assert len(made) == len(chain(*told))
    begins = [each.start.earliest for each in made if each.start is not None]
    assert begins == sorted(begins)
    assert all(after.start is not None for _before, after in pairwise(made))
    for each in made:
        for span in (each.start, each.works_until, each.lies_until):
            assert span is None or span.earliest <= span.latest
