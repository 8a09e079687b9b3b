"""Which form a patient was given, with whom it was gone through, what she initialed and signed; and its withdrawal."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record, Signable
from desktop.models.choices import ConsentKind, Language, Side, YesNo


class Consent(Record, Signable, Base):
    """Filed by a named person once it is complete, and frozen from then on; a change is a new one."""

    __tablename__ = "consent"

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[ConsentKind]
    form_name: Mapped[Line | None] = mapped_column(default=None)
    maker: Mapped[Line | None] = mapped_column(default=None)
    form_version: Mapped[Line | None] = mapped_column(default=None)
    language: Mapped[Language | None] = mapped_column(default=None)
    interpreter: Mapped[Line | None] = mapped_column(default=None)
    given_on: Mapped[dt.date | None] = mapped_column(default=None)
    reviewed_on: Mapped[dt.date | None] = mapped_column(default=None)
    reviewed_with: Mapped[Line | None] = mapped_column(default=None)
    understanding_checked: Mapped[YesNo | None] = mapped_column(default=None)
    item_count: Mapped[int | None] = mapped_column(default=None)
    patient_signed_on: Mapped[dt.date | None] = mapped_column(default=None)
    patient_signed_as: Mapped[Line | None] = mapped_column(default=None)
    clinician_signed_on: Mapped[dt.date | None] = mapped_column(default=None)
    clinician_signed_as: Mapped[Line | None] = mapped_column(default=None)
    copy_given_on: Mapped[dt.date | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    sides: Mapped[list[ConsentSide]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ConsentSide.side", default_factory=list
    )
    items: Mapped[list[ConsentItem]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ConsentItem.position", default_factory=list
    )


class ConsentSide(Base):
    """What she agreed to in one side, in words; empty is: nothing in this side."""

    __tablename__ = "consent_side"
    __table_args__ = (UniqueConstraint("consent_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="RESTRICT"), init=False)
    side: Mapped[Side]
    procedure: Mapped[Note | None] = mapped_column(default=None)


class ConsentItem(Base):
    """One item of the form and the initials that stand beside it; without initials it is not agreed to."""

    __tablename__ = "consent_item"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    item: Mapped[Line]
    initials: Mapped[Line | None] = mapped_column(default=None)


class ConsentWithdrawal(Base):
    __tablename__ = "consent_withdrawal"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="RESTRICT"), unique=True)
    withdrawn_on: Mapped[dt.date]
    reason: Mapped[Note | None] = mapped_column(default=None)
    noted_by: Mapped[Line]
    noted_at: Mapped[dt.datetime]
