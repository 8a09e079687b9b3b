"""What the practice is called and how it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.practice import PRACTICE_FORM
from desktop.models.practice import Practice
from desktop.services.record import Snapshot, open_record, save_record


def open_practice(session: Session) -> Snapshot:
    return open_record(session, PRACTICE_FORM, session.scalars(select(Practice.id)).one())


def save_practice(session: Session, opened: Snapshot, values: Mapping[str, Any]) -> Snapshot:
    return save_record(session, PRACTICE_FORM, opened, values)


def is_demo(session: Session) -> bool:
    return session.scalars(select(Practice.is_demo)).one()
