"""Keep a revision case, write its plan, sign it, amend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import AnesthesiaKind, Side
from desktop.models.indication import IndicationFinding
from desktop.models.revision import CaseIndication, RevisionCase, RevisionPlan
from desktop.rules.open_point import OpenPoint, without_reason
from desktop.rules.permission import Verb
from desktop.rules.signing import content_hash
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.diagnosis_code import codes_of_case, date_codes
from desktop.services.draft import DraftOf, follow_case, list_drafts
from desktop.services.indication import let_go_of_findings
from desktop.services.indication_words import read_finding_words
from desktop.services.operation import DeviceInSide
from desktop.services.patient import require_hers
from desktop.services.ready_to_sign import CaseFacts, open_points, read_facts
from desktop.services.record import Snapshot, get_record, load_form, open_record, save_record, snapshot_of
from desktop.services.seroma_work_up import Seroma
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
    seromas: Mapping[Side, Seroma]
    carried_from_id: int | None = None
    """The case that this one goes on from."""
    begun: frozenset[DraftOf] = frozenset()
    """What whoever reads this typed anywhere and did not save."""
    seen: str = ""
    """Stands for everything that signing the plan rests on beside the case and the plan themselves."""
    newest_id: int | None = None
    """The case that is under way instead of this one, or came after it; None where this is the newest."""


def open_case(session: Session, case_id: int) -> Snapshot:
    return open_record(session, CASE_FORM, case_id)


def save_case(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    if opened.id is None:
        require(session, Verb.EDIT_CASE)
        if (open_already := find_open_case(session, patient_id)) is not None:
            raise RecordChanged(open_case(session, open_already))
    else:
        _require_case(session, patient_id, opened.id)
    let_go_of_findings(session, opened.id, values)
    belongs = {"patient_id": patient_id, "opened_on": today(session)}
    coded = codes_of_case(session, values)
    saved = save_record(session, CASE_FORM, opened, coded, belongs, lambda case: date_codes(session, case))
    if opened.id is None and saved.id is not None:
        follow_case(session, EXAMINATION_FORM.name, patient_id, saved.id)
    return saved


def find_open_case(session: Session, patient_id: int) -> int | None:
    """The case that is under way; a patient has one at a time."""
    open_cases = select(RevisionCase.id).where(RevisionCase.patient_id == patient_id, RevisionCase.closed_on.is_(None))
    return session.scalar(open_cases.order_by(RevisionCase.id.desc()).limit(1))


def find_newest_case(session: Session, patient_id: int) -> CaseFile | None:
    """The case that is under way, else the one that was closed last."""
    require(session, Verb.VIEW_CASE)
    case_id = _newest_case_id(session, patient_id)
    return None if case_id is None else open_case_file(session, patient_id, case_id)


def _newest_case_id(session: Session, patient_id: int) -> int | None:
    newest = select(RevisionCase.id).where(RevisionCase.patient_id == patient_id)
    return session.scalar(newest.order_by(RevisionCase.closed_on.is_not(None), RevisionCase.id.desc()).limit(1))


def open_case_file(session: Session, patient_id: int, case_id: int) -> CaseFile:
    require(session, Verb.VIEW_CASE)
    _require_case(session, patient_id, case_id)
    case = open_case(session, case_id)
    versions = _versions(session, case_id)
    newest = versions[-1] if versions else None
    plan = open_record(session, PLAN_FORM, newest.id) if newest else new_plan()
    newest_id = _newest_case_id(session, patient_id)
    row = get_record(session, RevisionCase, case_id)
    facts = read_facts(session, patient_id, case_id, case.values)
    points = open_points(facts, case.values, plan.values)
    return CaseFile(
        case=case,
        plan=plan,
        plan_version=newest.plan_version if newest else 1,
        versions=versions,
        open_points=points,
        signed_by=newest.signed_by if newest else None,
        signed_at=newest.signed_at if newest else None,
        closed_on=row.closed_on,
        devices=facts.devices,
        examination=facts.examination,
        seromas=facts.seromas,
        carried_from_id=row.carried_from_id,
        begun=frozenset(list_drafts(session)),
        seen=_seen(session, case_id, facts, points),
        newest_id=None if newest_id == case_id else newest_id,
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


def sign_plan(
    session: Session,
    plan_id: int,
    opened_version: int,
    case_version: int | None = None,
    reasons: Mapping[str, str] = MappingProxyType({}),
    seen: str | None = None,
) -> Snapshot:
    """Freeze the plan with everything it rests on; refused while an open point blocks it.

    `reasons` says by the text of each open point why it is signed all the same; what is only to know needs none.

    Refused as well when the plan, the case whose version is given, or what is `seen` in its file beside both is no
    longer what the surgeon looked at.
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
    facts = read_facts(session, plan.patient_id, plan.case_id, case.values)
    points = open_points(facts, case.values, stored.values)
    if seen is not None and seen != _seen(session, plan.case_id, facts, points):
        raise UserError(
            "The plan is not signed: an examination, a finding, what is open or what is in place changed meanwhile. "
            "Read it again, then sign."
        )
    if blocking := [point.text for point in points if point.blocks]:
        raise UserError(f"The plan is not signed. {'. '.join(blocking)}.")
    if unanswered := [point.text for point in without_reason(points, reasons)]:
        raise UserError(f"The plan is not signed. Write why it is signed all the same: {'; '.join(unanswered)}.")
    content = {
        "form": PLAN_FORM.name,
        "plan_version": plan.plan_version,
        "patient_id": plan.patient_id,
        "case": dict(case.values),
        "findings": [each.plain() for each in read_finding_words(session, plan.case_id)],
        "examination": dict(facts.examination.values) if facts.examination else {},
        "answers": dict(stored.values),
        "open_points": [
            [point.text, point.detail, reasons.get(point.text, "").strip() if point.needs_reason else ""]
            for point in points
        ],
        "in_place": _in_place(facts.devices),
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


def _in_place(devices: Mapping[Side, DeviceInSide | None]) -> dict[str, Any]:
    told = {
        side: device and {"title": device.title, "volume_ml": device.volume_ml, "facts": dict(device.facts)}
        for side, device in devices.items()
    }
    return {side.value: device for side, device in told.items()}


def _seen(session: Session, case_id: int, facts: CaseFacts, points: tuple[OpenPoint, ...]) -> str:
    """Another one whenever the newest examination, a finding, a device in place or a word of an open point changed."""
    findings = session.execute(
        select(IndicationFinding.id, IndicationFinding.version)
        .join(CaseIndication, CaseIndication.id == IndicationFinding.indication_id)
        .where(CaseIndication.case_id == case_id)
        .order_by(IndicationFinding.id)
    )
    content = {
        "examination": [facts.examination.id, facts.examination.version] if facts.examination else [],
        "findings": [list(row) for row in findings],
        "in_place": _in_place(facts.devices),
        "open_points": [[point.text, point.detail] for point in points],
    }
    return content_hash(content)


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
