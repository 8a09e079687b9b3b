"""Begin the report of a revision from its signed plan, write what was done, sign it, amend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import RecordChanged, Rejected, SignedIsFrozen, UserError
from desktop.forms.form import confirmed
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.operative_report import REPORT_FORM
from desktop.models.choices import Side, Source
from desktop.models.operation import Operation
from desktop.models.operative_report import OperativeReport
from desktop.models.partial_date import PartialDate
from desktop.models.practice import Practice
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.dates import show_date
from desktop.rules.found_at_surgery import suspected_and_found
from desktop.rules.open_point import OpenPoint
from desktop.rules.performed import operation_kind, side_event
from desktop.rules.permission import Verb
from desktop.rules.problem import Problem
from desktop.rules.report_comparison import compare
from desktop.rules.report_facts import ReportFacts
from desktop.rules.report_points import report_points
from desktop.rules.side import field_at
from desktop.rules.signing import canonical_json
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.operation import save_operation
from desktop.services.operation_content import operation_content, operation_hash
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, load_form, open_record, save_record, snapshot_of
from desktop.services.report_file import newest_signed_plan, plan_of, read_facts, report_versions, why_not_begun
from desktop.services.report_follow import follow_report
from desktop.services.signing import sign

_NOTHING_YET = Snapshot(None, None, {})


@dataclass(frozen=True)
class Begun:
    """The report of a case; `is_new` is False where somebody had begun it already."""

    report: Snapshot
    is_new: bool


def begin_report(
    session: Session,
    case_id: int,
    happened_on: dt.date | None = None,
    surgeon: str | None = None,
    sure: Collection[str] = (),
) -> Begun:
    """Make the operation that the signed plan describes and its report, in which nothing is answered yet.

    An operation that was recorded here for that very day is taken instead of a second one. `sure` names the answers of
    the operation, such as `right.event`, to whose question somebody said that it is right.
    """
    actor = require(session, Verb.EDIT_REPORT)
    case = get_record(session, RevisionCase, case_id)
    if versions := report_versions(session, case_id):
        return Begun(open_report(session, versions[-1].id), is_new=False)
    plan = newest_signed_plan(session, case_id)
    if (refusal := why_not_begun(case, plan)) or plan is None:
        raise UserError(refusal)
    day = happened_on or min(case.surgery_on or today(session), today(session))
    if day > today(session):
        raise UserError(f"Not begun: {show_date(day)} is in the future, and a report tells what was done.")
    operation_id = _operation_of_day(session, case.patient_id, day)
    if operation_id is None:
        operation_id = _make_operation(session, plan, day, surgeon or actor.name, sure)
    steps = tuple({"side": row.side, "planned": step} for row in _right_first(plan) for step in row.steps)
    belongs = {
        "patient_id": case.patient_id,
        "case_id": case_id,
        "plan_id": plan.id,
        "operation_id": operation_id,
    }
    return Begun(save_record(session, REPORT_FORM, _NOTHING_YET, {"steps": steps}, belongs), is_new=True)


def open_report(session: Session, report_id: int) -> Snapshot:
    """One version of a report, whichever it is."""
    return open_record(session, REPORT_FORM, report_id)


def save_report(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    """Write what was done; what the operation says of both sides follows, and with it what is in place."""
    require(session, Verb.EDIT_REPORT)
    if opened.id is None:
        raise UserError("Not saved: the report has to be begun from the signed plan first.")
    report = load_form(session, REPORT_FORM, opened.id)
    require_hers(session, report.patient_id, patient_id)
    before = snapshot_of(REPORT_FORM, report)
    if "steps" in values and _planned(values) != _planned(before.values):
        message = "The steps of the plan stay where they are: answer “not done” for one that was left out."
        raise Rejected([Problem("steps", message)])
    saved = save_record(session, REPORT_FORM, opened, values)
    follow_report(session, report, before.values, saved.values, values)
    return saved


def sign_report(
    session: Session,
    report_id: int,
    opened_version: int,
    case_version: int | None = None,
    operation_seen: str | None = None,
) -> Snapshot:
    """Freeze the report with all that the operation holds and with both comparisons.

    Refused while an open point blocks it, and when the report, the assessment or the operation is no longer what the
    surgeon looked at.
    """
    actor = require(session, Verb.SIGN_REPORT)
    report = load_form(session, REPORT_FORM, report_id)
    if report.signed_at is not None:
        raise SignedIsFrozen
    stored = snapshot_of(REPORT_FORM, report)
    if report.version != opened_version:
        raise RecordChanged(stored)
    case = get_record(session, RevisionCase, report.case_id)
    if case_version is not None and case.version != case_version:
        raise UserError("The report is not signed: the assessment was changed meanwhile. Read it again, then sign.")
    if operation_seen is not None and operation_seen != operation_hash(session, report.operation_id):
        raise UserError("The report is not signed: what the operation holds was changed meanwhile. Read it, then sign.")
    facts = _facts(session, report)
    points = report_points(facts)
    if blocking := [point.text for point in points if point.blocks]:
        raise UserError(f"The report is not signed. {'. '.join(blocking)}.")
    sign(session, report, _content(session, report, facts, points), actor)
    write_audit(session, Verb.SIGN_REPORT, report, {"signed_hash": [None, report.signed_hash]})
    return snapshot_of(REPORT_FORM, report)


def amend_report(session: Session, report_id: int, reason: str) -> Snapshot:
    """A new version to be changed and signed; with it the operation and its devices can be changed again."""
    require(session, Verb.EDIT_REPORT)
    if not reason.strip():
        raise UserError("The report was not amended: write why it is amended, then press Amend again.")
    signed = load_form(session, REPORT_FORM, report_id)
    if signed.signed_at is None or report_versions(session, signed.case_id)[-1].id != report_id:
        raise UserError("Only the newest signed version can be amended. Reload this page to see it.")
    values = snapshot_of(REPORT_FORM, signed).values
    belongs = {
        "patient_id": signed.patient_id,
        "case_id": signed.case_id,
        "plan_id": signed.plan_id,
        "operation_id": signed.operation_id,
        "report_version": signed.report_version + 1,
        "amends_reason": reason.strip(),
    }
    # What was unusual and confirmed before it was signed is carried over without asking again.
    sure = {confirmed(name): value for name, value in values.items() if value is not None}
    return save_record(session, REPORT_FORM, _NOTHING_YET, {**values, **sure}, belongs)


def content_now(session: Session, report: Any) -> str:
    """What would be signed as things stand, spelled as it is signed."""
    facts = _facts(session, report)
    return canonical_json(_content(session, report, facts, report_points(facts))).decode()


def _facts(session: Session, report: Any) -> ReportFacts:
    case = get_record(session, RevisionCase, report.case_id, selectinload(RevisionCase.indications))
    return read_facts(session, case, plan_of(session, report), report)


def _content(session: Session, report: Any, facts: ReportFacts, points: tuple[OpenPoint, ...]) -> dict[str, Any]:
    plan = get_record(session, RevisionPlan, report.plan_id)
    return {
        "form": REPORT_FORM.name,
        "report_version": report.report_version,
        "amends": report.amends_reason,
        "patient_id": report.patient_id,
        "plan": {"version": plan.plan_version, "hash": plan.signed_hash},
        "answers": dict(facts.report),
        "operation": operation_content(session, report.operation_id),
        "compared": [
            [line.side, line.what, line.planned, line.performed, line.difference, line.reason]
            for line in compare(facts)
        ],
        "found": [
            [line.side, line.indication, list(line.suspected_by), line.is_found, line.verdict]
            for line in suspected_and_found(facts)
        ],
        "open_points": [[point.text, point.detail] for point in points],
    }


def _operation_of_day(session: Session, patient_id: int, day: dt.date) -> int | None:
    """One that was done here on that day and belongs to no report."""
    of_day = select(Operation.id).where(
        Operation.patient_id == patient_id,
        Operation.was_elsewhere.is_(False),
        Operation.happened_on == PartialDate.of(day),
        Operation.id.not_in(select(OperativeReport.operation_id)),
    )
    return session.scalar(of_day.order_by(Operation.id.desc()).limit(1))


def _make_operation(session: Session, plan: RevisionPlan, day: dt.date, surgeon: str, sure: Collection[str]) -> int:
    steps = {row.side: row.steps for row in plan.sides}
    answers: dict[str, Any] = {
        "kind": operation_kind(steps),
        "happened_on": PartialDate.of(day),
        "surgeon": surgeon,
        "facility": session.scalars(select(Practice.name)).one(),
        "was_elsewhere": False,
        "source": Source.OWN_RECORD,
    }
    answers |= {field_at(side, "event"): side_event(steps.get(side, ())) for side in Side}
    answers |= {confirmed(name): answers.get(name) for name in sure}
    made = save_operation(session, _NOTHING_YET, OPERATION_FORM.empty() | answers, plan.patient_id)
    assert made.id is not None, "a saved operation has its number"
    return made.id


def _right_first(plan: RevisionPlan) -> list[Any]:
    return sorted(plan.sides, key=lambda row: row.side is Side.LEFT)


def _planned(values: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The steps of the plan in their order; in each side those of the other change nothing."""
    rows = [row for row in values["steps"] or () if row.get("planned") is not None]
    return [(side, row["planned"]) for side in Side for row in rows if row["side"] is side]
