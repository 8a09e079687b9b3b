"""Put a consent on paper, and keep the page that was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.consent_record import VERSION, ConsentRecord, render_consent_record
from desktop.errors import UserError
from desktop.forms.consent import CONSENT_FORM
from desktop.models.choices import DocumentKind, Language, Side
from desktop.models.consent import Consent
from desktop.models.revision import RevisionCase
from desktop.rules.consent import NEEDS_SIDE, ConsentFacts, missing_in, time_to_think
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb
from desktop.rules.side import answer_at
from desktop.services.audit import write_audit
from desktop.services.consent import facts_of
from desktop.services.context import require, today
from desktop.services.handout import Issued, issue_document
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.plan_page import signed_line
from desktop.services.plan_words import pairs_of
from desktop.services.practice import is_demo
from desktop.services.record import get_record, load_form

_FORM = ("form_name", "maker", "form_version", "language", "interpreter")
_TALK = ("given_on", "reviewed_on", "reviewed_with", "understanding_checked")


def preview_consent_record(session: Session, consent_id: int) -> bytes:
    """The page as it would be printed now; looking at it is audited, nothing is kept."""
    require(session, Verb.VIEW_CASE)
    consent = load_form(session, CONSENT_FORM, consent_id)
    write_audit(session, "print_consent", consent)
    return render_consent_record(_record(session, consent))


def issue_consent_record(session: Session, consent_id: int, pdf: bytes) -> Issued:
    """Keep the very page that was printed or saved; of one that is not filed there is nothing to give yet."""
    require(session, Verb.VIEW_CASE)
    consent = get_record(session, Consent, consent_id)
    if consent.signed_at is None:
        raise UserError("The page is not kept: the consent is not filed yet. File it, then print it.")
    kind = DocumentKind.CONSENT_RECORD
    title = f"{kind.label}: {consent.kind.label}"
    return issue_document(session, consent.patient_id, kind, title, VERSION, Language.ENGLISH.value, pdf)


def _record(session: Session, consent: Consent) -> ConsentRecord:
    facts = facts_of(session, consent)
    answers = facts.answers
    surgery_on = get_record(session, RevisionCase, consent.case_id).surgery_on
    lacking = () if facts.is_filed else tuple(missing_in(answers, facts.patient_language, surgery_on))
    return ConsentRecord(
        title=consent.kind.label,
        practice=read_practice_lines(session),
        patient=read_patient_lines(session, consent.patient_id),
        form=pairs_of(CONSENT_FORM, answers, _FORM),
        talk=pairs_of(CONSENT_FORM, answers, _TALK),
        right=answer_at(answers, Side.RIGHT, "procedure"),
        left=answer_at(answers, Side.LEFT, "procedure"),
        item_count=answers["item_count"],
        items=tuple((row["item"], row["initials"]) for row in answers["items"]),
        signatures=(
            ("Patient", _signature(answers, "patient")),
            ("Clinician", _signature(answers, "clinician")),
            ("Copy given on", CONSENT_FORM.field("copy_given_on").show(answers["copy_given_on"])),
            ("Surgery on", show_date(surgery_on) if surgery_on else None),
            ("Time to think", time_to_think(answers, surgery_on)),
        ),
        remarks=answers["note"],
        issued_on=today(session),
        filed_line=signed_line(consent.signed_by, consent.signed_at, consent.signed_hash)
        if consent.signed_at
        else None,
        missing=lacking,
        withdrawn_line=_withdrawn_line(facts),
        asks_sides=facts.kind in NEEDS_SIDE,
        is_demo=is_demo(session),
    )


def _signature(answers: Mapping[str, Any], whose: str) -> str | None:
    on, name = answers[f"{whose}_signed_on"], answers[f"{whose}_signed_as"]
    return ", ".join(filter(None, (name, show_date(on) if on else ""))) or None


def _withdrawn_line(facts: ConsentFacts) -> str | None:
    if facts.withdrawn is None:
        return None
    because = f" · {facts.withdrawn.reason}" if facts.withdrawn.reason else ""
    return f"By the patient on {show_date(facts.withdrawn.on)}, noted by {facts.withdrawn.noted_by}{because}"
