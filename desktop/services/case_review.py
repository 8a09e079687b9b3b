"""List the cases in which something waits for the surgeon, and keep named filters of that list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordMissing, UserError
from desktop.models import case_filter as kept
from desktop.models.choices import Indication, Side, UrgencyTier
from desktop.models.complication import Complication
from desktop.models.indication import IndicationFinding
from desktop.models.operative_report import OperativeReport
from desktop.models.patient import Patient
from desktop.models.revision import CaseIndication, PlanSide, RevisionCase, RevisionPlan
from desktop.rules.case_review import CaseFilter, CaseState, Waiting, is_wanted, waiting_in
from desktop.rules.indication import most_urgent, tier
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.rules.plan_step import NO_SURGERY
from desktop.services.audit import write_audit
from desktop.services.context import require, today

MOST: Final = 1_000
"""How many open cases are looked through, the oldest first; an office has some dozens."""


@dataclass(frozen=True)
class CaseLine:
    """One case of the list; `since` is the day on which the oldest of what waits began to wait."""

    case_id: int
    patient_id: int
    patient_name: str
    record_number: str
    waits: tuple[tuple[Waiting, dt.date], ...]
    since: dt.date
    surgery_on: dt.date | None
    tier: UrgencyTier
    reasons: str


@dataclass(frozen=True)
class NamedFilter:
    id: int
    name: str
    wanted: CaseFilter


def list_cases(session: Session, wanted: CaseFilter = CaseFilter()) -> tuple[CaseLine, ...]:  # noqa: B008  frozen
    """Every open case in which something waits, what has waited longest first. A fixed number of statements."""
    require(session, Verb.VIEW_CASE)
    open_cases = session.execute(
        select(
            RevisionCase.id,
            RevisionCase.patient_id,
            RevisionCase.opened_on,
            RevisionCase.surgery_on,
            Patient.family_name,
            Patient.given_name,
            Patient.record_number,
        )
        .join(Patient, Patient.id == RevisionCase.patient_id)
        .where(RevisionCase.closed_on.is_(None))
        .order_by(RevisionCase.opened_on, RevisionCase.id)
        .limit(MOST)
    ).all()
    ids = [row.id for row in open_cases]
    plans, operated = _plans(session, ids), _sides_with_surgery(session, ids)
    reports, ungraded, reasons = _reports(session, ids), _ungraded(session, ids), _reasons(session, ids)
    lines = []
    for row in open_cases:
        versions = plans.get(row.id, ())
        newest = versions[-1] if versions else None
        report = reports.get(row.id)
        state = CaseState(
            opened_on=row.opened_on,
            surgery_on=row.surgery_on,
            tier=most_urgent(each.tier for each in reasons.get(row.id, ())) or UrgencyTier.U3,
            plan_version=newest.plan_version if newest else None,
            is_signed=newest is not None and newest.signed_at is not None,
            signed_before_on=max((_day(each.signed_at) for each in versions if each.signed_at), default=None),
            is_surgery=newest is not None and newest.id in operated,
            report_version=report.report_version if report else None,
            report_is_signed=report is not None and report.signed_at is not None,
            ungraded_since=_ungraded_since(ungraded.get(row.id), row.surgery_on or row.opened_on),
        )
        waits = waiting_in(state, today(session))
        named = reasons.get(row.id, ())
        if is_wanted(state, waits, frozenset(each.indication for each in named), wanted, today(session)):
            lines.append(
                CaseLine(
                    case_id=row.id,
                    patient_id=row.patient_id,
                    patient_name=", ".join(filter(None, (row.family_name, row.given_name))),
                    record_number=show_record_number(row.record_number),
                    waits=waits,
                    since=min(since for _what, since in waits),
                    surgery_on=row.surgery_on,
                    tier=state.tier,
                    reasons=_in_words(named),
                )
            )
    return tuple(sorted(lines, key=lambda line: (line.since, line.case_id)))


def list_filters(session: Session) -> tuple[NamedFilter, ...]:
    """The filters of the person who is signed in, by name."""
    actor = require(session, Verb.VIEW_CASE)
    own = select(kept.CaseFilter).where(kept.CaseFilter.account_id == actor.account_id).order_by(kept.CaseFilter.name)
    return tuple(NamedFilter(row.id, row.name, _read(row.answers)) for row in session.scalars(own))


def keep_filter(session: Session, name: str, wanted: CaseFilter) -> NamedFilter:
    """Keep a filter under a name; one of that name is replaced."""
    actor = require(session, Verb.VIEW_CASE)
    name = name.strip()
    if not name:
        raise UserError("The filter was not kept: write a name for it, then press Enter.")
    own = select(kept.CaseFilter).where(kept.CaseFilter.account_id == actor.account_id, kept.CaseFilter.name == name)
    row = session.scalars(own).one_or_none()
    if row is None:
        row = kept.CaseFilter(account_id=actor.account_id, name=name, answers=_write(wanted))
        session.add(row)
    else:
        row.answers = _write(wanted)
    session.flush()
    write_audit(session, "keep_filter", row)
    return NamedFilter(row.id, row.name, wanted)


def forget_filter(session: Session, filter_id: int) -> None:
    actor = require(session, Verb.VIEW_CASE)
    row = session.get(kept.CaseFilter, filter_id)
    if row is None or row.account_id != actor.account_id:
        raise RecordMissing
    write_audit(session, "forget_filter", row)
    session.delete(row)


@dataclass(frozen=True)
class _Reason:
    side: Side
    indication: Indication
    tier: UrgencyTier


def _plans(session: Session, case_ids: list[int]) -> Mapping[int, list[Any]]:
    rows = session.execute(
        select(RevisionPlan.id, RevisionPlan.case_id, RevisionPlan.plan_version, RevisionPlan.signed_at)
        .where(RevisionPlan.case_id.in_(case_ids))
        .order_by(RevisionPlan.case_id, RevisionPlan.plan_version)
    )
    return _by_case(rows)


def _sides_with_surgery(session: Session, case_ids: list[int]) -> set[int]:
    """The plans in which either side is to be operated on."""
    rows = session.execute(
        select(PlanSide.plan_id, PlanSide.steps)
        .join(RevisionPlan, RevisionPlan.id == PlanSide.plan_id)
        .where(RevisionPlan.case_id.in_(case_ids))
    )
    return {row.plan_id for row in rows if set(row.steps or ()) - NO_SURGERY}


def _reports(session: Session, case_ids: list[int]) -> Mapping[int, Any]:
    """The newest report of each case."""
    rows = session.execute(
        select(OperativeReport.case_id, OperativeReport.report_version, OperativeReport.signed_at)
        .where(OperativeReport.case_id.in_(case_ids))
        .order_by(OperativeReport.case_id, OperativeReport.report_version)
    )
    return {row.case_id: row for row in rows}


def _ungraded(session: Session, case_ids: list[int]) -> Mapping[int, list[Any]]:
    rows = session.execute(
        select(Complication.case_id, Complication.onset_on).where(
            Complication.case_id.in_(case_ids), Complication.grade.is_(None)
        )
    )
    return _by_case(rows)


def _ungraded_since(rows: list[Any] | None, otherwise: dt.date) -> dt.date | None:
    if not rows:
        return None
    return min(row.onset_on.earliest if row.onset_on else otherwise for row in rows)


def _reasons(session: Session, case_ids: list[int]) -> Mapping[int, list[_Reason]]:
    """In their order; a tier that somebody set wins over that of the indication."""
    rows = session.execute(
        select(CaseIndication.case_id, CaseIndication.side, CaseIndication.indication, IndicationFinding.tier)
        .outerjoin(IndicationFinding, IndicationFinding.indication_id == CaseIndication.id)
        .where(CaseIndication.case_id.in_(case_ids))
        .order_by(CaseIndication.case_id, CaseIndication.position)
    )
    found: dict[int, list[_Reason]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(_Reason(row.side, row.indication, row.tier or tier(row.indication)))
    return found


def _in_words(reasons: Iterable[_Reason]) -> str:
    named = dict.fromkeys((each.side, each.indication) for each in reasons)
    return " · ".join(f"{side.label} {indication.label}" for side, indication in named)


def _by_case(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone().date()


def _write(wanted: CaseFilter) -> dict[str, Any]:
    return {
        "waiting": [each.value for each in wanted.waiting],
        "tiers": [each.value for each in wanted.tiers],
        "indications": [each.value for each in wanted.indications],
        "within_days": wanted.within_days,
    }


def _read(answers: Mapping[str, Any]) -> CaseFilter:
    """What a later version of the program no longer knows is left out."""
    return CaseFilter(
        waiting=tuple(each for each in Waiting if each.value in answers.get("waiting", ())),
        tiers=tuple(each for each in UrgencyTier if each.value in answers.get("tiers", ())),
        indications=tuple(each for each in Indication if each.value in answers.get("indications", ())),
        within_days=answers.get("within_days"),
    )
