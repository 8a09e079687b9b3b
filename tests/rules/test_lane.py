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
PUTS_IN = (IN, EXCHANGE)


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


@given(stories(), st.randoms())
def test_that_the_order_of_telling_does_not_matter(story: list[Step], chance: random.Random) -> None:
    shuffled = list(story)
    chance.shuffle(shuffled)
    assert occupations(Side.LEFT, shuffled) == occupations(Side.LEFT, story)


@given(stories())
def test_that_every_device_that_went_in_is_in_the_chain_once_and_at_most_one_is_in_place(story: list[Step]) -> None:
    chain = occupations(Side.RIGHT, story)
    recorded = [one.spell_id for one in chain if one.spell_id is not None]
    assert sorted(recorded) == sorted(each.spell_id for each in story if each.spell_id is not None)
    in_place = [one for one in chain if one.is_in_place]
    assert len(in_place) <= 1
    assert in_place in ([], [chain[-1]] if chain else [])


@given(stories())
def test_that_every_operation_that_takes_something_out_ends_exactly_one_spell(story: list[Step]) -> None:
    takes_out = sorted(each.operation_id for each in story if each.event in (EXCHANGE, OUT))
    assert sorted(one.removed_by for one in occupations(Side.RIGHT, story) if one.removed_by) == takes_out
