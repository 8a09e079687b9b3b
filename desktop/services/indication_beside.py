"""Tell what is known already beside the questions of one indication: device, examination, patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.indication_beside import OF_PATIENT, SEEN_BESIDE
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import UNKNOWN, Indication, Side
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.patient import rows_of
from desktop.rules.problem import Values
from desktop.rules.side import field_at
from desktop.rules.spell import show_age_in_place
from desktop.services.context import today
from desktop.services.examination import newest_examination
from desktop.services.operation import DeviceInSide, read_history
from desktop.services.record import load_form, snapshot_of


@dataclass(frozen=True)
class Known:
    """Facts under one heading, each with its caption; `place` is the tab or the part of the case that keeps them."""

    title: str
    detail: str
    facts: tuple[tuple[str, str], ...]
    place: str


def known_beside(
    session: Session, patient_id: int, case_id: int, side: Side, indication: Indication, surgery_on: dt.date | None
) -> tuple[Known, ...]:
    device = read_history(session, patient_id).in_place_before(side, surgery_on)
    groups = [
        _device(device, side, today(session)),
        _examined(session, patient_id, case_id, side, indication),
        _patient(session, patient_id, indication),
    ]
    return tuple(group for group in groups if group is not None)


def _device(device: DeviceInSide | None, side: Side, day: dt.date) -> Known:
    if device is None:
        return Known(f"No implant recorded, {side.label}", "", (), "history")
    since = device.occupation.since
    facts = [("Device", device.title)]
    if device.detail:
        facts.append(("Details", device.detail))
    age = f"{show_partial_date(since)} ({show_age_in_place(since, day)})" if since else "not known"
    facts.append(("Since", age))
    return Known(f"In place, {side.label}", "", tuple(facts), "history")


def _examined(session: Session, patient_id: int, case_id: int, side: Side, indication: Indication) -> Known | None:
    """What was measured that belongs to this indication; what was not measured is said to be so."""
    asked = SEEN_BESIDE.get(indication, ())
    if not asked:
        return None
    examination = newest_examination(session, patient_id, case_id)
    if examination is None:
        return Known("Examination", "Not examined yet", (), "examination")
    values = examination.values
    on, by = values.get("examined_on"), values.get("examined_by")
    who = ", ".join(filter(None, (show_date(on) if on else "", by or "")))
    return Known("Examination", who, tuple(_measured(values, side, asked)), "examination")


def _measured(values: Values, side: Side, asked: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    fields = {field.name: field for field in EXAMINATION_FORM}
    for name in asked:
        field = fields.get(field_at(side, name)) or fields.get(name)
        if field is not None:
            yield field.label, field.show(values.get(field.name)) or "not asked"


def _patient(session: Session, patient_id: int, indication: Indication) -> Known | None:
    asked = OF_PATIENT.get(indication, ())
    if not asked:
        return None
    values = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values
    facts = [(PATIENT_FORM.field(name).label, _told(values, name)) for name in asked if name != "medicines"]
    if "medicines" in asked:
        thinning = [row["name"] for row in rows_of(values.get("medicines")) if row.get("is_anticoagulant")]
        facts.append(("Thins the blood", ", ".join(thinning) or "nothing recorded"))
    return Known("Patient", "", tuple(facts), "details")


def _told(values: Values, name: str) -> str:
    value = values.get(name)
    if value is UNKNOWN:
        return "unknown"
    return PATIENT_FORM.field(name).show(value) or "not asked"
