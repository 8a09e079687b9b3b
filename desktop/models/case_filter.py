"""A filter of the case review list that somebody named and keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, Record


class CaseFilter(Record, Base):
    __tablename__ = "case_filter"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: Mapped[int]
    name: Mapped[Line]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
