"""A drain that an operation left in one side, until it came out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Facts, Line, Note, PatientId, Record
from desktop.models.choices import DrainKind, Side


class Drain(Record, Facts, Base):
    """`size_french` is the outer circumference in French; the day it was placed is that of its operation."""

    __tablename__ = "drain"

    patient_id: Mapped[PatientId]
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"), index=True)
    side: Mapped[Side]
    kind: Mapped[DrainKind | None] = mapped_column(default=None)
    size_french: Mapped[int | None] = mapped_column(default=None)
    exit_site: Mapped[Line | None] = mapped_column(default=None)
    removed_on: Mapped[dt.date | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
