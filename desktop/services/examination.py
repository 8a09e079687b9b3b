"""Keep what was seen and measured, visit by visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.examination import Examination
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, save_record


def open_examination(session: Session, examination_id: int) -> Snapshot:
    return open_record(session, EXAMINATION_FORM, examination_id)


def save_examination(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int | None = None
) -> Snapshot:
    """Write one visit; of a new one, `case_id` says in which case it was made."""
    if opened.id is not None:
        require(session, Verb.EDIT_CASE)
        require_hers(session, get_record(session, Examination, opened.id).patient_id, patient_id)
    return save_record(session, EXAMINATION_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def newest_examination(session: Session, patient_id: int, case_id: int) -> Snapshot | None:
    """The last one that was made in this case, or in none; None while nobody examined her."""
    require(session, Verb.VIEW_CASE)
    in_case = or_(Examination.case_id == case_id, Examination.case_id.is_(None))
    newest = select(Examination.id).where(Examination.patient_id == patient_id, in_case)
    found = session.scalar(newest.order_by(Examination.examined_on.desc(), Examination.id.desc()).limit(1))
    return None if found is None else open_examination(session, found)
