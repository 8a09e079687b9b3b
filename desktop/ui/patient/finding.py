"""What the palette answers: whom the text may mean and why, whose file was open last, and what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from desktop.rules.dates import show_date
from desktop.rules.search_question import Born, Surgery, read_question
from desktop.services.search import PALETTE_ROWS, PatientRow, find_patients, recent_patients
from desktop.ui.kit.clock import today
from desktop.ui.kit.palette import Result


def ask_palette(session: Any, text: str) -> tuple[PatientRow, ...]:
    """An empty line asks whose file was open last."""
    return find_patients(session, text, limit=PALETTE_ROWS) if text.strip() else recent_patients(session)


def palette_results(rows: Iterable[PatientRow], text: str, commands: Iterable[Result]) -> list[Result]:
    """Patients first, then what can be done; a name that was typed can be registered as it is."""
    is_asked = bool(text.strip())
    found = [
        Result(
            f"patient:{row.id}",
            row.list_name,
            _detail(row),
            group="RECENT" if not is_asked else "SOUNDS LIKE" if row.sounds_like else "PATIENTS",
            pill=row.open_today,
            tone="accent",
        )
        for row in rows
    ]
    wanted = text.strip().casefold()
    offered = [command for command in commands if not wanted or wanted in command.title.casefold()]
    if name := _name_in(text, today()):
        offered.append(Result(f"register:{name}", f"Register a new patient named “{name}”", "Ctrl+N", group="DO"))
    return found + offered


def _detail(row: PatientRow) -> str:
    """Why she was found, then what tells her from another; nothing is said twice."""
    why = "" if row.why == "name" else row.why
    born, record = f"born {show_date(row.birth_date)}", f"record {row.record_number}"
    formerly = f"formerly {row.former_name}" if row.former_name and f"former name {row.former_name}" not in why else ""
    more = [each for each in (formerly, born, row.phone, record) if each and each not in why]
    return " · ".join(filter(None, (why, *more)))


def _name_in(text: str, day: dt.date) -> str:
    """The text without its numbers, if a name is left of it and it is no date or week."""
    if any(len(reading) == 1 and isinstance(reading[0], Born | Surgery) for reading in read_question(text, day)):
        return ""
    words = [word for word in text.split() if not any(character.isdigit() for character in word)]
    return " ".join(words) if any(character.isalpha() for word in words for character in word) else ""
