"""A patient with an augmentation of 2014 in both sides, her revision case and its plan, for the tests that need one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy.orm import Session

from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import (
    AnesthesiaKind,
    Baker,
    Fill,
    Indication,
    IndicationLayer,
    OperationKind,
    Plane,
    PlanStep,
    Side,
    SideEvent,
)
from desktop.models.partial_date import PartialDate
from desktop.models.revision import RevisionPlan
from desktop.rules.permission import Actor
from desktop.services.examination import save_examination
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot, get_record
from desktop.services.revision import open_case_file, save_case, save_plan, sign_plan

NOTHING_YET = Snapshot(None, None, {})


class Practice(Protocol):
    actor: Actor
    database: Any


def reason(side: Side, indication: Indication, **more: Any) -> dict[str, Any]:
    return {"side": side, "indication": indication, "layer": IndicationLayer.SURGEON, "note": None} | more


def case_answers(**changes: Any) -> dict[str, Any]:
    return (
        CASE_FORM.empty()
        | {
            "own_words": "The right one has become hard since spring.",
            "indications": (
                reason(Side.RIGHT, Indication.CAPSULAR_CONTRACTURE),
                reason(Side.LEFT, Indication.MALPOS_INFERIOR),
            ),
            "surgery_on": dt.date(2026, 12, 4),
        }
        | changes
    )


def examination_answers(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"examined_on": dt.date(2026, 11, 19), "examined_by": "Dr. A. Marchetti"}
    found |= {"right.baker": Baker.III, "left.baker": Baker.I}
    return EXAMINATION_FORM.empty() | found | changes


def plan_answers(**changes: Any) -> dict[str, Any]:
    return (
        PLAN_FORM.empty()
        | {
            "right.steps": (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.IMPLANT_EXCHANGE),
            "right.volume_ml": 300,
            "right.plane": Plane.DUAL_PLANE_I,
            "left.steps": (PlanStep.CAPSULORRHAPHY_INFERIOR,),
            "anesthesia_kind": AnesthesiaKind.LOCAL_SEDATION,
            "routine_after_days": 7,
            "contingencies": "If ruptured, total capsulectomy LEFT too.",
        }
        | changes
    )


def add_augmentation(session: Session, patient_id: int, **changes: Any) -> None:
    """Mentor MemoryGel 325 mL in both sides since 12 May 2014."""
    sided = {
        "event": SideEvent.IMPLANTED,
        "manufacturer": "Mentor",
        "line": "MemoryGel",
        "volume_ml": 325,
        "fill": Fill.SILICONE_GEL,
    }
    answers = {f"{side}.{name}": value for side in ("right", "left") for name, value in sided.items()}
    operation = {"kind": OperationKind.AUGMENTATION, "happened_on": PartialDate(2014, 5, 12), "was_elsewhere": True}
    save_operation(session, NOTHING_YET, OPERATION_FORM.empty() | operation | answers | changes, patient_id)


def add_case(session: Session, patient_id: int, **changes: Any) -> Snapshot:
    return save_case(session, NOTHING_YET, case_answers(**changes), patient_id)


def add_examination(session: Session, patient_id: int, case_id: int | None, **changes: Any) -> Snapshot:
    return save_examination(session, NOTHING_YET, examination_answers(**changes), patient_id, case_id)


def add_plan(session: Session, patient_id: int, case_id: int, **changes: Any) -> Snapshot:
    return save_plan(session, NOTHING_YET, plan_answers(**changes), patient_id, case_id)


def sign_all_the_same(session: Session, plan_id: int, version: int, case_version: int | None = None) -> Snapshot:
    """Sign over every open point that can be signed over."""
    plan = get_record(session, RevisionPlan, plan_id)
    points = open_case_file(session, plan.patient_id, plan.case_id).open_points
    reasons = {point.text: "Discussed with the patient." for point in points if point.needs_reason}
    return sign_plan(session, plan_id, version, case_version, reasons)


def add_planned_patient(practice: Practice, add_patient: Callable[..., int], **plan: Any) -> tuple[int, int, Snapshot]:
    """A patient, her case, and the plan that is not signed yet."""
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        case = add_case(session, patient_id)
        assert case.id is not None
        add_examination(session, patient_id, case.id)
        return patient_id, case.id, add_plan(session, patient_id, case.id, **plan)
