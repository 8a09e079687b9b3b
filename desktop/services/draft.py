"""Keep what a person typed until it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.draft import Draft
from desktop.services.context import actor_of, now

NEW_OF_PATIENT = ("new:{}", "patient {}")
"""How the forms name the draft of a new record: by its patient's number, and after a colon whatever else tells it."""


@dataclass(frozen=True)
class KeptDraft:
    typed: Mapping[str, Any]
    opened_version: int | None
    kept_at: dt.datetime


@dataclass(frozen=True)
class DraftOf:
    """Which form of which record a draft belongs to; a new record is named by what it will belong to."""

    form: str
    record_key: str


def keep_draft(session: Session, of: DraftOf, typed: Mapping[str, Any], opened_version: int | None) -> dt.datetime:
    kept_at = now(session)
    session.merge(
        Draft(
            account_id=actor_of(session).account_id,
            form=of.form,
            record_key=of.record_key,
            opened_version=opened_version,
            typed=dict(typed),
            kept_at=kept_at,
        )
    )
    return kept_at


def find_draft(session: Session, of: DraftOf) -> KeptDraft | None:
    draft = session.get(Draft, (actor_of(session).account_id, of.form, of.record_key))
    return KeptDraft(draft.typed, draft.opened_version, draft.kept_at) if draft else None


def drop_draft(session: Session, of: DraftOf) -> None:
    if draft := session.get(Draft, (actor_of(session).account_id, of.form, of.record_key)):
        session.delete(draft)


def follow_patient(session: Session, from_id: int, to_id: int) -> None:
    """What people typed for something new of one patient belongs to another now, unless they typed there as well."""
    for wording in NEW_OF_PATIENT:
        old, new = wording.format(from_id), wording.format(to_id)
        keys = or_(Draft.record_key == old, Draft.record_key.startswith(f"{old}:"))
        for draft in session.scalars(select(Draft).where(keys)):
            new_key = new + draft.record_key.removeprefix(old)
            if session.get(Draft, (draft.account_id, draft.form, new_key)) is None:
                draft.record_key = new_key


def follow_case(session: Session, form: str, patient_id: int, case_id: int) -> None:
    """What people typed for something new of a patient without a case belongs to the case that was opened now."""
    of_patient = NEW_OF_PATIENT[1].format(patient_id)
    for draft in session.scalars(select(Draft).where(Draft.form == form, Draft.record_key == of_patient)):
        draft.record_key = f"case {case_id}"


def list_drafts(session: Session) -> tuple[DraftOf, ...]:
    rows = session.execute(
        select(Draft.form, Draft.record_key)
        .where(Draft.account_id == actor_of(session).account_id)
        .order_by(Draft.kept_at.desc())
    )
    return tuple(DraftOf(form, key) for form, key in rows)
