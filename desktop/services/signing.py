"""Freeze a record under a named person's signature, and prove that nobody changed it since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.consent import CONSENT_FORM
from desktop.forms.form import Form
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.safety import SAFETY_FORM
from desktop.models.merge import PatientMerge
from desktop.models.operative_report import OperativeReport
from desktop.rules.permission import Actor, Verb
from desktop.rules.signing import canonical_json
from desktop.services.context import now, require
from desktop.services.operation_content import operation_content
from desktop.services.record import load_form, snapshot_of
from desktop.services.report_guard import is_signed

SIGNED_FORMS = (PLAN_FORM, ANESTHESIA_FORM, CONSENT_FORM, REPORT_FORM, SAFETY_FORM)


@dataclass(frozen=True)
class BrokenSignature:
    table: str
    record_id: int
    detail: str


def sign(session: Session, record: Any, content: Mapping[str, Any], actor: Actor) -> None:
    """Keep the text that was signed and its SHA-256 beside the record; the store refuses to change either."""
    text = canonical_json(content).decode()
    record.signed_content = text
    record.signed_hash = hashlib.sha256(text.encode()).hexdigest()
    record.signed_by = actor.name
    record.signed_at = now(session)
    session.flush()


def broken_signatures(session: Session) -> Iterator[BrokenSignature]:
    """Signed records whose text, hash or columns no longer agree."""
    require(session, Verb.CHECK_STORE)
    for form in SIGNED_FORMS:
        table: Any = form.record
        for record_id in session.scalars(select(table.id).where(table.signed_at.is_not(None)).order_by(table.id)):
            record = load_form(session, form, record_id)
            detail = _difference(form, record) or _stranger(session, record) or _operation_differs(session, record)
            if detail:
                yield BrokenSignature(form.name, record_id, detail)


def _difference(form: Form, record: Any) -> str:
    text = record.signed_content or ""
    if hashlib.sha256(text.encode()).hexdigest() != record.signed_hash:
        return "the signed text does not match its hash"
    stored_now = json.loads(canonical_json(dict(snapshot_of(form, record).values)))
    if not _says_the_same(json.loads(text)["answers"], stored_now):
        return "the record differs from what was signed"
    return ""


def _operation_differs(session: Session, record: Any) -> str:
    """Of the newest version of a report: whether its operation is still what was signed with it."""
    if not isinstance(record, OperativeReport) or not is_signed(session, record.operation_id):
        return ""
    later = select(OperativeReport.id).where(
        OperativeReport.operation_id == record.operation_id, OperativeReport.id > record.id
    )
    if session.scalars(later).first() is not None:
        return ""
    stored_now = json.loads(canonical_json(operation_content(session, record.operation_id)))
    same = _says_the_same(json.loads(record.signed_content or "{}").get("operation"), stored_now)
    return "" if same else "the operation differs from what was signed with the report"


def _says_the_same(signed: Any, now: Any) -> bool:
    """A question that the form has learned since is not answered in what was signed before."""
    if isinstance(signed, dict) and isinstance(now, dict):
        asked_since = [now[name] for name in now.keys() - signed.keys()]
        return (
            signed.keys() <= now.keys()
            and not any(asked_since)
            and all(_says_the_same(signed[name], now[name]) for name in signed)
        )
    if isinstance(signed, list) and isinstance(now, list):
        return len(signed) == len(now) and all(map(_says_the_same, signed, now))
    return bool(signed == now)


def _stranger(session: Session, record: Any) -> str:
    """Whether it hangs on somebody for whom it was not signed, and no merge joins the two."""
    signed_for = json.loads(record.signed_content).get("patient_id", record.patient_id)
    pairs = [set(pair) for pair in session.execute(select(PatientMerge.kept_id, PatientMerge.merged_id))]
    joined = {signed_for}
    while further := {each for pair in pairs if pair & joined for each in pair} - joined:
        joined |= further
    return "" if record.patient_id in joined else "the record hangs on a patient for whom it was not signed"
