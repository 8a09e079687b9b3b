"""Open and save what came out of one side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Side
from desktop.models.operation import Operation
from desktop.models.removal import Removal
from desktop.rules.removal import check_days_after
from desktop.rules.spell import TAKES_OUT
from desktop.services.context import require
from desktop.services.record import Snapshot, get_record, open_record, save_record
from desktop.services.report_guard import refuse_change_of_signed


def open_removal(session: Session, operation_id: int, side: Side) -> Snapshot:
    """What is recorded of the device that came out of a side, or an empty form for it."""
    require(session, REMOVAL_FORM.view)
    return _open(session, operation_id, side)


def save_removal(
    session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int, side: Side
) -> Snapshot:
    require(session, REMOVAL_FORM.edit)
    operation = get_record(session, Operation, operation_id, selectinload(Operation.sides))
    event = next((row.event for row in operation.sides if row.side is side), None)
    if event not in TAKES_OUT:
        raise UserError(
            f"Not saved: by now this operation says that no device came out of {side.label}. What you typed is kept. "
            f"Correct what was done in {side.label} first."
        )
    theirs = _open(session, operation_id, side)
    if theirs.id != opened.id:
        raise RecordChanged(theirs)
    refuse_change_of_signed(session, REMOVAL_FORM, operation_id, theirs.values, values)
    if problems := check_days_after(values, operation.happened_on.earliest if operation.happened_on else None):
        raise Rejected(problems)
    belongs = {"patient_id": operation.patient_id, "operation_id": operation_id, "side": side}
    return save_record(session, REMOVAL_FORM, opened, values, belongs)


def _open(session: Session, operation_id: int, side: Side) -> Snapshot:
    of_side = (Removal.operation_id == operation_id, Removal.side == side)
    return open_record(session, REMOVAL_FORM, session.scalars(select(Removal.id).where(*of_side)).one_or_none())
