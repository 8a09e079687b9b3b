"""The recovery of one revision: what is to be done on which day, and what became of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record
from desktop.models.choices import RecoveryState


class RecoveryChecklist(Record, Base):
    __tablename__ = "recovery_checklist"

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), unique=True)
    surgery_on: Mapped[dt.date]
    protocol_name: Mapped[Line]
    protocol_version: Mapped[Line]
    protocol_hash: Mapped[str] = mapped_column(String(64))
    routine_after_days: Mapped[int]
    routine_set_by: Mapped[Line | None] = mapped_column(default=None)

    items: Mapped[list[RecoveryItem]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="RecoveryItem.position", default_factory=list
    )
    overrides: Mapped[list[RecoveryOverride]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="RecoveryOverride.made_at", default_factory=list
    )


class RecoveryItem(Record, Base):
    """One line of the checklist; `text` is the wording under which it is answered.

    What is asked every day has a line for each day. A limit has one line for all its days, and one more for each time
    a surgeon moved its end. `rule_day` is the day that the rule named while the line stood: its own, or its last one.
    """

    __tablename__ = "recovery_item"
    __table_args__ = (UniqueConstraint("checklist_id", "code", "start_day"),)

    checklist_id: Mapped[int] = mapped_column(ForeignKey("recovery_checklist.id", ondelete="RESTRICT"), init=False)
    position: Mapped[int]
    code: Mapped[Line]
    title: Mapped[Line]
    text: Mapped[Note]
    start_day: Mapped[int]
    end_day: Mapped[int]
    rule_day: Mapped[int]
    is_limit: Mapped[bool] = mapped_column(default=False)
    follows: Mapped[Line | None] = mapped_column(default=None)
    state: Mapped[RecoveryState] = mapped_column(default=RecoveryState.NOT_ANSWERED)
    reason: Mapped[Line | None] = mapped_column(default=None)
    answered_by: Mapped[Line | None] = mapped_column(default=None)
    answered_at: Mapped[dt.datetime | None] = mapped_column(default=None)


class RecoveryOverride(Base):
    """A surgeon's own day in place of the protocol's; old and new stay readable."""

    __tablename__ = "recovery_override"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("recovery_checklist.id", ondelete="RESTRICT"), init=False)
    code: Mapped[Line]
    what: Mapped[Line]
    old_day: Mapped[int]
    new_day: Mapped[int]
    reason: Mapped[Line]
    made_by: Mapped[Line]
    made_at: Mapped[dt.datetime]


class RedFlagReport(Base):
    """A red flag somebody reported, and the action shown at that moment."""

    __tablename__ = "red_flag_report"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    checklist_id: Mapped[int] = mapped_column(ForeignKey("recovery_checklist.id", ondelete="RESTRICT"), index=True)
    code: Mapped[Line]
    action_shown: Mapped[Note]
    reported_by: Mapped[Line]
    reported_at: Mapped[dt.datetime]


class ProtocolApproval(Base):
    """A surgeon's signature under one version of a protocol file, named by its hash."""

    __tablename__ = "protocol_approval"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    protocol_name: Mapped[Line]
    protocol_version: Mapped[Line]
    content_hash: Mapped[Line] = mapped_column(index=True)
    approved_by: Mapped[Line]
    approved_at: Mapped[dt.datetime]
