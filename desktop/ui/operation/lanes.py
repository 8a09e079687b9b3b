"""How the chain of devices in each side is drawn and told: bars with what is known, dashed where it is not exact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from desktop.models.choices import OperationKind, Plane, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.spell import show_age_in_place
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.ui.kit.lanes import Lane, LaneEvent, Span, Spell

_UNDATED = dt.timedelta(days=2 * 365)
"""How long a bar is drawn that nobody can date; it is dashed and says so in words."""

_KINDS_OF_A_DEVICE = {
    OperationKind.AUGMENTATION,
    OperationKind.EXCHANGE,
    OperationKind.REMOVAL,
    OperationKind.AUGMENTATION_MASTOPEXY,
}


def lane_of(history: History, side: Side, today: dt.date) -> Lane:
    chain = history.right if side is Side.RIGHT else history.left
    return Lane(tuple(_spells(chain, today)), tuple(_events(history.operations, side)))


def since_words(device: DeviceInSide, today: dt.date) -> str:
    """`since 12 May 2014 (12 y)`."""
    since = device.occupation.since
    if since is None:
        return "since when is not known"
    return f"since {show_partial_date(since)} ({show_age_in_place(since, today)})".replace(" y)", "\u00a0y)")


def in_place_words(history: History, side: Side, today: dt.date) -> tuple[str, str]:
    """What is in a side today, and what is known about it."""
    chain = history.right if side is Side.RIGHT else history.left
    device = history.in_place(side)
    if device is not None:
        words = [device.detail, since_words(device, today)]
        words += [f"{each.title} may still be there" for each in chain if each.occupation.fate_unknown]
        return device.title, " · ".join(filter(None, words))
    if not chain:
        return "No device recorded", "none recorded here or elsewhere"
    gone = chain[-1].occupation.until
    return "No device in place", f"the last came out {show_partial_date(gone) if gone else 'at an unknown time'}"


def _spells(chain: tuple[DeviceInSide, ...], today: dt.date) -> Iterator[Spell]:
    for device, (start, end) in zip(chain, _spans(chain, today), strict=True):
        occupation = device.occupation
        if occupation.is_in_place:
            age = show_age_in_place(occupation.since, today) if occupation.since else "since when is not known"
        else:
            age = f"about {occupation.since.year}" if occupation.since and not occupation.since.is_exact else ""
        plane = Plane.from_code(device.plane).label.lower() if device.plane else ""
        title = device.title.replace("Unknown device, ", "Unknown ") if device.fill else device.title  # bars are short
        label = " · ".join(filter(None, (title, plane, age)))
        key = device.operation_id if device.operation_id is not None else occupation.removed_by
        yield Spell(label, start, end, occupation.is_in_place, _said(device), key)


def _said(device: DeviceInSide) -> str:
    occupation = device.occupation
    since = show_partial_date(occupation.since) if occupation.since else "an unknown date"
    if occupation.is_in_place:
        return f"since {since}"
    if occupation.fate_unknown:
        return f"from {since}; nobody recorded it coming out"
    return f"from {since} to {show_partial_date(occupation.until) if occupation.until else 'an unknown date'}"


def _spans(chain: tuple[DeviceInSide, ...], today: dt.date) -> list[tuple[Span | None, Span | None]]:
    """Where each bar begins and ends. What nobody dated lies between its neighbours; None begins at the left edge."""
    spans: list[tuple[Span | None, Span | None]] = []
    following = Span.of(today)
    for at in range(len(chain) - 1, -1, -1):
        occupation = chain[at].occupation
        before = chain[at - 1].occupation.until if at else None
        end = _span(occupation.until) if occupation.until else _inexact(following.earliest)
        if occupation.since:
            start: Span | None = _span(occupation.since)
        elif before:
            start = _inexact(before.latest)
        else:
            start = _inexact(end.earliest - _UNDATED) if at else None
        spans.append((start, None if occupation.is_in_place else end))
        following = start or end
    return spans[::-1]


def _span(date: PartialDate) -> Span:
    return Span(date.earliest, date.latest)


def _inexact(day: dt.date) -> Span:
    return Span(day - dt.timedelta(days=1), day)


def _events(operations: Iterable[OperationRow], side: Side) -> Iterator[LaneEvent]:
    """Operations that left the device as it was, and removals; those without any date stand in the list only."""
    for row in operations:
        event = row.right if side is Side.RIGHT else row.left
        if row.happened_on is not None and event in (SideEvent.KEPT, SideEvent.REMOVED):
            label = "device removed" if event is SideEvent.REMOVED else _kept_words(row.kind)
            yield LaneEvent(row.happened_on.earliest, label, "accent", show_partial_date(row.happened_on))


def _kept_words(kind: OperationKind) -> str:
    """A kind that names a device was done to the other side; said here, it would be read as done to this one."""
    return "operated, device unchanged" if kind in _KINDS_OF_A_DEVICE else kind.label.lower()
