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
from desktop.forms.kept_answers import thaw_answer, thaw_answers
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import DEVICES, OTHERWISE, PLAN_FORM, PROPHYLAXIS
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import Side
from desktop.models.revision import RevisionPlan
from desktop.rules.dates import show_date, show_time
from desktop.rules.patient import patient_alerts
from desktop.rules.permission import Verb
from desktop.rules.plan_change import Facts
from desktop.rules.side import field_at
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.examination_words import visit_sections
from desktop.services.indication_words import FindingWords, finding_pairs, from_signed, read_finding_words
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.plan_words import (
    between_sides,
    contingency_words,
    device_words,
    pairs_of,
    planned_words,
    prophylaxis_words,
)
from desktop.services.practice import is_demo
from desktop.services.ready_to_sign import open_points, read_facts
from desktop.services.record import load_form, snapshot_of
from desktop.services.revision import open_case

HASH_SHOWN = 12
"""How many digits of a signature's hash stand on paper and on screen: enough to compare two pages by eye."""


@dataclass(frozen=True)
class PlanContent:
    """Everything one page says; `in_place` is the title of the device in each side and what is known of it."""

    case: Mapping[str, Any]
    findings: tuple[FindingWords, ...]
    examination: Mapping[str, Any]
    plan: Mapping[str, Any]
    in_place: Mapping[Side, tuple[str, Facts] | None]
    points: tuple[tuple[str, str, str], ...]
    """What was open or known: the point, more about it, and why it was signed all the same."""


def plan_page(session: Session, plan_id: int) -> bytes:
    """The page of one version of a plan as PDF; looking at it is audited."""
    require(session, Verb.VIEW_CASE)
    plan = load_form(session, PLAN_FORM, plan_id)
    content = plan_content(session, plan_id)
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


def plan_content(session: Session, plan_id: int) -> PlanContent:
    """What was signed as it was signed, or what is planned now."""
    require(session, Verb.VIEW_CASE)
    plan = load_form(session, PLAN_FORM, plan_id)
    return _signed_content(plan) if plan.signed_at else _content_now(session, plan)


def signed_line(signed_by: str | None, signed_at: dt.datetime, signed_hash: str | None) -> str:
    """`Dr. A. Marchetti · 23 Nov 2026 14:05 · hash 3f2a90c1b7de`."""
    on = f"{show_date(signed_at.astimezone().date())} {show_time(signed_at)}"
    return f"{signed_by} · {on} · hash {(signed_hash or '')[:HASH_SHOWN]}"


def _content_now(session: Session, plan: RevisionPlan) -> PlanContent:
    case, answers = open_case(session, plan.case_id).values, snapshot_of(PLAN_FORM, plan).values
    facts = read_facts(session, plan.patient_id, plan.case_id, case)
    points, examined = open_points(facts, case, answers), facts.examination
    return PlanContent(
        case,
        read_finding_words(session, plan.case_id),
        examined.values if examined else EXAMINATION_FORM.empty(),
        answers,
        {side: (device.title, device.facts) if device else None for side, device in facts.devices.items()},
        tuple((point.text, point.detail, "") for point in points),
    )


def _signed_content(plan: RevisionPlan) -> PlanContent:
    signed = json.loads(plan.signed_content or "{}")
    in_place = {Side.from_code(code): device for code, device in signed["in_place"].items()}
    return PlanContent(
        thaw_answers(CASE_FORM, signed["case"]),
        from_signed(signed.get("findings", ())),
        # Before visits were kept one by one, what was examined was part of the case.
        thaw_answers(EXAMINATION_FORM, signed.get("examination", signed["case"])),
        thaw_answers(PLAN_FORM, signed["answers"]),
        {side: (device["title"], _signed_facts(device)) if device else None for side, device in in_place.items()},
        tuple(_point(*point) for point in signed["open_points"]),
    )


def _point(text: str, detail: str, reason: str = "") -> tuple[str, str, str]:
    """What was signed before reasons were asked for has none."""
    return text, detail, reason


def _in_words(detail: str, reason: str) -> str:
    return "\n".join(filter(None, (detail, f"Signed all the same: {reason}" if reason else "")))


def _signed_facts(device: Mapping[str, Any]) -> Facts:
    """What was signed before devices were compared in full knows the volume only."""
    kept = device.get("facts") or {"volume_ml": device["volume_ml"]}
    return {name: thaw_answer(PLAN_FORM.field(field_at(Side.RIGHT, name)), value) for name, value in kept.items()}


def _sections(content: PlanContent, is_signed: bool) -> Iterable[SectionBlock]:
    case, plan = content.case, content.plan
    yield SectionBlock(
        "The day",
        pairs_of(CASE_FORM, case, ("surgery_on",))
        + pairs_of(PLAN_FORM, plan, ("anesthesia_kind", "minutes_needed", "routine_after_days")),
    )
    yield SectionBlock("Why the patient came", (("In the patient's own words", case.get("own_words")),))
    yield SectionBlock(
        "Indications", right_pairs=indications_of(case, Side.RIGHT), left_pairs=indications_of(case, Side.LEFT)
    )
    if content.findings:
        right, left = (finding_pairs(content.findings, side) for side in Side)
        yield SectionBlock("What the indications rest on", right_pairs=right, left_pairs=left)
    yield from visit_sections(content.examination)
    yield SectionBlock(
        "Plan",
        between_sides(plan, content.in_place),
        right_pairs=planned_words(plan, content.in_place, Side.RIGHT),
        left_pairs=planned_words(plan, content.in_place, Side.LEFT),
    )
    yield SectionBlock(DEVICES, right_pairs=device_words(plan, Side.RIGHT), left_pairs=device_words(plan, Side.LEFT))
    yield SectionBlock(
        OTHERWISE,
        (("Anything else", plan["contingencies"]),) if plan["contingencies"] else (),
        right_pairs=contingency_words(plan, Side.RIGHT),
        left_pairs=contingency_words(plan, Side.LEFT),
    )
    yield SectionBlock(PROPHYLAXIS, prophylaxis_words(plan))
    if plan["note"]:
        yield SectionBlock("Remarks", (("Remarks", plan["note"]),))
    title = "Known and open when it was signed" if is_signed else "Open before signing"
    points = tuple((text, _in_words(detail, reason)) for text, detail, reason in content.points)
    yield SectionBlock(title, points or (("Nothing", "was open" if is_signed else "is open"),))


def indications_of(case: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    rows = [row for row in case["indications"] or () if row["side"] is side]
    named = [" — ".join(filter(None, (row["indication"].label, row["note"]))) for row in rows]
    return tuple((row["layer"].label, name) for row, name in zip(rows, named, strict=True)) or (
        ("Surgeon assesses", "none"),
    )
