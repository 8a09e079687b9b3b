"""What makes an anesthesia note acceptable: what is refused, and what a person is asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from desktop.models.choices import CaseEvent, DoseUnit, Drug, Route, SedationScale, Side
from desktop.rules.anesthesia_tables import (
    ANTIBIOTICS,
    LIKELY_MG_PER_ML,
    LOCAL_ANESTHETICS,
    MCG_PER_UNIT,
    SCALE_WORDS,
    USUAL_UNITS,
)
from desktop.rules.dates import show_date, show_time
from desktop.rules.numbers import show_decimal
from desktop.rules.patient import check_body, rows_of
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.rows import Row, check_rows, plain_row

_MEASURES: Final = (
    "systolic_mmhg", "diastolic_mmhg", "pulse_bpm", "spo2_percent", "breaths_per_min", "etco2_mmhg", "sedation_value",
)  # fmt: skip
_ORDERED: Final = (
    (CaseEvent.IN_ROOM, CaseEvent.OUT_OF_ROOM),
    (CaseEvent.SEDATION_START, CaseEvent.SEDATION_END),
    (CaseEvent.IN_ROOM, CaseEvent.SEDATION_START),
    (CaseEvent.SEDATION_END, CaseEvent.OUT_OF_ROOM),
    (CaseEvent.INCISION, CaseEvent.CLOSURE),
)
"""What cannot be the other way round (§4.10); an implant may come out and go in again, so that is asked instead."""


def check_anesthesia_note(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong or unlikely. Rows that stand in `drugs_confirmed` and the like are not asked about again."""
    return [
        *check_body({"weight_kg": values.get("weight_kg")}),
        *_check_pressure(values, "baseline_systolic_mmhg", "baseline_diastolic_mmhg"),
        *check_rows(values, "vitals", "Vitals", check_vital),
        *check_rows(values, "drugs", "Drug", check_drug),
        *check_rows(values, "events", "Event", no_row_check),
        *_check_order(rows_of(values.get("events"))),
        *_check_implants(values),
        *_check_moments(values, circumstances.today),
        *_check_intake(values),
        *_check_discharge(values),
    ]


def check_vital(row: Row) -> list[Problem]:
    """One reading: a pressure is two numbers, a depth of sedation is a value with its scale."""
    problems = _check_pressure(row, "systolic_mmhg", "diastolic_mmhg")
    if all(row.get(name) is None for name in _MEASURES):
        problems.append(Problem("systolic_mmhg", "nothing was measured. Write a value, or leave this row out."))
    for name, other, words in (
        ("systolic_mmhg", "diastolic_mmhg", "the diastolic pressure is missing"),
        ("diastolic_mmhg", "systolic_mmhg", "the systolic pressure is missing"),
    ):
        if row.get(name) is not None and row.get(other) is None:
            problems.append(Problem(other, f"{words}. Was it not measured?", is_question=True))
    return problems + _check_sedation(row)


def check_drug(row: Row) -> list[Problem]:
    """One drug given: a dose above zero in a unit that belongs to it; doses are never judged."""
    drug, dose, unit, strength = (row.get(n) for n in ("drug", "dose", "unit", "concentration_mg_per_ml"))
    problems: list[Problem] = []
    if isinstance(dose, Decimal) and dose <= 0:
        problems.append(Problem("dose", "the dose must be above 0."))
    if isinstance(strength, Decimal) and strength <= 0:
        problems.append(Problem("concentration_mg_per_ml", "the concentration must be above 0 mg/mL."))
    if row.get("until_at") is not None and row.get("at") is not None and row["until_at"] < row["at"]:
        until, since = show_time(row["until_at"]), show_time(row["at"])
        problems.append(Problem("until_at", f"it ends at {until}, before it begins at {since}."))
    if problems or not isinstance(drug, Drug) or not isinstance(unit, DoseUnit) or not isinstance(dose, Decimal):
        return problems
    return _check_unit(drug, dose, unit) + _check_strength(drug, strength, row.get("route"))


def no_row_check(row: Row) -> list[Problem]:
    """For rows whose columns say everything."""
    return []


def events_of(values: Values, event: CaseEvent) -> list[dt.datetime]:
    """When an event was noted, earliest first."""
    rows = rows_of(values.get("events"))
    return sorted(row["at"] for row in rows if row.get("event") is event and row.get("at") is not None)


def _check_pressure(row: Row, systolic_name: str, diastolic_name: str) -> list[Problem]:
    systolic, diastolic = row.get(systolic_name), row.get(diastolic_name)
    if not isinstance(systolic, int) or not isinstance(diastolic, int) or systolic > diastolic:
        return []
    message = f"{systolic} is not above the diastolic {diastolic} mmHg. Write the higher number as systolic."
    return [Problem(systolic_name, message)]


def _check_sedation(row: Row) -> list[Problem]:
    scale, value = row.get("sedation_scale"), row.get("sedation_value")
    if value is None and isinstance(scale, SedationScale):
        return [Problem("sedation_value", f"{scale.label} needs its value.")]
    if value is None:
        return []
    if not isinstance(scale, SedationScale):
        shown = show_scale_value(value)
        return [Problem("sedation_scale", f"the value {shown} needs its scale: they run in opposite directions.")]
    if value in SCALE_WORDS[scale]:
        return []
    low, high = min(SCALE_WORDS[scale]), max(SCALE_WORDS[scale])
    span = f"{show_scale_value(low)} to {'+' if low < 0 else ''}{high}"
    return [Problem("sedation_value", f"{scale.label} runs from {span}; {show_scale_value(value)} is not on it.")]


