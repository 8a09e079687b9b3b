"""The safety checklist of the operating room: one record for each time the team stops and reads aloud."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record, Signable
from desktop.models.choices import SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side


class SafetyPhase(Record, Signable, Base):
    """Signed when it is finished, by whoever led it; `round_no` counts the time-outs that were called again."""

    __tablename__ = "safety_phase"
    __table_args__ = (UniqueConstraint("case_id", "moment", "round_no"),)

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"))
    moment: Mapped[SafetyMoment]
    round_no: Mapped[int] = mapped_column(default=1)
    again_because: Mapped[SafetyAgain | None] = mapped_column(default=None)
    present: Mapped[Note | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    answers: Mapped[list[SafetyAnswer]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="SafetyAnswer.position", default_factory=list
    )


class SafetyAnswer(Base):
    """`read_aloud` keeps what was to be read when it was answered; "no" needs a comment."""

    __tablename__ = "safety_answer"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    phase_id: Mapped[int] = mapped_column(ForeignKey("safety_phase.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    item: Mapped[SafetyItem]
    side: Mapped[Side | None] = mapped_column(default=None)
    reply: Mapped[SafetyReply | None] = mapped_column(default=None)
    comment: Mapped[Line | None] = mapped_column(default=None)
    read_aloud: Mapped[Note | None] = mapped_column(default=None)
    answered_by: Mapped[Line | None] = mapped_column(default=None)
