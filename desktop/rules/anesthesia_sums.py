"""What the anesthesia note adds up and compares: what with what, in words; never what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from itertools import pairwise
from typing import Any

from desktop.models.choices import CaseEvent, DoseUnit, Drug, Score
from desktop.rules.anesthesia import events_of
from desktop.rules.anesthesia_tables import (
    ALDRETE_CRITERION,
    FASTING_SOURCE,
    GRACE_SECONDS,
    LOCAL_ANESTHETICS,
    MCG_PER_UNIT,
    TICK_MINUTES,
    FastingRow,
)
from desktop.rules.numbers import show_decimal
from desktop.rules.patient import body_mass_index, rows_of
from desktop.rules.problem import Values

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class AldreteTotal:
    """`total` is None until all five items are scored; then only the range is known.

    `meets_criterion` is None while it cannot be told yet.
    """

    total: int | None
    lowest: int
    highest: int
    missing: int
    meets_criterion: bool | None


def aldrete_total(items: Sequence[Score | None]) -> AldreteTotal:
    """The modified Aldrete score of 1995: five items of 0 to 2, compared with 9. Source: clinical reference §4.16."""
    known = [int(item.value) for item in items if item is not None]
    missing = len(items) - len(known)
    lowest, highest = sum(known), sum(known) + 2 * missing
    meets = lowest >= ALDRETE_CRITERION if not missing else False if highest < ALDRETE_CRITERION else None
    return AldreteTotal(None if missing else lowest, lowest, highest, missing, meets)


@dataclass(frozen=True)
class Elapsed:
    """How long before `until` something was taken, and each hour of the table that this reaches or not."""

    minutes: int
    compared: tuple[tuple[FastingRow, bool], ...]

    def words(self, against: str) -> str:
        """`1 h 45 min before sedation started 08:15; table: clear fluid 2 h not reached (ASA …)`."""
        rows = (f"{row.intake} {row.hours} h {'reached' if met else 'not reached'}" for row, met in self.compared)
        return f"{show_minutes(self.minutes)} {against}; table: {', '.join(rows)} ({FASTING_SOURCE})"


def hours_since(taken_at: dt.datetime, until: dt.datetime, rows: Iterable[FastingRow]) -> Elapsed:
    """Compare instants, so that midnight and a change of the clock count as they passed; both are aware.

    `>=` on the exact time; what is shown is whole minutes, cut off. Source: clinical reference §4.7.
    """
    passed = until - taken_at
    compared = tuple((row, passed >= dt.timedelta(hours=row.hours)) for row in rows)
    return Elapsed(passed // _MINUTE, compared)


def show_minutes(minutes: int) -> str:
    """`1 h 45 min`; a minus when it lies after."""
    sign, rest = ("−" if minutes < 0 else ""), abs(minutes)
    return f"{sign}{rest // 60} h {rest % 60:02} min"


def bmi(weight_kg: Decimal | None, height_cm: int | None) -> Decimal | None:
    """kg / m², not rounded; None when one of the two is missing. Source: clinical reference §4.8."""
    if weight_kg is None or height_cm is None:
        return None
    return body_mass_index(weight_kg, Decimal(height_cm))


@dataclass(frozen=True)
class LocalTotal:
    """One local anesthetic over the whole session, both sides together.

    `mg` or `ml` is None when an input is missing; `missing` then says which. Nothing drops off with time.
    """

    drug: Drug
    mg: Decimal | None
    ml: Decimal | None
    parts: tuple[str, ...]
    missing: str = ""


def local_anesthetic_given(drugs: Iterable[Mapping[str, Any]]) -> tuple[LocalTotal, ...]:
    """What was given of each local anesthetic, by any route, added over both sides.

    A volume needs its concentration to become mg; without it the answer is what is missing, never 0.
    Source: clinical reference §4.14, rules 4 and 5; §0, rule 3.
    """
    rows = [row for row in drugs if row.get("drug") in LOCAL_ANESTHETICS]
    return tuple(
        _local_total(drug, [row for row in rows if row["drug"] is drug])
        for drug in LOCAL_ANESTHETICS
        if any(row["drug"] is drug for row in rows)
    )


def show_ml(volume_ml: Decimal) -> str:
    """To 0.1 mL, never rounded down: it was given."""
    return f"{show_decimal(volume_ml.quantize(Decimal('0.1'), rounding=ROUND_UP))} mL"


def _local_total(drug: Drug, rows: Sequence[Mapping[str, Any]]) -> LocalTotal:
    amounts = [_mg_and_ml(row) for row in rows]
    mg = [amount[0] for amount in amounts]
    ml = [amount[1] for amount in amounts]
    missing = next((reason for _mg, _ml, reason in amounts if reason), "")
    return LocalTotal(drug, _sum(mg), _sum(ml), tuple(_part(row) for row in rows), missing)


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _mg_and_ml(row: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None, str]:
    dose, unit, strength = row.get("dose"), row.get("unit"), row.get("concentration_mg_per_ml")
    if not isinstance(dose, Decimal):
        return None, None, "dose missing"
    known = strength if isinstance(strength, Decimal) and strength > 0 else None
    lacking = "" if known else "concentration missing"
    if unit is DoseUnit.ML:
        return (dose * known if known else None), dose, lacking
    if isinstance(unit, DoseUnit) and unit in MCG_PER_UNIT:
        mg = dose * MCG_PER_UNIT[unit] / 1000
        return mg, (mg / known if known else None), lacking
    return None, None, f"{unit.label} is not an amount" if isinstance(unit, DoseUnit) else "unit missing"


def _part(row: Mapping[str, Any]) -> str:
    strength, side = row.get("concentration_mg_per_ml"), row.get("side")
    unit = row.get("unit")
    dose = f"{show_decimal(row['dose'])} {unit.label if unit else ''}".strip() if row.get("dose") is not None else "?"
    of = f"{show_decimal(strength)} mg/mL" if isinstance(strength, Decimal) else ""
    return " · ".join(filter(None, (dose, of, side.label if side else "")))


@dataclass(frozen=True)
class Gap:
    """A stretch of sedation in which `what` was not recorded."""

    what: str
    since: dt.datetime
    until: dt.datetime

    @property
    def minutes(self) -> int:
        return (self.until - self.since) // _MINUTE


def vital_gaps(vitals: Iterable[Mapping[str, Any]], since: dt.datetime, until: dt.datetime) -> tuple[Gap, ...]:
    """Where pressure or pulse were not recorded for more than 5 minutes and the grace of 60 s between these moments.

    A gap is told, never filled. Source: clinical reference §4.10.
    """
    longest = dt.timedelta(minutes=TICK_MINUTES, seconds=GRACE_SECONDS)
    gaps = []
    rows = tuple(vitals)
    for what, needed in (("blood pressure", ("systolic_mmhg", "diastolic_mmhg")), ("pulse", ("pulse_bpm",))):
        recorded = sorted(row["at"] for row in rows if all(row.get(name) is not None for name in ("at", *needed)))
        inside = [since, *(at for at in recorded if since < at < until), until]
        gaps += [Gap(what, one, other) for one, other in pairwise(inside) if other - one > longest]
    return tuple(sorted(gaps, key=lambda gap: gap.since))


def sedation_span(values: Values, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    """From the start of sedation to its end, or to now while it runs; None before it starts."""
    started, ended = events_of(values, CaseEvent.SEDATION_START), events_of(values, CaseEvent.SEDATION_END)
    return (started[0], ended[-1] if ended else max(now, started[0])) if started else None


def record_span(values: Values) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the record began (in the room, else the start of sedation) and when it ended, if it did."""
    begun = events_of(values, CaseEvent.IN_ROOM) or events_of(values, CaseEvent.SEDATION_START)
    ended = events_of(values, CaseEvent.OUT_OF_ROOM)
    left = values.get("discharged_at")
    return (begun[0] if begun else None), (ended[-1] if ended else left)


def not_recorded(values: Values) -> tuple[str, ...]:
    """What the note does not say, told before it is signed; it may be signed all the same."""
    asked = {
        "asa_class": "physical status",
        "weight_kg": "weight today",
        "consent_given": "consent to sedation",
        "last_clear_fluid_at": "last clear fluid",
        "last_meal_at": "last meal",
        "vitals": "vital signs",
        "drugs": "drugs",
        "discharged_at": "discharge",
    }
    lacking = [words for name, words in asked.items() if not values.get(name)]
    scores = [name for name in values if name.startswith("aldrete_")]
    if unscored := sum(values[name] is None for name in scores):
        lacking.append(f"{unscored} of {len(scores)} recovery scores")
    for event in (CaseEvent.SEDATION_START, CaseEvent.SEDATION_END):
        if rows_of(values.get("drugs")) and not events_of(values, event):
            lacking.append(event.label.lower())
    return tuple(lacking)
