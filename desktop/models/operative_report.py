"""What was done at one revision, step by step beside what was planned; signed, and amended by a new version."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record, Signable
from desktop.models.choices import AnesthesiaKind, Incision, Plane, PlanStep, Pocket, Side, StepOutcome, YesNo


class OperativeReport(Record, Signable, Base):
    """`plan_id` is the signed version that was taken to the operating room; `operation_id` the operation it made."""

    __tablename__ = "operative_report"
    __table_args__ = (UniqueConstraint("case_id", "report_version"),)

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("revision_plan.id", ondelete="RESTRICT"), index=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id", ondelete="RESTRICT"), index=True)
    report_version: Mapped[int] = mapped_column(default=1)
    amends_reason: Mapped[Note | None] = mapped_column(default=None)
    assistant: Mapped[Line | None] = mapped_column(default=None)
    anesthesia_kind: Mapped[AnesthesiaKind | None] = mapped_column(default=None)
    minutes_taken: Mapped[int | None] = mapped_column(default=None)
    blood_loss_ml: Mapped[int | None] = mapped_column(default=None)
    counts_right: Mapped[YesNo | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    sides: Mapped[list[ReportSide]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportSide.side", default_factory=list
    )
    steps: Mapped[list[ReportStep]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportStep.position", default_factory=list
    )


class ReportSide(Base):
    """`differs_because` is why plane, incision, pocket or device are not as planned."""

    __tablename__ = "report_side"
    __table_args__ = (UniqueConstraint("report_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("operative_report.id", ondelete="RESTRICT"), init=False)
    side: Mapped[Side]
    plane: Mapped[Plane | None] = mapped_column(default=None)
    incision: Mapped[Incision | None] = mapped_column(default=None)
    pocket: Mapped[Pocket | None] = mapped_column(default=None)
    drain_count: Mapped[int | None] = mapped_column(default=None)
    fat_ml: Mapped[int | None] = mapped_column(default=None)
    differs_because: Mapped[Note | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)


class ReportStep(Base):
    """One step of the plan and what became of it, or a step that was added; without an outcome it is not answered."""

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("operative_report.id", ondelete="RESTRICT"), init=False, index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side]
    planned: Mapped[PlanStep | None] = mapped_column(default=None)
    outcome: Mapped[StepOutcome | None] = mapped_column(default=None)
    performed: Mapped[PlanStep | None] = mapped_column(default=None)
    reason: Mapped[Line | None] = mapped_column(default=None)
