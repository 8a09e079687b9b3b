"""Whether stickers may have been swapped: one device in two places, or taken out of where it never was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.patient import show_record_number
from desktop.rules.problem import Problem

_COMPARE: Final = "Compare the stickers with the devices' cards; confirm only what you have seen."


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One device in one side of one patient. `operation_id` put it in, None where nobody recorded that.

    `removed_on` without a date leaves open when; `was_removed` says whether it came out at all.
    """

    record_number: str
    side: Side
    operation_id: int | None = None
    put_in_on: PartialDate | None = None
    was_removed: bool = False
    removed_on: PartialDate | None = None
    device_identifier: str | None = None
    serial: str | None = None
    raw: str | None = None


def check_sticker(this: Placed, others: Iterable[Placed]) -> list[Problem]:
    """Questions about a device that is being recorded, beside every other one with the same serial number or label.

    Another patient is named by the record number alone. Source: product facts, row 5; clinical reference §8, trap 1.
    """
    return [problem for other in others if (problem := _compare(this, other)) is not None]


def check_removal(side: Side, removed_on: PartialDate | None, in_place: Iterable[Placed]) -> list[Problem]:
    """Questions about taking a device out of a side; `in_place` are the devices that were recorded as put into it."""
    devices = [device for device in in_place if device.side is side]
    if not devices:
        message = (
            f"No device was ever recorded as put into {side.label}, so none can come out. Check the side; or record "
            "first the operation that put it in. Confirm to keep what came out as an unknown device."
        )
        return [Problem("event", message, is_question=True)]
    earliest = [device.put_in_on for device in devices if device.put_in_on is not None]
    if removed_on is None or len(earliest) < len(devices) or any(_may_precede(on, removed_on) for on in earliest):
        return []
    put_in = min(earliest, key=lambda on: on.earliest)
    message = (
        f"The device in {side.label} was put in {show_partial_date(put_in)}, after {show_partial_date(removed_on)}, "
        "on which it would have come out. Correct one of the two dates, or the side."
    )
    return [Problem("happened_on", message, is_question=True)]


def are_one_device(one: Placed, other: Placed) -> bool:
    """Whether two stickers name one piece: the same label with a serial number, or the same number of one product.

    A label that names only a lot stands on many pieces. Two serial numbers of different products are different.
    """
    if one.serial is None or one.serial != other.serial:
        return False
    identifiers = {one.device_identifier, other.device_identifier} - {None}
    return len(identifiers) <= 1


def _compare(this: Placed, other: Placed) -> Problem | None:
    if not are_one_device(this, other):
        is_copy = this.raw and this.raw == other.raw and this.record_number == other.record_number
        return _same_label(this, other) if is_copy and this.side is not other.side else None
    if this.record_number != other.record_number:
        return _question(
            f"The serial number {this.serial} is already recorded for another patient, record "
            f"{show_record_number(other.record_number)}. "
            f"No two devices share one, so a sticker may be in the wrong file. {_COMPARE}"
        )
    if this.side is not other.side:
        return _same_in_both(this, other)
    if this.operation_id is not None and this.operation_id == other.operation_id:
        return None
    if _was_out_before(other, this) or _was_out_before(this, other):
        return None
    when = f" ({show_partial_date(other.put_in_on)})" if other.put_in_on else ""
    return _question(
        f"The device with the serial number {this.serial} was already put into {other.side.label} at another "
        f"operation{when}, and nobody recorded it coming out before this one. {_COMPARE}"
    )


def _same_in_both(this: Placed, other: Placed) -> Problem:
    """One sticker twice, or one device recorded in two sides."""
    if this.raw and this.raw == other.raw:
        return _same_label(this, other)
    return _question(
        f"{other.side.label} has the same serial number {this.serial}, and no two devices share one. The stickers of "
        f"{this.side.label} and {other.side.label} may be swapped or one of them copied. {_COMPARE}"
    )


def _same_label(this: Placed, other: Placed) -> Problem:
    return _question(
        f"The label of {this.side.label} is the same text as the label of {other.side.label}, so one sticker may have "
        f"been scanned for both sides. {_COMPARE}"
    )


def _question(message: str) -> Problem:
    return Problem("serial", message, is_question=True)


def _was_out_before(first: Placed, second: Placed) -> bool:
    """Whether a device had come out, as far as the dates can tell, by the operation that put it in again."""
    if not first.was_removed:
        return False
    if first.removed_on is None or second.put_in_on is None:
        return True
    return _may_precede(first.removed_on, second.put_in_on)


def _may_precede(first: PartialDate, second: PartialDate) -> bool:
    """Whether `first` can be the same day as `second` or an earlier one."""
    return first.earliest <= second.latest
