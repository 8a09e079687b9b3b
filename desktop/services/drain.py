"""Open and save a drain that an operation left in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import known, unconfirmed
from desktop.forms.drain import DRAIN_FORM
from desktop.models.operation import Operation
from desktop.models.partial_date import PartialDate
from desktop.rules.operation_part import check_out_after_in, check_side_stays
from desktop.services.context import require
from desktop.services.record import Snapshot, get_record, open_record, save_record
from desktop.services.report_guard import refuse_change_of_signed, refuse_if_signed


def open_drain(session: Session, drain_id: int | None) -> Snapshot:
    return open_record(session, DRAIN_FORM, drain_id)


def save_drain(session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int) -> Snapshot:
    require(session, DRAIN_FORM.edit)
    operation = get_record(session, Operation, operation_id)
    if opened.id is None:
        refuse_if_signed(session, operation_id)
    else:
        refuse_change_of_signed(session, DRAIN_FORM, operation_id, opened.values, values)
    problems = check_side_stays(opened.values.get("side"), values.get("side"))
    removed_on = known(values, "removed_on")
    problems += check_out_after_in(PartialDate.of(removed_on) if removed_on else None, operation.happened_on)
    if problems := unconfirmed(problems, values):
        raise Rejected(problems)
    belongs = {"patient_id": operation.patient_id, "operation_id": operation_id}
    return save_record(session, DRAIN_FORM, opened, values, belongs)
