"""What may be said about an operation in the past, and how long the devices it put in have been there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from desktop.models.choices import OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import months_between, show_date, show_partial_date, years_between
from desktop.rules.lane import Step, occupations
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.side import field_at

POSSIBLE_VOLUME_ML: Final = (10, 2000)
LIKELY_VOLUME_ML: Final = (80, 1000)
"""Outside the first a volume is refused, outside the second it is asked. Source: clinical reference §2.2."""

PUTS_IN: Final = (SideEvent.IMPLANTED, SideEvent.EXCHANGED, SideEvent.ADDED)
TAKES_OUT: Final = (SideEvent.EXCHANGED, SideEvent.REMOVED)

TYPE_FACTS: Final = ("manufacturer", "line", "style", "volume_ml", "fill", "shape", "surface", "profile")
"""What two devices of one type have in common."""
DEVICE_FACTS: Final = (*TYPE_FACTS, "plane", "serial", "lot")
"""What can only be said of a side into which the operation put a device."""
SIDE_FACTS: Final = ("incision", "incision_detail", "incision_mm")
"""What can only be said of a side that was operated on."""

_Days = tuple[dt.date, dt.date]

_NO_DEVICE: Final = {
    SideEvent.NONE: "{} was not operated on",
    SideEvent.REMOVED: "No new device went into {}",
    SideEvent.KEPT: "{} kept the device it had",
    SideEvent.LEFT_IN: "The device in {} was left in without function",
}


def check_operation(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong or unlikely in one operation; volumes in mL.

    Sources: clinical reference §2.2 (volume), §6.4 (sides), §8 traps 1 and 19.
    """
    problems = _check_date(values.get("happened_on"), circumstances.today)
    problems += _check_events(values)
    for side in Side:
        problems += _check_facts(values, side)
        problems += check_volume(field_at(side, "volume_ml"), values.get(field_at(side, "volume_ml")))
    return problems + _check_serials(values)


def check_sequence(side: Side, others: Iterable[Step], this: Step) -> list[Problem]:
    """Questions about what this operation did in a side, seen together with all the others of the patient.

    Nobody may take out or leave in what nobody knows to be there, or put a second device beside the first, without
    being asked.
    """
    others = tuple(others)
    field = field_at(side, "event")
    chain = occupations(side, (*others, this))
    if any(one.spell_id is None and (one.functionless_by or one.removed_by) == this.operation_id for one in chain):
        what = "came out" if this.event in TAKES_OUT else "was left in"
        message = (
            f"No device is known to have been in {side.label} by then. Confirm, and what {what} is kept as an "
            "unknown device; or record first the operation that put it in."
        )
        return [Problem(field, message, is_question=True)]
    if sum(one.fate_unknown for one in chain) > sum(one.fate_unknown for one in occupations(side, others)):
        message = (
            f"Then two devices would follow each other in {side.label} and nobody recorded the first coming out. "
            f"If it came out at the second operation, that was “{SideEvent.EXCHANGED.label}”; if it was left in, "
            f"“{SideEvent.ADDED.label}”. Confirm if nobody knows."
        )
        return [Problem(field, message, is_question=True)]
    return []


def check_volume(field: str, volume_ml: Any) -> list[Problem]:
    """A device's volume in whole mL: refused outside 10–2,000, asked outside 80–1,000. "Unknown" is an answer."""
    if not isinstance(volume_ml, int) or isinstance(volume_ml, bool):
        return []
    low, high = POSSIBLE_VOLUME_ML
    if not low <= volume_ml <= high:
        return [Problem(field, f"{volume_ml:,} mL is outside {low:,}–{high:,} mL.{_meant(volume_ml)}")]
    low, high = LIKELY_VOLUME_ML
    if not low <= volume_ml <= high:
        message = f"{volume_ml:,} mL is outside the usual {low:,}–{high:,} mL. Check it; confirm it if it is right."
        return [Problem(field, message, is_question=True)]
    return []


def describes_device(event: SideEvent | None) -> bool:
    """Whether a device can be described in a side: one went in, or nobody said yet what was done."""
    return event is None or event in PUTS_IN


