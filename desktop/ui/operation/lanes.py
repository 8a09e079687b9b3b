"""How the timeline of each side is drawn and told: bars with what is known, unsure where it is not exact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.lane_span import Span
from desktop.services.timeline import Timeline
from desktop.services.timeline_fact import EventFact, EventKind, GapFact, SpellFact
from desktop.ui.kit.lanes import Gap, Lane, LaneEvent, Spell
from desktop.ui.kit.theme import Tone


def lane_of(timeline: Timeline, side: Side) -> Lane:
    facts = timeline.of(side)
    return Lane(
        tuple(_spell(each) for each in facts.spells),
        tuple(_event(each, timeline.as_of) for each in facts.events),
        tuple(_gap(each, timeline.as_of) for each in facts.gaps),
    )


def _spell(fact: SpellFact) -> Spell:
    device, one = fact.device, fact.device.occupation
    title = device.title.replace("Unknown device, ", "Unknown ") if device.fill else device.title  # bars are short
    plane = fact.plane.label if fact.plane else ""
    plane = plane.replace("Dual plane", "dual plane") if "Dual plane" in plane else plane.lower()
    label = " · ".join(filter(None, (title, plane, *_age_words(fact))))
    named = title.partition(" · ")[0]
    volume = f"{device.volume_ml:,} mL" if device.volume_ml else ""
    return Spell(
        label=label,
        start=fact.drawn.start,
        end=fact.drawn.works_until,
        lies_until=fact.drawn.lies_until,
        is_in_place=one.is_in_place,
        is_functionless=one.is_functionless,
        said=_said(fact),
        short=tuple(dict.fromkeys(filter(None, (title, named, volume, named.partition(",")[0])))),
        number=fact.number,
        key=device.operation_id if device.operation_id is not None else one.removed_by or one.functionless_by,
    )


def _age_words(fact: SpellFact) -> Iterator[str]:
    one = fact.device.occupation
    if one.is_in_place and fact.age:
        yield fact.age
    elif one.since is not None and not one.since.is_exact:
        yield f"about {one.since.year}"


def _said(fact: SpellFact) -> str:
    one = fact.device.occupation
    since = _date_words(one.since)
    lost = f", without function since {_date_words(one.functionless_since)}" if one.is_functionless else ""
    if one.is_in_place:
        return f"since {since}{lost}"
    if one.fate_unknown:
        return f"from {since}; nobody recorded it coming out"
    length = f" ({fact.age})" if fact.age else ""
    return f"from {since}{lost} to {_date_words(one.until)}{length}"


def _date_words(date: PartialDate | None) -> str:
    """`12 May 2014`; what is known by its year is `about 2009`."""
    if date is None:
        return "an unknown date"
    return f"about {date.year}" if date.month is None else show_partial_date(date)


def _event(fact: EventFact, today: dt.date) -> LaneEvent:
    """A contracture names who graded it in words; the mark only its grade."""
    label = fact.words.partition(", by ")[0] if fact.kind is EventKind.CONTRACTURE else fact.words
    on = Span.known(fact.on, today) if fact.on else None
    said = _date_words(fact.on) if fact.on else "date unknown"
    if fact.kind is EventKind.CONTRACTURE and fact.source:
        said = f"{said}, by {fact.source}"
    return LaneEvent(
        on, label.replace(", examiner not recorded", ""), _tone(fact), said, fact.number, fact.operation_id
    )


def _tone(fact: EventFact) -> Tone:
    if fact.is_serious:
        return "danger"
    seen = (EventKind.IMAGING, EventKind.CONTRACTURE, EventKind.FUNCTIONLESS)
    return "warning" if fact.kind in seen else "accent"


def _gap(fact: GapFact, today: dt.date) -> Gap:
    until = Span.known(fact.until, today) if fact.until else None
    return Gap(Span.known(fact.since, today), until, ("no device recorded", "no device"))
