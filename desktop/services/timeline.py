"""What was in each breast from when to when and what was seen there: everything the timeline draws and tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy.orm import Session

from desktop.models.choices import Plane, Side
from desktop.rules.dates import show_partial_date
from desktop.rules.lane_span import DrawnSpell, drawn_spells, gaps
from desktop.rules.permission import Verb
from desktop.rules.spell import show_age_in_place, show_time_in_place
from desktop.services.context import require, today
from desktop.services.operation import DeviceInSide, History, read_history
from desktop.services.timeline_event import read_events
from desktop.services.timeline_fact import EventFact, Fact, GapFact, SpellFact, TimelineRow
from desktop.services.timeline_words import Told, read_told, row_of


@dataclass(frozen=True)
class SideTimeline:
    spells: tuple[SpellFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    gaps: tuple[GapFact, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """`rows` tell every fact of both sides in the order of time."""

    as_of: dt.date
    history: History
    right: SideTimeline
    left: SideTimeline
    rows: tuple[TimelineRow, ...]

    @classmethod
    def made_of(cls, history: History, events: Iterable[EventFact], told: Told, on: dt.date) -> Self:
        facts = _numbered([*_devices(history, on), *events])
        rows = tuple(row_of(fact, told, on) for fact in facts)
        return cls(on, history, _of_side(Side.RIGHT, facts), _of_side(Side.LEFT, facts), rows)

    def of(self, side: Side) -> SideTimeline:
        return self.right if side is Side.RIGHT else self.left


def read_timeline(session: Session, patient_id: int) -> Timeline:
    """A bounded number of statements, however long the history is."""
    require(session, Verb.VIEW_CASE)
    history = read_history(session, patient_id)
    events = read_events(session, patient_id, history)
    return Timeline.made_of(history, events, read_told(session, patient_id), today(session))


def since_words(device: DeviceInSide, today: dt.date) -> str:
    """`since 12 May 2014 (12 y)`."""
    since = device.occupation.since
    if since is None:
        return "since when is not known"
    return f"since {show_partial_date(since)} ({show_age_in_place(since, today)})".replace(" y)", "\u00a0y)")


def in_place_words(history: History, side: Side, today: dt.date) -> tuple[str, str]:
    """What is in a side today, and what is known about it."""
    chain = history.chain(side)
    device = history.in_place(side)
    if device is not None:
        words = [device.detail, since_words(device, today)]
        words += ["without function"] if device.occupation.is_functionless else []
        others = (each for each in history.functionless(side) if each is not device)
        words += [f"beside it, without function: {each.title}" for each in others]
        words += [f"{each.title} may still be there" for each in chain if each.occupation.fate_unknown]
        return device.title, " · ".join(filter(None, words))
    if not chain:
        return "No device recorded", "none recorded here or elsewhere"
    gone = chain[-1].occupation.until
    return "No device in place", f"the last came out {show_partial_date(gone) if gone else 'at an unknown time'}"


def _devices(history: History, on: dt.date) -> Iterable[Fact]:
    for side in Side:
        chain = history.chain(side)
        occupations = [device.occupation for device in chain]
        for device, drawn in zip(chain, drawn_spells(occupations, on), strict=True):
            yield _spell(side, device, drawn, on)
        yield from (GapFact(side, since, until) for since, until in gaps(occupations, on))


def _spell(side: Side, device: DeviceInSide, drawn: DrawnSpell, on: dt.date) -> SpellFact:
    one = device.occupation
    age = ""
    if one.since is not None and one.is_in_place:
        age = show_age_in_place(one.since, on)
    elif one.since is not None and one.until is not None:
        age = show_time_in_place(one.since, one.until)
    return SpellFact(side, device, drawn, Plane.from_code(device.plane) if device.plane else None, age)


def _numbered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """In the order of time; what nobody dated comes first, RIGHT before LEFT, and of one day the device first."""
    in_order = sorted(facts, key=_order)
    return tuple(replace(fact, number=number) for number, fact in enumerate(in_order, start=1))


def _order(fact: Fact) -> tuple[int, int, int]:
    """A device nobody dated stands where it is drawn: after what came out before it."""
    day = fact.since.earliest if fact.since else None
    if isinstance(fact, SpellFact) and fact.drawn.start is not None:
        day = fact.drawn.start.earliest
    rank = (SpellFact, EventFact, GapFact).index(type(fact))
    return (day.toordinal() if day else 0, list(Side).index(fact.side), rank)


def _of_side(side: Side, facts: tuple[Fact, ...]) -> SideTimeline:
    mine = [fact for fact in facts if fact.side is side]
    return SideTimeline(
        tuple(fact for fact in mine if isinstance(fact, SpellFact)),
        tuple(fact for fact in mine if isinstance(fact, EventFact)),
        tuple(fact for fact in mine if isinstance(fact, GapFact)),
    )
