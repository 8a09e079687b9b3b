"""Make, give and give again the page a patient takes home; keep whatever else is given."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.documents.handout import HandoutTemplate, bundled_template
from desktop.documents.letterhead import PatientLines, PracticeLines
from desktop.documents.recovery_handout import DayLine, RecoveryHandout, render_recovery_handout
from desktop.documents.typesetting import page_count
from desktop.errors import DocumentIncomplete, UserError
from desktop.models.choices import DocumentKind, Language
from desktop.models.document import IssuedDocument
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.rules.patient import show_record_number
from desktop.rules.permission import Verb
from desktop.rules.recovery import date_of, day_label, show_day
from desktop.services.audit import write_audit
from desktop.services.context import now, require, today
from desktop.services.patient import full_name
from desktop.services.record import get_record
from desktop.services.recovery_view import ChecklistView, ItemLine, SignedPlan, read_recovery, signed_plan

CHECKLIST, SURGEON, SURGERY_MOVED, MEDICINE = "checklist", "surgery.surgeon_name", "surgery.moved", "patient.medicine"
"""What this module itself can find missing, beside the merge fields of the text."""

_FOLLOWS_FROM_CHECKLIST = ("days", "recovery.routine_after", "recovery.routine_on", "surgery.date", "red_flags")


@dataclass(frozen=True)
class Issued:
    """A document as it was given."""

    id: int
    title: str
    pdf: bytes
    sha256: str
    page_count: int
    issued_at: dt.datetime
    issued_by: str


@dataclass(frozen=True)
class GivenDocument:
    id: int
    title: str
    template_version: str
    page_count: int
    issued_by: str
    issued_at: dt.datetime


@dataclass(frozen=True)
class Offer:
    """What can be given now: the page as it would be, or what it still lacks by field."""

    title: str
    version: str
    pdf: bytes | None
    missing: Mapping[str, str]
    note: str
    record_number: str


def preview_recovery_handout(session: Session, patient_id: int) -> bytes:
    """The page as it would be printed now; nothing is kept. DocumentIncomplete lists everything it lacks."""
    require(session, Verb.PRINT_HANDOUT)
    return _Page(session, patient_id).rendered()


def offer_recovery_handout(session: Session, patient_id: int) -> Offer:
    require(session, Verb.PRINT_HANDOUT)
    page = _Page(session, patient_id)
    pdf, missing = None, {}
    try:
        pdf = page.rendered()
    except DocumentIncomplete as incomplete:
        missing = incomplete.missing
    number = page.patient.record_number
    return Offer(page.template.title, page.version, pdf, missing, page.language_note, number)


def issue_recovery_handout(session: Session, patient_id: int) -> Issued:
    """Give the page: its bytes are kept with their hash, who gave it and when."""
    require(session, Verb.PRINT_HANDOUT)
    page = _Page(session, patient_id)
    template = page.template
    kind, language = DocumentKind.RECOVERY_HANDOUT, template.language
    return issue_document(session, patient_id, kind, template.title, page.version, language, page.rendered())


def issue_document(
    session: Session, patient_id: int, kind: DocumentKind, title: str, version: str, language: str, pdf: bytes
) -> Issued:
    """Keep a page of any kind as it is given: its bytes and their hash, from which text, by whom and when."""
    actor = require(session, Verb.PRINT_HANDOUT)
    document = IssuedDocument(
        patient_id=patient_id,
        kind=kind,
        title=title,
        template_version=version,
        language=language,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pdf=pdf,
        page_count=page_count(pdf),
        issued_by=actor.name,
        issued_at=now(session),
    )
    session.add(document)
    write_audit(session, Verb.PRINT_HANDOUT, document, {"sha256": [None, document.sha256]})
    return Issued(
        document.id,
        document.title,
        pdf,
        document.sha256,
        document.page_count,
        document.issued_at,
        document.issued_by,
    )


_TELLS_OF_THE_CASE = frozenset({DocumentKind.CASE_LETTER, DocumentKind.CONSENT_RECORD})
"""Who may not see the case may know that they were given, and does not read them."""


def reprint(session: Session, document_id: int) -> bytes:
    """The very bytes that were given; never a page made anew."""
    require(session, Verb.PRINT_HANDOUT)
    document = get_record(session, IssuedDocument, document_id)
    if document.kind in _TELLS_OF_THE_CASE:
        require(session, Verb.VIEW_CASE)
    pdf = session.scalars(select(IssuedDocument.pdf).where(IssuedDocument.id == document_id)).one()
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        raise UserError(
            f"DO NOT USE “{document.title}”, given {document.issued_at.astimezone():%Y-%m-%d %H:%M}: what is stored is "
            "not what was given, because its bytes do not match their fingerprint. Nothing was printed. Tell the "
            "administrator to check the store, and give a new page."
        )
    write_audit(session, "reprint_document", document)
    return pdf


def list_documents(session: Session, patient_id: int) -> tuple[GivenDocument, ...]:
    """Newest first."""
    require(session, Verb.VIEW_DOCUMENTS)
    rows = session.execute(
        select(
            IssuedDocument.id,
            IssuedDocument.title,
            IssuedDocument.template_version,
            IssuedDocument.page_count,
            IssuedDocument.issued_by,
            IssuedDocument.issued_at,
        )
        .where(IssuedDocument.patient_id == patient_id)
        .order_by(IssuedDocument.id.desc())
    )
    return tuple(GivenDocument(*row) for row in rows)


class _Page:
    """One patient's page, gathered from practice, patient, signed plan and checklist."""

    def __init__(self, session: Session, patient_id: int) -> None:
        self.patient = get_record(session, Patient, patient_id, selectinload(Patient.medicines))
        self._practice = session.scalars(select(Practice)).one()
        recovery = read_recovery(session, patient_id)
        self._checklist = recovery.checklist
        self._plan = signed_plan(session, recovery.case_id) if recovery.case_id is not None else None
        self._issued_on = today(session)
        kind = DocumentKind.RECOVERY_HANDOUT
        self.template, self.language_note = template_for(kind, self.patient.language, self._practice.language)
        protocol = f", protocol {self._checklist.protocol_version}" if self._checklist else ""
        self.version = f"{self.template.version}{protocol}"

    def rendered(self) -> bytes:
        """DocumentIncomplete names at once what the record lacks and what the text cannot be filled with."""
        missing = dict(self._lacking())
        try:
            pdf = render_recovery_handout(self._handout(), self.template)
        except DocumentIncomplete as incomplete:
            implied = _FOLLOWS_FROM_CHECKLIST if self._checklist is None else ()
            others = {key: sentence for key, sentence in incomplete.missing.items() if key not in implied}
            raise DocumentIncomplete(others | missing) from None
        if missing:
            raise DocumentIncomplete(missing)
        return pdf

    def _lacking(self) -> Iterator[tuple[str, str]]:
        if self._checklist is None:
            yield CHECKLIST, "The recovery checklist is not started: start it, and its days stand on the page."
        elif self._checklist.surgery_moved_to is not None:
            yield (
                SURGERY_MOVED,
                "The day of surgery was changed after the recovery checklist was started: bring the checklist to the "
                "new day.",
            )
        if self._plan is None:
            yield SURGEON, "The revision plan is not signed yet: the surgeon's name and the drains come from it."
        for medicine in self.patient.medicines:
            if medicine.is_anticoagulant and not (medicine.plan or "").strip():
                yield (
                    f"{MEDICINE}.{medicine.id}",
                    f"What to do about {medicine.name} is missing: write its plan around surgery beside the medicine.",
                )

    def _handout(self) -> RecoveryHandout:
        patient, practice, view, plan = self.patient, self._practice, self._checklist, self._plan
        adult = (patient.responsible_adult_name, patient.responsible_adult_phone)
        return RecoveryHandout(
            practice=PracticeLines(
                name=practice.name,
                address_lines=tuple((practice.address or "").splitlines()),
                phone=practice.phone,
                after_hours_phone=practice.after_hours_phone,
                emergency_number=practice.emergency_number,
                paper_size=practice.paper_size,
            ),
            patient=PatientLines(full_name(patient), patient.birth_date, show_record_number(patient.record_number)),
            surgeon_name=plan.signed_by if plan else None,
            surgery_on=view.surgery_on if view else self._issued_on,
            routine_after_days=view.routine_after_days if view else 0,
            routine_set_by=view.routine_set_by if view else None,
            days=tuple(_days(view)) if view else (),
            red_flags=tuple((flag.printed, flag.action.patient) for flag in view.red_flags) if view else (),
            call_temperature=view.call_temperature if view else "none",
            issued_on=self._issued_on,
            version=self.version,
            responsible_adult=", ".join(filter(None, adult)) if adult[0] else None,
            drains=tuple(_drains(plan)) if plan else (),
            medicines=tuple(_medicines(patient)),
            protocol_approved_by=view.approval.approved_by if view else None,
            is_demo=practice.is_demo,
        )


