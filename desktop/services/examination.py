"""Keep what was seen and measured, visit by visit, and tell all visits of a patient together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import UserError
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import ListField
from desktop.models.choices import SideEvent
from desktop.models.examination import Examination, ExaminationSide
from desktop.models.operation import Operation, OperationSide
from desktop.models.revision import RevisionCase
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb
from desktop.rules.trend import Change, Seen
from desktop.services.context import require, today
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, own_or_side, read_field, save_record

_CHANGES_DEVICE: Final = (SideEvent.IMPLANTED, SideEvent.EXCHANGED, SideEvent.REMOVED, SideEvent.ADDED)

_GRADES: Final = (
    ExaminationSide.baker,
    ExaminationSide.rippling,
    ExaminationSide.displacement,
    ExaminationSide.ptosis,
)
_GRADED: Final = [column.is_not(None) for column in _GRADES]


@dataclass(frozen=True)
class Visit:
    """`case_id` None: it was made while no case was open."""

    id: int
    version: int
    examined_on: dt.date | None
    examined_by: str
    case_id: int | None
    case_opened_on: dt.date | None
    case_closed_on: dt.date | None
    values: Mapping[str, Any]

    @property
    def seen(self) -> Seen:
        return Seen(self.examined_on, self.values)


@dataclass(frozen=True)
class Visits:
    """Newest first; those without a day stand last. `changes` are the operations after which a side held another
    device, or none."""

    rows: tuple[Visit, ...] = ()
    changes: tuple[Change, ...] = ()

    def before(self, examined_on: dt.date | None, examination_id: int | None) -> tuple[Visit, ...]:
        """The visits that came before that one, newest first; before a new one all of them."""
        return tuple(
            row
            for row in self.rows
            if row.id != examination_id
            and row.examined_on is not None
            and (examined_on is None or row.examined_on < examined_on)
        )


def open_examination(session: Session, examination_id: int) -> Snapshot:
    return open_record(session, EXAMINATION_FORM, examination_id)


def new_examination(session: Session) -> Snapshot:
    """Nothing is carried over from an earlier visit; the day and the examiner are seen and can be changed."""
    actor = require(session, EXAMINATION_FORM.edit)
    today_and_name = {"examined_on": today(session), "examined_by": actor.name}
    return Snapshot(None, None, EXAMINATION_FORM.empty() | today_and_name)


def save_examination(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int | None = None
) -> Snapshot:
    """Write one visit; of a new one, `case_id` says in which case it was made. A closed case stays as it is."""
    require(session, Verb.EDIT_CASE)
    if opened.id is not None:
        examination = get_record(session, Examination, opened.id)
        require_hers(session, examination.patient_id, patient_id)
        case_id = examination.case_id
    if case_id is not None:
        case = get_record(session, RevisionCase, case_id)
        require_hers(session, case.patient_id, patient_id)
        require_open(case)
    return save_record(session, EXAMINATION_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def require_open(case: RevisionCase) -> None:
    if case.closed_on is not None:
        raise UserError(
            f"Nothing was changed: this visit belongs to the case that was closed on {show_date(case.closed_on)}. "
            "Open that case again to change it."
        )


def newest_examination(session: Session, patient_id: int, case_id: int) -> Snapshot | None:
    """The last one that was made in this case, or in none; None while nobody examined her.

    A visit in which nobody graded anything, as when only pain was asked, hides no earlier one that did.
    """
    require(session, Verb.VIEW_CASE)
    in_case = or_(Examination.case_id == case_id, Examination.case_id.is_(None))
    newest = select(Examination.id).where(Examination.patient_id == patient_id, in_case)
    graded = exists().where(ExaminationSide.examination_id == Examination.id, or_(*_GRADED))
    order = (graded.desc(), Examination.examined_on.desc().nulls_last(), Examination.id.desc())
    found = session.scalar(newest.order_by(*order).limit(1))
    return None if found is None else open_examination(session, found)


def read_visits(session: Session, patient_id: int) -> Visits:
    """All of them with what was found, in three statements however many there are."""
    require(session, Verb.VIEW_CASE)
    rows = session.execute(
        select(Examination, RevisionCase.opened_on, RevisionCase.closed_on)
        .outerjoin(RevisionCase, RevisionCase.id == Examination.case_id)
        .where(Examination.patient_id == patient_id)
        .options(selectinload(Examination.sides))
    )
    visits = (_visit(examination, opened_on, closed_on) for examination, opened_on, closed_on in rows)
    changed = session.execute(
        select(OperationSide.side, Operation.happened_on)
        .join(Operation, Operation.id == OperationSide.operation_id)
        .where(Operation.patient_id == patient_id, OperationSide.event.in_(_CHANGES_DEVICE))
        .order_by(Operation.happened_on, Operation.id, OperationSide.side.desc())  # RIGHT before LEFT
    )
    newest_first = sorted(visits, key=lambda each: (each.examined_on or dt.date.min, each.id), reverse=True)
    return Visits(tuple(newest_first), tuple(Change(side, on) for side, on in changed))


def _visit(examination: Examination, opened_on: dt.date | None, closed_on: dt.date | None) -> Visit:
    values: dict[str, Any] = {}
    for field in EXAMINATION_FORM:
        if not isinstance(field, ListField):
            values |= read_field(own_or_side(examination, field), field)
    return Visit(
        examination.id,
        examination.version,
        examination.examined_on,
        examination.examined_by or "",
        examination.case_id,
        opened_on,
        closed_on,
        values,
    )
