"""Gather what an operation holds as one piece of content: it is signed with the report and compared with it later."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.device import DEVICE_FORM
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.form import Form
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.drain import Drain
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation
from desktop.models.removal import Removal
from desktop.rules.signing import content_hash
from desktop.services.device import WITH_DEVICES, reach_of
from desktop.services.operation import operation_snapshot
from desktop.services.record import get_record, load_form, snapshot_of
from desktop.services.report_guard import at_surgery


def operation_content(session: Session, operation_id: int) -> dict[str, Any]:
    """Which later operation ended the spell of a device is no part of it: that goes on to change."""
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    devices = {row.side.value: row.spell for row in operation.sides if row.spell is not None}
    return {
        "id": operation_id,
        "answers": dict(operation_snapshot(session, operation_id).values),
        "devices": {
            side: dict(snapshot_of(DEVICE_FORM, spell.device, reach_of(spell)).values)
            for side, spell in devices.items()
        },
        "removals": dict(_parts(session, REMOVAL_FORM, Removal, operation_id)),
        "matrices": [content for _side, content in _parts(session, MATRIX_FORM, Matrix, operation_id)],
        "drains": [content for _side, content in _parts(session, DRAIN_FORM, Drain, operation_id)],
    }


def operation_hash(session: Session, operation_id: int) -> str:
    """Changes whenever anything changes that would be signed with the operation."""
    return content_hash(operation_content(session, operation_id))


def patients_of(session: Session, operation_id: int) -> set[int]:
    """On whom the operation and all that it holds hang: one patient, unless somebody changed the store by hand."""
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    spells = [row.spell for row in operation.sides if row.spell is not None]
    found = {operation.patient_id} | {each.patient_id for spell in spells for each in (spell, spell.device)}
    kinds: tuple[Any, ...] = (Removal, Matrix, Drain)
    for kind in kinds:
        found |= set(session.scalars(select(kind.patient_id).where(kind.operation_id == operation_id)))
    return found


def _parts(session: Session, form: Form, kind: Any, operation_id: int) -> list[tuple[str, dict[str, Any]]]:
    rows = session.execute(select(kind.id, kind.side).where(kind.operation_id == operation_id).order_by(kind.id))
    return [
        (side.value, at_surgery(form, snapshot_of(form, load_form(session, form, record_id)).values))
        for record_id, side in rows.all()
    ]
