"""Which device was in a side from when to when, whatever the order and the precision in which it was told."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Step, occupations

IN, EXCHANGE, OUT, KEPT, NONE = (
    SideEvent.IMPLANTED,
    SideEvent.EXCHANGED,
    SideEvent.REMOVED,
    SideEvent.KEPT,
    SideEvent.NONE,
)
LEFT_IN, ADDED = SideEvent.LEFT_IN, SideEvent.ADDED
PUTS_IN = (IN, EXCHANGE, ADDED)


def step(number: int, year: int | None, event: SideEvent) -> Step:
    return Step(number, PartialDate(year) if year else None, event, number * 10 if event in PUTS_IN else None)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    years = st.none() | st.integers(1970, 2026)
    events = draw(st.lists(st.tuples(years, st.sampled_from(list(SideEvent))), max_size=7))
    return [step(number, year, event) for number, (year, event) in enumerate(events, start=1)]


def test_that_an_exchange_ends_one_spell_and_begins_the_next() -> None:
    first, second = occupations(Side.RIGHT, [step(1, 2009, IN), step(2, 2014, EXCHANGE)])
    assert (first.spell_id, first.since, first.until, first.removed_by) == (10, PartialDate(2009), PartialDate(2014), 2)
    assert (second.spell_id, second.since, second.is_in_place) == (20, PartialDate(2014), True)


def test_that_an_exchange_of_a_device_nobody_recorded_leaves_an_unknown_one_behind() -> None:
    unknown, known = occupations(Side.LEFT, [step(1, 2014, EXCHANGE)])
    assert (unknown.spell_id, unknown.since, unknown.until) == (None, None, PartialDate(2014))
    assert known.is_in_place


def test_that_a_device_put_in_over_another_leaves_the_fate_of_the_first_unknown() -> None:
    first, second = occupations(Side.LEFT, [step(1, 2009, IN), step(2, 2014, IN)])
    assert first.fate_unknown
    assert not first.is_in_place
    assert first.until is None
    assert second.is_in_place


def test_that_a_removal_leaves_nothing_in_place_and_what_left_the_device_alone_changes_nothing() -> None:
    told = [step(1, 2009, IN), step(2, 2011, KEPT), step(3, 2012, NONE), step(4, 2019, OUT)]
    (only,) = occupations(Side.RIGHT, told)
    assert (only.removed_by, only.is_in_place) == (4, False)


def test_that_an_operation_nobody_can_date_comes_first() -> None:
    chain = occupations(Side.RIGHT, [step(1, 2014, EXCHANGE), step(2, None, IN)])
    assert [one.spell_id for one in chain] == [20, 10]
    assert chain[0].removed_by == 1


def test_that_operations_of_one_day_keep_the_order_in_which_they_were_recorded() -> None:
    chain = occupations(Side.RIGHT, [step(2, 2014, EXCHANGE), step(1, 2014, IN)])
    assert [one.spell_id for one in chain] == [10, 20]


def test_that_a_device_left_in_without_function_stays_beside_the_new_one() -> None:
    old, new = occupations(Side.RIGHT, [step(1, 1998, IN), step(2, 2015, ADDED)])
    assert (old.is_in_place, old.is_functionless, old.is_working) == (True, True, False)
    assert (old.functionless_by, old.functionless_since, old.until) == (2, PartialDate(2015), None)
    assert (new.spell_id, new.since, new.is_working) == (20, PartialDate(2015), True)


def test_that_a_device_that_lost_its_function_on_an_unknown_day_is_still_known_to_have_lost_it() -> None:
    (only,) = occupations(Side.RIGHT, [step(1, None, IN), step(2, None, LEFT_IN)])
    assert only.is_functionless
    assert only.functionless_since is None
    assert only.is_in_place


def test_that_a_removal_takes_out_the_working_device_and_the_next_one_the_functionless() -> None:
    told = [step(1, 1998, IN), step(2, 2015, ADDED), step(3, 2020, OUT)]
    old, new = occupations(Side.LEFT, told)
    assert (old.removed_by, new.removed_by) == (None, 3)
    old, new = occupations(Side.LEFT, [*told, step(4, 2024, OUT)])
    assert (old.removed_by, new.removed_by) == (4, 3)
    assert old.is_functionless
    assert not old.is_in_place


def test_that_an_exchange_takes_out_the_functionless_device_where_no_working_one_is() -> None:
    old, new = occupations(Side.LEFT, [step(1, 1998, IN), step(2, 2015, LEFT_IN), step(3, 2020, EXCHANGE)])
    assert old.removed_by == 3
    assert new.is_working


def test_that_of_two_functionless_devices_the_one_that_went_in_last_comes_out_first() -> None:
    told = [step(1, 1998, IN), step(2, 2005, ADDED), step(3, 2015, LEFT_IN), step(4, 2020, OUT)]
    first, second = occupations(Side.LEFT, told)
    assert (first.removed_by, second.removed_by) == (None, 4)


def test_that_leaving_in_a_device_nobody_recorded_leaves_an_unknown_one_in_place() -> None:
    (unknown,) = occupations(Side.LEFT, [step(1, 2015, LEFT_IN)])
    assert (unknown.spell_id, unknown.since, unknown.functionless_since) == (None, None, PartialDate(2015))
    assert unknown.is_in_place
    unknown, known = occupations(Side.LEFT, [step(1, 2015, ADDED)])
    assert (unknown.spell_id, unknown.is_functionless, known.is_working) == (None, True, True)


def test_that_leaving_in_what_is_without_function_already_changes_nothing() -> None:
    told = [step(1, 1998, IN), step(2, 2015, LEFT_IN)]
    assert occupations(Side.LEFT, [*told, step(3, 2020, LEFT_IN)]) == occupations(Side.LEFT, told)
    assert occupations(Side.LEFT, [*told, step(3, 2020, ADDED)])[0].functionless_by == 2


def test_that_a_device_put_in_beside_a_functionless_one_leaves_that_one_where_it_is() -> None:
    old, new = occupations(Side.LEFT, [step(1, 1998, IN), step(2, 2015, LEFT_IN), step(3, 2020, IN)])
    assert not old.fate_unknown
    assert old.is_in_place
    assert new.is_working


@given(stories(), st.randoms())
def test_that_the_order_of_telling_does_not_matter(story: list[Step], chance: random.Random) -> None:
    shuffled = list(story)
    chance.shuffle(shuffled)
    assert occupations(Side.LEFT, shuffled) == occupations(Side.LEFT, story)


@given(stories())
def test_that_every_device_that_went_in_is_in_the_chain_once_and_at_most_the_last_is_working(
    story: list[Step],
) -> None:
    chain = occupations(Side.RIGHT, story)
    recorded = [one.spell_id for one in chain if one.spell_id is not None]
    assert sorted(recorded) == sorted(each.spell_id for each in story if each.spell_id is not None)
    working = [one for one in chain if one.is_working]
    assert working in ([], list(chain[-1:]))
    assert all(one.is_functionless for one in chain if one.is_in_place and not one.is_working)


@given(stories())
def test_that_every_operation_that_takes_something_out_ends_exactly_one_spell(story: list[Step]) -> None:
    takes_out = sorted(each.operation_id for each in story if each.event in (EXCHANGE, OUT))
    assert sorted(one.removed_by for one in occupations(Side.RIGHT, story) if one.removed_by) == takes_out
