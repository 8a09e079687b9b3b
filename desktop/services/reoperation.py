"""Tell the cases of a patient over time, and start a new one that goes on from one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import UserError
from desktop.forms.complication import COMPLICATION_FORM
from desktop.forms.form import PREFILLED, PREFILLED_FROM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import ClavienDindo, Fill, Indication, IndicationLayer, Side
from desktop.models.complication import Complication
from desktop.models.device import Device
from desktop.models.indication import IndicationFinding
from desktop.models.operation import Operation
from desktop.models.revision import CaseIndication, RevisionCase
from desktop.rules.complication import complication_words, highest, indication_of
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb
from desktop.services.audit import write_audit
from desktop.services.context import require
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, snapshot_of
from desktop.services.revision import close_case, find_open_case, save_case

_NOTHING_YET = Snapshot(None, None, {})
_CARRIED = (IndicationLayer.SURGEON, IndicationLayer.FOUND)
"""In this order: what the surgeon assessed comes before what was found and says the same."""


@dataclass(frozen=True)
class CaseRow:
    """One case in few words; `reasons` are its indications with their sides."""

    id: int
    opened_on: dt.date
    closed_on: dt.date | None
    surgery_on: dt.date | None
    reasons: str
    highest_grade: ClavienDindo | None
    carried_from_id: int | None


@dataclass(frozen=True)
class _Reason:
    """An indication of the new case, and the row of the old one whose findings go with it."""

    side: Side
    indication: Indication
    note: str | None
    from_row: int | None = None


def read_cases(session: Session, patient_id: int) -> tuple[CaseRow, ...]:
    """Newest first."""
    require(session, Verb.VIEW_CASE)
    cases = session.scalars(
        select(RevisionCase)
        .where(RevisionCase.patient_id == patient_id)
        .options(selectinload(RevisionCase.indications))
        .order_by(RevisionCase.id.desc())
    ).all()
    graded = select(Complication.case_id, Complication.grade).where(Complication.patient_id == patient_id)
    grades: dict[int | None, list[ClavienDindo | None]] = {}
    for case_id, grade in session.execute(graded):
        grades.setdefault(case_id, []).append(grade)
    return tuple(
        CaseRow(
            case.id,
            case.opened_on,
            case.closed_on,
            case.surgery_on,
            " · ".join(dict.fromkeys(f"{row.side.label} {row.indication.label.lower()}" for row in case.indications)),
            highest(grades.get(case.id, [])),
            case.carried_from_id,
        )
        for case in cases
    )


def start_reoperation(
    session: Session,
    patient_id: int,
    case_id: int,
    complication_id: int | None = None,
    *,
    close_first: bool = False,
) -> int:
    """Make the next case; what still holds is carried over, and every carried answer waits to be confirmed.

    A patient has one case under way: the old one is closed only when `close_first` says so. Its plan is not carried.
    """
    require(session, Verb.EDIT_CASE)
    before = get_record(session, RevisionCase, case_id, selectinload(RevisionCase.indications))
    require_hers(session, before.patient_id, patient_id)
    complication = _complication(session, complication_id, patient_id, case_id)
    _leave_no_case_open(session, patient_id, case_id, close_first=close_first)
    reasons = list(_reasons(session, before, complication))
    values = CASE_FORM.empty() | {
        "own_words": before.own_words,
        "indications": tuple(
            {"side": each.side, "indication": each.indication, "layer": IndicationLayer.SURGEON, "note": each.note}
            for each in reasons
        ),
        "note": f"Complication of the case before: {_told(complication)}" if complication else None,
    }
    carried = [name for name in ("own_words", "indications", "note") if values[name] not in (None, "", ())]
    source = f"the case of {show_date(before.opened_on)}"
    saved = save_case(session, _NOTHING_YET, values | {PREFILLED: tuple(carried), PREFILLED_FROM: source}, patient_id)
    assert saved.id is not None
    begun = get_record(session, RevisionCase, saved.id, selectinload(RevisionCase.indications))
    begun.carried_from_id = case_id
    session.flush()
    for each, row in zip(reasons, begun.indications, strict=True):
        if each.from_row is not None:
            _carry_finding(session, each.from_row, row.id)
    write_audit(session, "start_reoperation", begun, {"carried_from_id": [None, case_id]})
    return begun.id


def _leave_no_case_open(session: Session, patient_id: int, case_id: int, *, close_first: bool) -> None:
    open_id = find_open_case(session, patient_id)
    if open_id is None:
        return
    if open_id != case_id:
        raise UserError(
            "No new case was started: another case of this patient is open. Go on there, or close it first."
        )
    if not close_first:
        raise UserError("No new case was started: this one is still open, and a patient has one case at a time.")
    close_case(session, case_id)


def _complication(session: Session, complication_id: int | None, patient_id: int, case_id: int) -> Complication | None:
    if complication_id is None:
        return None
    found = get_record(session, Complication, complication_id)
    require_hers(session, found.patient_id, patient_id)
    if found.case_id != case_id:
        raise UserError("No new case was started: this complication belongs to another case. Open it there.")
    return found


def _reasons(session: Session, before: RevisionCase, complication: Complication | None) -> Iterator[_Reason]:
    """The complication first, then the surgeon's reasons, then what surgery found and nobody had assessed."""
    kept: dict[tuple[Side, Indication], _Reason] = {}
    for layer in _CARRIED:
        for row in (row for row in before.indications if row.layer is layer):
            kept.setdefault((row.side, row.indication), _Reason(row.side, row.indication, _remark(row), row.id))
    if complication is not None and complication.side is not None:
        indication = _goes_on_as(session, complication)
        if indication is not None:  # what was assessed of it before goes with it
            yield kept.pop((complication.side, indication), _Reason(complication.side, indication, None))
    yield from kept.values()


def _remark(row: CaseIndication) -> str | None:
    if row.layer is IndicationLayer.FOUND:
        return "; ".join(filter(None, ("found at surgery", row.note)))[:200]
    return row.note


def _goes_on_as(session: Session, complication: Complication) -> Indication | None:
    operation = session.get(Operation, complication.operation_id) if complication.operation_id else None
    device = session.get(Device, complication.device_id) if complication.device_id else None
    fill: Fill | None = device.fill if device else None
    values = snapshot_of(COMPLICATION_FORM, complication).values
    return indication_of(values, operation.happened_on if operation else None, fill)


def _told(complication: Complication) -> str:
    words = complication_words(snapshot_of(COMPLICATION_FORM, complication).values)
    return f"{words}. {complication.treatment}" if complication.treatment else f"{words}."


def _carry_finding(session: Session, from_row: int, to_row: int) -> None:
    """What was found for a reason, as a row of its own: the old case keeps its own."""
    found = session.scalars(select(IndicationFinding).where(IndicationFinding.indication_id == from_row)).one_or_none()
    if found is None:
        return
    own = {"id", "version", "indication_id"}
    columns = [column.key for column in IndicationFinding.__mapper__.column_attrs if column.key not in own]
    answers: dict[str, Any] = {name: getattr(found, name) for name in columns}
    session.add(IndicationFinding(**answers, indication_id=to_row))
    session.flush()
