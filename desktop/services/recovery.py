"""Start a recovery checklist, answer it, move a surgeon's own days, report a red flag."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.models.choices import RecoveryState
from desktop.models.recovery import RecoveryChecklist, RecoveryItem, RecoveryOverride, RedFlagReport
from desktop.models.revision import RevisionCase
from desktop.rules.permission import Verb
from desktop.rules.problem import Problem
from desktop.rules.reading import clean_line
from desktop.rules.recovery import (
    Stretch,
    check_move,
    date_of,
    day_label,
    day_of,
    follow,
    items_for,
    movable_day,
    move,
    show_day,
    stretches,
)
from desktop.rules.recovery_protocol import LAST_DAY
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.record import get_record
from desktop.services.recovery_protocol import open_protocol
from desktop.services.recovery_view import (
    ROUTINE,
    ChecklistView,
    ItemLine,
    item_line,
    load_checklist,
    open_checklist,
    signed_plan,
)

REASON_LENGTH = 200


def start_checklist(session: Session, case_id: int, surgery_on: dt.date | None) -> ChecklistView:
    """Make the checklist of a case from the protocol in use; the surgeon's number of days wins over the protocol's."""
    require(session, Verb.TICK_RECOVERY)
    case = get_record(session, RevisionCase, case_id)
    if surgery_on is None:
        raise UserError("The checklist was not started: write the day of surgery into the revision plan first.")
    if session.scalar(select(RecoveryChecklist.id).where(RecoveryChecklist.case_id == case_id)) is not None:
        raise UserError("The checklist of this case is started already. Nothing was changed.")
    file, plan = open_protocol(session), signed_plan(session, case_id)
    has_own_number = plan is not None and plan.routine_after_days is not None
    checklist = RecoveryChecklist(
        patient_id=case.patient_id,
        case_id=case_id,
        surgery_on=surgery_on,
        protocol_name=file.protocol.name,
        protocol_version=file.protocol.version,
        protocol_hash=file.content_hash,
        routine_after_days=(plan and plan.routine_after_days) or file.protocol.routine_after_days,
        routine_set_by=plan.signed_by if plan and has_own_number else None,
    )
    for position, item in enumerate(items_for(file.protocol, plan.has_drains if plan else None)):
        checklist.items += [
            RecoveryItem(
                position=position,
                code=item.code,
                title=item.title,
                text=item.worded(),
                start_day=line.start_day,
                end_day=line.end_day,
                rule_day=line.rule_day,
                is_limit=item.is_limit,
                follows=item.follows,
            )
            for line in stretches(item)
        ]
    session.add(checklist)
    write_audit(session, Verb.TICK_RECOVERY, checklist, {"surgery_on": [None, surgery_on]})
    return _stored(session, checklist)


def follow_surgery_date(session: Session, checklist_id: int, version: int) -> ChecklistView:
    """Count from the day that the case says now, for a surgery that was put off; not once something was answered."""
    require(session, Verb.TICK_RECOVERY)
    checklist = _unchanged(session, checklist_id, version)
    case = get_record(session, RevisionCase, checklist.case_id)
    if case.surgery_on is None:
        raise UserError("The revision plan says no day of surgery. Write it there first; the checklist stays as it is.")
    if any(item.state is not RecoveryState.NOT_ANSWERED for item in checklist.items):
        raise UserError("The checklist is answered in part already, so its days stay as they are.")
    before, checklist.surgery_on = checklist.surgery_on, case.surgery_on
    write_audit(session, Verb.TICK_RECOVERY, checklist, {"surgery_on": [before, case.surgery_on]})
    return _stored(session, checklist)


def answer_item(session: Session, item_id: int, state: RecoveryState, reason: str | None, version: int) -> ItemLine:
    """Say what became of one line; a skipped one needs a reason, and a day to come cannot be done yet."""
    actor = require(session, Verb.TICK_RECOVERY)
    item = get_record(session, RecoveryItem, item_id)
    checklist = load_checklist(session, item.checklist_id)
    if item.version != version:
        raise RecordChanged(item_line(item, checklist))
    reason = clean_line(reason or "") if state is RecoveryState.SKIPPED else ""
    if state is RecoveryState.SKIPPED:
        _check_reason(reason, "Write why it is skipped.")
    if item.is_limit:
        raise UserError("A limit is not ticked off: it holds until its last day. Nothing was changed.")
    day = day_of(checklist.surgery_on, today(session))
    if item.start_day > day and state in (RecoveryState.DONE, RecoveryState.NOT_DONE):
        when = show_day(checklist.surgery_on, item.start_day)
        raise UserError(f"{day_label(item.start_day)} is {when}, which is still to come. Nothing was changed.")
    before = {"state": item.state, "reason": item.reason}
    is_answer = state is not RecoveryState.NOT_ANSWERED
    item.state, item.reason = state, reason or None
    item.answered_by = actor.name if is_answer else None
    item.answered_at = now(session) if is_answer else None
    session.flush()
    line = f"{item.code} day {item.start_day}"
    changes = {f"{line} {name}": [old, getattr(item, name)] for name, old in before.items()}
    write_audit(session, Verb.TICK_RECOVERY, checklist, {k: v for k, v in changes.items() if v[0] != v[1]})
    return item_line(item, checklist)


def override_day(
    session: Session, checklist_id: int, code: str, new_day: int, reason: str, version: int
) -> ChecklistView:
    """A surgeon's own day for one item; only days to come change, and old and new day stay readable."""
    require(session, Verb.OVERRIDE_RECOVERY)
    checklist = _unchanged(session, checklist_id, version)
    reason = clean_line(reason)
    day = day_of(checklist.surgery_on, today(session))
    rows = [item for item in checklist.items if item.code == code]
    if not rows:
        raise UserError("This item is no longer on the checklist. Open the page again.")
    following = [item for item in checklist.items if item.follows == code]
    lines, followers = [_stretch(row) for row in rows], [_stretch(row) for row in following]
    problems = check_move(lines, rows[0].is_limit, new_day, day, followers)
    if problems:
        raise Rejected(problems)
    _check_reason(reason, "Write why the day is changed.")
    old_day = movable_day(lines)
    _apply(checklist, rows, move(lines, rows[0].is_limit, new_day, day))
    for item, line in zip(following, followers, strict=True):
        item.start_day = follow(line, new_day).start_day
    _note_override(session, checklist, code, rows[0].title, (old_day, new_day), reason)
    return _stored(session, checklist)


