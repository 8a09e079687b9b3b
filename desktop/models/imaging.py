"""An imaging study of one side, as its report tells it."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Facts, Line, Note, PatientId, Record
from desktop.models.choices import ImagingFinding, ImagingKind, Side
from desktop.models.partial_date import PartialDate


class ImagingStudy(Record, Facts, Base):
    """A study of both sides is two rows, because it found something of each."""

    __tablename__ = "imaging_study"

    patient_id: Mapped[PatientId]
    side: Mapped[Side]
    kind: Mapped[ImagingKind]
    happened_on: Mapped[PartialDate | None] = mapped_column(default=None)
    finding: Mapped[ImagingFinding | None] = mapped_column(default=None)
    facility: Mapped[Line | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
