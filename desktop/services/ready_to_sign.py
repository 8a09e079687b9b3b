"""What a plan rests on, read once, and what is still open before it can be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.forms.form import PREFILLED, PREFILLED_FROM
from desktop.forms.patient import PATIENT_FORM
from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.choices import Indication, PregnancyStatement, Side, UrgencyTier
from desktop.models.plan import DeviceOrder
from desktop.rules.consent import ConsentFacts, consent_points, needs_device_checklist, operated_sides
from desktop.rules.open_point import OpenPoint, in_order
from desktop.rules.permission import Verb
from desktop.rules.plan_device import order_points
from desktop.rules.plan_step import is_surgery
from desktop.rules.prefilled import prefilled_points
from desktop.rules.revision import PlanFacts, ready_to_sign
from desktop.services.consent import consent_facts
from desktop.services.context import require
from desktop.services.examination import newest_examination
from desktop.services.indication import chosen_tiers
from desktop.services.operation import DeviceInSide, read_history
from desktop.services.record import Snapshot, load_form, snapshot_of
from desktop.services.seroma_work_up import Seroma, read_seromas

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class CaseFacts:
    """Everything beside case and plan; `devices` is what the surgery of the case finds in each side, or found."""

    patient: Answers
    devices: Mapping[Side, DeviceInSide | None]
    examination: Snapshot | None
    pregnancy: PregnancyStatement | None
    seromas: Mapping[Side, Seroma]
    tiers: Mapping[tuple[Side, Indication], UrgencyTier]
    consents: tuple[ConsentFacts, ...]
    orders: tuple[Answers, ...]


def read_facts(session: Session, patient_id: int, case_id: int, case: Answers) -> CaseFacts:
    require(session, Verb.VIEW_CASE)
    examination = newest_examination(session, patient_id, case_id)
    orders = session.scalars(select(DeviceOrder).where(DeviceOrder.case_id == case_id).order_by(DeviceOrder.id))
    return CaseFacts(
        patient=snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values,
        devices=devices_in_place(session, patient_id, case),
        examination=examination,
        pregnancy=session.scalar(select(AnesthesiaNote.pregnancy).where(AnesthesiaNote.case_id == case_id)),
        seromas=read_seromas(session, patient_id, case_id, case, examination),
        tiers=chosen_tiers(session, case_id),
        consents=tuple(consent_facts(session, case_id)),
        orders=tuple(snapshot_of(DEVICE_ORDER_FORM, order).values for order in orders),
    )


def open_points(facts: CaseFacts, case: Answers, plan: Answers) -> tuple[OpenPoint, ...]:
    """What is missing or contradicts before the plan can be signed."""
    in_place = frozenset(side for side, device in facts.devices.items() if device is not None)
    rests_on = PlanFacts(
        plan=plan,
        case=case,
        patient=facts.patient,
        sides_with_device=in_place,
        is_examined=facts.examination is not None,
        pregnancy=facts.pregnancy,
        weight_seen_kg=facts.examination.values.get("weight_kg") if facts.examination else None,
        tiers=facts.tiers,
        late_seromas={side: (seroma.late, seroma.work_up.values) for side, seroma in facts.seromas.items()},
    )
    points = [
        *ready_to_sign(rests_on),
        *prefilled_points(plan.get(PREFILLED) or (), plan.get(PREFILLED_FROM)),
        *prefilled_points(case.get(PREFILLED) or (), case.get(PREFILLED_FROM)),
    ]
    if is_surgery(plan):
        surgery_on = case.get("surgery_on")
        points += order_points(facts.orders, surgery_on)
        points += consent_points(facts.consents, operated_sides(plan), needs_device_checklist(plan), surgery_on)
    return in_order(points)


def devices_in_place(session: Session, patient_id: int, case: Answers) -> Mapping[Side, DeviceInSide | None]:
    """What is in each side, as the surgery of the case finds it or found it."""
    history = read_history(session, patient_id)
    return {side: history.in_place_before(side, case.get("surgery_on")) for side in Side}
