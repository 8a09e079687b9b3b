"""A letter that asks somebody else for what is not known about a patient's devices, until it is answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Line, Note, PatientId, Record
from desktop.models.choices import RecipientKind, RequestState, Source


class RecordsRequest(Record, Base):
    """`asked_for` names the facts as the operation's and the device's forms do: `right.serial`."""

    __tablename__ = "records_request"
    __table_args__ = (Index("ix_records_request_by_due", "state", "due_on"),)

    patient_id: Mapped[PatientId]
    operation_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"), default=None)
    recipient_kind: Mapped[RecipientKind]
    recipient_name: Mapped[Line]
    recipient_address: Mapped[Note | None] = mapped_column(default=None)
    recipient_contact: Mapped[Line | None] = mapped_column(default=None)
    asked_for: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    asked_on: Mapped[dt.date | None] = mapped_column(default=None)
    due_on: Mapped[dt.date | None] = mapped_column(default=None)
    reminded_on: Mapped[dt.date | None] = mapped_column(default=None)
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    closed_on: Mapped[dt.date | None] = mapped_column(default=None)
    closed_by: Mapped[Line | None] = mapped_column(default=None)
    closed_source: Mapped[Source | None] = mapped_column(default=None)
    closed_note: Mapped[Note | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
