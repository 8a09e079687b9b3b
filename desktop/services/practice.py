"""What the practice is called and how it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.practice import PRACTICE_FORM
from desktop.models.practice import Practice
from desktop.services.account import key_slots
from desktop.services.record import Snapshot, open_record, save_record


def open_practice(session: Session) -> Snapshot:
    return open_record(session, PRACTICE_FORM, session.scalars(select(Practice.id)).one())


def save_practice(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    """What the practice is called stands in the key vault too, for the sign-in window."""
    saved = save_record(session, PRACTICE_FORM, opened, values)
    if saved.values["name"] != opened.values.get("name"):
        key_slots(session).rename_practice(saved.values["name"])
    return saved


def is_demo(session: Session) -> bool:
    return session.scalars(select(Practice.is_demo)).one()
