"""Writes column types into a migration as plain SQLAlchemy ones, so that an old step never imports today's program."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator


def render_plain(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Called by Alembic for each piece of a new migration; False leaves the piece to Alembic."""
    if kind != "type":
        return False
    while isinstance(item, TypeDecorator):
        item = item.impl_instance
    if isinstance(item, Enum) and not item.native_enum and not item.create_constraint:
        return f"sa.String(length={item.length})"  # a closed list grows without a migration
    if type(item).__module__.startswith("sqlalchemy.sql."):
        return f"sa.{item!r}"
    return False
