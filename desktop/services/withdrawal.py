"""Take out of the record what was recorded by mistake; all of it stays in the audit, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.complication import COMPLICATION_FORM
from desktop.forms.consent import CONSENT_FORM
from desktop.forms.device import DEVICE_FORM, draft_key
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import Form
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.complication import Complication
from desktop.models.consent import Consent
from desktop.models.device import DeviceSpell
from desktop.models.draft import Draft
from desktop.models.drain import Drain
from desktop.models.examination import Examination
from desktop.models.imaging import ImagingStudy
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation, OperationSide
from desktop.models.operative_report import OperativeReport
from desktop.models.records_request import RecordsRequest
from desktop.models.removal import Removal
from desktop.models.revision import RevisionCase
from desktop.rules.reading import clean_line
from desktop.services.attachment import BelongsTo, refuse_while_files_hang
from desktop.services.audit import write_audit
from desktop.services.consent import withdrawal_of
from desktop.services.context import require
from desktop.services.device import WITH_DEVICES, reach_of
from desktop.services.examination import require_open
from desktop.services.indication import refuse_while_findings_rest
from desktop.services.operation import open_operation, relink
from desktop.services.record import Snapshot, get_record, load_form, snapshot_of
from desktop.services.report_guard import refuse_if_signed
from desktop.services.search_index import forget_device_numbers


def withdraw_operation(session: Session, operation_id: int, version: int, reason: str) -> None:
    """The operation goes with the devices it put in; what else hangs on it has to be taken out or moved first."""
    require(session, OPERATION_FORM.edit)
    _check_reason(reason)
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    content = open_operation(session, operation_id)
    if operation.version != version:
        raise RecordChanged(content)
    refuse_if_signed(session, operation_id, "The operation was not taken out")
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
    require(session, IMAGING_FORM.edit)
    patient_id = get_record(session, ImagingStudy, study_id).patient_id
    refuse_while_files_hang(session, BelongsTo(patient_id, imaging_id=study_id), "The study")
    refuse_while_findings_rest(session, study_id)
    _take_out(session, IMAGING_FORM, study_id, version, reason)


def withdraw_complication(session: Session, complication_id: int, version: int, reason: str) -> None:
    _take_out(session, COMPLICATION_FORM, complication_id, version, reason, is_of_operation=False)


def withdraw_examination(session: Session, examination_id: int, version: int, reason: str) -> None:
    """A visit that was recorded by mistake; one of a closed case stays."""
    require(session, EXAMINATION_FORM.edit)
    examination = get_record(session, Examination, examination_id, selectinload(Examination.marks))
    if examination.case_id is not None:
        require_open(get_record(session, RevisionCase, examination.case_id))
    _take_out(session, EXAMINATION_FORM, examination_id, version, reason)


def withdraw_removal(session: Session, removal_id: int, version: int, reason: str) -> None:
    """What was written about a device that came out; that it came out is said by its operation and stays."""
    removal = _take_out(session, REMOVAL_FORM, removal_id, version, reason)
    _drop_drafts(session, (REMOVAL_FORM,), draft_key(removal.operation_id, removal.side))


def take_out_consent(session: Session, consent_id: int, version: int, reason: str) -> None:
    """One that was begun by mistake. What was filed stays, and so does what the patient withdrew."""
    require(session, CONSENT_FORM.edit)
    consent = get_record(session, Consent, consent_id)
    if consent.signed_at is not None:
        raise SignedIsFrozen
    if withdrawal_of(session, consent_id) is not None:
        raise UserError("This consent was not taken out: the patient withdrew it, and that stays in the record.")
    refuse_while_files_hang(session, BelongsTo(consent.patient_id, consent_id=consent_id), "The consent")
    _take_out(session, CONSENT_FORM, consent_id, version, reason)


def withdraw_report(session: Session, report_id: int, version: int, reason: str) -> None:
    """A report, or an amendment of one, that was begun by mistake and is not signed; its operation stays."""
    _take_out(session, REPORT_FORM, report_id, version, reason)


def _take_out(
    session: Session, form: Form, record_id: int, version: int, reason: str, *, is_of_operation: bool = True
) -> Any:
    """`is_of_operation`: whether it is part of what a signed report of its operation says."""
    require(session, form.edit)
    _check_reason(reason)
    record = load_form(session, form, record_id)
    content = snapshot_of(form, record)
    if record.version != version:
        raise RecordChanged(content)
    if is_of_operation and getattr(record, "operation_id", None) is not None:
        refuse_if_signed(session, record.operation_id, "Nothing was taken out")
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
        (OperativeReport, "an operative report", "operative reports"),
        (Complication, "a complication", "complications"),
    ):
        count = session.scalar(select(func.count()).select_from(table).where(table.operation_id == operation_id)) or 0
        if count:
            yield one if count == 1 else f"{count} {many}"
    put_in = select(DeviceSpell.device_id).join(
        OperationSide, OperationSide.id == DeviceSpell.implanted_operation_side_id
    )
    of_device = (
        Complication.device_id.in_(put_in.where(OperationSide.operation_id == operation_id)),
        Complication.operation_id.is_distinct_from(operation_id),
    )
    if session.scalar(select(Complication.id).where(*of_device).limit(1)) is not None:
        yield "a complication of its device"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
