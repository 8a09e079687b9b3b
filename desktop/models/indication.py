"""What belongs to one reason for a revision: its own findings, the work-up of a late seroma, codes for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Choices, Facts, Line, Note, PatientId, Record
from desktop.models.choices import (
    ChestPlace,
    ChestWall,
    DeflationCause,
    DeflationSpeed,
    DiffersIn,
    DoubleBubble,
    Drainage,
    LabResult,
    RuptureSign,
    ScarKind,
    SeenBy,
    SeenWhen,
    Sensation,
    SeromaResult,
    SeromaTest,
    Side,
    SystemicSign,
    TissueCause,
    UrgencyTier,
    YesNo,
)
from desktop.models.partial_date import PartialDate


class IndicationFinding(Record, Facts, Base):
    """One row for one indication of a case. Which of these are asked depends on the indication (1.5); what an
    examination measures (Baker, ptosis, pain, lengths) is kept there and only shown beside it."""

    __tablename__ = "indication_finding"

    patient_id: Mapped[PatientId]
    indication_id: Mapped[int] = mapped_column(ForeignKey("case_indication.id", ondelete="CASCADE"), unique=True)
    imaging_id: Mapped[int | None] = mapped_column(
        ForeignKey("imaging_study.id", ondelete="RESTRICT"), default=None, index=True
    )
    tier: Mapped[UrgencyTier | None] = mapped_column(default=None)
    noticed_on: Mapped[PartialDate | None] = mapped_column(default=None)
    own_words: Mapped[Note | None] = mapped_column(default=None)
    wish: Mapped[Note | None] = mapped_column(default=None)
    places: Mapped[tuple[ChestPlace, ...] | None] = mapped_column(Choices(ChestPlace), default=None)
    size_mm: Mapped[int | None] = mapped_column(default=None)
    recurred: Mapped[YesNo | None] = mapped_column(default=None)
    trauma: Mapped[Line | None] = mapped_column(default=None)
    trigger: Mapped[Line | None] = mapped_column(default=None)
    earlier_treatment: Mapped[Line | None] = mapped_column(default=None)
    # a device that gave way
    shape_changed: Mapped[YesNo | None] = mapped_column(default=None)
    new_firmness: Mapped[YesNo | None] = mapped_column(default=None)
    new_pain: Mapped[YesNo | None] = mapped_column(default=None)
    lump: Mapped[YesNo | None] = mapped_column(default=None)
    axillary_nodes: Mapped[YesNo | None] = mapped_column(default=None)
    skin_changed: Mapped[YesNo | None] = mapped_column(default=None)
    capsule_thickened: Mapped[YesNo | None] = mapped_column(default=None)
    rupture_signs: Mapped[tuple[RuptureSign, ...] | None] = mapped_column(Choices(RuptureSign), default=None)
    deflation_speed: Mapped[DeflationSpeed | None] = mapped_column(default=None)
    deflation_cause: Mapped[DeflationCause | None] = mapped_column(default=None)
    size_differs: Mapped[YesNo | None] = mapped_column(default=None)
    distressed: Mapped[YesNo | None] = mapped_column(default=None)
    # a device in the wrong place
    scar_above_fold: Mapped[YesNo | None] = mapped_column(default=None)
    upper_pole_empty: Mapped[YesNo | None] = mapped_column(default=None)
    upper_pole_full: Mapped[YesNo | None] = mapped_column(default=None)
    implant_below_fold: Mapped[YesNo | None] = mapped_column(default=None)
    double_bubble: Mapped[DoubleBubble | None] = mapped_column(default=None)
    old_fold_visible: Mapped[YesNo | None] = mapped_column(default=None)
    moves_with_muscle: Mapped[YesNo | None] = mapped_column(default=None)
    movement: Mapped[Line | None] = mapped_column(default=None)
    falls_away_lying: Mapped[YesNo | None] = mapped_column(default=None)
    touches_arm: Mapped[YesNo | None] = mapped_column(default=None)
    nipple_points_down: Mapped[YesNo | None] = mapped_column(default=None)
    edges_meet: Mapped[YesNo | None] = mapped_column(default=None)
    skin_tents: Mapped[YesNo | None] = mapped_column(default=None)
    crosses_midline: Mapped[YesNo | None] = mapped_column(default=None)
    orientation_seen: Mapped[SeenBy | None] = mapped_column(default=None)
    seen_when: Mapped[tuple[SeenWhen, ...] | None] = mapped_column(Choices(SeenWhen), default=None)
    # what was before
    had_radiation: Mapped[YesNo | None] = mapped_column(default=None)
    had_infection: Mapped[YesNo | None] = mapped_column(default=None)
    had_hematoma: Mapped[YesNo | None] = mapped_column(default=None)
    # size, shape, tissue
    wanted_ml: Mapped[int | None] = mapped_column(default=None)
    weight_change_kg: Mapped[Decimal | None] = mapped_column(default=None)
    weight_stable_since: Mapped[PartialDate | None] = mapped_column(default=None)
    differs_in: Mapped[tuple[DiffersIn, ...] | None] = mapped_column(Choices(DiffersIn), default=None)
    chest_wall: Mapped[ChestWall | None] = mapped_column(default=None)
    skin_quality: Mapped[Line | None] = mapped_column(default=None)
    earlier_scars: Mapped[Line | None] = mapped_column(default=None)
    tissue_causes: Mapped[tuple[TissueCause, ...] | None] = mapped_column(Choices(TissueCause), default=None)
    pregnancies: Mapped[int | None] = mapped_column(default=None)
    breastfeeding_ended_on: Mapped[PartialDate | None] = mapped_column(default=None)
    pregnancy_wished: Mapped[YesNo | None] = mapped_column(default=None)
    # wound, infection, blood, fluid
    hours_since_surgery: Mapped[int | None] = mapped_column(default=None)
    drainage: Mapped[Drainage | None] = mapped_column(default=None)
    drainage_ml: Mapped[int | None] = mapped_column(default=None)
    infection_signs: Mapped[YesNo | None] = mapped_column(default=None)
    photo_taken: Mapped[YesNo | None] = mapped_column(default=None)
    temperature_c: Mapped[Decimal | None] = mapped_column(default=None)
    redness_mm: Mapped[int | None] = mapped_column(default=None)
    redness_outlined: Mapped[YesNo | None] = mapped_column(default=None)
    warmth: Mapped[YesNo | None] = mapped_column(default=None)
    culture_sent: Mapped[YesNo | None] = mapped_column(default=None)
    antibiotics: Mapped[Line | None] = mapped_column(default=None)
    systemic_signs: Mapped[tuple[SystemicSign, ...] | None] = mapped_column(Choices(SystemicSign), default=None)
    expanding: Mapped[YesNo | None] = mapped_column(default=None)
    tightness: Mapped[YesNo | None] = mapped_column(default=None)
    bruising: Mapped[YesNo | None] = mapped_column(default=None)
    systolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    diastolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    pulse_bpm: Mapped[int | None] = mapped_column(default=None)
    texture: Mapped[Line | None] = mapped_column(default=None)
    fluid_ml: Mapped[int | None] = mapped_column(default=None)
    drain_removed_on: Mapped[dt.date | None] = mapped_column(default=None)
    # tumor, systemic symptoms, recall
    pathology: Mapped[Line | None] = mapped_column(default=None)
    cd30: Mapped[LabResult | None] = mapped_column(default=None)
    alk: Mapped[LabResult | None] = mapped_column(default=None)
    stage: Mapped[Line | None] = mapped_column(default=None)
    oncology: Mapped[Line | None] = mapped_column(default=None)
    oncology_referred_on: Mapped[dt.date | None] = mapped_column(default=None)
    found_by: Mapped[Line | None] = mapped_column(default=None)
    imaging_category: Mapped[Line | None] = mapped_column(default=None)
    biopsy: Mapped[Line | None] = mapped_column(default=None)
    screening_current: Mapped[YesNo | None] = mapped_column(default=None)
    autoimmune: Mapped[Line | None] = mapped_column(default=None)
    tests_done: Mapped[Line | None] = mapped_column(default=None)
    acutely_unwell: Mapped[YesNo | None] = mapped_column(default=None)
    recall_match: Mapped[Line | None] = mapped_column(default=None)
    has_symptoms: Mapped[YesNo | None] = mapped_column(default=None)
    # pain, nerve, scar, nipple
    scar_kind: Mapped[ScarKind | None] = mapped_column(default=None)
    sensation: Mapped[Sensation | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)


class SeromaWorkUp(Record, Base):
    """What is documented before a revision for a late seroma of one side (1.6)."""

    __tablename__ = "seroma_work_up"
    __table_args__ = (UniqueConstraint("case_id", "side"),)

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"))
    side: Mapped[Side]
    onset_on: Mapped[PartialDate | None] = mapped_column(default=None)
    textured_ever: Mapped[YesNo | None] = mapped_column(default=None)
    mass: Mapped[YesNo | None] = mapped_column(default=None)
    nodes: Mapped[YesNo | None] = mapped_column(default=None)
    rash: Mapped[YesNo | None] = mapped_column(default=None)
    b_symptoms: Mapped[YesNo | None] = mapped_column(default=None)
    ultrasound_on: Mapped[dt.date | None] = mapped_column(default=None)
    ultrasound_fluid: Mapped[YesNo | None] = mapped_column(default=None)
    ultrasound_mass: Mapped[YesNo | None] = mapped_column(default=None)
    ultrasound_nodes: Mapped[YesNo | None] = mapped_column(default=None)
    aspirated_on: Mapped[dt.date | None] = mapped_column(default=None)
    aspirate_ml: Mapped[int | None] = mapped_column(default=None)
    tests: Mapped[tuple[SeromaTest, ...] | None] = mapped_column(Choices(SeromaTest), default=None)
    cd30: Mapped[LabResult | None] = mapped_column(default=None)
    alk: Mapped[LabResult | None] = mapped_column(default=None)
    result: Mapped[SeromaResult | None] = mapped_column(default=None)
    pet_ct_on: Mapped[dt.date | None] = mapped_column(default=None)
    team_met_on: Mapped[dt.date | None] = mapped_column(default=None)
    stage: Mapped[Line | None] = mapped_column(default=None)
    reported_to: Mapped[Line | None] = mapped_column(default=None)
    reported_on: Mapped[dt.date | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)


class CaseCode(Base):
    """A diagnosis code chosen for a case. The side stands apart: most codes have none (7.1)."""

    __tablename__ = "case_code"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), init=False, index=True)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side | None] = mapped_column(default=None)
    code: Mapped[str] = mapped_column(String(12))
    text: Mapped[Line]
    edition: Mapped[Line | None] = mapped_column(default=None)
    coded_on: Mapped[dt.date | None] = mapped_column(default=None)


class DiagnosisCode(Record, Base):
    """Office data: one code as an edition of the classification has it, and between which days it is valid."""

    __tablename__ = "diagnosis_code"
    __table_args__ = (Index("ix_diagnosis_code_by_code", "code", "valid_from"),)

    code: Mapped[str] = mapped_column(String(12))
    text: Mapped[Line]
    edition: Mapped[Line]
    valid_from: Mapped[dt.date | None] = mapped_column(default=None)
    valid_to: Mapped[dt.date | None] = mapped_column(default=None)
