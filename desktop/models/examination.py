"""One examination of one patient on one day: what was seen, felt and measured in each side, kept visit by visit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record
from desktop.models.choices import (
    Baker,
    BakerScale,
    ChestPlace,
    Displacement,
    MarkKind,
    Ptosis,
    Quadrant,
    Rippling,
    Side,
    YesNo,
)


class Examination(Record, Base):
    """`fold_difference_mm` is RIGHT minus LEFT, signed; the bra size is what the patient reports, never computed."""

    __tablename__ = "examination"
    __table_args__ = (Index("ix_examination_by_day", "patient_id", "examined_on"),)

    patient_id: Mapped[PatientId]
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision_case.id", ondelete="RESTRICT"), default=None, index=True
    )
    examined_on: Mapped[dt.date | None] = mapped_column(default=None)
    examined_by: Mapped[Line | None] = mapped_column(default=None)
    weight_kg: Mapped[Decimal | None] = mapped_column(default=None)
    between_breasts_mm: Mapped[int | None] = mapped_column(default=None)
    nipple_to_nipple_mm: Mapped[int | None] = mapped_column(default=None)
    fold_difference_mm: Mapped[int | None] = mapped_column(default=None)
    bra_size: Mapped[Line | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    sides: Mapped[list[ExaminationSide]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ExaminationSide.side", default_factory=list
    )
    marks: Mapped[list[ChestMark]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ChestMark.position", default_factory=list
    )


class ExaminationSide(Base):
    """Lengths in mm (1.2); `nipple_above_fold_mm` is signed: above the fold is positive."""

    __tablename__ = "examination_side"
    __table_args__ = (UniqueConstraint("examination_id", "side"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id", ondelete="RESTRICT"), init=False)
    side: Mapped[Side]
    baker: Mapped[Baker | None] = mapped_column(default=None)
    baker_scale: Mapped[BakerScale | None] = mapped_column(default=None)
    rippling: Mapped[Rippling | None] = mapped_column(default=None)
    rippling_place: Mapped[Quadrant | None] = mapped_column(default=None)
    displacement: Mapped[Displacement | None] = mapped_column(default=None)
    ptosis: Mapped[Ptosis | None] = mapped_column(default=None)
    pain_nrs: Mapped[int | None] = mapped_column(default=None)
    swelling: Mapped[YesNo | None] = mapped_column(default=None)
    notch_to_nipple_mm: Mapped[int | None] = mapped_column(default=None)
    nipple_to_fold_mm: Mapped[int | None] = mapped_column(default=None)
    nipple_to_fold_stretched_mm: Mapped[int | None] = mapped_column(default=None)
    nipple_above_fold_mm: Mapped[int | None] = mapped_column(default=None)
    base_width_mm: Mapped[int | None] = mapped_column(default=None)
    pinch_upper_mm: Mapped[int | None] = mapped_column(default=None)
    pinch_lower_mm: Mapped[int | None] = mapped_column(default=None)
    pinch_medial_mm: Mapped[int | None] = mapped_column(default=None)
    pinch_lateral_mm: Mapped[int | None] = mapped_column(default=None)
    skin_stretch_mm: Mapped[int | None] = mapped_column(default=None)
    envelope_fill_percent: Mapped[int | None] = mapped_column(default=None)
    areola_width_mm: Mapped[int | None] = mapped_column(default=None)
    areola_height_mm: Mapped[int | None] = mapped_column(default=None)
    nipple_to_midline_mm: Mapped[int | None] = mapped_column(default=None)
    volume_estimate_ml: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)


class ChestMark(Base):
    """Something placed on the chest diagram. `place` is the fact; across and down refine where it is drawn.

    `across_permille` and `down_permille` are thousandths of the breast's radius from the nipple: outward and downward
    positive on either side, so that no row knows what is left on a screen.
    """

    __tablename__ = "chest_mark"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    examination_id: Mapped[int] = mapped_column(
        ForeignKey("examination.id", ondelete="RESTRICT"), init=False, index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side]
    kind: Mapped[MarkKind]
    place: Mapped[ChestPlace]
    direction: Mapped[Displacement | None] = mapped_column(default=None)
    across_permille: Mapped[int | None] = mapped_column(default=None)
    down_permille: Mapped[int | None] = mapped_column(default=None)
    length_mm: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[Line | None] = mapped_column(default=None)
