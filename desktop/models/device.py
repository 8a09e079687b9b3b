"""One physical implant, and its spell in one side from an operation to an operation."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column, relationship

from desktop.models.base import Base, Facts, Line, PatientId, RawText, Record
from desktop.models.choices import (
    DeviceClass,
    Fill,
    LabelEntry,
    Plane,
    Port,
    Profile,
    Shape,
    Side,
    Surface,
    SurfaceEdition,
    UdiIssuer,
)


class Labelled(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """What the label of a device says. `udi_raw` is the text as it was scanned; all else can be read from it again."""

    catalogue_no: Mapped[Line | None] = mapped_column(default=None)
    serial: Mapped[Line | None] = mapped_column(default=None)
    lot: Mapped[Line | None] = mapped_column(default=None)
    expires_on: Mapped[dt.date | None] = mapped_column(default=None)
    made_on: Mapped[dt.date | None] = mapped_column(default=None)
    udi_di: Mapped[Line | None] = mapped_column(default=None)
    udi_raw: Mapped[str | None] = mapped_column(RawText, default=None)
    udi_issuer: Mapped[UdiIssuer | None] = mapped_column(default=None)
    udi_entry: Mapped[LabelEntry | None] = mapped_column(default=None)
    distinct_id: Mapped[Line | None] = mapped_column(default=None)


class DeviceType(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """What devices of one type have in common. Volumes in mL, dimensions in mm. `surface` is the class as the maker
    states it, `surface_name` their own word."""

    device_class: Mapped[DeviceClass | None] = mapped_column(default=None)
    style: Mapped[Line | None] = mapped_column(default=None)
    volume_ml: Mapped[int | None] = mapped_column(default=None)
    fill: Mapped[Fill | None] = mapped_column(default=None)
    fill_least_ml: Mapped[int | None] = mapped_column(default=None)
    fill_most_ml: Mapped[int | None] = mapped_column(default=None)
    gel: Mapped[Line | None] = mapped_column(default=None)
    shape: Mapped[Shape | None] = mapped_column(default=None)
    surface: Mapped[Surface | None] = mapped_column(default=None)
    surface_edition: Mapped[SurfaceEdition | None] = mapped_column(default=None)
    surface_name: Mapped[Line | None] = mapped_column(default=None)
    profile: Mapped[Profile | None] = mapped_column(default=None)
    profile_name: Mapped[Line | None] = mapped_column(default=None)
    diameter_mm: Mapped[int | None] = mapped_column(default=None)
    width_mm: Mapped[int | None] = mapped_column(default=None)
    height_mm: Mapped[int | None] = mapped_column(default=None)
    projection_mm: Mapped[int | None] = mapped_column(default=None)
    port: Mapped[Port | None] = mapped_column(default=None)


class Device(Record, Facts, Labelled, DeviceType, Base):
    """One piece; `filled_ml` is what was filled into it."""

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_serial", "serial"), Index("ix_device_lot", "lot"))

    patient_id: Mapped[PatientId]
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    line: Mapped[Line | None] = mapped_column(default=None)
    filled_ml: Mapped[int | None] = mapped_column(default=None)


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
