"""What may be said about an operation in the past, which devices it left in place, and how long they have been there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import months_between, show_date, show_partial_date, years_between
from desktop.rules.lane import Occupation
from desktop.rules.problem import Circumstances, Problem, Values

POSSIBLE_VOLUME_ML: Final = (10, 2000)
LIKELY_VOLUME_ML: Final = (80, 1000)
"""Outside the first a volume is refused, outside the second it is asked. Source: clinical reference §2.2."""

PREFIX: Final = {Side.RIGHT: "right.", Side.LEFT: "left."}
_TAKES_OUT = (SideEvent.REMOVED, SideEvent.EXCHANGED)


def check_operation(
    values: Values, circumstances: Circumstances, earlier: Iterable[Occupation] | None = None
) -> list[Problem]:
    """What is wrong or unlikely in one operation; volumes in mL.

    `earlier`: the devices in both sides by every other operation of this patient; None asks nothing about them.
    Sources: clinical reference §2.2 (volume), §6.4 (sides), §8 traps 1 and 19.
    """
    problems = _check_date(values.get("happened_on"), circumstances.today)
    problems += _check_events(values)
    for side in Side:
        problems += _check_side_volume(values, side)
    if earlier is not None:
        problems += _check_against(tuple(earlier), values, circumstances.today)
    return problems


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


def in_place(occupations: Iterable[Occupation], on: dt.date) -> dict[Side, tuple[Occupation, ...]]:
    """The devices in each side on a day, as far as anybody recorded; both sides are always there.

    An operation known only by its year counts from the first day of that year. A device whose fate nobody recorded is
    included, with `fate_unknown`: nobody may say that it is gone.
    """
    known = tuple(occupations)
    return {side: tuple(one for one in known if one.side is side and _is_inside(one, on)) for side in Side}


def show_age_in_place(since: PartialDate, on: dt.date) -> str:
    """How long a device has been in place, no more exact than its date: `12 y`, `5 months`, `about 17 y`.

    "about" stands wherever the date leaves more than one answer. Source: clinical reference §8, trap 15.
    """
    if since.earliest > on:
        return "not yet in place"
    latest = min(since.latest, on)
    most, least = years_between(since.earliest, on), years_between(latest, on)
    middle = since.earliest + (latest - since.earliest) / 2
    if most >= 1:
        return f"{most} y" if most == least else f"about {years_between(middle, on)} y" if least else "about 1 y"
    most, least = months_between(since.earliest, on), months_between(latest, on)
    if most == 0:
        return "under 1 month"
    if most - least > 1:
        return "under 1 y"
    shown = months_between(middle, on) or 1
    return f"{'' if most == least else 'about '}{shown} month{'' if shown == 1 else 's'}"


def _check_date(happened_on: Any, today: dt.date) -> list[Problem]:
    if isinstance(happened_on, PartialDate) and happened_on.earliest > today:
        shown = show_partial_date(happened_on)
        message = f"{shown} is in the future; today is {show_date(today)}. A planned operation belongs into a revision case."
        return [Problem("happened_on", message)]
    return []


def _check_events(values: Values) -> list[Problem]:
    events = [values.get(f"{PREFIX[side]}event") for side in Side]
    if all(event is SideEvent.NONE for event in events):
        return [Problem("right.event", "Say what was done in at least one side, RIGHT or LEFT.")]
    return []


def _check_side_volume(values: Values, side: Side) -> list[Problem]:
    field, event = f"{PREFIX[side]}volume_ml", values.get(f"{PREFIX[side]}event")
    volume = values.get(field)
    if event is SideEvent.NONE and isinstance(volume, int):
        return [Problem(field, f"Nothing was done in the {side.label} side. Remove the volume, or choose what was done.")]
    return check_volume(field, volume)


def _check_against(earlier: tuple[Occupation, ...], values: Values, today: dt.date) -> list[Problem]:
    happened_on = values.get("happened_on")
    on = min(happened_on.latest, today) if isinstance(happened_on, PartialDate) else today
    inside = in_place(earlier, on)
    problems = []
    for side in Side:
        event, field = values.get(f"{PREFIX[side]}event"), f"{PREFIX[side]}event"
        if event in _TAKES_OUT and not inside[side]:
            message = (
                f"No device is known in the {side.label} side at that time. Confirm, and the one that came out is kept as "
                "an unknown device; or record first the operation that put it in."
            )
            problems.append(Problem(field, message, is_question=True))
        if event is SideEvent.IMPLANTED and any(not one.fate_unknown for one in inside[side]):
            message = (
                f"A device is already in the {side.label} side at that time. If it came out now, choose "
                f"“{SideEvent.EXCHANGED.label}”. Confirm if nobody knows what became of it."
            )
            problems.append(Problem(field, message, is_question=True))
    return problems


def _is_inside(one: Occupation, on: dt.date) -> bool:
    has_gone_in = one.since is None or one.since.earliest <= on
    is_still_in = one.removed_by is None or (one.until is not None and one.until.earliest > on)
    return has_gone_in and is_still_in


def _meant(volume_ml: int) -> str:
    """A digit too many is the usual slip: 3250 for 325."""
    low, high = LIKELY_VOLUME_ML
    meant, rest = divmod(volume_ml, 10)
    return f" Did you mean {meant}?" if rest == 0 and low <= meant <= high else ""
