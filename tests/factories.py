"""Small valid answers for each form; a test changes only what it is about: `patient_values(weight_kg=None)`.

A side's answer is given by its full name: `operation_values(**{"left.event": SideEvent.NONE})`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import Form
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import (
    AnesthesiaKind,
    Baker,
    Fill,
    Incision,
    Indication,
    IndicationLayer,
    OperationKind,
    Plane,
    PlanStep,
    Shape,
    Side,
    SideEvent,
    Source,
    Surface,
)
from desktop.models.partial_date import PartialDate


def patient_values(**changes: Any) -> dict[str, Any]:
    """Rosalind Okafor, who was asked about allergies and has none."""
    small = {
        "family_name": "Okafor",
        "given_name": "Rosalind",
        "birth_date": dt.date(1981, 3, 14),
        "phone": "555-0142",
        "responsible_adult_name": "Grace Okafor",
        "no_known_allergies": True,
        "height_cm": 168,
        "weight_kg": Decimal(62),
    }
    return _answers(PATIENT_FORM, small, changes)


def operation_values(**changes: Any) -> dict[str, Any]:
    """An augmentation elsewhere, the same device on both sides."""
    small = {
        "kind": OperationKind.AUGMENTATION,
        "happened_on": PartialDate(2014, 5, 12),
        "surgeon": "Dr. Lindqvist",
        "was_elsewhere": True,
        "source": Source.OPERATION_REPORT,
    }
    for side in ("right", "left"):
        small |= {
            f"{side}.event": SideEvent.IMPLANTED,
            f"{side}.manufacturer": "Mentor",
            f"{side}.line": "MemoryGel",
            f"{side}.volume_ml": 325,
            f"{side}.fill": Fill.SILICONE_GEL,
            f"{side}.shape": Shape.ROUND,
            f"{side}.surface": Surface.SMOOTH,
            f"{side}.plane": Plane.SUBGLANDULAR,
        }
    return _answers(OPERATION_FORM, small, changes)


def indication_row(
    side: Side = Side.RIGHT, indication: Indication = Indication.CAPSULAR_CONTRACTURE, **changes: Any
) -> dict[str, Any]:
    row = {"side": side, "indication": indication, "layer": IndicationLayer.SURGEON, "note": None}
    return row | changes


def case_values(**changes: Any) -> dict[str, Any]:
    """Contracture on the right, surgery on 4 Dec 2026."""
    small = {
        "own_words": "The right one has become hard.",
        "indications": (indication_row(),),
        "surgery_on": dt.date(2026, 12, 4),
    }
    return _answers(CASE_FORM, small, changes)


def examination_values(**changes: Any) -> dict[str, Any]:
    """Seen on 19 Nov 2026: contracture on the right."""
    small = {
        "examined_on": dt.date(2026, 11, 19),
        "examined_by": "Dr. A. Marchetti",
        "right.baker": Baker.III,
        "left.baker": Baker.I,
    }
    return _answers(EXAMINATION_FORM, small, changes)


def plan_values(**changes: Any) -> dict[str, Any]:
    """Capsulectomy and exchange on the right under local anesthesia with sedation."""
    small = {
        "anesthesia_kind": AnesthesiaKind.LOCAL_SEDATION,
        "routine_after_days": 7,
        "right.steps": (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.IMPLANT_EXCHANGE),
        "right.manufacturer": "Mentor",
        "right.line": "MemoryGel",
        "right.volume_ml": 300,
        "right.fill": Fill.SILICONE_GEL,
        "right.shape": Shape.ROUND,
        "right.surface": Surface.SMOOTH,
        "right.incision": Incision.THROUGH_PREVIOUS_SCAR,
    }
    return _answers(PLAN_FORM, small, changes)


def note_values(**changes: Any) -> dict[str, Any]:
    """An anesthesia note that was begun on the day of surgery and says nothing more yet."""
    small = {"performed_on": dt.date(2026, 12, 4), "weight_kg": Decimal(62)}
    return _answers(ANESTHESIA_FORM, small, changes)


def _answers(form: Form, small: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    answers = form.empty() | small | changes
    asked = set(form.empty())
    if misspelled := {name for name in changes if name.removesuffix("_source").removesuffix("_confirmed") not in asked}:
        raise TypeError(f"no question of the form: {', '.join(sorted(misspelled))}")
    return answers
