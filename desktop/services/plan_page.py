"""Put a plan on paper: what was signed as it was signed, or what is planned now as a draft."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.record import Pair, RecordPage, SectionBlock, render_record
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import ChoiceField, DateField, Field, Form, ListField, ManyField, SidesSection
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.revision import CASE_FORM, PLAN_FORM
from desktop.models.choices import Side
from desktop.models.revision import RevisionPlan
from desktop.rules.dates import show_date, show_time
from desktop.rules.patient import patient_alerts
from desktop.rules.permission import Verb
from desktop.rules.plan_step import (
    DEVICE_ANSWERS,
    answer_at,
    describes_device,
    device_change,
    field_at,
    puts_device_in,
    steps_at,
)
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.examination import newest_examination
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.practice import is_demo
from desktop.services.record import load_form, snapshot_of
from desktop.services.revision import devices_in_place, open_case, open_points

HASH_SHOWN = 12
"""How many digits of a signature's hash stand on paper and on screen: enough to compare two pages by eye."""


@dataclass(frozen=True)
class PlanContent:
    """Everything one page says; `in_place` is the title and volume in mL of the device in each side."""

    case: Mapping[str, Any]
    examination: Mapping[str, Any]
    plan: Mapping[str, Any]
    in_place: Mapping[Side, tuple[str, int | None] | None]
    points: tuple[tuple[str, str], ...]


def plan_page(session: Session, plan_id: int) -> bytes:
    """The page of one version of a plan as PDF; looking at it is audited."""
    require(session, Verb.VIEW_CASE)
    plan = load_form(session, PLAN_FORM, plan_id)
    content = _signed_content(plan) if plan.signed_at else _content_now(session, plan)
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, plan.patient_id)).values
    write_audit(session, "print_plan", plan)
    return render_record(
        RecordPage(
            title="Revision plan",
            practice=read_practice_lines(session),
            patient=read_patient_lines(session, plan.patient_id),
            sections=tuple(_sections(content, bool(plan.signed_at))),
            printed_at=now(session).astimezone(),
            signed_line=signed_line(plan.signed_by, plan.signed_at, plan.signed_hash) if plan.signed_at else None,
            alerts=tuple(alert.text for alert in patient_alerts(patient)),
            version=str(plan.plan_version),
            is_demo=is_demo(session),
        )
    )


def signed_line(signed_by: str | None, signed_at: dt.datetime, signed_hash: str | None) -> str:
    """`Dr. A. Marchetti · 23 Nov 2026 14:05 · hash 3f2a90c1b7de`."""
    on = f"{show_date(signed_at.astimezone().date())} {show_time(signed_at)}"
    return f"{signed_by} · {on} · hash {(signed_hash or '')[:HASH_SHOWN]}"


def _content_now(session: Session, plan: RevisionPlan) -> PlanContent:
    case, answers = open_case(session, plan.case_id).values, snapshot_of(PLAN_FORM, plan).values
    devices = devices_in_place(session, plan.patient_id, case)
    points = open_points(session, plan.patient_id, case, answers)
    examined = newest_examination(session, plan.patient_id, plan.case_id)
    return PlanContent(
        case,
        examined.values if examined else EXAMINATION_FORM.empty(),
        answers,
        {side: (device.title, device.volume_ml) if device else None for side, device in devices.items()},
        tuple((point.text, point.detail) for point in points),
    )


def _signed_content(plan: RevisionPlan) -> PlanContent:
    signed = json.loads(plan.signed_content or "{}")
    in_place = {Side.from_code(code): device for code, device in signed["in_place"].items()}
    return PlanContent(
        _thawed(CASE_FORM, signed["case"]),
        # Before visits were kept one by one, what was examined was part of the case.
        _thawed(EXAMINATION_FORM, signed.get("examination", signed["case"])),
        _thawed(PLAN_FORM, signed["answers"]),
        {side: (device["title"], device["volume_ml"]) if device else None for side, device in in_place.items()},
        tuple((text, detail) for text, detail in signed["open_points"]),
    )


