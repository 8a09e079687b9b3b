"""What may be said of a device that came out: its condition, what was sent to be examined, and where it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from desktop.models.choices import Choice, Fluid, RemovedCondition, WarrantyState
from desktop.rules.dates import show_date
from desktop.rules.problem import Circumstances, Problem, Values

NOT_INTACT: Final = (
    RemovedCondition.RUPTURE_INTRACAPSULAR,
    RemovedCondition.RUPTURE_EXTRACAPSULAR,
    RemovedCondition.DEFLATED,
    RemovedCondition.VALVE_LEAK,
)
"""An intact shell may still bleed gel, be discolored, flipped or rotated. Source: clinical reference §2.2."""

ANSWERED: Final = (WarrantyState.CLAIMED, WarrantyState.ACCEPTED, WarrantyState.REFUSED)
_CLAIM: Final = ("warranty_claimed_on", "warranty_claim_no")


def check_removal(values: Values, circumstances: Circumstances) -> list[Problem]:
    """Sources: clinical reference §1.6 (fluid and its tests), §2.2 (condition, where it went), §8 trap 19."""
    return [
        *_check_condition(values.get("condition")),
        *_check_fluid(values),
        *_check_specimens(values.get("specimens") or (), circumstances.today),
        *_check_disposition(values),
        *_check_warranty(values),
        *_in_the_future(values, circumstances.today),
    ]


def check_days_after(values: Values, operated_on: dt.date | None) -> list[Problem]:
    """Nothing that came out at an operation left the practice, or was claimed for, before that day."""
    if operated_on is None:
        return []
    operated = show_date(operated_on)
    problems = [
        Problem(name, f"{show_date(day)} is before the operation, which was on {operated} at the earliest.")
        for name in ("disposition_on", "warranty_claimed_on")
        if isinstance(day := values.get(name), dt.date) and day < operated_on
    ]
    for number, row in enumerate(values.get("specimens") or (), start=1):
        if isinstance(sent := row.get("sent_on"), dt.date) and sent < operated_on:
            message = f"Specimen {number}: sent on {show_date(sent)}, before the operation on {operated}."
            problems.append(Problem("specimens", message))
    return problems


def _check_condition(condition: Any) -> Iterator[Problem]:
    found: Collection[Choice] = condition if isinstance(condition, tuple) else ()
    against = [each.label.lower() for each in NOT_INTACT if each in found]
    if RemovedCondition.INTACT in found and against:
        message = f"A device cannot be intact and {' and '.join(against)}. Remove what is not true."
        yield Problem("condition", message)


def _check_fluid(values: Values) -> Iterator[Problem]:
    fluid, fluid_ml = values.get("fluid"), values.get("fluid_ml")
    if isinstance(fluid_ml, int) and fluid is None:
        yield Problem("fluid", f"{fluid_ml:,} mL of what? Choose the fluid, or say that it is unknown.")
    elif fluid is Fluid.NONE and fluid_ml not in (None, 0):
        yield Problem("fluid_ml", "There was no fluid: remove this, or choose what the fluid was.")


def _check_specimens(rows: tuple[Mapping[str, Any], ...], today: dt.date) -> Iterator[Problem]:
    for number, row in enumerate(rows, start=1):
        if wrong := _wrong_with(row, today):
            yield Problem("specimens", f"Specimen {number}: {wrong}")


def _wrong_with(row: Mapping[str, Any], today: dt.date) -> str:
    sent, result, resulted = row.get("sent_on"), row.get("result"), row.get("resulted_on")
    if any(isinstance(day, dt.date) and day > today for day in (sent, resulted)):
        return f"its day is in the future; today is {show_date(today)}."
    if resulted is not None and not result:
        return f"a result of {show_date(resulted)} without the result. Write what it says."
    if sent is not None and resulted is not None and resulted < sent:
        return f"the result of {show_date(resulted)} is older than the specimen, sent on {show_date(sent)}."
    if sent is None and not result:
        return "write when it was sent, so that its result can be chased."
    return ""


def _check_disposition(values: Values) -> Iterator[Problem]:
    if values.get("disposition") is None:
        for name in ("disposition_on", "given_to"):
            if values.get(name) is not None:
                yield Problem("disposition", "Say where the device went.")
                return


def _check_warranty(values: Values) -> Iterator[Problem]:
    state, until, claimed_on = (values.get(name) for name in ("warranty", "warranty_until", "warranty_claimed_on"))
    if state is WarrantyState.NOT_COVERED or state is None:
        words = "No warranty applies: remove this." if state else "Say above what became of the warranty."
        yield from (Problem(name, words) for name in ("warranty_until", *_CLAIM) if values.get(name) is not None)
    elif state is WarrantyState.TO_CLAIM:
        if until is None:
            yield Problem("warranty_until", "Write until when it can be claimed, so that the deadline is not missed.")
        yield from (Problem(name, "It is not claimed yet: remove this.") for name in _CLAIM if values.get(name))
    elif state in ANSWERED and claimed_on is None:
        yield Problem("warranty_claimed_on", "Write on which day it was claimed.")
    if isinstance(until, dt.date) and isinstance(claimed_on, dt.date) and claimed_on > until:
        message = f"Claimed after the deadline of {show_date(until)}. Is it right?"
        yield Problem("warranty_claimed_on", message, is_question=True)


def _in_the_future(values: Values, today: dt.date) -> Iterator[Problem]:
    for name in ("disposition_on", "warranty_claimed_on"):
        if isinstance(day := values.get(name), dt.date) and day > today:
            yield Problem(name, f"{show_date(day)} is in the future; today is {show_date(today)}.")