def show_scale_value(value: int) -> str:
    return f"−{-value}" if value < 0 else str(value)


def _check_unit(drug: Drug, dose: Decimal, unit: DoseUnit) -> list[Problem]:
    usual = USUAL_UNITS[drug]
    if unit in usual:
        return []
    if drug in ANTIBIOTICS:
        return [Problem("unit", f"{drug.label} is written in g or mg. Choose one of them.")]
    names = " or ".join(each.label for each in DoseUnit if each in usual)
    shown = f"{show_decimal(dose)} {unit.label}"
    in_usual = next((each for each in DoseUnit if each in usual and each in MCG_PER_UNIT), None)
    same = ""
    if in_usual and unit in MCG_PER_UNIT:
        same = f", which is {show_decimal(dose * MCG_PER_UNIT[unit] / MCG_PER_UNIT[in_usual])} {in_usual.label}"
    message = f"{drug.label} is usually written in {names}; this says {shown}{same}. Is {unit.label} right?"
    return [Problem("unit", message, is_question=True)]


def _check_strength(drug: Drug, strength: Any, route: Any) -> list[Problem]:
    if drug not in LOCAL_ANESTHETICS or not isinstance(strength, Decimal):
        return []
    low, high = LIKELY_MG_PER_ML
    if strength > high or (strength < low and route is not Route.TUMESCENT):
        message = f"{show_decimal(strength)} mg/mL is {show_decimal(strength / 10)} %. Is that right? 1 % is 10 mg/mL."
        return [Problem("concentration_mg_per_ml", message, is_question=True)]
    return []


def _check_order(events: Iterable[Row]) -> list[Problem]:
    values = {"events": tuple(events)}
    for first, then in _ORDERED:
        begun, ended = events_of(values, first), events_of(values, then)
        if begun and ended and ended[0] < begun[0]:
            earlier, later = f"{then.label} at {show_time(ended[0])}", f"{first.label.lower()} at {show_time(begun[0])}"
            return [Problem("events", f"{earlier} stands before {later}. Correct one of the times.")]
    return []


def _check_implants(values: Values) -> list[Problem]:
    confirmed = [plain_row(row) for row in rows_of(values.get("events_confirmed"))]
    rows = [row for row in rows_of(values.get("events")) if row.get("at") is not None]
    if all(plain_row(row) in confirmed for row in rows):
        return []
    for side in Side:
        taken_out = [row["at"] for row in rows if row.get("event") is CaseEvent.IMPLANT_OUT and row.get("side") is side]
        put_in = [row["at"] for row in rows if row.get("event") is CaseEvent.IMPLANT_IN and row.get("side") is side]
        if taken_out and put_in and min(put_in) < min(taken_out):
            in_at = show_time(min(put_in))
            message = f"{side.label}: an implant went in at {in_at}, before one came out. Is that right?"
            return [Problem("events", message, is_question=True)]
    return []


def _check_moments(values: Values, today: dt.date) -> list[Problem]:
    """Times that have not come yet are refused; times far from the day of the note are refused too: a wrong date."""
    day = values.get("performed_on")
    problems = []
    for name, one in (("vitals", "Vitals"), ("drugs", "Drug"), ("events", "Event")):
        for number, row in enumerate(rows_of(values.get(name)), start=1):
            if message := _about_moment(row.get("at"), day, today):
                problems.append(Problem(name, f"{one} {number}: {message}"))
                break
    if message := _about_moment(values.get("discharged_at"), day, today):
        problems.append(Problem("discharged_at", message[0].upper() + message[1:]))
    return problems


def _about_moment(at: Any, day: Any, today: dt.date) -> str:
    if not isinstance(at, dt.datetime):
        return ""
    on = at.astimezone().date()
    if on > today:
        return f"{show_date(on)} has not come yet."
    if isinstance(day, dt.date) and abs((on - day).days) > 1:
        return f"{show_date(on)} is not the day of anesthesia, {show_date(day)}. Correct one of them."
    return ""


def _check_intake(values: Values) -> list[Problem]:
    start = events_of(values, CaseEvent.SEDATION_START)
    return [
        Problem(name, f"This is after sedation started at {show_time(start[0])}. Is that right?", is_question=True)
        for name in ("last_clear_fluid_at", "last_meal_at")
        if start and values.get(name) is not None and values[name] > start[0]
    ]


def _check_discharge(values: Values) -> list[Problem]:
    """Nobody is discharged before sedation ended, nor alone unless it is written why (§4.16)."""
    at = values.get("discharged_at")
    if at is None:
        return []
    problems = []
    started, ended = events_of(values, CaseEvent.SEDATION_START), events_of(values, CaseEvent.SEDATION_END)
    if ended and at < ended[-1]:
        problems.append(Problem("discharged_at", f"Sedation ended later, at {show_time(ended[-1])}."))
    elif started and not ended:
        message = f"Sedation started at {show_time(started[0])} and its end is not recorded. Add the event in part 2."
        problems.append(Problem("discharged_at", message))
    if not _text(values.get("escort_name")) and not _text(values.get("escort_exception")):
        message = "Write the responsible adult who took the patient home, or beside it why there was none."
        problems.append(Problem("escort_name", message))
    return problems


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
