"""Open and save a matrix or mesh that an operation put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Rejected
from desktop.forms.answers import known, unconfirmed
from desktop.forms.matrix import MATRIX_FORM
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation
from desktop.rules.label import check_expiry
from desktop.rules.operation_part import check_out_after_in, check_side_stays
from desktop.services.context import require
from desktop.services.record import Snapshot, get_record, open_record, save_record
from desktop.services.report_guard import refuse_change_of_signed, refuse_if_signed
from desktop.services.search_index import keep_device_numbers


def open_matrix(session: Session, matrix_id: int | None) -> Snapshot:
    return open_record(session, MATRIX_FORM, matrix_id)


def save_matrix(session: Session, opened: Snapshot, values: Mapping[str, Any], operation_id: int) -> Snapshot:
    require(session, MATRIX_FORM.edit)
    operation = get_record(session, Operation, operation_id)
    if opened.id is None:
        refuse_if_signed(session, operation_id)
    else:
        refuse_change_of_signed(session, MATRIX_FORM, operation_id, opened.values, values)
    problems = check_side_stays(opened.values.get("side"), values.get("side"))
    problems += check_out_after_in(known(values, "removed_on"), operation.happened_on)
    if opened.id is None or values.get("expires_on") != opened.values.get("expires_on"):
        problems += check_expiry(known(values, "expires_on"), operation.happened_on)
    if problems := unconfirmed(problems, values):
        raise Rejected(problems)
    belongs = {"patient_id": operation.patient_id, "operation_id": operation_id}
    saved = save_record(session, MATRIX_FORM, opened, values, belongs)
    keep_device_numbers(session, get_record(session, Matrix, saved.id or 0))
    return saved
