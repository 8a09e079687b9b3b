"""What was found when a device came out of one side, what was sent to be examined, and where the device went."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Choices, Facts, Line, Note, PatientId, Record
from desktop.models.choices import (
    Capsule,
    Capsulectomy,
    Disposition,
    Fluid,
    RemovedCondition,
    Side,
    SpecimenKind,
    WarrantyState,
)


class Removal(Record, Facts, Base):
    """One side of one operation; which device came out follows from the chain of that side."""

    __tablename__ = "removal"
    __table_args__ = (
        UniqueConstraint("operation_id", "side"),
        Index("ix_removal_by_warranty", "warranty", "warranty_until", "id"),
    )

    patient_id: Mapped[PatientId]
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"))
    side: Mapped[Side]
    condition: Mapped[tuple[RemovedCondition, ...]] = mapped_column(Choices(RemovedCondition), default=())
    capsule: Mapped[Capsule | None] = mapped_column(default=None)
    capsulectomy: Mapped[Capsulectomy | None] = mapped_column(default=None)
    fluid: Mapped[Fluid | None] = mapped_column(default=None)
    fluid_ml: Mapped[int | None] = mapped_column(default=None)
    disposition: Mapped[Disposition | None] = mapped_column(default=None)
    disposition_on: Mapped[dt.date | None] = mapped_column(default=None)
    given_to: Mapped[Line | None] = mapped_column(default=None)
    warranty: Mapped[WarrantyState | None] = mapped_column(default=None)
    warranty_until: Mapped[dt.date | None] = mapped_column(default=None)
    warranty_claimed_on: Mapped[dt.date | None] = mapped_column(default=None)
    warranty_claim_no: Mapped[Line | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    specimens: Mapped[list[Specimen]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Specimen.position", default_factory=list
    )


class Specimen(Base):
    """Something sent to a laboratory; without a result it is still to be chased."""

    __tablename__ = "specimen"
    __table_args__ = (
        Index(
            "ix_specimen_outstanding",
            "sent_on",
            "id",
            sqlite_where=text("result IS NULL"),
            postgresql_where=text("result IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    removal_id: Mapped[int] = mapped_column(ForeignKey("removal.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[SpecimenKind]
    sent_on: Mapped[dt.date | None] = mapped_column(default=None)
    laboratory: Mapped[Line | None] = mapped_column(default=None)
    result: Mapped[Line | None] = mapped_column(default=None)
    resulted_on: Mapped[dt.date | None] = mapped_column(default=None)
