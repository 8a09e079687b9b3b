"""A consent that lacks nothing, and how one comes into a case, for the tests that need one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from desktop.forms.consent import CONSENT_FORM
from desktop.models.choices import ConsentKind, Language, YesNo
from desktop.services.consent import file_consent, save_consent
from desktop.services.record import Snapshot

NOTHING_YET = Snapshot(None, None, {})


def initialled(count: int, initials: str | None = "RO") -> tuple[dict[str, Any], ...]:
    return tuple({"item": str(number), "initials": initials} for number in range(1, count + 1))


def consent_answers(**changes: Any) -> dict[str, Any]:
    """Complete, for an operation on both sides."""
    return (
        CONSENT_FORM.empty()
        | {
            "kind": ConsentKind.PROCEDURE,
            "form_name": "Consent to revision",
            "form_version": "March 2026",
            "language": Language.ENGLISH,
            "given_on": dt.date(2026, 11, 10),
            "reviewed_on": dt.date(2026, 11, 16),
            "reviewed_with": "Dr. A. Marchetti",
            "understanding_checked": YesNo.YES,
            "right.procedure": "Total capsulectomy; implant exchange",
            "left.procedure": "Capsulorrhaphy, inferior",
            "item_count": 3,
            "items": initialled(3),
            "patient_signed_on": dt.date(2026, 11, 19),
            "patient_signed_as": "Rosalind Okafor",
            "clinician_signed_on": dt.date(2026, 11, 19),
            "clinician_signed_as": "Dr. A. Marchetti",
            "copy_given_on": dt.date(2026, 11, 19),
        }
        | changes
    )


def add_consent(session: Session, patient_id: int, case_id: int, **changes: Any) -> Snapshot:
    return save_consent(session, NOTHING_YET, consent_answers(**changes), patient_id, case_id)


def add_filed_consent(session: Session, patient_id: int, case_id: int, **changes: Any) -> Snapshot:
    saved = add_consent(session, patient_id, case_id, **changes)
    assert saved.id is not None
    assert saved.version is not None
    return file_consent(session, saved.id, saved.version)
