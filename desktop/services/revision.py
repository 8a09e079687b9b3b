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
from desktop.services.examination import newest_examination
from desktop.services.operation import DeviceInSide, read_history
from desktop.services.patient import require_hers
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
    signed_hash: str | None
    amends_reason: str | None


@dataclass(frozen=True)
class CaseFile:
    """One case with the newest version of its plan, every earlier one, and what its surgery finds in each side."""

    case: Snapshot
    plan: Snapshot
    plan_version: int
    versions: tuple[PlanVersion, ...]
    open_points: tuple[OpenPoint, ...]
    signed_by: str | None
    signed_at: dt.datetime | None
    closed_on: dt.date | None
    devices: Mapping[Side, DeviceInSide | None]
    examination: Snapshot | None


def open_case(session: Session, case_id: int) -> Snapshot:
    return open_record(session, CASE_FORM, case_id)


def save_case(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    if opened.id is None:
        require(session, Verb.EDIT_CASE)
        if (open_already := find_open_case(session, patient_id)) is not None:
            raise RecordChanged(open_case(session, open_already))
    else:
        _require_case(session, patient_id, opened.id)
    return save_record(session, CASE_FORM, opened, values, {"patient_id": patient_id, "opened_on": today(session)})


def find_open_case(session: Session, patient_id: int) -> int | None:
    """The case that is under way; a patient has one at a time."""
    open_cases = select(RevisionCase.id).where(RevisionCase.patient_id == patient_id, RevisionCase.closed_on.is_(None))
    return session.scalar(open_cases.order_by(RevisionCase.id.desc()).limit(1))


def find_newest_case(session: Session, patient_id: int) -> CaseFile | None:
    """The case that is under way, else the one that was closed last."""
    require(session, Verb.VIEW_CASE)
    newest = select(RevisionCase.id).where(RevisionCase.patient_id == patient_id)
    case_id = session.scalar(newest.order_by(RevisionCase.closed_on.is_not(None), RevisionCase.id.desc()).limit(1))
    return None if case_id is None else open_case_file(session, patient_id, case_id)


def open_case_file(session: Session, patient_id: int, case_id: int) -> CaseFile:
    require(session, Verb.VIEW_CASE)
    _require_case(session, patient_id, case_id)
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
        closed_on=session.scalar(select(RevisionCase.closed_on).where(RevisionCase.id == case_id)),
        devices=devices_in_place(session, patient_id, case.values),
        examination=newest_examination(session, patient_id, case_id),
    )


def new_plan() -> Snapshot:
    return Snapshot(None, None, PLAN_FORM.empty() | NEW_PLAN)


def open_plan(session: Session, plan_id: int) -> Snapshot:
    """One version of a plan, whichever it is."""
    return open_record(session, PLAN_FORM, plan_id)


