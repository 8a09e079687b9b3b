"""Any breast operation, here or elsewhere, and what it did in each side."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Facts, Line, Note, PatientId, Record
from desktop.models.choices import Incision, OperationKind, Side, SideEvent, Source
from desktop.models.device import DeviceSpell
from desktop.models.partial_date import PartialDate


class Operation(Record, Facts, Base):
    __tablename__ = "operation"
    __table_args__ = (Index("ix_operation_by_day", "happened_on", "patient_id"),)

    patient_id: Mapped[PatientId]
    kind: Mapped[OperationKind]
    happened_on: Mapped[PartialDate | None] = mapped_column(default=None)
    surgeon: Mapped[Line | None] = mapped_column(default=None)
    facility: Mapped[Line | None] = mapped_column(default=None)
    was_elsewhere: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    sides: Mapped[list[OperationSide]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OperationSide.side", default_factory=list
    )


class OperationSide(Facts, Base):
    __tablename__ = "operation_side"
    __table_args__ = (UniqueConstraint("operation_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"), init=False)
    side: Mapped[Side]
    event: Mapped[SideEvent] = mapped_column(default=SideEvent.NONE)
    incision: Mapped[Incision | None] = mapped_column(default=None)
    incision_detail: Mapped[Line | None] = mapped_column(default=None)
    incision_mm: Mapped[int | None] = mapped_column(default=None)

    spell: Mapped[DeviceSpell | None] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        single_parent=True,
        foreign_keys=[DeviceSpell.implanted_operation_side_id],
        default=None,
    )