def set_routine_days(session: Session, checklist_id: int, days: int, reason: str, version: int) -> ChecklistView:
    """The surgeon's own number of days until everyday routine."""
    actor = require(session, Verb.OVERRIDE_RECOVERY)
    checklist = _unchanged(session, checklist_id, version)
    reason = clean_line(reason)
    if not 1 <= days <= LAST_DAY:
        raise Rejected([Problem("new_day", f"Write a number of days from 1 to {LAST_DAY}.")])
    if days == checklist.routine_after_days:
        raise Rejected([Problem("new_day", f"It is {days} days already.")])
    if date_of(checklist.surgery_on, days) < today(session):
        raise Rejected([Problem("new_day", "That day is over: only days to come can be changed.")])
    _check_reason(reason, "Write why the number of days is changed.")
    old_days, checklist.routine_after_days = checklist.routine_after_days, days
    checklist.routine_set_by = actor.name
    _note_override(session, checklist, ROUTINE, "Everyday routine", (old_days, days), reason)
    return _stored(session, checklist)


def report_red_flag(session: Session, checklist_id: int, code: str) -> str:
    """Log what was reported and which action was shown. Whoever answers the phone may: it must never wait."""
    actor = require(session, Verb.VIEW_RECOVERY)
    checklist = get_record(session, RecoveryChecklist, checklist_id)
    flag = open_protocol(session).red_flags.by_code(code)
    if flag is None:
        raise UserError("This warning sign is not in the protocol any more. Call the surgeon, then open this again.")
    report = RedFlagReport(
        patient_id=checklist.patient_id,
        checklist_id=checklist_id,
        code=flag.code,
        action_shown=flag.shown,
        reported_by=actor.name,
        reported_at=now(session),
    )
    session.add(report)
    write_audit(session, "report_red_flag", report, {"code": [None, flag.code], "action": [None, flag.action.code]})
    return flag.shown


def _unchanged(session: Session, checklist_id: int, version: int) -> RecoveryChecklist:
    checklist = load_checklist(session, checklist_id)
    if checklist.version != version:
        raise RecordChanged(_stored(session, checklist))
    return checklist


def _stored(session: Session, checklist: RecoveryChecklist) -> ChecklistView:
    session.flush()
    view = open_checklist(session, checklist.case_id)
    assert view is not None
    return view


def _check_reason(reason: str, sentence: str) -> None:
    if not reason:
        raise Rejected([Problem("reason", sentence)])
    if len(reason) > REASON_LENGTH:
        raise Rejected([Problem("reason", f"Write at most {REASON_LENGTH} letters; it has {len(reason)}.")])


def _stretch(row: RecoveryItem) -> Stretch:
    is_answered = row.state is not RecoveryState.NOT_ANSWERED
    return Stretch(row.start_day, row.end_day, row.rule_day, row.id, is_answered)


def _apply(checklist: RecoveryChecklist, rows: list[RecoveryItem], wanted: tuple[Stretch, ...]) -> None:
    by_id = {row.id: row for row in rows}
    model = rows[0]
    for line in wanted:
        row = by_id.pop(line.key, None) if line.key is not None else None
        if row is None:
            row = RecoveryItem(
                position=model.position,
                code=model.code,
                title=model.title,
                text=model.text,
                start_day=line.start_day,
                end_day=line.end_day,
                rule_day=line.rule_day,
                is_limit=model.is_limit,
                follows=model.follows,
            )
            checklist.items.append(row)
        row.start_day, row.end_day, row.rule_day = line.start_day, line.end_day, line.rule_day
    for row in by_id.values():
        checklist.items.remove(row)


def _note_override(
    session: Session, checklist: RecoveryChecklist, code: str, what: str, days: tuple[int, int], reason: str
) -> None:
    actor = require(session, Verb.OVERRIDE_RECOVERY)
    old_day, new_day = days
    checklist.overrides.append(
        RecoveryOverride(
            code=code,
            what=what,
            old_day=old_day,
            new_day=new_day,
            reason=reason,
            made_by=actor.name,
            made_at=now(session),
        )
    )
    flag_modified(checklist, "routine_after_days")  # a new version, so that two surgeons do not move it at once
    session.flush()
    write_audit(session, Verb.OVERRIDE_RECOVERY, checklist, {code: [old_day, new_day], "reason": [None, reason]})
