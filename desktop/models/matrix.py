"""A matrix or mesh that an operation put into one side: a device of its own, tracked by its own label."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Facts, Line, Note, PatientId, Record
from desktop.models.choices import MatrixKind, MatrixPosition, Side
from desktop.models.device import Labelled
from desktop.models.partial_date import PartialDate


class Matrix(Record, Facts, Labelled, Base):
    __tablename__ = "matrix"

    patient_id: Mapped[PatientId]
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"), index=True)
    side: Mapped[Side]
    kind: Mapped[MatrixKind | None] = mapped_column(default=None)
    product: Mapped[Line | None] = mapped_column(default=None)
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    length_mm: Mapped[int | None] = mapped_column(default=None)
    width_mm: Mapped[int | None] = mapped_column(default=None)
    thickness_mm: Mapped[Decimal | None] = mapped_column(default=None)
    position: Mapped[MatrixPosition | None] = mapped_column(default=None)
    orientation: Mapped[Line | None] = mapped_column(default=None)
    removed_on: Mapped[PartialDate | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
