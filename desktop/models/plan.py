"""What hangs on a revision plan: contingencies, prophylaxis, devices to order; and the templates a plan begins with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Choices, Line, Note, PatientId, Record
from desktop.models.choices import (
    ContingencyWhen,
    DeviceRole,
    DoseUnit,
    Drug,
    Indication,
    OrderState,
    PlanStep,
    ProphylaxisKind,
    Side,
)


class PlannedDevice(Base):
    """A device to be at hand beside the first choice: a spare size, a sizer, a matrix."""

    __tablename__ = "planned_device"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("revision_plan.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side]
    role: Mapped[DeviceRole]
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    line: Mapped[Line | None] = mapped_column(default=None)
    style: Mapped[Line | None] = mapped_column(default=None)
    volume_ml: Mapped[int | None] = mapped_column(default=None)
    quantity: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[Line | None] = mapped_column(default=None)


class Contingency(Base):
    """If … then …, in one side."""

    __tablename__ = "contingency"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("revision_plan.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side]
    happens: Mapped[ContingencyWhen]
    detail: Mapped[Line | None] = mapped_column(default=None)
    steps: Mapped[tuple[PlanStep, ...]] = mapped_column(Choices(PlanStep), default=())
    then: Mapped[Line | None] = mapped_column(default=None)


class Prophylaxis(Base):
    """What is to be given or worn against a known risk; recorded, never proposed."""

    __tablename__ = "prophylaxis"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("revision_plan.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ProphylaxisKind]
    drug: Mapped[Drug | None] = mapped_column(default=None)
    dose: Mapped[Decimal | None] = mapped_column(default=None)
    unit: Mapped[DoseUnit | None] = mapped_column(default=None)
    given_when: Mapped[Line | None] = mapped_column(default=None)
    note: Mapped[Line | None] = mapped_column(default=None)


class DeviceOrder(Record, Base):
    """One line of a case's order list; it lives on after the plan is signed, until the device lies here."""

    __tablename__ = "device_order"

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), index=True)
    side: Mapped[Side]
    role: Mapped[DeviceRole]
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    line: Mapped[Line | None] = mapped_column(default=None)
    style: Mapped[Line | None] = mapped_column(default=None)
    catalogue_no: Mapped[Line | None] = mapped_column(default=None)
    volume_ml: Mapped[int | None] = mapped_column(default=None)
    quantity: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[OrderState] = mapped_column(default=OrderState.TO_ORDER)
    supplier: Mapped[Line | None] = mapped_column(default=None)
    ordered_on: Mapped[dt.date | None] = mapped_column(default=None)
    arrived_on: Mapped[dt.date | None] = mapped_column(default=None)
    lot: Mapped[Line | None] = mapped_column(default=None)
    serial: Mapped[Line | None] = mapped_column(default=None)
    expires_on: Mapped[dt.date | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)


class PlanTemplate(Record, Base):
    """A practice's own way of beginning a plan: answers by field of the plan's form; the newest version is offered."""

    __tablename__ = "plan_template"
    __table_args__ = (UniqueConstraint("name", "template_version"),)

    name: Mapped[Line]
    template_version: Mapped[int] = mapped_column(default=1)
    suits: Mapped[tuple[Indication, ...]] = mapped_column(Choices(Indication), default=())
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    author: Mapped[Line]
    made_on: Mapped[dt.date]
    is_retired: Mapped[bool] = mapped_column(default=False)