def save_plan(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int) -> Snapshot:
    require(session, Verb.EDIT_PLAN)
    _require_case(session, patient_id, case_id)
    if opened.id is None and (versions := _versions(session, case_id)):
        raise RecordChanged(open_plan(session, versions[-1].id))
    return save_record(session, PLAN_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def devices_in_place(session: Session, patient_id: int, case: Mapping[str, Any]) -> Mapping[Side, DeviceInSide | None]:
    """What is in each side, as the surgery of the case finds it or found it."""
    history = read_history(session, patient_id)
    return {side: history.in_place_before(side, case.get("surgery_on")) for side in Side}


def open_points(
    session: Session, patient_id: int, case: Mapping[str, Any], plan: Mapping[str, Any]
) -> tuple[OpenPoint, ...]:
    """What is missing or contradicts before the plan can be signed."""
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values
    devices = devices_in_place(session, patient_id, case)
    in_place = frozenset(side for side, device in devices.items() if device is not None)
    return tuple(ready_to_sign(PlanFacts(plan=plan, case=case, patient=patient, sides_with_device=in_place)))


def sign_plan(session: Session, plan_id: int, opened_version: int, case_version: int | None = None) -> Snapshot:
    """Freeze the plan with everything it rests on; refused while an open point blocks it.

    Refused as well when the plan, or the case whose version is given, is no longer what the surgeon looked at.
    """
    actor = require(session, Verb.SIGN_PLAN)
    plan = load_form(session, PLAN_FORM, plan_id)
    if plan.signed_at is not None:
        raise SignedIsFrozen
    stored = snapshot_of(PLAN_FORM, plan)
    if plan.version != opened_version:
        raise RecordChanged(stored)
    case = open_case(session, plan.case_id)
    if case_version is not None and case.version != case_version:
        raise UserError("The plan is not signed: the assessment was changed meanwhile. Read it again, then sign.")
    points = open_points(session, plan.patient_id, case.values, stored.values)
    if blocking := [point.text for point in points if point.blocks]:
        raise UserError(f"The plan is not signed. {'. '.join(blocking)}.")
    examination = newest_examination(session, plan.patient_id, plan.case_id)
    content = {
        "form": PLAN_FORM.name,
        "plan_version": plan.plan_version,
        "patient_id": plan.patient_id,
        "case": dict(case.values),
        "examination": dict(examination.values) if examination else {},
        "answers": dict(stored.values),
        "open_points": [[point.text, point.detail] for point in points],
        "in_place": _in_place(session, plan.patient_id, case.values),
    }
    sign(session, plan, content, actor)
    write_audit(session, Verb.SIGN_PLAN, plan, {"signed_hash": [None, plan.signed_hash]})
    return snapshot_of(PLAN_FORM, plan)


def amend_plan(session: Session, plan_id: int, reason: str) -> Snapshot:
    """A new version to be changed and signed; the signed one stays as it is."""
    require(session, Verb.EDIT_PLAN)
    if not reason.strip():
        raise UserError("The plan was not amended: write why it is amended, then press Amend again.")
    signed = load_form(session, PLAN_FORM, plan_id)
    newest = _versions(session, signed.case_id)[-1]
    if signed.signed_at is None or newest.id != plan_id:
        raise UserError("Only the newest signed version can be amended. Reload this page to see it.")
    values = snapshot_of(PLAN_FORM, signed).values
    belongs = {
        "patient_id": signed.patient_id,
        "case_id": signed.case_id,
        "plan_version": signed.plan_version + 1,
        "amends_reason": reason.strip(),
    }
    # What was unusual and confirmed before it was signed is carried over without asking again.
    confirmed = {f"{name}_confirmed": value for name, value in values.items() if value is not None}
    return save_record(session, PLAN_FORM, Snapshot(None, None, {}), {**values, **confirmed}, belongs)


def close_case(session: Session, case_id: int) -> None:
    _set_closed(session, case_id, today(session))


def reopen_case(session: Session, case_id: int) -> None:
    patient_id = get_record(session, RevisionCase, case_id).patient_id
    if find_open_case(session, patient_id) not in (None, case_id):
        raise UserError("Another revision case of this patient is open. Close that one first.")
    _set_closed(session, case_id, None)


def _set_closed(session: Session, case_id: int, closed_on: dt.date | None) -> None:
    require(session, Verb.EDIT_CASE)
    case = get_record(session, RevisionCase, case_id)
    if (case.closed_on is None) is not (closed_on is None):
        before, case.closed_on = case.closed_on, closed_on
        write_audit(session, Verb.EDIT_CASE, case, {"closed_on": [before, closed_on]})


def _require_case(session: Session, patient_id: int, case_id: int) -> None:
    owner_id = session.scalar(select(RevisionCase.patient_id).where(RevisionCase.id == case_id))
    require_hers(session, owner_id, patient_id)


def _in_place(session: Session, patient_id: int, case: Mapping[str, Any]) -> dict[str, Any]:
    devices = devices_in_place(session, patient_id, case)
    return {s.value: {"title": d.title, "volume_ml": d.volume_ml} if d else None for s, d in devices.items()}


def _versions(session: Session, case_id: int) -> tuple[PlanVersion, ...]:
    rows = session.execute(
        select(
            RevisionPlan.id,
            RevisionPlan.plan_version,
            RevisionPlan.signed_by,
            RevisionPlan.signed_at,
            RevisionPlan.signed_hash,
            RevisionPlan.amends_reason,
        )
        .where(RevisionPlan.case_id == case_id)
        .order_by(RevisionPlan.plan_version)
    )
    return tuple(PlanVersion(*row) for row in rows)
