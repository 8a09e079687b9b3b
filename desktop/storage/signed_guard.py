"""Keeps signed records as they were signed; the triggers of the store refuse what goes past this."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from desktop.errors import SignedIsFrozen


def refuse_changes_to_signed(session: Session, _context: object, _instances: object) -> None:
    for record in session.deleted:
        if _was_signed(record):
            raise SignedIsFrozen
    for record in session.dirty:
        if session.is_modified(record) and _was_signed(record):
            raise SignedIsFrozen


def _was_signed(record: object) -> bool:
    """Whether the stored row is signed already; signing itself, from nothing to a moment, is not yet."""
    attributes = inspect(record).attrs
    if "signed_at" not in attributes:
        return False
    history = attributes["signed_at"].load_history()
    stored = (*(history.deleted or ()), *(history.unchanged or ()))
    return any(moment is not None for moment in stored)
