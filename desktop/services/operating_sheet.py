"""Gather the sheet for the operating room from a plan as it was signed, and from the devices that lie here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.operating_sheet import OperatingSheet, ReadAloud, SheetSide, render_operating_sheet
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import DeviceRole, IndicationLayer, OrderState, Side
from desktop.models.plan import DeviceOrder
from desktop.models.revision import RevisionPlan
from desktop.rules.contingency import contingencies_at
from desktop.rules.dates import show_date
from desktop.rules.patient import patient_alerts, rows_of
from desktop.rules.permission import Verb
from desktop.rules.plan_change import changes
from desktop.rules.plan_device import product_words
from desktop.rules.plan_step import puts_device_in, steps_at
from desktop.rules.side import answer_at, field_at
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.plan_page import PlanContent, plan_content, signed_line
from desktop.services.plan_words import prophylaxis_words
from desktop.services.practice import is_demo
from desktop.services.record import load_form, snapshot_of

_FACTS = ("incision", "plane", "pocket", "drain_count")
_FIRST_CHOICE = ("manufacturer", "line", "style", "volume_ml", "shape", "surface", "fill")


def operating_sheet(session: Session, plan_id: int) -> bytes:
    """One page of PDF for one version of a plan; looking at it is audited."""
    require(session, Verb.VIEW_CASE)
    plan = load_form(session, PLAN_FORM, plan_id)
    write_audit(session, "print_operating_sheet", plan)
    return render_operating_sheet(_sheet(session, plan))


def _sheet(session: Session, plan: RevisionPlan) -> OperatingSheet:
    content = plan_content(session, plan.id)
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, plan.patient_id)).values
    here = _devices_here(session, plan.case_id)
    day = ("anesthesia_kind", "minutes_needed", "routine_after_days")
    alerts = patient_alerts(patient)
    asked = tuple(("Allergies", alert.text) for alert in alerts if alert.tone == "good")
    return OperatingSheet(
        practice=read_practice_lines(session),
        patient=read_patient_lines(session, plan.patient_id),
        surgery_on=content.case.get("surgery_on"),
        day=tuple((PLAN_FORM.field(name).label, PLAN_FORM.field(name).show(content.plan.get(name))) for name in day)
        + asked,
        alerts=tuple(alert.text for alert in alerts if alert.tone != "good"),
        prophylaxis=tuple(f"{label}: {words}" for label, words in prophylaxis_words(content.plan) if words),
        right=_side(content, Side.RIGHT, here[Side.RIGHT]),
        left=_side(content, Side.LEFT, here[Side.LEFT]),
        signed_over=tuple((text, reason) for text, _detail, reason in content.points if reason),
        otherwise=" ".join(filter(None, (content.plan.get("contingencies"), content.plan.get("note")))),
        printed_at=now(session).astimezone(),
        signed_line=signed_line(plan.signed_by, plan.signed_at, plan.signed_hash) if plan.signed_at else None,
        version=str(plan.plan_version),
        is_demo=is_demo(session),
    )


def _side(content: PlanContent, side: Side, here: tuple[ReadAloud, ...]) -> SheetSide:
    plan, device = content.plan, content.in_place.get(side)
    told = [each.words() for each in changes(device[1] if device else None, plan, side) if each.is_change]
    labels = [each.label for each in changes(device[1] if device else None, plan, side) if each.is_change]
    return SheetSide(
        reasons=tuple(_reasons(content.case, side)),
        in_place=device[0] if device else "no implant recorded",
        steps=tuple(step.label for step in steps_at(plan, side)),
        facts=tuple(_facts(plan, side)),
        changes=tuple(f"{label}: {words}" for label, words in zip(labels, told, strict=True)),
        at_hand=tuple(_at_hand(plan, side)),
        contingencies=tuple(_contingencies(plan, side)),
        read_aloud=here or (_planned_device(plan, side) if puts_device_in(plan, side) else ()),
        remarks=answer_at(plan, side, "note") or "",
    )


def _reasons(case: Mapping[str, Any], side: Side) -> Iterator[str]:
    """What the surgeon assesses; where nobody did, what the patient says."""
    rows = [row for row in case.get("indications") or () if row["side"] is side]
    assessed = [row for row in rows if row["layer"] is IndicationLayer.SURGEON] or rows
    for row in assessed:
        yield ": ".join(filter(None, (row["indication"].label, row["note"])))


def _facts(plan: Mapping[str, Any], side: Side) -> Iterator[tuple[str, str | None]]:
    for name in _FACTS:
        field = PLAN_FORM.field(field_at(side, name))
        yield field.label, field.show(answer_at(plan, side, name))
    if puts_device_in(plan, side):
        fields = [PLAN_FORM.field(field_at(side, name)) for name in _FIRST_CHOICE]
        yield "First choice", ", ".join(filter(None, (field.show(plan.get(field.name)) for field in fields)))


def _at_hand(plan: Mapping[str, Any], side: Side) -> Iterator[str]:
    for row in rows_of(plan.get("devices")):
        if row["side"] is side:
            count = f" × {row['quantity']}" if (row["quantity"] or 1) > 1 else ""
            note = f" — {row['note']}" if row["note"] else ""
            yield f"{row['role'].label}: {product_words(row, row['volume_ml'])}{count}{note}"


def _contingencies(plan: Mapping[str, Any], side: Side) -> Iterator[tuple[str, str]]:
    for row in contingencies_at(plan, side):
        steps = ", ".join(step.label for step in row["steps"] or ())
        happens = ", ".join(filter(None, (row["happens"].label, row["detail"])))
        yield happens, ". ".join(filter(None, (steps, row["then"])))


def _planned_device(plan: Mapping[str, Any], side: Side) -> tuple[ReadAloud, ...]:
    """What is planned, with lines to write lot, serial number and expiry on."""
    style = " ".join(filter(None, (answer_at(plan, side, "line"), answer_at(plan, side, "style"))))
    volume = answer_at(plan, side, "volume_ml")
    maker = answer_at(plan, side, "manufacturer") or ""
    return (ReadAloud(maker=maker, style=style, volume=f"{volume:,} mL" if volume else ""),)


def _devices_here(session: Session, case_id: int) -> Mapping[Side, tuple[ReadAloud, ...]]:
    """The first choice and the spares that have arrived."""
    orders = session.scalars(
        select(DeviceOrder)
        .where(
            DeviceOrder.case_id == case_id,
            DeviceOrder.state == OrderState.HERE,
            DeviceOrder.role.in_((DeviceRole.FIRST_CHOICE, DeviceRole.SPARE)),
        )
        .order_by(DeviceOrder.id)
    ).all()
    return {side: tuple(_read_aloud(each) for each in orders if each.side is side) for side in Side}


def _read_aloud(order: DeviceOrder) -> ReadAloud:
    return ReadAloud(
        maker=order.manufacturer or "",
        style=" ".join(filter(None, (order.line, order.style, order.catalogue_no))),
        volume=f"{order.volume_ml:,} mL" if order.volume_ml else "",
        lot=order.lot or "",
        serial=order.serial or "",
        expiry=show_date(order.expires_on) if order.expires_on else "",
    )
