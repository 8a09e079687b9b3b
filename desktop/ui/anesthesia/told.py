"""What stands beside the anesthesia note: what was added up and compared, each with what it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desktop.models.choices import CaseEvent
from desktop.rules.anesthesia import events_of, show_scale_value
from desktop.rules.anesthesia_sums import (
    aldrete_total,
    bmi,
    hours_since,
    local_anesthetic_given,
    sedation_span,
    show_minutes,
    show_ml,
    vital_gaps,
)
from desktop.rules.anesthesia_tables import (
    ALDRETE_CRITERION,
    ALDRETE_VERSION,
    CLEAR_FLUID_ROWS,
    MEAL_ROWS,
    SCALE_WORDS,
    TICK_MINUTES,
)
from desktop.rules.dates import show_time
from desktop.rules.numbers import show_decimal
from desktop.services.anesthesia import KnownFacts

Kind = Literal["strong", "body", "muted", "warning", "danger", "good", "pair", "timed"]


@dataclass(frozen=True)
class Line:
    """`caption` belongs to a pair (a small heading) and to a timed line (its time)."""

    text: str
    kind: Kind = "body"
    caption: str = ""


Lines = Sequence[Line]
Values = Mapping[str, Any]


def local_lines(values: Values) -> Lines:
    totals = local_anesthetic_given(values.get("drugs") or ())
    if not totals:
        return (Line("Nothing given yet. Local anesthetics are added up here, both sides together.", "muted"),)
    lines: list[Line] = []
    for each in totals:
        mg = f"{show_decimal(each.mg)} mg" if each.mg is not None else "mg: cannot calculate"
        ml = show_ml(each.ml) if each.ml is not None else "mL: cannot calculate"
        lines += [Line(each.drug.label, "strong"), Line(f"{mg} · {ml}", "pair", "Given, both sides together")]
        if each.missing:
            lines.append(Line(f"Cannot calculate: {each.missing}.", "warning"))
        lines.append(Line("Added from " + "; ".join(each.parts), "muted"))
    lines.append(Line("No ceiling chosen: nothing is compared.", "muted"))
    return lines


def sedation_lines(values: Values, now: dt.datetime) -> Lines:
    readings = [row for row in values.get("vitals") or () if row.get("at")]
    depths = [row for row in readings if row.get("sedation_scale") and row.get("sedation_value") is not None]
    etco2 = [row for row in readings if row.get("etco2_mmhg") is not None]
    target = values.get("planned_depth")
    last = depths[-1] if depths else None
    scale, depth = (last["sedation_scale"].label, _depth(last)) if last else ("depth", "Not recorded")
    exhaled = f"{etco2[-1]['etco2_mmhg']} mmHg · {show_time(etco2[-1]['at'])}" if etco2 else "Not recorded"
    return (
        Line(depth, "pair", f"Last {scale}"),
        Line(_due(values, last, now), "pair", "Due"),
        Line(exhaled, "pair", "EtCO₂"),
        Line(target.label if target else "Not chosen", "pair", "Target"),
    )


def gap_words(values: Values, now: dt.datetime) -> str:
    """Where pressure or pulse were not recorded for too long; empty when nowhere."""
    span = sedation_span(values, now)
    if span is None:
        return ""
    gaps = vital_gaps(values.get("vitals") or (), *span)
    return "; ".join(
        f"no {gap.what} recorded {show_time(gap.since)}–{show_time(gap.until)} ({gap.minutes} min)" for gap in gaps
    )


def event_lines(values: Values) -> Lines:
    rows = [row for row in values.get("events") or () if row.get("at") and row.get("event")]
    if not rows:
        return (Line("No events yet. Press E.", "muted"),)
    return [Line(event_words(row), "timed", show_time(row["at"])) for row in rows]


def event_words(row: Values) -> str:
    side = f", {row['side'].label}" if row.get("side") else ""
    text = f" · {row['text']}" if row.get("text") else ""
    return f"{row['event'].label}{side}{text}"


def record_lines(known: KnownFacts, values: Values) -> Lines:
    """What the record says, to be asked again: nothing of it was copied."""
    tones: Mapping[str, Kind] = {"danger": "danger", "warning": "warning", "good": "good"}
    lines = [Line(alert.text, tones[alert.tone]) for alert in known.alerts]
    weight = f"{show_decimal(known.weight_kg)} kg, not today" if known.weight_kg is not None else "Not recorded"
    today, height = values.get("weight_kg"), known.height_cm
    index = bmi(today, height)
    words = (
        f"{index:.1f} kg/m² with the weight today"
        if index is not None
        else "cannot calculate: " + ("height missing" if height is None else "weight today missing")
    )
    return [
        *lines,
        Line(weight, "pair", "Weight"),
        Line(f"{height} cm" if height else "Not recorded", "pair", "Height"),
        Line(words, "pair", "Body mass index"),
        Line(known.responsible_adult or "Not recorded", "pair", "Responsible adult"),
    ]


def fasting_lines(values: Values, now: dt.datetime) -> Lines:
    started = events_of(values, CaseEvent.SEDATION_START)
    until = started[0] if started else now
    against = f"before sedation started {show_time(until)}" if started else f"before now, {show_time(until)}"
    lines: list[Line] = []
    for name, label, rows in (
        ("last_clear_fluid_at", "Clear fluid", CLEAR_FLUID_ROWS),
        ("last_meal_at", "Meal", MEAL_ROWS),
    ):
        taken = values.get(name)
        words = "Not recorded"
        if taken is not None:
            words = hours_since(taken, until, rows).words(against)
        lines.append(Line(words, "pair", label))
    return lines


def score_lines(values: Values) -> Lines:
    score = aldrete_total([values[name] for name in values if name.startswith("aldrete_")])
    if score.total is None:
        total = f"{score.lowest} to {score.highest} of 10 · {score.missing} of 5 items not scored"
    else:
        total = f"{score.total} of 10"
    compared = {None: "cannot be told yet", True: "reached", False: "not reached"}[score.meets_criterion]
    return (
        Line(total, "strong"),
        Line(f"{ALDRETE_VERSION}; {ALDRETE_CRITERION} or more {compared}", "muted"),
    )


def running_words(begun: dt.datetime | None, ended: dt.datetime | None, now: dt.datetime) -> str:
    """`running 01:32`, or how long it took."""
    if begun is None:
        return ""
    if ended is not None:
        return f"took {show_minutes(max(0, (ended - begun) // dt.timedelta(minutes=1)))}"
    minutes = max(0, (now - begun) // dt.timedelta(minutes=1))
    return f"running {minutes // 60:02}:{minutes % 60:02}" if minutes < 24 * 60 else "not closed"


def _depth(row: Values) -> str:
    words = SCALE_WORDS[row["sedation_scale"]].get(row["sedation_value"], "")
    return f"{show_scale_value(row['sedation_value'])} {words} · {show_time(row['at'])}"


def _due(values: Values, last: Values | None, now: dt.datetime) -> str:
    span = sedation_span(values, now)
    if span is None:
        return "when sedation starts"
    if events_of(values, CaseEvent.SEDATION_END):
        return "sedation ended"
    due = (last["at"] if last else span[0]) + dt.timedelta(minutes=TICK_MINUTES)
    return f"{'since ' if due < now else ''}{show_time(due)} (every {TICK_MINUTES} min)"
