"""What the device timeline is told: devices, events and gaps of two lanes, with dates no surer than they are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.rules.lane_span import Span
from desktop.ui.kit.theme import Tone


@dataclass(frozen=True)
class Spell:
    """One device in one breast, working from `start` to `end`, then lying there without function until `lies_until`.

    `start` None: nobody knows. `end` None: it works today. `short` are shorter labels for a narrow bar, longest first;
    the number stands where none has room. `said` tells the dates in words.
    """

    label: str
    start: Span | None
    end: Span | None = None
    lies_until: Span | None = None
    is_in_place: bool = False
    is_functionless: bool = False
    said: str = ""
    short: tuple[str, ...] = ()
    number: int = 0
    key: Any = None

    @property
    def is_exact(self) -> bool:
        return self.start is not None and self.start.is_exact and (self.end is None or self.end.is_exact)

    @property
    def begins_on(self) -> int:
        return self.start.earliest.toordinal() if self.start else 0

    def words(self) -> str:
        state = "in place" if self.is_in_place else "no longer in place"
        if self.is_functionless:
            state = f"without function, {'still there' if self.is_in_place else state}"
        return ", ".join(part for part in (self.label, self.said, state) if part)


@dataclass(frozen=True)
class LaneEvent:
    """What happened or was found; `on` None: nobody knows when. `said` is the date in words."""

    on: Span | None
    label: str
    tone: Tone = "warning"
    said: str = ""
    number: int = 0
    key: Any = None

    @property
    def begins_on(self) -> int:
        return self.on.earliest.toordinal() if self.on else 0

    def words(self) -> str:
        return f"{self.label} ({self.said or (self.on.earliest.year if self.on else 'date unknown')})"


@dataclass(frozen=True)
class Gap:
    """A time during which nothing is recorded; `end` None: to this day. The first label that fits is drawn."""

    start: Span
    end: Span | None
    labels: tuple[str, ...]


Item = Spell | LaneEvent


@dataclass(frozen=True)
class Lane:
    spells: tuple[Spell, ...] = ()
    events: tuple[LaneEvent, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def items(self) -> list[Item]:
        """What can be walked to, in the order of time; of one day the device comes first."""
        return sorted((*self.spells, *self.events), key=lambda each: each.begins_on)

    def spans(self) -> Iterator[Span | None]:
        """Every date the lane has."""
        for spell in self.spells:
            yield from (spell.start, spell.end, spell.lies_until)
        yield from (event.on for event in self.events)

    def words(self) -> str:
        told = [spell.words() for spell in self.spells] or ["no device recorded"]
        found = ", ".join(event.words() for event in self.events)
        return "; ".join(told) + (f". Events: {found}." if found else ".")
