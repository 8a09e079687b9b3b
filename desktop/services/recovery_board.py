"""Who is recovering today: a row for everyone between the day of surgery and week 6."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.choices import RecoveryState, Side
from desktop.models.patient import Patient
from desktop.models.recovery import RecoveryChecklist, RecoveryItem, RedFlagReport
from desktop.rules.permission import Verb, may
from desktop.rules.recovery import (
    BOARD_DAYS,
    FIRST_WEEK,
    DayState,
    Next,
    date_of,
    day_label,
    day_of,
    day_state,
    next_step,
)
from desktop.rules.recovery_protocol import RedFlags
from desktop.services.context import require, today
from desktop.services.recovery_protocol import ProtocolFile, open_protocol
from desktop.services.recovery_view import SignedPlan, signed_plan


@dataclass(frozen=True)
class BoardRow:
    """`states` are those of day 0 to 7. `detail` says what was done only to those who may see the plan."""

    patient_id: int
    list_name: str
    detail: str
    day_label: str
    states: tuple[DayState, ...]
    next: Next


@dataclass(frozen=True)
class Board:
    rows: tuple[BoardRow, ...]
    protocol: ProtocolFile


def read_board(session: Session) -> Board:
    """Everything in five statements and one for each plan, however many items the checklists have."""
    file = open_protocol(session)
    return Board(_rows(session, file), file)


def board(session: Session) -> tuple[BoardRow, ...]:
    """Newest surgery last; whoever has a red flag today stands first."""
    return _rows(session, open_protocol(session))


def _rows(session: Session, file: ProtocolFile) -> tuple[BoardRow, ...]:
    actor = require(session, Verb.VIEW_RECOVERY)
    day = today(session)
    checklists = session.execute(
        select(
            RecoveryChecklist.id,
            RecoveryChecklist.patient_id,
            RecoveryChecklist.case_id,
            RecoveryChecklist.surgery_on,
            RecoveryChecklist.routine_after_days,
            RecoveryChecklist.routine_set_by,
            Patient.family_name,
            Patient.given_name,
        )
        .join(Patient, Patient.id == RecoveryChecklist.patient_id)
        .where(
            RecoveryChecklist.surgery_on.between(date_of(day, -BOARD_DAYS.stop + 1), date_of(day, -BOARD_DAYS.start))
        )
        .order_by(RecoveryChecklist.surgery_on, Patient.family_key, Patient.given_key, RecoveryChecklist.id)
    ).all()
    ids = [row.id for row in checklists]
    items, flags = _items(session, ids), _flags(session, ids, file.red_flags)
    sees_plan = may(actor.roles, Verb.VIEW_CASE)
    rows = [
        _row(
            row,
            items[row.id],
            flags[row.id],
            day,
            signed_plan(session, row.case_id) if sees_plan else None,
            file.protocol.routine_after_days,
        )
        for row in checklists
    ]
    return tuple(sorted(rows, key=lambda row: row.next.tone != "danger"))


def _items(session: Session, ids: Sequence[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = session.execute(
        select(RecoveryItem.checklist_id, RecoveryItem.start_day, RecoveryItem.title, RecoveryItem.state)
        .where(RecoveryItem.checklist_id.in_(ids), RecoveryItem.is_limit.is_(False))
        .order_by(RecoveryItem.start_day, RecoveryItem.position)
    )
    for row in rows:
        found[row.checklist_id].append(row)
    return found


def _flags(session: Session, ids: Sequence[int], known: RedFlags) -> Mapping[int, list[tuple[dt.date, str]]]:
    """For each checklist the days on which a red flag was reported, with what to do, newest last."""
    found: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    rows = session.execute(
        select(RedFlagReport.checklist_id, RedFlagReport.reported_at, RedFlagReport.code)
        .where(RedFlagReport.checklist_id.in_(ids))
        .order_by(RedFlagReport.id)
    )
    for checklist_id, reported_at, code in rows:
        flag = known.by_code(code)
        words = f"{flag.action.title}: {flag.title.lower()}" if flag else code
        found[checklist_id].append((reported_at.astimezone().date(), words))
    return found


def _row(
    row: Any,
    items: Sequence[Any],
    flags: Sequence[tuple[dt.date, str]],
    day: dt.date,
    plan: SignedPlan | None,
    usual_days: int,
) -> BoardRow:
    number = day_of(row.surgery_on, day)
    by_day: dict[int, list[RecoveryState]] = defaultdict(list)
    open_titles: dict[int, list[str]] = defaultdict(list)
    for item in items:
        by_day[item.start_day].append(item.state)
        if item.state is RecoveryState.NOT_ANSWERED:
            open_titles[item.start_day].append(item.title)
    flagged = {day_of(row.surgery_on, on) for on, _text in flags}
    todays = [text for on, text in flags if on == day]
    is_own = row.routine_set_by and row.routine_after_days != usual_days
    set_by = f"{row.routine_after_days} days set by surgeon" if is_own else ""
    return BoardRow(
        patient_id=row.patient_id,
        list_name=f"{row.family_name}, {row.given_name}" if row.given_name else row.family_name,
        detail=" · ".join(filter(None, (day_label(number), set_by, _done(plan) if plan else ""))),
        day_label=day_label(number),
        states=tuple(day_state(by_day[n], n, number, n in flagged) for n in FIRST_WEEK),
        next=next_step(open_titles, number, todays[-1] if todays else None),
    )


def _done(plan: SignedPlan) -> str:
    """`Implant exchange, both sides`, or each side with its own steps; drains with their side."""
    steps = dict(plan.steps)
    right, left = steps.get(Side.RIGHT), steps.get(Side.LEFT)
    if right and right == left:
        words = [f"{', '.join(right)}, both sides"]
    else:
        words = [f"{side.label}: {', '.join(steps[side])}" for side in Side if side in steps]
    drains = " and ".join(side.label for side, _count in plan.drains)
    return " · ".join([f"drain {drains}", *words] if drains else words)
