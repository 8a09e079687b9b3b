"""Find out who it may be from whatever is said or typed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.patient import Patient
from desktop.rules.patient import RECORD_DIGITS
from desktop.rules.permission import Verb, may
from desktop.rules.reading import clean_line, plain_digits
from desktop.rules.search_question import Device, Reading, Surgery, read_question
from desktop.services.context import require, today
from desktop.services.patient import standing_id
from desktop.services.search_answer import Asking
from desktop.services.search_row import Key, PatientRow, key_by_name, shown
from desktop.services.search_walk import recently_opened, whole_list

__all__ = ["LIST_PAGE", "PALETTE_ROWS", "PatientRow", "find_by_record_number", "find_patients", "recent_patients"]

LIST_PAGE: Final = 50
PALETTE_ROWS: Final = 20
RECENT_ROWS: Final = 8


def find_patients(
    session: Session, text: str, after: Key | None = None, limit: int = LIST_PAGE
) -> tuple[PatientRow, ...]:
    """Whom the text may mean, the surest first and who only sounds like it last; without any text everybody, by name.

    Parts of names in any order, the end of a phone number, a birth date, a record number, a serial or lot, a week of
    surgery, or several of them together. `after` is the key of the last row of the page before.
    """
    actor = require(session, Verb.VIEW_PATIENT)
    asking = Asking(session, today(session), limit)
    if not text.strip():
        return _listed(asking, after)
    readings = read_question(text, asking.day)
    if not may(actor.roles, Verb.VIEW_CASE):
        readings = tuple(_without_history(reading) for reading in readings if not _asks_for_device(reading))
    if after is not None:
        return tuple(asking.further(readings[0], after)) if after and len(readings) == 1 else ()
    answers = asking.answers(readings)
    return tuple(answers[0]) if len(answers) == 1 else _together(answers, limit)


def _asks_for_device(reading: Reading) -> bool:
    return any(isinstance(part, Device) for part in reading)


def _without_history(reading: Reading) -> Reading:
    """What was done in the past is told only to those who may see it; the surgeries that are planned, to everybody."""
    return tuple(replace(part, is_past_too=False) if isinstance(part, Surgery) else part for part in reading)


def recent_patients(session: Session) -> tuple[PatientRow, ...]:
    """Whose files this account opened last, the latest first."""
    actor = require(session, Verb.VIEW_PATIENT)
    asking = Asking(session, today(session), RECENT_ROWS)
    return tuple(shown(row, asking.day) for row in asking.rows(recently_opened(), account_id=actor.account_id))


def find_by_record_number(session: Session, number: str) -> int:
    """The patient with exactly this record number, with or without blanks and leading zeros; a merged one leads on."""
    require(session, Verb.VIEW_PATIENT)
    typed = "".join(plain_digits(clean_line(number)).split())
    wanted = typed.zfill(RECORD_DIGITS) if typed.isdecimal() else typed
    found = session.scalar(select(Patient.id).where(Patient.record_number.in_((typed, wanted))))
    if found is None:
        raise UserError(f"No patient has the record number {clean_line(number) or '(empty)'}. Look it up in the list.")
    return standing_id(session, found)


def _listed(asking: Asking, after: Key | None) -> tuple[PatientRow, ...]:
    names = ("family_key", "given_key", "patient_id")
    behind = dict(zip(names, after, strict=True)) if after else {}
    rows = asking.rows(whole_list(after is not None), **behind)
    return tuple(shown(row, asking.day, key=key_by_name(row)) for row in rows)


def _together(answers: Iterable[list[PatientRow]], limit: int) -> tuple[PatientRow, ...]:
    """Every reading that found somebody gets its share of the room, so that the first does not hide the others."""
    found: set[int] = set()
    fresh = []
    for answer in answers:
        rows = [row for row in answer if row.id not in found]
        found.update(row.id for row in rows)
        fresh += [rows] if rows else []
    room = limit
    shares = [0] * len(fresh)
    while room and any(share < len(rows) for share, rows in zip(shares, fresh, strict=True)):
        for at, rows in enumerate(fresh):
            if room and shares[at] < len(rows):
                shares[at] += 1
                room -= 1
    shown = [row for share, rows in zip(shares, fresh, strict=True) for row in rows[:share]]
    return tuple(sorted(shown, key=lambda row: row.sounds_like))
