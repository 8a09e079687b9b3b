"""A patient to be operated on with what lies ready for her, and hands that answer her safety checklist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from desktop.forms.consent import CONSENT_FORM
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.models.choices import ConsentKind, DeviceRole, OrderState, SafetyMoment, SafetyReply, Side
from desktop.services.device_order import save_order
from desktop.services.record import Snapshot
from desktop.services.safety import answer_item, finish_phase, name_present, read_safety
from desktop.services.safety_file import PhaseKey, SafetyFile

NOTHING_YET = Snapshot(None, None, {})
SIGN_IN, TIME_OUT, SIGN_OUT = (
    PhaseKey(moment) for moment in (SafetyMoment.SIGN_IN, SafetyMoment.TIME_OUT, SafetyMoment.SIGN_OUT)
)
TEAM = "Dr. A. Marchetti, Nurse J. Pell"


def add_device_at_hand(session: Session, patient_id: int, case_id: int, side: Side, **changes: Any) -> None:
    """Mentor MemoryGel 300 mL that came in time and is usable long enough."""
    line = {
        "side": side,
        "role": DeviceRole.FIRST_CHOICE,
        "manufacturer": "Mentor",
        "line": "MemoryGel",
        "volume_ml": 300,
        "quantity": 1,
        "state": OrderState.HERE,
        "lot": "7512345",
        "serial": "7512345-016",
        "expires_on": dt.date(2028, 5, 31),
        "arrived_on": dt.date(2026, 11, 2),
    }
    save_order(session, NOTHING_YET, DEVICE_ORDER_FORM.empty() | line | changes, patient_id, case_id)


def procedure_consent(**sides: str) -> dict[str, Any]:
    """The answers of a consent to the operation; `right="…"` is what was agreed to there."""
    said = {f"{side}.procedure": words for side, words in sides.items()}
    return CONSENT_FORM.empty() | {"kind": ConsentKind.PROCEDURE} | said


def answer_all(session: Session, patient_id: int, case_id: int, key: PhaseKey) -> SafetyFile:
    """Yes to everything that is open, and the team is named."""
    file = read_safety(session, patient_id, case_id)
    for each in file.phase(key).lines:
        if each.reply is None:
            answer_item(session, case_id, key, each.line, SafetyReply.YES, "", each.text)
    return name_present(session, case_id, key, TEAM)


def finish(session: Session, patient_id: int, case_id: int, key: PhaseKey) -> SafetyFile:
    phase = answer_all(session, patient_id, case_id, key).phase(key)
    return finish_phase(session, case_id, key, phase.version or 0, "told by the test")