def not_asked_after(event: SideEvent | None) -> tuple[str, ...]:
    """Which facts of a side make no sense after what was done there."""
    if event is SideEvent.NONE:
        return (*DEVICE_FACTS, *SIDE_FACTS)
    return () if describes_device(event) else DEVICE_FACTS


def why_no_device(side: Side, event: SideEvent) -> str:
    """`LEFT kept the device it had`."""
    return _NO_DEVICE[event].format(side.label)


def show_age_in_place(since: PartialDate, on: dt.date) -> str:
    """How long a device has been in place, no more exact than its date: `12 y`, `5 months`, `about 17 y`.

    "about" stands wherever the date leaves more than one answer. Source: clinical reference §8, trap 15.
    """
    if since.earliest > on:
        return "not yet in place"
    latest = min(since.latest, on)
    return _show_length((latest, on), (_middle(since.earliest, latest), on), (since.earliest, on))


def show_time_in_place(since: PartialDate, until: PartialDate) -> str:
    """How long a device was in place that has come out, in the words of `show_age_in_place`."""
    if since.earliest > until.latest:
        return "not clear: its dates contradict each other"
    start, end = _middle(since.earliest, since.latest), _middle(until.earliest, until.latest)
    least = (since.latest, max(since.latest, until.earliest))
    return _show_length(least, (start, max(start, end)), (since.earliest, until.latest))


def _show_length(least: _Days, likely: _Days, most: _Days) -> str:
    fewest, longest = years_between(*least), years_between(*most)
    if longest >= 1:
        if fewest == longest:
            return f"{longest} y"
        return f"about {max(1, years_between(*likely))} y"
    fewest, longest = months_between(*least), months_between(*most)
    if longest == 0:
        return "under 1 month"
    if longest - fewest > 1:
        return "under 1 y"
    shown = months_between(*likely) or 1
    return f"{'' if fewest == longest else 'about '}{shown} month{'' if shown == 1 else 's'}"


def _middle(earliest: dt.date, latest: dt.date) -> dt.date:
    return earliest + (latest - earliest) / 2


def _check_date(happened_on: Any, today: dt.date) -> list[Problem]:
    if isinstance(happened_on, PartialDate) and happened_on.earliest > today:
        shown = f"{show_partial_date(happened_on)} is in the future; today is {show_date(today)}."
        return [Problem("happened_on", f"{shown} A planned operation belongs into a revision case.")]
    return []


def _check_events(values: Values) -> list[Problem]:
    events = [values.get(field_at(side, "event")) for side in Side]
    if all(event is SideEvent.NONE for event in events):
        return [Problem("right.event", "Say what was done in at least one side, RIGHT or LEFT.")]
    kind, went_in = values.get("kind"), any(event in PUTS_IN for event in events)
    if kind is OperationKind.EXCHANGE and SideEvent.REMOVED in events and None not in events and not went_in:
        message = f"“{kind.label}” puts a device in, and neither side says that one went in. Is the kind right?"
        return [Problem("kind", message, is_question=True)]
    if kind is OperationKind.REMOVAL and went_in:
        message = f"“{kind.label}” puts none in, and a side says that a device went in. Is the kind right?"
        return [Problem("kind", message, is_question=True)]
    return []


def _check_facts(values: Values, side: Side) -> list[Problem]:
    event = values.get(field_at(side, "event"))
    if not isinstance(event, SideEvent) or describes_device(event):
        return []
    facts = not_asked_after(event)
    message = "Not operated on: remove this." if event is SideEvent.NONE else "No device went in: remove this."
    return [Problem(field_at(side, name), message) for name in facts if values.get(field_at(side, name)) is not None]


def _check_serials(values: Values) -> list[Problem]:
    right, left = (values.get(field_at(side, "serial")) for side in Side)
    if isinstance(right, str) and right == left:
        message = "RIGHT has the same serial number, and no two devices share one. Compare the stickers. Is it right?"
        return [Problem("left.serial", message, is_question=True)]
    return []


def _meant(volume_ml: int) -> str:
    """A digit too many is the usual slip: 3250 for 325."""
    low, high = LIKELY_VOLUME_ML
    meant, rest = divmod(volume_ml, 10)
    return f" Did you mean {meant}?" if rest == 0 and low <= meant <= high else ""
