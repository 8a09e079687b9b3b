"""How one reading of a question is looked up, and the words for what was found by a number or a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop.rules.patient import RECORD_DIGITS, show_record_number
from desktop.rules.search_key import device_key, digits, sound_of
from desktop.rules.search_question import Born, Device, Phone, Reading, RecordNumber, Surgery, Word
from desktop.rules.search_reason import FEWEST_INSIDE, reason_of_birth, reason_of_phone, reason_of_surgery
from desktop.services.search_source import ABOVE_EVERY_KEY

_FEWEST_OF_RECORD_BEGINNING = 3
_PHONES = (
    ("phone", "phone"),
    ("mobile phone", "mobile_phone"),
    ("emergency contact’s phone", "emergency_phone"),
    ("responsible adult’s phone", "responsible_adult_phone"),
)


ORDER: dict[str, Callable[[Any], Any]] = {
    "record": lambda row: row.record_number,
    "record_beginning": lambda row: row.record_number,
    "phone": lambda row: (row.detail, row.id),
    "serial": lambda row: (device_key(row.detail), row.id, row.kind, row.detail),
    "lot": lambda row: (device_key(row.detail), row.id, row.kind, row.detail),
    "planned": lambda row: (row.detail, row.id),
    "operated": lambda row: (row.detail, row.id),
    "born": lambda row: (row.birth_date, row.family_key, row.given_key, row.id),
}
"""The order of each index, in which its rows are put again after they came together with others."""

Lead = RecordNumber | Device | Phone | Surgery | Born


@dataclass(frozen=True)
class Plan:
    """How a reading is looked up: by a number or a day, with the names compared; or by the names themselves."""

    words: tuple[str, ...]
    born: Born | None
    lead: Lead | None


def plan_of(reading: Reading) -> Plan:
    words = tuple(part.key for part in reading if isinstance(part, Word))
    born = next((part for part in reading if isinstance(part, Born)), None)
    lead: Lead | None = next((part for part in reading if not isinstance(part, Word | Born)), None)
    if lead is None and born is not None and (born.first == born.last or not words):
        lead, born = born, None  # one day names fewer than a name does, and a year more
    return Plan(words, born, lead)


def filters_of(
    words: Iterable[str],
    born: Born | None,
    *,
    inside: bool = False,
    alike: bool = False,
    rare: Collection[str] = (),
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The kinds of the filters and their parameters, numbered. Of a `rare` word everybody is read who has one that
    begins so, and nobody is looked for who only has it inside one or sounds like it."""
    kinds: list[str] = []
    asked: dict[str, Any] = {}
    for word in words:
        number = len(kinds)
        if word in rare:
            asked |= {f"{name}{number}": key for name, key in beginning(word).items()}
            kinds.append("begins")
            continue
        sound = sound_of(word) if alike else ""
        is_inside = (inside or alike) and len(word) >= FEWEST_INSIDE
        asked[f"needle{number}"] = word if is_inside else f" {word}"
        if sound:
            asked[f"sound{number}"] = f" ~{sound} "
        kinds.append("alike" if sound else "has")
    if born is not None:
        asked |= {f"first{len(kinds)}": born.first, f"last{len(kinds)}": born.last}
        kinds.append("born")
    return tuple(kinds), asked


def walks_of(lead: Lead | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sources that a number or a day is looked up in, and what is asked of each."""
    match lead:
        case RecordNumber(number):
            yield "record", {"typed": number, "padded": number.zfill(RECORD_DIGITS)}
            if len(number) >= _FEWEST_OF_RECORD_BEGINNING:
                yield "record_beginning", beginning(number)
        case Phone(tail):
            yield "phone", beginning(tail[::-1])
        case Device(key):
            yield "serial", beginning(key)
            yield "lot", beginning(key)
        case Surgery(first, last, _, is_past_too):
            yield "planned", {"first": first, "last": last}
            if is_past_too:
                yield "operated", {"from": first.isoformat(), "until": last.isoformat()}
        case Born(first, last):
            yield "born", {"first": first, "last": last}


def reason_of(lead: Lead | None, source: str, row: Any, day: dt.date) -> str:
    match lead:
        case RecordNumber():
            return f"record {show_record_number(row.record_number)}"
        case Phone(tail):
            return reason_of_phone(tail, [(label, digits(getattr(row, name) or "")) for label, name in _PHONES])
        case Device():
            return f"matrix {source} {row.detail}" if row.kind == "matrix" else f"{source} {row.detail}"
        case Surgery():
            on = dt.date.fromisoformat(row.detail)
            return reason_of_surgery(on, source == "operated", lead.as_read, day)
        case Born():
            return reason_of_birth(row.birth_date, lead.as_read)
    return ""


def merged_reason(row: Any) -> str:
    return f"record number {row.record_number} was merged into this one"


def beginning(key: str) -> dict[str, str]:
    return {"low": key, "high": key + ABOVE_EVERY_KEY}
