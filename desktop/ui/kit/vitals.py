"""What one anesthesia record holds for its chart: plain values, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_STEP = dt.timedelta(minutes=5)
"""Two readings further apart than this are not joined."""


@dataclass(frozen=True)
class Dose:
    at: dt.datetime
    amount: str


@dataclass(frozen=True)
class Infusion:
    """`ended_at` None: still running."""

    started_at: dt.datetime
    rate: str
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class DrugRow:
    name: str
    unit: str
    doses: tuple[Dose, ...] = ()
    infusions: tuple[Infusion, ...] = ()

    def words(self, zone: dt.tzinfo | None) -> str:
        parts = [f"{dose.amount} {self.unit} at {clock(dose.at, zone)}" for dose in self.doses]
        for each in self.infusions:
            end = f"to {clock(each.ended_at, zone)}" if each.ended_at else "still running"
            parts.append(f"{each.rate} {self.unit} from {clock(each.started_at, zone)} {end}")
        return f"{self.name}: {', '.join(parts) or 'nothing given'}"


@dataclass(frozen=True)
class VitalSigns:
    """One reading; None was not measured."""

    at: dt.datetime
    systolic_mmhg: float | None = None
    diastolic_mmhg: float | None = None
    pulse_per_min: float | None = None
    spo2_percent: float | None = None


def clock(at: dt.datetime, zone: dt.tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def reading_words(reading: VitalSigns, zone: dt.tzinfo | None) -> str:
    def shown(value: float | None) -> str:
        return "not measured" if value is None else f"{value:g}"

    if reading.systolic_mmhg is None and reading.diastolic_mmhg is None:
        pressure = "not measured"
    else:
        pressure = f"{shown(reading.systolic_mmhg)}/{shown(reading.diastolic_mmhg)} mmHg"
    spo2 = shown(reading.spo2_percent) + (" %" if reading.spo2_percent is not None else "")
    return f"{clock(reading.at, zone)} · BP {pressure} · pulse {shown(reading.pulse_per_min)} · SpO₂ {spo2}"


def unbroken(readings: Sequence[VitalSigns], value: Callable[[VitalSigns], float | None]) -> list[list[VitalSigns]]:
    """The runs of readings that may be joined by a line: measured, and not more than five minutes apart."""
    runs: list[list[VitalSigns]] = []
    joins = False
    for reading in readings:
        if value(reading) is None:
            joins = False
        elif joins and reading.at - runs[-1][-1].at <= LONGEST_STEP:
            runs[-1].append(reading)
        else:
            runs.append([reading])
            joins = True
    return runs
