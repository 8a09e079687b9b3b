"""Open and save an imaging study of one side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import unconfirmed
from desktop.forms.imaging import IMAGING_FORM
from desktop.models.imaging import ImagingStudy
from desktop.rules.operation_part import check_side_stays
from desktop.services.context import require
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, open_record, save_record


def open_imaging(session: Session, study_id: int | None) -> Snapshot:
    return open_record(session, IMAGING_FORM, study_id)


def save_imaging(session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int) -> Snapshot:
    require(session, IMAGING_FORM.edit)
    if opened.id is not None:
        require_hers(session, get_record(session, ImagingStudy, opened.id).patient_id, patient_id)
    if problems := unconfirmed(check_side_stays(opened.values.get("side"), values.get("side")), values):
        raise Rejected(problems)
    return save_record(session, IMAGING_FORM, opened, values, {"patient_id": patient_id})
