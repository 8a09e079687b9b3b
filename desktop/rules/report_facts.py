"""Everything that an operative report rests on: what was planned, what the operation holds, what the answers are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.models.choices import (
    Capsulectomy,
    ContingencyWhen,
    Disposition,
    Fill,
    Incision,
    Plane,
    PlanStep,
    Pocket,
    RemovedCondition,
    Shape,
    Side,
    SideEvent,
    Surface,
)
from desktop.models.partial_date import PartialDate
from desktop.rules.device import device_title
from desktop.rules.problem import Values


@dataclass(frozen=True, kw_only=True)
class DeviceFacts:
    """A device as it was planned or put in; volumes in mL, lengths in mm. None is not known and never differs."""

    manufacturer: str | None = None
    line: str | None = None
    style: str | None = None
    volume_ml: int | None = None
    width_mm: int | None = None
    projection_mm: int | None = None
    fill: Fill | None = None
    shape: Shape | None = None
    surface: Surface | None = None
    serial: str | None = None
    lot: str | None = None
    expires_on: dt.date | None = None

    @property
    def is_described(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__dataclass_fields__)

    @property
    def title(self) -> str:
        return self.title_or("Unknown device")

    def title_or(self, unnamed: str) -> str:
        return device_title(self.manufacturer, self.line, self.volume_ml, unnamed)


@dataclass(frozen=True, kw_only=True)
class PlannedSide:
    """What the signed plan says of one side; `spares` are the other sizes that were to be at hand."""

    steps: tuple[PlanStep, ...] = ()
    device: DeviceFacts = field(default_factory=DeviceFacts)
    spares: tuple[DeviceFacts, ...] = ()
    plane: Plane | None = None
    incision: Incision | None = None
    pocket: Pocket | None = None
    drain_count: int | None = None


@dataclass(frozen=True)
class PlannedContingency:
    """If … then …, in one side."""

    side: Side
    happens: ContingencyWhen
    detail: str | None
    steps: tuple[PlanStep, ...]
    then: str | None

    @property
    def condition(self) -> str:
        return f"{self.happens.label}: {self.detail}" if self.detail else self.happens.label


@dataclass(frozen=True, kw_only=True)
class CameOut:
    """A device that came out; `is_recorded` says whether anybody wrote down what was found of it."""

    title: str
    is_recorded: bool = False
    conditions: tuple[RemovedCondition, ...] = ()
    capsulectomy: Capsulectomy | None = None
    disposition: Disposition | None = None


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """Everything a report rests on. `put_in` and `came_out` name the sides in which the operation says so."""

    report: Values
    planned: Mapping[Side, PlannedSide]
    events: Mapping[Side, SideEvent]
    put_in: Mapping[Side, DeviceFacts]
    came_out: Mapping[Side, CameOut]
    drains: Mapping[Side, int]
    matrices: Mapping[Side, int]
    indications: tuple[Mapping[str, Any], ...] = ()
    happened_on: PartialDate | None = None
    planned_on: dt.date | None = None
    surgeon: str | None = None
