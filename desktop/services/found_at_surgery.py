"""Write into a case what was found at surgery, and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import Indication, IndicationLayer, Side
from desktop.models.operative_report import OperativeReport
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.label_place import as_stored
from desktop.services.record import Snapshot
from desktop.services.report_guard import refuse_if_signed
from desktop.services.revision import open_case, save_case


def add_found(
    session: Session, patient_id: int, case_id: int, side: Side, indication: Indication, note: str | None = None
) -> Snapshot:
    """One more indication of the layer “found at surgery”; what stands there already is not written twice."""
    require(session, Verb.EDIT_REPORT)
    _require_report(session, case_id)
    case = open_case(session, case_id)
    rows = case.values["indications"] or ()
    if any(_is(row, side, indication) for row in rows):
        return case
    found = {
        "side": side,
        "indication": indication,
        "layer": IndicationLayer.FOUND,
        "note": (note or "").strip() or None,
    }
    return save_case(session, case, {**as_stored(CASE_FORM, case), "indications": (*rows, found)}, patient_id)


def take_back_found(session: Session, patient_id: int, case_id: int, side: Side, indication: Indication) -> Snapshot:
    require(session, Verb.EDIT_REPORT)
    _require_report(session, case_id)
    case = open_case(session, case_id)
    rows = tuple(row for row in case.values["indications"] or () if not _is(row, side, indication))
    return save_case(session, case, {**as_stored(CASE_FORM, case), "indications": rows}, patient_id)


def _is(row: Mapping[str, Any], side: Side, indication: Indication) -> bool:
    return (row.get("side"), row.get("indication"), row.get("layer")) == (side, indication, IndicationLayer.FOUND)


def _require_report(session: Session, case_id: int) -> None:
    """What was found is told with the report that is being written."""
    of_case = select(OperativeReport.operation_id).where(OperativeReport.case_id == case_id)
    operation_id = session.scalars(of_case.limit(1)).first()
    if operation_id is None:
        raise UserError("Not saved: begin the operative report first; what was found belongs to it.")
    refuse_if_signed(session, operation_id)