def template_for(kind: DocumentKind, patients: Language | None, practices: Language) -> tuple[HandoutTemplate, str]:
    """In the language that was meant, else one there is, with a note that says so."""
    wanted = patients or practices
    for language in dict.fromkeys((wanted, practices, Language.ENGLISH)):
        try:
            template = bundled_template(kind.value, language.value)
        except DocumentIncomplete:
            continue
        whose = "The patient prefers" if patients else "The practice writes in"
        note = f"{whose} {wanted.label}; this text is in {language.label}. Go through it together."
        return template, "" if language is wanted else note
    raise DocumentIncomplete({"template": "The text of the handout is not installed: install Reprise again."})


def _days(view: ChecklistView) -> Iterator[DayLine]:
    """Each day with what begins on it: a daily item and a limit stand once, on the first of their days."""
    lines: dict[int, list[str]] = defaultdict(list)
    last_day = {item.code: item.start_day for group in view.days for item in group.items}
    for group in view.days:
        for item in group.items:
            if (text := _once(view, item, last_day)) is not None:
                lines[group.day].append(text)
    first_day: dict[str, int] = {}
    for limit in view.limits:
        first_day.setdefault(limit.code, limit.start_day)
    for limit in {limit.code: limit for limit in view.limits}.values():  # a moved limit as it stands now
        lines[first_day[limit.code]].append(limit.text)
    for day in sorted(lines):
        yield DayLine(day_label(day), date_of(view.surgery_on, day), tuple(lines[day]))


def _once(view: ChecklistView, item: ItemLine, last_day: dict[str, int]) -> str | None:
    """The text of an item on its first day; None on the days after that."""
    until = last_day.pop(item.code, None)
    if until is None or until == item.start_day:
        return None if until is None else item.text
    return f"{item.text} Every day until {show_day(view.surgery_on, until)} (day {until})."


def _drains(plan: SignedPlan) -> Iterator[str]:
    for side, count in plan.drains:
        numbers = [f" {number}" for number in range(1, count + 1)] if count > 1 else [""]
        yield from (f"{side.label} drain{number}" for number in numbers)


def _medicines(patient: Patient) -> Iterator[str]:
    for medicine in patient.medicines:
        if (medicine.plan or "").strip():
            dose = f" {medicine.dose}" if medicine.dose else ""
            yield f"{medicine.name}{dose}: {medicine.plan}"
