"""One physical implant, and its spell in one side from an operation to an operation."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Facts, Line, PatientId
from desktop.models.choices import Fill, Plane, Profile, Shape, Side, Surface


class Device(Facts, Base):
    __tablename__ = "device"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    line: Mapped[Line | None] = mapped_column(default=None)
    style: Mapped[Line | None] = mapped_column(default=None)
    volume_ml: Mapped[int | None] = mapped_column(default=None)
    fill: Mapped[Fill | None] = mapped_column(default=None)
    shape: Mapped[Shape | None] = mapped_column(default=None)
    surface: Mapped[Surface | None] = mapped_column(default=None)
    profile: Mapped[Profile | None] = mapped_column(default=None)
    serial: Mapped[Line | None] = mapped_column(default=None, index=True)
    lot: Mapped[Line | None] = mapped_column(default=None, index=True)


class DeviceSpell(Facts, Base):
    """`removed_operation_id` is kept by the service from the order of the operations; a person never types it."""

    __tablename__ = "device_spell"
    __table_args__ = (Index("ix_device_spell_by_patient", "patient_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    side: Mapped[Side]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="RESTRICT"), init=False, index=True)
    implanted_operation_side_id: Mapped[int | None] = mapped_column(
        ForeignKey("operation_side.id", ondelete="RESTRICT"), init=False, index=True
    )
    removed_operation_id: Mapped[int | None] = mapped_column(
        ForeignKey("operation.id", ondelete="RESTRICT"), default=None, index=True
    )
    fate_unknown: Mapped[bool] = mapped_column(default=False)
    plane: Mapped[Plane | None] = mapped_column(default=None)

    device: Mapped[Device] = relationship(lazy="raise", cascade="all, delete-orphan", single_parent=True)
