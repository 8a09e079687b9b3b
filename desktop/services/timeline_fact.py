"""What one fact of a side's timeline is: a device, something seen or done, or a time without any device."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from desktop.models.choices import Plane, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.lane_span import DrawnSpell
from desktop.services.operation import DeviceInSide


class EventKind(enum.Enum):
    RUPTURE = "rupture"
    IMAGING = "imaging"
    CONTRACTURE = "contracture"
    MATRIX = "matrix"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    FUNCTIONLESS = "functionless"


@dataclass(frozen=True)
class SpellFact:
    """One device in one side; `plane` None: not recorded. `age` is empty where a date is missing.

    The `number` of a fact is the same in the drawing, in the table and on paper.
    """

    side: Side
    device: DeviceInSide
    drawn: DrawnSpell
    plane: Plane | None
    age: str
    number: int = 0

    @property
    def since(self) -> PartialDate | None:
        return self.device.occupation.since


@dataclass(frozen=True)
class EventFact:
    """`on` None: `is_undated` says whether somebody stated that nobody knows. `is_serious`: it may need an answer."""

    side: Side
    kind: EventKind
    on: PartialDate | None
    words: str
    source: str = ""
    operation_id: int | None = None
    is_serious: bool = False
    is_undated: bool = False
    number: int = 0

    @property
    def since(self) -> PartialDate | None:
        return self.on


@dataclass(frozen=True)
class GapFact:
    """No working device is recorded; `until` None: to this day."""

    side: Side
    since: PartialDate
    until: PartialDate | None
    number: int = 0


Fact = SpellFact | EventFact | GapFact


@dataclass(frozen=True)
class TimelineRow:
    """One fact in words; an event has no end, no length and no plane."""

    number: int
    side: Side
    what: str
    since: str
    until: str
    how_long: str
    plane: str
    source: str
    operation_id: int | None
