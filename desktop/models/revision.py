"""One revision: why she came, what was seen in each side, and what is planned for each side."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column, relationship

from desktop.models.base import Base, Choices, Line, Note, PatientId, Record, Signable
from desktop.models.choices import (
    AnesthesiaKind,
    Fill,
    Incision,
    Indication,
    IndicationLayer,
    Plane,
    PlanStep,
    Pocket,
    Shape,
    Side,
    Surface,
)
from desktop.models.indication import CaseCode
from desktop.models.plan import Contingency, PlannedDevice, Prophylaxis


class Prefilled(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Which answers nobody gave yet: they were carried over or came from a template, and wait to be confirmed."""

    prefilled: Mapped[list[str]] = mapped_column(JSON, default_factory=list, server_default="[]")
    prefilled_from: Mapped[Line | None] = mapped_column(default=None)


class RevisionCase(Record, Prefilled, Base):
    """`carried_from_id` is the case that this one goes on from."""

    __tablename__ = "revision_case"
    __table_args__ = (
        Index("ix_revision_case_by_surgery", "surgery_on", "patient_id"),
        Index(
            "ix_revision_case_open",
            "opened_on",
            "id",
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    patient_id: Mapped[PatientId]
    opened_on: Mapped[dt.date]
    own_words: Mapped[Note | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
    surgery_on: Mapped[dt.date | None] = mapped_column(default=None)
    closed_on: Mapped[dt.date | None] = mapped_column(default=None)
    carried_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision_case.id", ondelete="RESTRICT"), default=None, index=True
    )

    indications: Mapped[list[CaseIndication]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="CaseIndication.position", default_factory=list
    )
    codes: Mapped[list[CaseCode]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="CaseCode.position", default_factory=list
    )


class CaseIndication(Base):
    """One reason in one side; "both sides" is two rows, never a third value."""

    __tablename__ = "case_indication"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side]
    indication: Mapped[Indication]
    layer: Mapped[IndicationLayer] = mapped_column(default=IndicationLayer.SURGEON)
    note: Mapped[Line | None] = mapped_column(default=None)


class RevisionPlan(Record, Signable, Prefilled, Base):
    """Once signed it is frozen; an amendment is a new row with the next `plan_version`."""

    __tablename__ = "revision_plan"
    __table_args__ = (UniqueConstraint("case_id", "plan_version"),)

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"))
    plan_version: Mapped[int] = mapped_column(default=1)
    amends_reason: Mapped[Note | None] = mapped_column(default=None)
    anesthesia_kind: Mapped[AnesthesiaKind | None] = mapped_column(default=None)
    routine_after_days: Mapped[int | None] = mapped_column(default=None)
    minutes_needed: Mapped[int | None] = mapped_column(default=None)
    contingencies: Mapped[Note | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    sides: Mapped[list[PlanSide]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlanSide.side", default_factory=list
    )
    contingency_list: Mapped[list[Contingency]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Contingency.position", default_factory=list
    )
    prophylaxis: Mapped[list[Prophylaxis]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Prophylaxis.position", default_factory=list
    )
    devices: Mapped[list[PlannedDevice]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlannedDevice.position", default_factory=list
    )


class PlanSide(Base):
    __tablename__ = "plan_side"
    __table_args__ = (UniqueConstraint("plan_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("revision_plan.id", ondelete="RESTRICT"), init=False)
    side: Mapped[Side]
    steps: Mapped[tuple[PlanStep, ...]] = mapped_column(Choices(PlanStep), default=())
    manufacturer: Mapped[Line | None] = mapped_column(default=None)
    line: Mapped[Line | None] = mapped_column(default=None)
    style: Mapped[Line | None] = mapped_column(default=None)
    catalogue_no: Mapped[Line | None] = mapped_column(default=None)
    volume_ml: Mapped[int | None] = mapped_column(default=None)
    width_mm: Mapped[int | None] = mapped_column(default=None)
    projection_mm: Mapped[int | None] = mapped_column(default=None)
    fill: Mapped[Fill | None] = mapped_column(default=None)
    shape: Mapped[Shape | None] = mapped_column(default=None)
    surface: Mapped[Surface | None] = mapped_column(default=None)
    plane: Mapped[Plane | None] = mapped_column(default=None)
    pocket: Mapped[Pocket | None] = mapped_column(default=None)
    incision: Mapped[Incision | None] = mapped_column(default=None)
    drain_count: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)
