"""Write down who read or wrote what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.models.audit import AuditEntry
from desktop.models.base import Base
from desktop.models.patient import Patient
from desktop.rules.permission import Verb
from desktop.rules.signing import canonical_json
from desktop.services.context import actor_of, now


def write_audit(session: Session, verb: Verb | str, record: Base, changes: Mapping[str, Any] | None = None) -> None:
    """One row in the same transaction; `changes` maps each field to its old and new value."""
    if getattr(record, "id", None) is None:
        session.flush()
    actor = actor_of(session)
    record_id: int | None = getattr(record, "id", None)
    patient_id = record_id if isinstance(record, Patient) else getattr(record, "patient_id", None)
    session.add(
        AuditEntry(
            at=now(session),
            account_id=actor.account_id,
            account_name=actor.name,
            workstation=actor.workstation,
            verb=verb.value if isinstance(verb, Verb) else verb,
            patient_id=patient_id,
            record=record.__tablename__,
            record_id=record_id,
            changes=json.loads(canonical_json(dict(changes or {}))),
        )
    )
