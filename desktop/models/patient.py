"""A person who asks for breast revision surgery."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Key, Line, Note, PatientId, Record
from desktop.models.choices import Language, Severity, Sex, SmokingStatus


class Patient(Record, Base):
    __tablename__ = "patient"

    record_number: Mapped[Key] = mapped_column(unique=True)
    family_name: Mapped[Line]
    given_name: Mapped[Line | None] = mapped_column(default=None)
    former_name: Mapped[Line | None] = mapped_column(default=None)
    birth_date: Mapped[dt.date] = mapped_column(index=True)
    sex: Mapped[Sex | None] = mapped_column(default=None)
    language: Mapped[Language | None] = mapped_column(default=None)

    phone: Mapped[Line | None] = mapped_column(default=None)
    mobile_phone: Mapped[Line | None] = mapped_column(default=None)
    email: Mapped[Line | None] = mapped_column(default=None)
    address: Mapped[Note | None] = mapped_column(default=None)
    emergency_name: Mapped[Line | None] = mapped_column(default=None)
    emergency_phone: Mapped[Line | None] = mapped_column(default=None)
    responsible_adult_name: Mapped[Line | None] = mapped_column(default=None)
    responsible_adult_phone: Mapped[Line | None] = mapped_column(default=None)

    no_known_allergies: Mapped[bool] = mapped_column(default=False)
    no_known_allergies_by: Mapped[Line | None] = mapped_column(default=None)
    no_known_allergies_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    height_cm: Mapped[int | None] = mapped_column(default=None)
    weight_kg: Mapped[Decimal | None] = mapped_column(default=None)
    smoking: Mapped[SmokingStatus | None] = mapped_column(default=None)

    family_key: Mapped[Key] = mapped_column(init=False, default="")
    given_key: Mapped[Key] = mapped_column(init=False, default="")
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("patient.id", ondelete="RESTRICT"), init=False, default=None, index=True
    )

    allergies: Mapped[list[Allergy]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Allergy.position", default_factory=list
    )
    medicines: Mapped[list[Medicine]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Medicine.position", default_factory=list
    )
    conditions: Mapped[list[Condition]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Condition.position", default_factory=list
    )


class Allergy(Base):
    __tablename__ = "allergy"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId] = mapped_column(init=False)
    position: Mapped[int] = mapped_column(default=0)
    substance: Mapped[Line]
    reaction: Mapped[Line | None] = mapped_column(default=None)
    severity: Mapped[Severity | None] = mapped_column(default=None)


class Medicine(Base):
    __tablename__ = "medicine"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId] = mapped_column(init=False)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[Line]
    dose: Mapped[Line | None] = mapped_column(default=None)
    is_anticoagulant: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[Line | None] = mapped_column(default=None)


class Condition(Base):
    __tablename__ = "condition"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    patient_id: Mapped[PatientId] = mapped_column(init=False)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[Line]
    note: Mapped[Line | None] = mapped_column(default=None)
