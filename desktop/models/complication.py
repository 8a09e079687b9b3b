"""What went wrong after an operation, graded by how it was treated."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Facts, Line, Note, PatientId, Record
from desktop.models.choices import AnesthesiaKind, ClavienDindo, ComplicationKind, Side, YesNo
from desktop.models.partial_date import PartialDate


class Complication(Record, Facts, Base):
    """`side` None: not of one side, as an embolism. The anesthetic decides between IIIa and IIIb (6.2)."""

    __tablename__ = "complication"

    patient_id: Mapped[PatientId]
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision_case.id", ondelete="RESTRICT"), default=None, index=True
    )
    operation_id: Mapped[int | None] = mapped_column(
        ForeignKey("operation.id", ondelete="RESTRICT"), default=None, index=True
    )
    device_id: Mapped[int | None] = mapped_column(
        ForeignKey("device.id", ondelete="RESTRICT"), default=None, index=True
    )
    kind: Mapped[ComplicationKind]
    side: Mapped[Side | None] = mapped_column(default=None)
    onset_on: Mapped[PartialDate | None] = mapped_column(default=None)
    treatment: Mapped[Line | None] = mapped_column(default=None)
    anesthetic: Mapped[AnesthesiaKind | None] = mapped_column(default=None)
    no_anesthetic: Mapped[YesNo | None] = mapped_column(default=None)
    grade: Mapped[ClavienDindo | None] = mapped_column(default=None)
    has_disability: Mapped[YesNo | None] = mapped_column(default=None)
    resolved_on: Mapped[PartialDate | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
