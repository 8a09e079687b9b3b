"""Keep the consents of a case, file what is complete, note what the patient takes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import RecordChanged, SignedIsFrozen, UserError
from desktop.forms.consent import CONSENT_FORM
from desktop.models.choices import Language
from desktop.models.consent import Consent, ConsentWithdrawal
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.consent import ConsentFacts, Withdrawn, covers, in_words, missing_in
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb
from desktop.rules.reading import clean_line
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, check_values, get_record, load_form, open_record, save_record, snapshot_of
from desktop.services.signing import sign


def consent_facts(session: Session, case_id: int) -> tuple[ConsentFacts, ...]:
    """Every consent of a case, oldest first, those that were withdrawn among them."""
    require(session, Verb.VIEW_CASE)
    consents = session.scalars(
        select(Consent)
        .where(Consent.case_id == case_id)
        .options(selectinload(Consent.sides), selectinload(Consent.items))
        .order_by(Consent.id)
    ).all()
    withdrawals = {
        each.consent_id: Withdrawn(each.withdrawn_on, each.noted_by, each.reason)
        for each in session.scalars(
            select(ConsentWithdrawal)
            .join(Consent, Consent.id == ConsentWithdrawal.consent_id)
            .where(Consent.case_id == case_id)
        )
    }
    language = session.scalar(
        select(Patient.language)
        .join(RevisionCase, RevisionCase.patient_id == Patient.id)
        .where(RevisionCase.id == case_id)
    )
    return tuple(_facts(consent, language, withdrawals.get(consent.id)) for consent in consents)


def language_of(session: Session, patient_id: int) -> Language | None:
    """The language a form has to be in, or to be interpreted into."""
    require(session, Verb.VIEW_CASE)
    return session.scalar(select(Patient.language).where(Patient.id == patient_id))


def open_consent(session: Session, consent_id: int | None) -> Snapshot:
    return open_record(session, CONSENT_FORM, consent_id)


def save_consent(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int
) -> Snapshot:
    require(session, Verb.EDIT_CONSENT)
    if opened.id is None:
        require_hers(session, get_record(session, RevisionCase, case_id).patient_id, patient_id)
    else:
        require_hers(session, get_record(session, Consent, opened.id).patient_id, patient_id)
        _refuse_withdrawn(session, opened.id)
    return save_record(session, CONSENT_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def file_consent(session: Session, consent_id: int, opened_version: int) -> Snapshot:
    """Freeze a complete consent under the name of whoever files it; one that lacks anything is refused in words."""
    actor = require(session, Verb.FILE_CONSENT)
    consent = load_form(session, CONSENT_FORM, consent_id)
    if consent.signed_at is not None:
        raise SignedIsFrozen
    stored = snapshot_of(CONSENT_FORM, consent)
    if consent.version != opened_version:
        raise RecordChanged(stored)
    _refuse_withdrawn(session, consent_id)
    check_values(session, CONSENT_FORM, _confirmed(stored.values))
    surgery_on = get_record(session, RevisionCase, consent.case_id).surgery_on
    language = get_record(session, Patient, consent.patient_id).language
    if missing := missing_in(stored.values, language, surgery_on):
        raise UserError(f"Not filed: it is not complete. {in_words(missing)}")
    content = {
        "form": CONSENT_FORM.name,
        "patient_id": consent.patient_id,
        "answers": dict(stored.values),
        "sides": sorted(side.value for side in covers(stored.values)),
        "surgery_on": surgery_on,
    }
    sign(session, consent, content, actor)
    write_audit(session, Verb.FILE_CONSENT, consent, {"signed_hash": [None, consent.signed_hash]})
    return snapshot_of(CONSENT_FORM, consent)


def withdraw_consent(session: Session, consent_id: int, withdrawn_on: dt.date, reason: str) -> None:
    """Note that the patient takes it back: once, and from then on it counts as none. She owes nobody a reason."""
    actor = require(session, Verb.EDIT_CONSENT)
    consent = get_record(session, Consent, consent_id)
    _refuse_withdrawn(session, consent_id)
    if withdrawn_on > today(session):
        raise UserError("Not withdrawn: this day has not come yet. Write the day on which the patient said so.")
    began_on = consent.given_on or consent.patient_signed_on
    if began_on is not None and withdrawn_on < began_on:
        raise UserError(f"Not withdrawn: the form was given on {show_date(began_on)}, after this day. Correct the day.")
    withdrawal = ConsentWithdrawal(
        patient_id=consent.patient_id,
        consent_id=consent_id,
        withdrawn_on=withdrawn_on,
        reason=clean_line(reason) or None,
        noted_by=actor.name,
        noted_at=now(session),
    )
    session.add(withdrawal)
    session.flush()
    told = {"withdrawn_on": [None, withdrawn_on], "reason": [None, withdrawal.reason]}
    write_audit(session, "withdraw_consent", consent, told)


def withdrawal_of(session: Session, consent_id: int) -> Withdrawn | None:
    found = session.scalars(select(ConsentWithdrawal).where(ConsentWithdrawal.consent_id == consent_id)).one_or_none()
    return None if found is None else Withdrawn(found.withdrawn_on, found.noted_by, found.reason)


def facts_of(session: Session, consent: Consent) -> ConsentFacts:
    """One consent that is loaded with all its parts."""
    return _facts(consent, language_of(session, consent.patient_id), withdrawal_of(session, consent.id))


def _facts(consent: Consent, language: Language | None, withdrawn: Withdrawn | None) -> ConsentFacts:
    return ConsentFacts(
        consent_id=consent.id,
        answers=snapshot_of(CONSENT_FORM, consent).values,
        patient_language=language,
        filed_at=consent.signed_at,
        filed_by=consent.signed_by,
        withdrawn=withdrawn,
    )


def _refuse_withdrawn(session: Session, consent_id: int) -> None:
    if (withdrawn := withdrawal_of(session, consent_id)) is not None:
        raise UserError(
            f"This consent was withdrawn on {show_date(withdrawn.on)}, noted by {withdrawn.noted_by}. It stays as it "
            "is: begin a new one."
        )


def _confirmed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was unusual and confirmed before it was stored is not asked about again."""
    return {**values, **{f"{name}_confirmed": value for name, value in values.items() if value is not None}}
