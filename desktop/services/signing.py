"""Freeze a record under a named person's signature, and prove that nobody changed it since."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.consent import CONSENT_FORM
from desktop.forms.form import Form
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.safety import SAFETY_FORM
from desktop.models.audit import AuditEntry
from desktop.models.merge import PatientMerge
from desktop.models.operative_report import OperativeReport
from desktop.rules.permission import Actor, Verb
from desktop.rules.signing import canonical_json
from desktop.services.context import now, require
from desktop.services.operation_content import operation_content, patients_of
from desktop.services.record import load_form, snapshot_of
from desktop.services.report_guard import is_signed

SIGNED_FORMS = (PLAN_FORM, ANESTHESIA_FORM, CONSENT_FORM, REPORT_FORM, SAFETY_FORM)

_NOT_SIGNED = {"id", "version", "patient_id", "signed_at", "signed_by", "signed_content", "signed_hash"}
"""A merge may give a signed record to another patient; who signed and when is what the audit says."""
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, UserError, ValueError)
"""What comes of reading a column that somebody filled by hand with what no person can answer."""
_SAME_MOMENT = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class BrokenSignature:
    table: str
    record_id: int
    detail: str


def sign(session: Session, record: Any, content: Mapping[str, Any], actor: Actor) -> None:
    """Keep the text that was signed and its SHA-256 beside the record; the store refuses to change either."""
    text = canonical_json({**content, "columns": _columns(record, content["answers"])}).decode()
    record.signed_content = text
    record.signed_hash = hashlib.sha256(text.encode()).hexdigest()
    record.signed_by = actor.name
    record.signed_at = now(session)
    session.flush()


def broken_signatures(session: Session) -> Iterator[BrokenSignature]:
    """Signed records whose text, hash or columns no longer agree."""
    require(session, Verb.CHECK_STORE)
    audited = _audited(session)
    for form in SIGNED_FORMS:
        table: Any = form.record
        told = audited.get(form.name, {})
        signed = set(session.scalars(select(table.id).where(table.signed_at.is_not(None))))
        there = set(session.scalars(select(table.id).where(table.id.in_(told.keys() - signed))))
        for record_id in sorted(signed | told.keys()):
            if record_id in signed:
                detail = _whats_wrong(session, form, record_id, told.get(record_id))
            else:
                detail = f"it was signed and is no longer {'signed' if record_id in there else 'there'}"
            if detail:
                yield BrokenSignature(form.name, record_id, detail)


def _audited(session: Session) -> dict[str, dict[int, AuditEntry]]:
    """Of each table the entries that tell who signed what when: changing one would break their chain."""
    signing = AuditEntry.changes["signed_hash"].as_string().is_not(None)
    found: dict[str, dict[int, AuditEntry]] = {}
    for entry in session.scalars(select(AuditEntry).where(signing).order_by(AuditEntry.seq)):
        if entry.record_id is not None:
            found.setdefault(entry.record, {})[entry.record_id] = entry
    return found


def _whats_wrong(session: Session, form: Form, record_id: int, audited: AuditEntry | None) -> str:
    try:
        record = load_form(session, form, record_id)
        return (
            _difference(form, record)
            or _told_otherwise(record, audited)
            or _stranger(session, record)
            or _operation_differs(session, record)
        )
    except _UNREADABLE:
        return "it cannot be read: it holds what was never an answer"


def _difference(form: Form, record: Any) -> str:
    text = record.signed_content or ""
    if hashlib.sha256(text.encode()).hexdigest() != record.signed_hash:
        return "the signed text does not match its hash"
    signed = json.loads(text)
    stored_now = json.loads(canonical_json(dict(snapshot_of(form, record).values)))
    # What was signed before its columns were kept tells them by its answers alone.
    columns = json.loads(canonical_json(_columns(record, signed["answers"]))) if "columns" in signed else None
    if not _says_the_same(signed["answers"], stored_now) or not _says_the_same(signed.get("columns"), columns):
        return "the record differs from what was signed"
    return ""


def _columns(record: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the record holds beside its answers: its case, which version it is, and why there is one more."""
    names = [column.key for column in inspect(type(record)).column_attrs]
    return {name: getattr(record, name) for name in names if name not in answers and name not in _NOT_SIGNED}


def _told_otherwise(record: Any, audited: AuditEntry | None) -> str:
    if audited is None:
        return "the audit knows of no signature"
    if audited.changes["signed_hash"][1] != record.signed_hash:
        return "the audit tells of another text that was signed"
    if audited.account_name != record.signed_by or abs(audited.at - record.signed_at) > _SAME_MOMENT:
        return "it bears another name or moment than the audit tells of"
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
    if patients_of(session, record.operation_id) != {record.patient_id}:
        return "the operation hangs on a patient for whom it was not signed"
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
