"""What a recovery looks like when it is opened: days with their dates, limits, overrides, red flags, phone numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models.choices import RecoveryState, Side
from desktop.models.practice import Practice
from desktop.models.recovery import RecoveryChecklist, RecoveryItem, RecoveryOverride, RedFlagReport
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.permission import Verb, may
from desktop.rules.recovery import DayState, date_of, day_label, day_of, day_state, worded
from desktop.rules.recovery_protocol import RedFlag
from desktop.services.context import require, today
from desktop.services.patient import read_header
from desktop.services.record import get_record
from desktop.services.recovery_protocol import Approval, approval_of, open_protocol

ROUTINE = "ROUTINE"
"""The code of an override that changes the days until routine."""


@dataclass(frozen=True)
class ItemLine:
    """`text` has its dates written out; `rule_day` is the day an override would change."""

    id: int
    version: int
    code: str
    title: str
    text: str
    start_day: int
    end_day: int
    rule_day: int
    is_limit: bool
    state: RecoveryState
    reason: str
    answered_by: str
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class DayGroup:
    day: int
    label: str
    date: dt.date
    items: tuple[ItemLine, ...]
    state: DayState

    @property
    def answered(self) -> int:
        return sum(item.state is not RecoveryState.NOT_ANSWERED for item in self.items)


@dataclass(frozen=True)
class Override:
    code: str
    what: str
    old_day: int
    new_day: int
    reason: str
    made_by: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Reported:
    title: str
    action: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class Phones:
    practice: str
    after_hours: str
    emergency: str


@dataclass(frozen=True)
class ChecklistView:
    """`surgery_moved_to` is the day that the case says now, where it is not the day this checklist counts from."""

    id: int
    version: int
    patient_id: int
    case_id: int
    surgery_on: dt.date
    surgery_moved_to: dt.date | None
    today: int
    routine_after_days: int
    routine_set_by: str | None
    days: tuple[DayGroup, ...]
    limits: tuple[ItemLine, ...]
    overrides: tuple[Override, ...]
    red_flags: tuple[RedFlag, ...]
    call_temperature: str
    reports: tuple[Reported, ...]
    phones: Phones
    protocol_name: str
    protocol_version: str
    approval: Approval
    may_tick: bool
    may_override: bool

    @property
    def routine_on(self) -> dt.date:
        return date_of(self.surgery_on, self.routine_after_days)

    def override_of(self, code: str) -> Override | None:
        """The newest one."""
        return next((each for each in reversed(self.overrides) if each.code == code), None)


@dataclass(frozen=True)
class RecoveryFile:
    """Where a patient stands: no case, no day of surgery, a checklist to be started, or one that runs."""

    case_id: int | None
    surgery_on: dt.date | None
    checklist: ChecklistView | None
    may_tick: bool


@dataclass(frozen=True)
class SignedPlan:
    """What recovery takes from the newest signed plan. `has_drains` None is not stated for a side that is operated."""

    signed_by: str
    routine_after_days: int | None
    drains: tuple[tuple[Side, int], ...]
    steps: tuple[tuple[Side, tuple[str, ...]], ...]
    has_drains: bool | None


def read_recovery(session: Session, patient_id: int) -> RecoveryFile:
    actor = require(session, Verb.VIEW_RECOVERY)
    case_id = read_header(session, patient_id).case_id
    may_tick = may(actor.roles, Verb.TICK_RECOVERY)
    if case_id is None:
        return RecoveryFile(None, None, None, may_tick)
    surgery_on = get_record(session, RevisionCase, case_id).surgery_on
    return RecoveryFile(case_id, surgery_on, open_checklist(session, case_id), may_tick)


def open_checklist(session: Session, case_id: int) -> ChecklistView | None:
    """The checklist of a case, or None while nobody started one."""
    actor = require(session, Verb.VIEW_RECOVERY)
    checklist_id = session.scalar(select(RecoveryChecklist.id).where(RecoveryChecklist.case_id == case_id))
    if checklist_id is None:
        return None
    checklist = load_checklist(session, checklist_id)
    file, practice = open_protocol(session), session.scalars(select(Practice)).one()
    case_says = get_record(session, RevisionCase, case_id).surgery_on
    items = sorted(checklist.items, key=lambda item: (item.start_day, item.position))
    reports = _reports(session, checklist_id)
    day = day_of(checklist.surgery_on, today(session))
    return ChecklistView(
        id=checklist.id,
        version=checklist.version,
        patient_id=checklist.patient_id,
        case_id=case_id,
        surgery_on=checklist.surgery_on,
        surgery_moved_to=case_says if case_says != checklist.surgery_on else None,
        today=day,
        routine_after_days=checklist.routine_after_days,
        routine_set_by=checklist.routine_set_by,
        days=_days(checklist, [item for item in items if not item.is_limit], day, reports),
        limits=tuple(item_line(item, checklist) for item in items if item.is_limit),
        overrides=tuple(_override(row) for row in sorted(checklist.overrides, key=lambda row: row.id)),
        red_flags=file.red_flags.flags,
        call_temperature=file.red_flags.call_temperature,
        reports=tuple(_reported(row, file.red_flags.by_code(row.code)) for row in reports),
        phones=Phones(practice.phone or "", practice.after_hours_phone or "", practice.emergency_number or ""),
        protocol_name=checklist.protocol_name,
        protocol_version=checklist.protocol_version,
        approval=approval_of(session, checklist.protocol_hash),
        may_tick=may(actor.roles, Verb.TICK_RECOVERY),
        may_override=may(actor.roles, Verb.OVERRIDE_RECOVERY),
    )


def load_checklist(session: Session, checklist_id: int) -> RecoveryChecklist:
    return get_record(
        session,
        RecoveryChecklist,
        checklist_id,
        selectinload(RecoveryChecklist.items),
        selectinload(RecoveryChecklist.overrides),
    )


def item_line(item: RecoveryItem, checklist: RecoveryChecklist) -> ItemLine:
    return ItemLine(
        id=item.id,
        version=item.version,
        code=item.code,
        title=item.title,
        text=worded(item.text, checklist.surgery_on, item.rule_day),
        start_day=item.start_day,
        end_day=item.end_day,
        rule_day=item.rule_day,
        is_limit=item.is_limit,
        state=item.state,
        reason=item.reason or "",
        answered_by=item.answered_by or "",
        answered_at=item.answered_at,
    )


def signed_plan(session: Session, case_id: int) -> SignedPlan | None:
    """The newest signed version; a draft of the next one counts for nothing yet."""
    plan = session.scalars(
        select(RevisionPlan)
        .where(RevisionPlan.case_id == case_id, RevisionPlan.signed_at.is_not(None))
        .order_by(RevisionPlan.plan_version.desc())
        .limit(1)
        .options(selectinload(RevisionPlan.sides))
    ).one_or_none()
    if plan is None:
        return None
    sides = sorted(plan.sides, key=lambda row: list(Side).index(row.side))
    counts = [row.drain_count for row in sides if row.steps]
    return SignedPlan(
        signed_by=plan.signed_by or "",
        routine_after_days=plan.routine_after_days,
        drains=tuple((row.side, row.drain_count) for row in sides if row.drain_count),
        steps=tuple((row.side, tuple(step.label for step in row.steps)) for row in sides if row.steps),
        has_drains=any(row.drain_count for row in sides) or (None if None in counts else False),
    )


def _days(
    checklist: RecoveryChecklist, items: list[RecoveryItem], today_day: int, reports: Iterable[RedFlagReport]
) -> tuple[DayGroup, ...]:
    flagged = {day_of(checklist.surgery_on, report.reported_at.astimezone().date()) for report in reports}
    groups = []
    for day in sorted({item.start_day for item in items}):
        lines = tuple(item_line(item, checklist) for item in items if item.start_day == day)
        state = day_state([line.state for line in lines], day, today_day, day in flagged)
        groups.append(DayGroup(day, day_label(day), date_of(checklist.surgery_on, day), lines, state))
    return tuple(groups)


def _reports(session: Session, checklist_id: int) -> list[RedFlagReport]:
    found = select(RedFlagReport).where(RedFlagReport.checklist_id == checklist_id).order_by(RedFlagReport.id.desc())
    return list(session.scalars(found))


def _reported(row: RedFlagReport, flag: RedFlag | None) -> Reported:
    return Reported(flag.title if flag else row.code, row.action_shown, row.reported_by, row.reported_at)


def _override(row: RecoveryOverride) -> Override:
    return Override(row.code, row.what, row.old_day, row.new_day, row.reason, row.made_by, row.made_at)
