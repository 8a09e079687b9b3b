"""Keep a revision case, write its plan, sign it, amend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.revision import CASE_FORM, PLAN_FORM
from desktop.models.choices import AnesthesiaKind, Side
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.permission import Verb
from desktop.rules.revision import OpenPoint, PlanFacts, ready_to_sign
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.operation import read_history
from desktop.services.record import Snapshot, get_record, load_form, open_record, save_record, snapshot_of
from desktop.services.signing import sign

NEW_PLAN = {"anesthesia_kind": AnesthesiaKind.LOCAL_SEDATION}
"""What a new plan opens with; a person sees it and can change it."""


@dataclass(frozen=True)
class PlanVersion:
    id: int
    plan_version: int
    signed_by: str | None
    signed_at: dt.datetime | None
    amends_reason: str | None


@dataclass(frozen=True)
class CaseFile:
    """One case with the newest version of its plan and every earlier one."""

    case: Snapshot
    plan: Snapshot
    plan_version: int
    versions: tuple[PlanVersion, ...]
    open_points: tuple[OpenPoint, ...]
    signed_by: str | None
    signed_at: dt.datetime | None


def open_case(session: Session, case_id: int) -> Snapshot:
    return open_record(session, CASE_FORM, case_id)


def save_case(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    return save_record(session, CASE_FORM, opened, values, {"patient_id": patient_id, "opened_on": today(session)})


def open_case_file(session: Session, patient_id: int, case_id: int) -> CaseFile:
    require(session, Verb.VIEW_CASE)
    case = open_case(session, case_id)
    versions = _versions(session, case_id)
    newest = versions[-1] if versions else None
    plan = open_record(session, PLAN_FORM, newest.id) if newest else new_plan()
    return CaseFile(
        case=case,
        plan=plan,
        plan_version=newest.plan_version if newest else 1,
        versions=versions,
        open_points=open_points(session, patient_id, case.values, plan.values),
        signed_by=newest.signed_by if newest else None,
        signed_at=newest.signed_at if newest else None,
    )


def new_plan() -> Snapshot:
    return Snapshot(None, None, PLAN_FORM.empty() | NEW_PLAN)


def save_plan(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int
) -> Snapshot:
    if opened.id is None and _versions(session, case_id):
        raise RecordChanged(open_record(session, PLAN_FORM, _versions(session, case_id)[-1].id))
    return save_record(session, PLAN_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def open_points(
    session: Session, patient_id: int, case: Mapping[str, Any], plan: Mapping[str, Any]
) -> tuple[OpenPoint, ...]:
    """What is missing or contradicts before the plan can be signed."""
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values
    history = read_history(session, patient_id)
    in_place = frozenset(side for side in Side if history.in_place(side) is not None)
    return tuple(ready_to_sign(PlanFacts(plan=plan, case=case, patient=patient, sides_with_device=in_place)))


def sign_plan(session: Session, plan_id: int, opened_version: int) -> Snapshot:
    """Freeze the plan with everything it rests on; refused while an open point blocks it."""
    actor = require(session, Verb.SIGN_PLAN)
    plan = load_form(session, PLAN_FORM, plan_id)
    if plan.signed_at is not None:
        raise SignedIsFrozen
    stored = snapshot_of(PLAN_FORM, plan)
    if plan.version != opened_version:
        raise RecordChanged(stored)
    case = open_case(session, plan.case_id)
    blocking = [p for p in open_points(session, plan.patient_id, case.values, stored.values) if p.blocks]
    if blocking:
        raise UserError("The plan is not signed. " + " ".join(point.text for point in blocking))
    content = {
        "form": PLAN_FORM.name,
        "plan_version": plan.plan_version,
        "patient_id": plan.patient_id,
        "case": dict(case.values),
        "answers": dict(stored.values),
    }
    sign(session, plan, content, actor)
    write_audit(session, Verb.SIGN_PLAN, plan, {"signed_hash": [None, plan.signed_hash]})
    return snapshot_of(PLAN_FORM, plan)


def amend_plan(session: Session, plan_id: int, reason: str) -> Snapshot:
    """A new version to be changed and signed; the signed one stays as it is."""
    require(session, Verb.EDIT_PLAN)
    if not reason.strip():
        raise UserError("The plan was not amended: write why it is amended, then press Amend again.")
    signed = get_record(session, RevisionPlan, plan_id)
    newest = _versions(session, signed.case_id)[-1]
    if signed.signed_at is None or newest.id != plan_id:
        raise UserError("Only the newest signed version can be amended. Reload this page to see it.")
    values = open_record(session, PLAN_FORM, plan_id).values
    belongs = {
        "patient_id": signed.patient_id,
        "case_id": signed.case_id,
        "plan_version": signed.plan_version + 1,
        "amends_reason": reason.strip(),
    }
    return save_record(session, PLAN_FORM, Snapshot(None, None, {}), values, belongs)


def close_case(session: Session, case_id: int) -> None:
    require(session, Verb.EDIT_CASE)
    case = get_record(session, RevisionCase, case_id)
    case.closed_on = today(session)
    write_audit(session, Verb.EDIT_CASE, case, {"closed_on": [None, case.closed_on]})


def _versions(session: Session, case_id: int) -> tuple[PlanVersion, ...]:
    rows = session.execute(
        select(
            RevisionPlan.id,
            RevisionPlan.plan_version,
            RevisionPlan.signed_by,
            RevisionPlan.signed_at,
            RevisionPlan.amends_reason,
        )
        .where(RevisionPlan.case_id == case_id)
        .order_by(RevisionPlan.plan_version)
    )
    return tuple(PlanVersion(*row) for row in rows)
