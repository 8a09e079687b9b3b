"""How the chain of devices is drawn and told: nothing overlaps, nothing looks more exact than it is known."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation, Step, occupations
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.ui.operation.lanes import in_place_words, lane_of

TODAY = dt.date(2026, 11, 23)
PUTS_IN = (SideEvent.IMPLANTED, SideEvent.EXCHANGED)


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
    return DeviceInSide(one, one.spell_id, f"Device {one.spell_id}", "", None, None, "dual_plane_1")


def test_that_a_device_in_place_is_told_with_its_plane_and_age() -> None:
    spell = lane_of(history((PartialDate(2014, 5, 12), SideEvent.IMPLANTED)), Side.RIGHT, TODAY).spells[0]
    assert spell.label == "Device 1 · dual plane i · 12 y"
    assert spell.words().endswith("since 12 May 2014, in place")
    assert spell.is_exact


def test_that_what_nobody_dated_is_dashed_and_told_as_such() -> None:
    lane = lane_of(history((None, SideEvent.IMPLANTED), (PartialDate(2014), SideEvent.EXCHANGED)), Side.RIGHT, TODAY)
    first, second = lane.spells
    assert first.start is None
    assert not first.is_exact
    assert not second.is_exact
    assert "from an unknown date to 2014" in first.words()


def test_that_a_device_nobody_recorded_coming_out_ends_where_the_next_begins_and_may_still_be_there() -> None:
    told = history((PartialDate(2009), SideEvent.IMPLANTED), (PartialDate(2014, 5, 12), SideEvent.IMPLANTED))
    first, second = lane_of(told, Side.RIGHT, TODAY).spells
    assert first.end is not None
    assert second.start is not None
    assert first.end.latest == second.start.earliest
    assert not first.is_exact
    assert "nobody recorded it coming out" in first.words()
    assert "Device 1 may still be there" in in_place_words(told, Side.RIGHT, TODAY)[1]


def test_that_operations_without_a_new_device_are_marks_on_the_lane_of_their_side() -> None:
    told = history(
        (PartialDate(2009), SideEvent.IMPLANTED),
        (PartialDate(2012, 4), SideEvent.KEPT),
        (PartialDate(2019), SideEvent.REMOVED),
    )
    assert [event.label for event in lane_of(told, Side.RIGHT, TODAY).events] == ["breast lift", "device removed"]
    assert lane_of(told, Side.LEFT, TODAY).events == ()
    assert in_place_words(told, Side.RIGHT, TODAY) == ("No device in place", "the last came out 2019")
    assert in_place_words(told, Side.LEFT, TODAY)[0] == "No device recorded"


DATES = st.none() | st.dates(dt.date(1970, 1, 1), TODAY).map(PartialDate.of)


@given(st.lists(st.tuples(DATES, st.sampled_from(list(SideEvent))), max_size=6))
def test_that_bars_follow_each_other_and_only_what_is_known_to_the_day_looks_exact(
    told: list[tuple[PartialDate | None, SideEvent]],
) -> None:
    known = history(*told)
    spells = lane_of(known, Side.RIGHT, TODAY).spells
    assert len(spells) == len(known.right)
    for device, spell in zip(known.right, spells, strict=True):
        occupation = device.occupation
        is_known = occupation.since is not None and (occupation.is_in_place or occupation.until is not None)
        assert spell.is_exact is is_known
    for before, after in itertools.pairwise(spells):
        assert before.end is not None
        assert after.start is not None
        assert before.end.latest <= after.start.latest


def test_that_the_removal_of_the_other_side_is_not_told_of_the_side_that_kept_its_device() -> None:
    told = history((PartialDate(2009), SideEvent.IMPLANTED), (PartialDate(2014), SideEvent.KEPT))
    removal = dataclasses.replace(told.operations[1], kind=OperationKind.REMOVAL)
    both = dataclasses.replace(told, operations=(told.operations[0], removal))
    assert [event.label for event in lane_of(both, Side.RIGHT, TODAY).events] == ["operated, device unchanged"]
