"""Planned beside performed, with the difference in words and the reason for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import Choice, Side, StepOutcome
from desktop.rules.patient import rows_of
from desktop.rules.performed import as_planned, needs_reason, row_words, rows_at
from desktop.rules.report_facts import DeviceFacts, PlannedSide, ReportFacts
from desktop.rules.side import answer_at, field_at

WAYS: Final = {"plane": "Plane", "incision": "Incision", "pocket": "Pocket", "drain_count": "Drains"}
"""What plan and report both answer of a side."""
_OTHER: Final = {
    "manufacturer": "maker",
    "line": "line",
    "style": "style",
    "volume_ml": "volume",
    "width_mm": "width",
    "projection_mm": "projection",
    "fill": "fill",
    "shape": "shape",
    "surface": "surface",
}
"""What two devices can differ in, as it is said."""
_UNDONE: Final = {None: "not answered", StepOutcome.NOT_DONE: "not done"}
_MEASURES: Final = (("volume_ml", "Volume", "mL"), ("width_mm", "Width", "mm"), ("projection_mm", "Projection", "mm"))


@dataclass(frozen=True)
class ComparedLine:
    """One line of planned ↔ performed in one side."""

    side: Side
    what: str
    planned: str
    performed: str
    difference: str = ""
    reason: str = ""
    differs: bool = False


def compare(facts: ReportFacts) -> tuple[ComparedLine, ...]:
    """RIGHT before LEFT: the steps in their order, then how it was done, then the device. Source: product, row 13."""
    return tuple(line for side in Side for line in (*_steps(facts, side), *_ways(facts, side), *_device(facts, side)))


def differing(facts: ReportFacts, side: Side) -> list[str]:
    """What of a side, beside its steps, is not as planned and asks for the side's reason."""
    lines = (*_ways(facts, side), *_device(facts, side))
    return [line.what.lower() for line in lines if line.differs]


def mismatches(planned: DeviceFacts, put_in: DeviceFacts) -> list[str]:
    """In which facts that both name two devices differ."""
    pairs = {name: (getattr(planned, name), getattr(put_in, name)) for name in _OTHER}
    return [name for name, (one, other) in pairs.items() if None not in (one, other) and _loose(one) != _loose(other)]


def is_spare(planned: PlannedSide, put_in: DeviceFacts) -> bool:
    """Whether it is one of the spare sizes the plan names."""
    return any(spare.is_described and not mismatches(spare, put_in) for spare in planned.spares)


def left_as_planned(facts: ReportFacts) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers that are still open and that the plan has, and what they are, in words: nothing is set by it."""
    report, answers, words = facts.report, {}, []
    rows = [as_planned(row) if _is_open(row) else row for row in rows_of(report.get("steps"))]
    if changed := [row for row, before in zip(rows, rows_of(report.get("steps")), strict=True) if row is not before]:
        answers["steps"] = tuple(rows)
        words += [row_words(row) for row in changed]
    for side in Side:
        planned = facts.planned.get(side, PlannedSide())
        for name, label in WAYS.items():
            wanted = getattr(planned, name)
            if wanted is not None and planned.steps and answer_at(report, side, name) is None:
                answers[field_at(side, name)] = wanted
                words.append(f"{side.label} {label}: {_show(wanted)}")
    return answers, tuple(words)


def _is_open(row: Mapping[str, Any]) -> bool:
    return row.get("outcome") is None and row.get("planned") is not None


def _steps(facts: ReportFacts, side: Side) -> Iterator[ComparedLine]:
    for number, row in enumerate(rows_at(facts.report, side), start=1):
        planned, performed, outcome = row.get("planned"), row.get("performed"), row.get("outcome")
        if outcome is StepOutcome.AS_PLANNED:
            performed = planned
        yield ComparedLine(
            side,
            f"Step {number}",
            planned.label if planned else "not planned",
            performed.label if performed else _UNDONE.get(outcome, "not chosen yet"),
            "" if outcome in (None, StepOutcome.AS_PLANNED) else outcome.label.lower(),
            row.get("reason") or "",
            needs_reason(row),
        )


def _ways(facts: ReportFacts, side: Side) -> Iterator[ComparedLine]:
    planned, reason = facts.planned.get(side, PlannedSide()), answer_at(facts.report, side, "differs_because") or ""
    for name, label in WAYS.items():
        wanted, was = getattr(planned, name), answer_at(facts.report, side, name)
        if wanted is None and was is None:
            continue
        differs = wanted is not None and was is not None and wanted != was
        difference = _signed(was - wanted) if differs and isinstance(was, int) else "other" if differs else ""
        shown = ("not planned" if wanted is None else _show(wanted), "not recorded" if was is None else _show(was))
        yield ComparedLine(side, label, *shown, difference, reason if differs else "", differs)
    if (fat := answer_at(facts.report, side, "fat_ml")) is not None:
        yield ComparedLine(side, "Fat", "", f"{fat:,} mL")


def _device(facts: ReportFacts, side: Side) -> Iterator[ComparedLine]:
    planned, put_in = facts.planned.get(side, PlannedSide()), facts.put_in.get(side)
    if put_in is None:
        return
    because = answer_at(facts.report, side, "differs_because") or ""
    other, spare = mismatches(planned.device, put_in), is_spare(planned, put_in)
    differs = bool(other)
    wants_reason = differs and not spare
    named = f"other {', '.join(_OTHER[name] for name in other)}" if differs else ""
    difference = "spare size" if differs and spare else named
    yield ComparedLine(
        side,
        "Device",
        planned.device.title_or("Device") if planned.device.is_described else "not described",
        put_in.title if put_in.is_described else "not recorded",
        difference,
        because if differs else "",
        wants_reason,
    )
    for name, label, unit in _MEASURES:
        wanted, was = getattr(planned.device, name), getattr(put_in, name)
        if wanted is None and was is None:
            continue
        by = f"{_signed(was - wanted)} {unit}" if None not in (wanted, was) and was != wanted else ""
        yield ComparedLine(
            side,
            label,
            "not planned" if wanted is None else f"{wanted:,} {unit}",
            "not recorded" if was is None else f"{was:,} {unit}",
            by,
        )


def _show(value: Choice | int) -> str:
    return value.label if isinstance(value, Choice) else f"{value:,}"


def _signed(difference: int) -> str:
    return f"{'−' if difference < 0 else '+'}{abs(difference):,}"


def _loose(value: Any) -> Any:
    """Names are compared without case and surplus blanks."""
    return " ".join(value.split()).casefold() if type(value) is str else value
