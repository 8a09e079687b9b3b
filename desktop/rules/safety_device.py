"""How the devices that lie ready for one side are read aloud, and what in them contradicts the plan or the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from desktop.models.choices import DeviceRole, Side
from desktop.rules.dates import show_date
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import puts_device_in
from desktop.rules.problem import Values
from desktop.rules.side import answer_at

Tone = Literal["", "muted", "warning", "danger"]


@dataclass(frozen=True)
class Said:
    """One line that is read aloud; `danger` contradicts what else is recorded, `warning` is missing."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """A device that is here for one side, or that is recorded as put in; None is not known."""

    side: Side
    role: DeviceRole = DeviceRole.FIRST_CHOICE
    manufacturer: str | None = None
    line: str | None = None
    style: str | None = None
    volume_ml: int | None = None
    lot: str | None = None
    serial: str | None = None
    expires_on: dt.date | None = None
    is_put_in: bool = False


_HAS_VOLUME: Final = frozenset({DeviceRole.FIRST_CHOICE, DeviceRole.SPARE})


def read_devices(devices: tuple[AtHand, ...], plan: Values, side: Side, on: dt.date) -> Iterator[Said]:
    """Maker, line, style, volume, lot, serial and expiry of each; what is not known is said. Source: §6.3, §8 trap 12.

    `on` is the day of surgery.
    """
    here = [device for device in devices if device.side is side]
    if not here and puts_device_in(plan, side):
        yield Said(f"{side.label}: no device is recorded as here. Scan or write what lies on the table.", "danger")
    elif not here:
        yield Said(f"{side.label}: the plan puts no device in.", "muted")
    for device in here:
        yield Said(_words(device))
        yield from _contradictions(device, plan, on)


def planned_volumes(plan: Values, side: Side) -> tuple[int, ...]:
    """The first choice, then the spare sizes."""
    spares = [
        row.get("volume_ml")
        for row in rows_of(plan.get("devices"))
        if row.get("side") is side and row.get("role") is DeviceRole.SPARE
    ]
    return tuple(dict.fromkeys(ml for ml in (answer_at(plan, side, "volume_ml"), *spares) if ml is not None))


def _words(device: AtHand) -> str:
    use = "recorded for this operation" if device.is_put_in else device.role.label.lower()
    maker = " ".join(filter(None, (device.manufacturer, device.line)))
    style = f"style {device.style}" if device.style else ""
    named = " · ".join(filter(None, (maker, style))) or "maker and line not recorded"
    facts = (
        f"{device.volume_ml:,} mL" if device.volume_ml is not None else "volume not recorded",
        f"lot {device.lot}" if device.lot else "lot not recorded",
        f"serial {device.serial}" if device.serial else "serial not recorded",
        f"usable through {show_date(device.expires_on)}" if device.expires_on else "expiry not recorded",
    )
    shown = facts if device.role in _HAS_VOLUME else facts[1:]
    return f"{device.side.label}, {use}: {named} · {' · '.join(shown)}"


def _contradictions(device: AtHand, plan: Values, on: dt.date) -> Iterator[Said]:
    if device.expires_on is not None and device.expires_on < on:
        yield Said(f"PAST ITS DATE: usable through {show_date(device.expires_on)} only.", "danger")
    planned = planned_volumes(plan, device.side)
    if device.role not in _HAS_VOLUME or device.volume_ml is None:
        return
    if not puts_device_in(plan, device.side):
        yield Said(f"The plan puts no device in {device.side.label}.", "danger")
    elif planned and device.volume_ml not in planned:
        listed = ", ".join(f"{ml:,}" for ml in planned)
        words = f"{device.volume_ml:,} mL is neither first choice nor spare size of {device.side.label}"
        yield Said(f"{words} (planned: {listed} mL).", "danger")
