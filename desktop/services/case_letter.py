"""Write to another doctor what the record holds about one case; nothing is kept until the letter is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.documents.case_letter import CaseLetter, render_case_letter
from desktop.documents.record import Pair, SectionBlock, TableBlock
from desktop.forms.complication import COMPLICATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import DocumentKind, Side
from desktop.models.operative_report import OperativeReport
from desktop.models.practice import Practice
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.patient import patient_alerts
from desktop.rules.permission import Verb
from desktop.services.complication import read_complications
from desktop.services.context import require, today
from desktop.services.examination import newest_examination
from desktop.services.examination_words import visit_sections
from desktop.services.handout import Issued, issue_document, template_for
from desktop.services.imaging import read_studies
from desktop.services.indication_words import finding_pairs, read_finding_words
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.operation import History, OperationRow, read_history
from desktop.services.patient import require_hers
from desktop.services.plan_page import indications_of, plan_content, signed_line
from desktop.services.plan_words import planned_words
from desktop.services.practice import is_demo
from desktop.services.record import get_record, load_form, snapshot_of
from desktop.services.revision import open_case

_TITLE_LENGTH = 200


@dataclass(frozen=True)
class LetterTo:
    """What a person types for one letter; the first line of `address` follows the name."""

    name: str
    address: str = ""
    remark: str = ""


def preview_case_letter(session: Session, patient_id: int, case_id: int, to: LetterTo) -> bytes:
    """The letter as it would be given now. DocumentIncomplete lists everything it lacks."""
    actor = require(session, Verb.VIEW_CASE)
    letter = _letter(session, patient_id, case_id, to, actor.name)
    return render_case_letter(letter, _template(session)[0])


def issue_case_letter(session: Session, patient_id: int, case_id: int, to: LetterTo, pdf: bytes) -> Issued:
    """Keep the letter as it went out: the very bytes that were printed or saved, by whom and when."""
    require(session, Verb.VIEW_CASE)
    require_hers(session, get_record(session, RevisionCase, case_id).patient_id, patient_id)
    template, _note = _template(session)
    title = f"{template.title}, to {to.name.strip()}"
    if len(title) > _TITLE_LENGTH:
        title = f"{title[: _TITLE_LENGTH - 1]}…"
    kind = DocumentKind.CASE_LETTER
    return issue_document(session, patient_id, kind, title, template.version, template.language, pdf)


def _template(session: Session) -> Any:
    """Colleagues read the practice's language."""
    return template_for(DocumentKind.CASE_LETTER, None, session.scalars(select(Practice.language)).one())


def _letter(session: Session, patient_id: int, case_id: int, to: LetterTo, signer: str) -> CaseLetter:
    case = get_record(session, RevisionCase, case_id)
    require_hers(session, case.patient_id, patient_id)
    patient = snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, patient_id)).values
    return CaseLetter(
        practice=read_practice_lines(session),
        patient=read_patient_lines(session, patient_id),
        recipient=tuple(line.strip() for line in (to.name, *to.address.splitlines()) if line.strip()),
        remark=to.remark,
        sections=tuple(_sections(session, patient_id, case_id)),
        alerts=tuple(alert.text for alert in patient_alerts(patient)),
        signer=signer,
        issued_on=today(session),
        is_demo=is_demo(session),
    )


def _sections(session: Session, patient_id: int, case_id: int) -> Iterator[SectionBlock]:
    case = open_case(session, case_id).values
    yield SectionBlock(
        "Why she came",
        (("In the patient's own words", case.get("own_words")),),
        right_pairs=indications_of(case, Side.RIGHT),
        left_pairs=indications_of(case, Side.LEFT),
    )
    if findings := read_finding_words(session, case_id):
        right, left = (finding_pairs(findings, side) for side in Side)
        yield SectionBlock("What the indications rest on", right_pairs=right, left_pairs=left)
    yield from _history(read_history(session, patient_id))
    yield from _examined(session, patient_id, case_id)
    yield from _imaging(session, patient_id)
    yield from _planned(session, case_id)
    yield from _done(session, case_id)
    yield from _complications(session, patient_id, case_id)


