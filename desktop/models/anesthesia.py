"""The anesthesia note of one revision: before, during, after."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Line, Note, PatientId, Record, Signable
from desktop.models.choices import (
    AsaClass,
    CaseEvent,
    DoseUnit,
    Drug,
    Mallampati,
    PregnancyStatement,
    Route,
    Score,
    SedationDepth,
    SedationScale,
    Side,
    YesNo,
)


class AnesthesiaNote(Record, Signable, Base):
    __tablename__ = "anesthesia_note"

    patient_id: Mapped[PatientId]
    case_id: Mapped[int] = mapped_column(ForeignKey("revision_case.id", ondelete="RESTRICT"), unique=True)
    performed_on: Mapped[dt.date]

    asa_class: Mapped[AsaClass | None] = mapped_column(default=None)
    mallampati: Mapped[Mallampati | None] = mapped_column(default=None)
    planned_depth: Mapped[SedationDepth | None] = mapped_column(default=None)
    previous_problems: Mapped[Note | None] = mapped_column(default=None)
    malignant_hyperthermia: Mapped[YesNo | None] = mapped_column(default=None)
    sleep_apnea: Mapped[YesNo | None] = mapped_column(default=None)
    glp1_agonist: Mapped[YesNo | None] = mapped_column(default=None)
    pregnancy: Mapped[PregnancyStatement | None] = mapped_column(default=None)
    last_clear_fluid_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    last_meal_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    weight_kg: Mapped[Decimal | None] = mapped_column(default=None)
    baseline_systolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    baseline_diastolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    baseline_pulse_bpm: Mapped[int | None] = mapped_column(default=None)
    baseline_spo2_percent: Mapped[int | None] = mapped_column(default=None)
    consent_given: Mapped[YesNo | None] = mapped_column(default=None)

    aldrete_activity: Mapped[Score | None] = mapped_column(default=None)
    aldrete_respiration: Mapped[Score | None] = mapped_column(default=None)
    aldrete_circulation: Mapped[Score | None] = mapped_column(default=None)
    aldrete_consciousness: Mapped[Score | None] = mapped_column(default=None)
    aldrete_oxygenation: Mapped[Score | None] = mapped_column(default=None)
    pain_nrs: Mapped[int | None] = mapped_column(default=None)
    nausea: Mapped[YesNo | None] = mapped_column(default=None)
    discharged_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    escort_name: Mapped[Line | None] = mapped_column(default=None)
    escort_exception: Mapped[Line | None] = mapped_column(default=None)
    note: Mapped[Note | None] = mapped_column(default=None)

    vitals: Mapped[list[Vital]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Vital.at", default_factory=list
    )
    drugs: Mapped[list[DrugGiven]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="DrugGiven.at", default_factory=list
    )
    events: Mapped[list[NotedEvent]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="NotedEvent.at", default_factory=list
    )


class Vital(Base):
    __tablename__ = "vital"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("anesthesia_note.id", ondelete="RESTRICT"), init=False, index=True)
    at: Mapped[dt.datetime]
    systolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    diastolic_mmhg: Mapped[int | None] = mapped_column(default=None)
    pulse_bpm: Mapped[int | None] = mapped_column(default=None)
    spo2_percent: Mapped[int | None] = mapped_column(default=None)
    breaths_per_min: Mapped[int | None] = mapped_column(default=None)
    etco2_mmhg: Mapped[int | None] = mapped_column(default=None)
    sedation_scale: Mapped[SedationScale | None] = mapped_column(default=None)
    sedation_value: Mapped[int | None] = mapped_column(default=None)


class DrugGiven(Base):
    __tablename__ = "drug_given"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("anesthesia_note.id", ondelete="RESTRICT"), init=False, index=True)
    at: Mapped[dt.datetime]
    until_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    drug: Mapped[Drug]
    dose: Mapped[Decimal]
    unit: Mapped[DoseUnit]
    concentration_mg_per_ml: Mapped[Decimal | None] = mapped_column(default=None)
    route: Mapped[Route | None] = mapped_column(default=None)
    side: Mapped[Side | None] = mapped_column(default=None)


class NotedEvent(Base):
    __tablename__ = "noted_event"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("anesthesia_note.id", ondelete="RESTRICT"), init=False, index=True)
    at: Mapped[dt.datetime]
    event: Mapped[CaseEvent]
    side: Mapped[Side | None] = mapped_column(default=None)
    text: Mapped[Line | None] = mapped_column(default=None)


class Addendum(Base):
    """What a named person adds to a signed note; the note itself never changes."""

    __tablename__ = "addendum"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId]
    note_id: Mapped[int] = mapped_column(ForeignKey("anesthesia_note.id", ondelete="RESTRICT"), index=True)
    text: Mapped[Note]
    reason: Mapped[Line]
    author: Mapped[Line]
    added_at: Mapped[dt.datetime]
