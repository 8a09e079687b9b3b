"""A hematoma that was evacuated under local with sedation, for the tests that need a complication."""

from __future__ import annotations

from typing import Any

from desktop.forms.complication import COMPLICATION_FORM
from desktop.models.choices import AnesthesiaKind, ClavienDindo, ComplicationKind, Side
from desktop.models.partial_date import PartialDate
from desktop.services.record import Snapshot

NEW = Snapshot(None, None, {})


def hematoma(**changes: Any) -> dict[str, Any]:
    told = {
        "kind": ComplicationKind.HEMATOMA,
        "side": Side.RIGHT,
        "onset_on": PartialDate(2026, 11, 20),
        "treatment": "Evacuated",
        "anesthetic": AnesthesiaKind.LOCAL_SEDATION,
        "grade": ClavienDindo.IIIA,
    }
    return COMPLICATION_FORM.empty() | told | changes