def _history(history: History) -> Iterator[SectionBlock]:
    if history.operations:
        columns = ("Operation", "When", "By", "RIGHT", "LEFT")
        yield SectionBlock("Earlier surgery", table=TableBlock(columns, tuple(map(_operated, history.operations))))
    in_place = {side: history.in_place(side) for side in Side}
    right, left = (
        tuple(filter(None, ((device.title, device.detail) if device else ("no implant recorded", ""))))
        for device in in_place.values()
    )
    yield SectionBlock(
        "In place today",
        right_pairs=(("Device", "\n".join(right)),),
        left_pairs=(("Device", "\n".join(left)),),
    )


def _operated(row: OperationRow) -> tuple[str | None, ...]:
    when = show_partial_date(row.happened_on) if row.happened_on else None
    return row.kind.label, when, row.surgeon or None, row.right.label, row.left.label


def _examined(session: Session, patient_id: int, case_id: int) -> Iterator[SectionBlock]:
    examination = newest_examination(session, patient_id, case_id)
    if examination is not None:
        yield from visit_sections(examination.values)


def _imaging(session: Session, patient_id: int) -> Iterator[SectionBlock]:
    rows = tuple(
        (study.row.title, study.row.side.label, study.row.detail or None, study.device or None)
        for study in read_studies(session, patient_id)
    )
    if rows:
        yield SectionBlock("Imaging", table=TableBlock(("Study", "Side", "Result", "Device then"), rows))


def _planned(session: Session, case_id: int) -> Iterator[SectionBlock]:
    """The newest signed version; a plan that nobody signed is no plan to tell another doctor."""
    signed = select(RevisionPlan.id).where(RevisionPlan.case_id == case_id, RevisionPlan.signed_at.is_not(None))
    plan_id = session.scalar(signed.order_by(RevisionPlan.plan_version.desc()).limit(1))
    if plan_id is None:
        return
    plan = load_form(session, PLAN_FORM, plan_id)
    content = plan_content(session, plan_id)
    surgery_on = content.case.get("surgery_on")
    yield SectionBlock(
        "Plan",
        (
            ("Day of surgery", show_date(surgery_on) if surgery_on else None),
            ("Signed", signed_line(plan.signed_by, plan.signed_at, plan.signed_hash) if plan.signed_at else None),
        ),
        right_pairs=planned_words(content.plan, content.in_place, Side.RIGHT),
        left_pairs=planned_words(content.plan, content.in_place, Side.LEFT),
    )


def _done(session: Session, case_id: int) -> Iterator[SectionBlock]:
    """What was done, from the newest operative report that is signed."""
    signed = select(OperativeReport).where(OperativeReport.case_id == case_id, OperativeReport.signed_at.is_not(None))
    newest = signed.order_by(OperativeReport.report_version.desc()).limit(1)
    report = session.scalars(newest.options(selectinload(OperativeReport.steps))).one_or_none()
    if report is None:
        return
    by_side = {side: [step for step in report.steps if step.side is side] for side in Side}
    right, left = (tuple(_step(number, step) for number, step in enumerate(steps, 1)) for steps in by_side.values())
    by = signed_line(report.signed_by, report.signed_at, report.signed_hash) if report.signed_at else None
    yield SectionBlock("What was done", (("Signed", by),), right_pairs=right, left_pairs=left)


def _step(number: int, step: Any) -> Pair:
    done = step.performed.label if step.performed else (step.outcome.label if step.outcome else "not answered")
    planned = f"planned: {step.planned.label}" if step.planned and step.planned is not step.performed else ""
    return f"Step {number}", " · ".join(filter(None, (done, planned, step.reason)))


def _complications(session: Session, patient_id: int, case_id: int) -> Iterator[SectionBlock]:
    names = ("kind", "side", "onset_on", "treatment", "grade")
    fields = [COMPLICATION_FORM.field(name) for name in names]
    rows = [
        tuple(field.show(row.values.get(field.name)) or None for field in fields)
        for row in read_complications(session, patient_id, case_id).rows
    ]
    if rows:
        yield SectionBlock("Complications", table=TableBlock(tuple(field.label for field in fields), tuple(rows)))
