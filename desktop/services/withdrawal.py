"""Take out of the record what was recorded by mistake; all of it stays in the audit, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, UserError
from desktop.forms.device import DEVICE_FORM, draft_key
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.device import DeviceSpell
from desktop.models.draft import Draft
from desktop.models.drain import Drain
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation
from desktop.models.records_request import RecordsRequest
from desktop.models.removal import Removal
from desktop.rules.reading import clean_line
from desktop.services.audit import write_audit
from desktop.services.context import require
from desktop.services.device import WITH_DEVICES, reach_of
from desktop.services.operation import open_operation, relink
from desktop.services.record import Snapshot, get_record, load_form, snapshot_of
from desktop.services.search_index import forget_device_numbers


def withdraw_operation(session: Session, operation_id: int, version: int, reason: str) -> None:
    """The operation goes with the devices it put in; what else hangs on it has to be taken out or moved first."""
    require(session, OPERATION_FORM.edit)
    _check_reason(reason)
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    content = open_operation(session, operation_id)
    if operation.version != version:
        raise RecordChanged(content)
    if hanging := list(_hanging_on(session, operation_id)):
        raise UserError(
            f"The operation was not taken out: {_listed(hanging)} {'hangs' if len(hanging) == 1 else 'hang'} on it. "
            "Take that out first, or record it where it belongs."
        )
    for row in operation.sides:
        if row.spell is not None:
            device = row.spell.device
            described = snapshot_of(DEVICE_FORM, device, reach_of(row.spell))
            write_audit(session, "withdraw_device", device, _content(described, reason))
            forget_device_numbers(session, device)
            _drop_drafts(session, (DEVICE_FORM, REMOVAL_FORM), draft_key(operation_id, row.side))
    write_audit(session, "withdraw_operation", operation, _content(content, reason))
    _drop_drafts(session, (OPERATION_FORM,), str(operation_id))
    _drop_drafts(session, (MATRIX_FORM, DRAIN_FORM), f"operation {operation_id}")
    came_out = DeviceSpell.removed_operation_id == operation_id
    session.execute(update(DeviceSpell).where(came_out).values(removed_operation_id=None))
    session.delete(operation)
    relink(session, operation.patient_id)


def withdraw_matrix(session: Session, matrix_id: int, version: int, reason: str) -> None:
    forget_device_numbers(session, _take_out(session, MATRIX_FORM, matrix_id, version, reason))


def withdraw_drain(session: Session, drain_id: int, version: int, reason: str) -> None:
    _take_out(session, DRAIN_FORM, drain_id, version, reason)


def withdraw_imaging(session: Session, study_id: int, version: int, reason: str) -> None:
    _take_out(session, IMAGING_FORM, study_id, version, reason)


def withdraw_removal(session: Session, removal_id: int, version: int, reason: str) -> None:
    """What was written about a device that came out; that it came out is said by its operation and stays."""
    removal = _take_out(session, REMOVAL_FORM, removal_id, version, reason)
    _drop_drafts(session, (REMOVAL_FORM,), draft_key(removal.operation_id, removal.side))


def _take_out(session: Session, form: Form, record_id: int, version: int, reason: str) -> Any:
    require(session, form.edit)
    _check_reason(reason)
    record = load_form(session, form, record_id)
    content = snapshot_of(form, record)
    if record.version != version:
        raise RecordChanged(content)
    write_audit(session, f"withdraw_{form.name}", record, _content(content, reason))
    _drop_drafts(session, (form,), str(record_id))
    session.delete(record)
    session.flush()
    return record


def _check_reason(reason: str) -> None:
    if not clean_line(reason):
        raise UserError("Nothing was changed: write why it is taken out.")


def _content(snapshot: Snapshot, reason: str) -> dict[str, Any]:
    """Every answer with its source, as an answer that became nothing."""
    told = {name: [value, None] for name, value in snapshot.values.items() if value not in (None, ())}
    return told | {"reason": [None, clean_line(reason)]}


def _drop_drafts(session: Session, forms: tuple[Form, ...], key: str) -> None:
    """Everybody's: a number that is free again must not bring back what was typed about something else."""
    names = [form.name for form in forms]
    session.execute(delete(Draft).where(Draft.form.in_(names), Draft.record_key == key))


def _hanging_on(session: Session, operation_id: int) -> Iterator[str]:
    for side in session.scalars(select(Removal.side).where(Removal.operation_id == operation_id)):
        yield f"what came out of {side.label}"
    for table, one, many in (
        (Matrix, "a matrix or mesh", "matrices or meshes"),
        (Drain, "a drain", "drains"),
        (RecordsRequest, "a request for records", "requests for records"),
    ):
        count = session.scalar(select(func.count()).select_from(table).where(table.operation_id == operation_id)) or 0
        if count:
            yield one if count == 1 else f"{count} {many}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