def _thawed(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the form knows them, from the codes in which they were signed."""
    return {field.name: _answer(field, answers.get(field.name)) for field in form}


def _answer(field: Field[Any], plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(field, ListField):
        return tuple({column.name: _answer(column, row.get(column.name)) for column in field.columns} for row in plain)
    if isinstance(field, ManyField):
        return tuple(field.choices.from_code(code) for code in plain)
    if isinstance(field, ChoiceField):
        return field.choices.from_code(plain)
    return dt.date.fromisoformat(plain) if isinstance(field, DateField) else plain


def _sections(content: PlanContent, is_signed: bool) -> Iterable[SectionBlock]:
    case, plan = content.case, content.plan
    yield SectionBlock(
        "The day",
        _pairs(CASE_FORM, case, ("surgery_on",))
        + _pairs(PLAN_FORM, plan, ("anesthesia_kind", "minutes_needed", "routine_after_days")),
    )
    yield SectionBlock("Why the patient came", (("In the patient's own words", case.get("own_words")),))
    yield SectionBlock(
        "Indications", right_pairs=_indications(case, Side.RIGHT), left_pairs=_indications(case, Side.LEFT)
    )
    yield SectionBlock(
        "Findings",
        (("Examined", _examined(content.examination)),),
        right_pairs=_side_pairs(EXAMINATION_FORM, content.examination, Side.RIGHT),
        left_pairs=_side_pairs(EXAMINATION_FORM, content.examination, Side.LEFT),
    )
    yield SectionBlock("Plan", right_pairs=_planned(content, Side.RIGHT), left_pairs=_planned(content, Side.LEFT))
    yield SectionBlock(
        "If it is different from what we expect",
        (("Then", plan["contingencies"]), ("Remarks", plan["note"])),
    )
    title = "Known and open when it was signed" if is_signed else "Open before signing"
    yield SectionBlock(title, content.points or (("Nothing", "was open" if is_signed else "is open"),))


def _indications(case: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    rows = [row for row in case["indications"] or () if row["side"] is side]
    named = [" — ".join(filter(None, (row["indication"].label, row["note"]))) for row in rows]
    return tuple((row["layer"].label, name) for row, name in zip(rows, named, strict=True)) or (
        ("Surgeon assesses", "none"),
    )


def _planned(content: PlanContent, side: Side) -> tuple[Pair, ...]:
    plan, device = content.plan, content.in_place.get(side)
    steps = [f"{at}  {step.label}" for at, step in enumerate(steps_at(plan, side), start=1)]
    change = device_change(plan, side, has_device=device is not None, volume_now_ml=device[1] if device else None)
    device_labels = {PLAN_FORM.field(field_at(side, name)).label for name in DEVICE_ANSWERS}
    gets_device = puts_device_in(plan, side) or describes_device(plan, side)
    return (
        ("Steps", "\n".join(steps) or "nothing planned"),
        ("In place before", device[0] if device else "no implant recorded"),
        ("Volume", change.words()),
        *(
            (label, answer if gets_device or label not in device_labels else "no new implant")
            for label, answer in _side_pairs(PLAN_FORM, plan, side)
            if label not in ("Steps, in order", "Volume")
        ),
    )


def _examined(examination: Mapping[str, Any]) -> str:
    on = show_date(examination["examined_on"]) if examination["examined_on"] else ""
    return ", ".join(filter(None, (on, examination["examined_by"])))


def _pairs(form: Form, values: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Pair, ...]:
    return tuple((form.field(name).label, form.field(name).show(values.get(name))) for name in names)


def _side_pairs(form: Form, values: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    """Both columns name the same questions, so that RIGHT and LEFT stay beside each other."""
    section = next(section for section in form.sections if isinstance(section, SidesSection))
    return tuple(
        (field.label, field.show(values.get(field.name)))
        for field in section.fields_of(side)
        if any(answer_at(values, each, field.key) not in (None, ()) for each in Side)
    )
