"""One line of an answer: who it is, why she was found, and what is open for her today."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from desktop.rules.patient import show_record_number

_RECOVERY_DAYS = 42
Key = tuple[Any, ...]


class PatientRow(NamedTuple):
    """`why` says what was found; behind `key` the next page begins, and it is empty where there is none."""

    id: int
    list_name: str
    former_name: str
    birth_date: dt.date
    record_number: str
    phone: str
    open_today: str
    key: Key = ()
    why: str = ""
    sounds_like: bool = False


def shown(row: Any, day: dt.date, why: str = "", key: Key = (), sounds_like: bool = False) -> PatientRow:
    """Of a row of `search_walk`, taken apart by place: by name it would cost as much as asking the store for it."""
    patient_id, family, given, former, born, number, phone, mobile, _, _, _, case_id, surgery_on, signed, since = row[
        :15
    ]
    return PatientRow(
        patient_id,
        f"{family}, {given}" if given else family,
        former or "",
        born,
        show_record_number(number),
        phone or mobile or "",
        "" if case_id is None else _open_today(day, surgery_on, signed, since),
        key,
        why,
        sounds_like,
    )


def key_by_word(row: Any) -> Key:
    """Where the walk of the words stands at this row."""
    return (row[15], row[16], row[8], row[9], row[0])


def key_by_name(row: Any) -> Key:
    """Where the list by name stands at this row."""
    return (row[8], row[9], row[0])


def _open_today(
    day: dt.date, surgery_on: dt.date | None, has_signed_plan: bool, recovering_since: dt.date | None
) -> str:
    """What is open for her: her newest open case, and the recovery that follows its surgery."""
    if recovering_since is not None and 0 <= (recovery_day := (day - recovering_since).days) <= _RECOVERY_DAYS:
        return f"Recovery day {recovery_day}"
    if surgery_on is not None and surgery_on >= day:
        return "Surgery today" if surgery_on == day else "Surgery planned"
    return "Plan signed" if has_signed_plan else "Planning"
