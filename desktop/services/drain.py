"""Open and save a drain that an operation left in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.drain import DRAIN_FORM
from desktop.models.operation import Operation
from desktop.rules.dates import show_partial_date
from desktop.rules.problem import Problem
from desktop.rules.side import check_side_stays
from desktop.services.context import require
from desktop.services.device import known, unconfirmed
from desktop.services.record import Snapshot, get_record, open_record, save_record


def open_drain(session: Session, drain_id: int | None) -> Snapshot:
    """Without a number, an empty one."""
    if drain_id is None:
        require(session, DRAIN_FORM.view)
        return Snapshot(None, None, DRAIN_FORM.empty())
    return open_record(session, DRAIN_FORM, drain_id)


def save_drain(session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int) -> Snapshot:
    require(session, DRAIN_FORM.edit)
    operation = get_record(session, Operation, operation_id)
    problems = check_side_stays(opened.values.get("side"), values.get("side"))
    removed_on, placed_on = known(values, "removed_on"), operation.happened_on
    if removed_on is not None and placed_on is not None and removed_on < placed_on.earliest:
        message = f"It was placed {show_partial_date(placed_on)} and cannot have come out before."
        problems.append(Problem("removed_on", message))
    if problems := unconfirmed(problems, values):
        raise Rejected(problems)
    belongs = {"patient_id": operation.patient_id, "operation_id": operation_id}
    return save_record(session, DRAIN_FORM, opened, values, belongs)
