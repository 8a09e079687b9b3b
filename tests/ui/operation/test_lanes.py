"""How the chain of devices is drawn and told: nothing overlaps, nothing looks more exact than it is known."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation, Step, occupations
from desktop.rules.lane_span import Span
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.services.timeline import Timeline, in_place_words
from desktop.services.timeline_fact import EventFact, EventKind
from desktop.services.timeline_words import Told
from desktop.ui.kit.lanes import Lane
from desktop.ui.operation.lanes import lane_of

TODAY = dt.date(2026, 11, 23)
PUTS_IN = (SideEvent.IMPLANTED, SideEvent.EXCHANGED, SideEvent.ADDED)


def history(*told: tuple[PartialDate | None, SideEvent]) -> History:
    """The right side of somebody to whom this was done; nothing was done to the left."""
    steps = [Step(at, when, event, at if event in PUTS_IN else None) for at, (when, event) in enumerate(told, start=1)]
    rows = [
        OperationRow(s.operation_id, s.happened_on, OperationKind.MASTOPEXY, "", False, s.event, SideEvent.NONE)
        for s in steps
    ]
    chain = occupations(Side.RIGHT, steps)
    return History(tuple(rows), tuple(_device(one) for one in chain), ())


def _device(one: Occupation) -> DeviceInSide:
    return DeviceInSide(one, one.spell_id, f"Device {one.spell_id}", "", None, None, "dual_plane_1", {})


def lane(*told: tuple[PartialDate | None, SideEvent], events: tuple[EventFact, ...] = ()) -> Lane:
    return lane_of(Timeline.made_of(history(*told), events, Told(), TODAY), Side.RIGHT)


def test_that_a_device_in_place_is_told_with_its_plane_and_age() -> None:
    spell = lane((PartialDate(2014, 5, 12), SideEvent.IMPLANTED)).spells[0]
    assert spell.label == "Device 1 · dual plane I · 12 y"
    assert spell.words().endswith("since 12 May 2014, in place")
    assert spell.is_exact
    assert spell.end is None


def test_that_what_nobody_dated_is_drawn_unsure_and_told_as_such() -> None:
    first, second = lane((None, SideEvent.IMPLANTED), (PartialDate(2014), SideEvent.EXCHANGED)).spells
    assert first.start is None
    assert not first.is_exact
    assert not second.is_exact
    assert "from an unknown date to about 2014" in first.words()


def test_that_a_device_nobody_recorded_coming_out_may_have_come_out_on_any_day_and_may_still_be_there() -> None:
    told = (PartialDate(2009), SideEvent.IMPLANTED), (PartialDate(2014, 5, 12), SideEvent.IMPLANTED)
    first, second = lane(*told).spells
    assert first.end == Span(dt.date(2009, 12, 31), dt.date(2014, 5, 12))
    assert second.start == Span.of(dt.date(2014, 5, 12))
    assert not first.is_exact
    assert "from about 2009; nobody recorded it coming out" in first.words()
    assert "Device 1 may still be there" in in_place_words(history(*told), Side.RIGHT, TODAY)[1]


def test_that_a_device_without_function_lies_there_beside_the_new_one() -> None:
    told = (PartialDate(1998), SideEvent.IMPLANTED), (PartialDate(2015, 3, 2), SideEvent.ADDED)
    old, new = lane(*told).spells
    assert (old.is_functionless, old.is_in_place, old.lies_until) == (True, True, None)
    assert old.end == new.start == Span.of(dt.date(2015, 3, 2))
    assert old.words() == (
        "Device 1 · dual plane I · about 28 y, since about 1998, without function since 2 Mar 2015, "
        "without function, still there"
    )
    title, detail = in_place_words(history(*told), Side.RIGHT, TODAY)
    assert title == "Device 2"
    assert "beside it, without function: Device 1" in detail


def test_that_only_a_functionless_device_is_told_as_what_is_in_place() -> None:
    told = (PartialDate(1998), SideEvent.IMPLANTED), (PartialDate(2015), SideEvent.LEFT_IN)
    title, detail = in_place_words(history(*told), Side.RIGHT, TODAY)
    assert title == "Device 1"
    assert "without function" in detail


def test_that_a_time_without_a_device_is_a_gap_to_the_next_or_to_this_day() -> None:
    told = (
        (PartialDate(2009), SideEvent.IMPLANTED),
        (PartialDate(2012), SideEvent.REMOVED),
        (PartialDate(2014, 5, 12), SideEvent.IMPLANTED),
        (PartialDate(2019, 4), SideEvent.REMOVED),
    )
    first, second = lane(*told).gaps
    assert (first.start.latest, first.end) == (dt.date(2012, 12, 31), Span.of(dt.date(2014, 5, 12)))
    assert (second.start.earliest, second.end) == (dt.date(2019, 4, 1), None)
    assert in_place_words(history(*told), Side.RIGHT, TODAY) == ("No device in place", "the last came out Apr 2019")
    assert in_place_words(history(*told), Side.LEFT, TODAY)[0] == "No device recorded"


def test_that_an_event_is_drawn_as_doubtful_as_its_date_and_a_grade_names_who_gave_it() -> None:
    seen = (
        EventFact(
            Side.RIGHT, EventKind.CONTRACTURE, PartialDate(2026, 11, 19), "Baker III, by Dr. A", "Dr. A", 3, True
        ),
        EventFact(Side.RIGHT, EventKind.IMAGING, PartialDate(2026), "MRI: no rupture seen", "imaging"),
        EventFact(Side.RIGHT, EventKind.UNCHANGED, None, "breast lift", operation_id=9),
    )
    undated, imaging, grade = lane(events=seen).events
    assert (grade.label, grade.tone, grade.words()) == ("Baker III", "danger", "Baker III (19 Nov 2026, by Dr. A)")
    assert imaging.on == Span(dt.date(2026, 1, 1), TODAY)
    assert (imaging.tone, imaging.words()) == ("warning", "MRI: no rupture seen (about 2026)")
    assert (undated.on, undated.words(), undated.key) == (None, "breast lift (date unknown)", 9)


DATES = st.none() | st.dates(dt.date(1970, 1, 1), TODAY).map(PartialDate.of)


@given(st.lists(st.tuples(DATES, st.sampled_from(list(SideEvent))), max_size=6))
def test_that_bars_follow_each_other_and_only_what_is_known_to_the_day_looks_exact(
    told: list[tuple[PartialDate | None, SideEvent]],
) -> None:
    known = history(*told)
    spells = lane_of(Timeline.made_of(known, (), Told(), TODAY), Side.RIGHT).spells
    assert len(spells) == len(known.right)
    by_key = {each.number: each for each in spells}
    facts = Timeline.made_of(known, (), Told(), TODAY).right.spells
    for fact in facts:
        one, spell = fact.device.occupation, by_key[fact.number]
        stopped = one.functionless_since if one.is_functionless else one.until
        is_known = one.since is not None and (one.is_working or stopped is not None)
        assert spell.is_exact is is_known
        assert (spell.end is None) is one.is_working
    for before, after in itertools.pairwise(spells):
        assert before.end is not None
        assert after.start is not None
        assert before.end.latest <= after.start.latest
