"""How each fact of a timeline is told in words: what, from when to when, for how long, where, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.choices import Plane, Source
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.spell import show_age_in_place, show_time_in_place
from desktop.services.operation import DeviceInSide
from desktop.services.timeline_fact import EventFact, Fact, GapFact, SpellFact, TimelineRow

NOT_RECORDED, UNKNOWN_WORD = "not recorded", "unknown"


@dataclass(frozen=True)
class Told:
    """What is stated to be unknown, and who says the rest: of operations by their id, of spells by theirs."""

    undated: frozenset[int] = frozenset()
    planes_unknown: frozenset[int] = frozenset()
    operation_sources: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    spell_sources: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def date(self, date: PartialDate | None, operation_id: int | None) -> str:
        """Of an operation that nobody recorded, the date is unknown."""
        if date is not None:
            return show_partial_date(date)
        return UNKNOWN_WORD if operation_id is None or operation_id in self.undated else NOT_RECORDED


def read_told(session: Session, patient_id: int) -> Told:
    operations = session.execute(
        select(Operation.id, Operation.unknown, Operation.source, Operation.sources).where(
            Operation.patient_id == patient_id
        )
    ).all()
    spells = session.execute(
        select(DeviceSpell.id, DeviceSpell.unknown, DeviceSpell.sources, Device.sources)
        .join(Device, Device.id == DeviceSpell.device_id)
        .where(DeviceSpell.patient_id == patient_id)
    ).all()
    return Told(
        undated=frozenset(each for each, unknown, _source, _sources in operations if "happened_on" in unknown),
        planes_unknown=frozenset(each for each, unknown, _plane, _device in spells if "plane" in unknown),
        operation_sources={
            each: _once([*([source.label] if source else []), *source_labels(sources)])
            for each, _unknown, source, sources in operations
        },
        spell_sources={
            each: _once([*source_labels(plane), *source_labels(device)]) for each, _unknown, plane, device in spells
        },
    )


def source_labels(sources: Mapping[str, str]) -> Iterator[str]:
    return (Source.from_code(code).label for code in sources.values())


def row_of(fact: Fact, told: Told, on: dt.date) -> TimelineRow:
    if isinstance(fact, SpellFact):
        return _spell_row(fact, told)
    return _event_row(fact, told) if isinstance(fact, EventFact) else _gap_row(fact, on)


def _spell_row(spell: SpellFact, told: Told) -> TimelineRow:
    device, one = spell.device, spell.device.occupation
    until = told.date(one.until, one.removed_by)
    if one.is_in_place:
        until = "in place, without function" if one.is_functionless else "in place"
    elif one.fate_unknown:
        until = "nobody recorded it coming out"
    what = _what(device)
    if one.is_functionless:
        what += f"; without function since: {told.date(one.functionless_since, one.functionless_by)}"
    plane = UNKNOWN_WORD if one.spell_id in told.planes_unknown else NOT_RECORDED
    by_operation = told.operation_sources.get(device.operation_id or 0, ())
    sources = _once([*by_operation, *told.spell_sources.get(one.spell_id or 0, ())])
    return TimelineRow(
        number=spell.number,
        side=spell.side,
        what=what,
        since=told.date(one.since, device.operation_id),
        until=until,
        how_long=spell.age or UNKNOWN_WORD,
        plane=spell.plane.label if spell.plane else plane,
        source=", ".join(sources) or NOT_RECORDED,
        operation_id=device.operation_id if device.operation_id is not None else one.removed_by or one.functionless_by,
    )


def _what(device: DeviceInSide) -> str:
    """The device without its plane, which has a column of its own."""
    plane = Plane.from_code(device.plane).label.lower() if device.plane else ""
    details = (each for each in device.detail.split(" · ") if each != plane)
    return " · ".join(filter(None, (device.title, *details)))


def _event_row(event: EventFact, told: Told) -> TimelineRow:
    if event.on is not None or event.operation_id is not None:
        when = told.date(event.on, event.operation_id)
    else:
        when = UNKNOWN_WORD if event.is_undated else NOT_RECORDED
    source = event.source or ", ".join(told.operation_sources.get(event.operation_id or 0, ())) or NOT_RECORDED
    what = event.words[:1].upper() + event.words[1:]
    return TimelineRow(event.number, event.side, what, when, "", "", "", source, event.operation_id)


def _gap_row(gap: GapFact, on: dt.date) -> TimelineRow:
    since, until = show_partial_date(gap.since), show_partial_date(gap.until) if gap.until else "today"
    length = show_time_in_place(gap.since, gap.until) if gap.until else show_age_in_place(gap.since, on)
    return TimelineRow(gap.number, gap.side, "No working device recorded", since, until, length, "", "", None)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
