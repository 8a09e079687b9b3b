"""Open and save an imaging study of one side, and tell all studies of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import unconfirmed
from desktop.forms.imaging import IMAGING_FORM
from desktop.models.attachment import Attachment
from desktop.models.choices import Side
from desktop.models.imaging import ImagingStudy
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation
from desktop.rules.operation_part import check_side_stays
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.operation import History, read_history
from desktop.services.operation_parts import PartRow, read_parts
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, save_record


@dataclass(frozen=True)
class Study:
    """`device` says what was in that side then; `reports` are the titles of the files kept with the study."""

    row: PartRow
    device: str
    reports: tuple[str, ...]


def open_imaging(session: Session, study_id: int | None) -> Snapshot:
    return open_record(session, IMAGING_FORM, study_id)


def save_imaging(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    require(session, IMAGING_FORM.edit)
    if opened.id is not None:
        require_hers(session, get_record(session, ImagingStudy, opened.id).patient_id, patient_id)
    if problems := unconfirmed(check_side_stays(opened.values.get("side"), values.get("side")), values):
        raise Rejected(problems)
    return save_record(session, IMAGING_FORM, opened, values, {"patient_id": patient_id})


def read_studies(session: Session, patient_id: int) -> tuple[Study, ...]:
    """Newest first."""
    require(session, Verb.VIEW_CASE)
    rows = read_parts(session, patient_id, None).imaging
    if not rows:
        return ()
    history = read_history(session, patient_id)
    kept = select(Attachment.imaging_id, Attachment.title).where(
        Attachment.patient_id == patient_id, Attachment.imaging_id.is_not(None)
    )
    reports: dict[int | None, list[str]] = {}
    for study_id, title in session.execute(kept.order_by(Attachment.id)):
        reports.setdefault(study_id, []).append(title)
    dated = select(ImagingStudy.id, ImagingStudy.happened_on).where(ImagingStudy.patient_id == patient_id)
    days = {each.id: each.happened_on for each in session.execute(dated)}
    return tuple(
        Study(row, _device_then(history, row.side, days[row.id]), tuple(reports.get(row.id, ()))) for row in rows
    )


def _device_then(history: History, side: Side, on: PartialDate | None) -> str:
    """No surer than the dates are."""
    if on is None:
        return ""
    chain = [device for device in history.chain(side) if _can_have_been_in(device.occupation, on)]
    if not chain:
        return "no device recorded in this side then"
    titles = " or ".join(dict.fromkeys(device.title for device in chain))
    is_sure = len(chain) == 1 and _was_in(chain[0].occupation, on)
    return f"in place then: {titles}" if is_sure else f"in place then, not certain: {titles}"


def _can_have_been_in(occupation: Occupation, on: PartialDate) -> bool:
    since, until = occupation.since, occupation.until
    return (since is None or since.earliest <= on.latest) and (until is None or until.latest >= on.earliest)


def _was_in(occupation: Occupation, on: PartialDate) -> bool:
    since, until = occupation.since, occupation.until
    is_out = occupation.fate_unknown or (until is None and occupation.removed_by is not None)
    return (
        since is not None
        and since.latest <= on.earliest
        and (until is None or until.earliest >= on.latest)
        and not is_out
    )
