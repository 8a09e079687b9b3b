"""Keep what was found for each reason of a case, and tell how soon the patient is to be seen with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.form import is_confirmed
from desktop.forms.indication import indication_form
from desktop.models.choices import Baker, Indication, IndicationLayer, Side, UrgencyTier
from desktop.models.imaging import ImagingStudy
from desktop.models.indication import IndicationFinding
from desktop.models.practice import Practice
from desktop.models.revision import CaseIndication, RevisionCase
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.diagnosis_code import CodeTable
from desktop.rules.indication import most_urgent, urgency_words
from desktop.rules.indication_finding import SuggestedTier, suggest_tier, tier_in_force
from desktop.rules.patient import rows_of
from desktop.rules.permission import Verb
from desktop.rules.problem import Problem
from desktop.rules.side import answer_at
from desktop.services.audit import write_audit
from desktop.services.context import require
from desktop.services.diagnosis_code import read_codes
from desktop.services.examination import newest_examination
from desktop.services.indication_beside import Known, known_beside
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, save_record, snapshot_of


@dataclass(frozen=True)
class Study:
    """An imaging study as it is chosen from a list."""

    id: int
    words: str


@dataclass(frozen=True)
class FindingPage:
    """Everything the page of one indication shows beside its questions."""

    indication_id: int
    side: Side
    indication: Indication
    layer: IndicationLayer
    remark: str
    known: tuple[Known, ...]
    studies: tuple[Study, ...]
    baker: Baker | None
    words: Mapping[UrgencyTier, str]


@dataclass(frozen=True)
class RowUrgency:
    """How soon, by one row of the list: the tier in force, and what the findings suggest if that is another."""

    side: Side
    indication: Indication
    tier: UrgencyTier
    is_chosen: bool
    suggested: SuggestedTier | None


@dataclass(frozen=True)
class Assessment:
    """What stands beside the list of indications; `rows` by the number of the row, in the order of the case."""

    rows: Mapping[int, RowUrgency]
    has_findings: frozenset[int]
    most_urgent: UrgencyTier | None
    words: Mapping[UrgencyTier, str]
    codes: CodeTable


def open_finding(session: Session, indication_id: int) -> Snapshot:
    """What was found for one reason; nothing yet where nobody wrote anything."""
    require(session, Verb.VIEW_CASE)
    form = indication_form(_row(session, indication_id)[0].indication)
    finding = _finding(session, indication_id)
    return snapshot_of(form, finding) if finding else Snapshot(None, None, form.empty())


def save_finding(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, indication_id: int
) -> Snapshot:
    """Refused for a reason of another patient, and for imaging of another patient or of the other side."""
    require(session, Verb.EDIT_CASE)
    row, case = _row(session, indication_id)
    require_hers(session, case.patient_id, patient_id)
    if case.closed_on is not None:
        raise UserError(
            f"Nothing was changed: the case was closed on {show_date(case.closed_on)}. Open it again to change it."
        )
    stored = _finding(session, indication_id)
    form = indication_form(row.indication)
    if opened.id is None and stored is not None:
        raise RecordChanged(snapshot_of(form, stored))
    _check_study(session, values.get("imaging_id"), patient_id, row.side)
    belongs = {"patient_id": patient_id, "indication_id": indication_id}
    return save_record(session, form, opened, values, belongs)


def read_finding_page(session: Session, patient_id: int, indication_id: int) -> FindingPage:
    require(session, Verb.VIEW_CASE)
    row, case = _row(session, indication_id)
    require_hers(session, case.patient_id, patient_id)
    return FindingPage(
        indication_id=indication_id,
        side=row.side,
        indication=row.indication,
        layer=row.layer,
        remark=row.note or "",
        known=known_beside(session, patient_id, row.case_id, row.side, row.indication, case.surgery_on),
        studies=_studies(session, patient_id, row.side),
        baker=_baker(session, patient_id, row.case_id).get(row.side),
        words=_words(session),
    )


def read_assessment(session: Session, patient_id: int, case_id: int) -> Assessment:
    """How soon, by every indication of the case, and which of them have findings."""
    require(session, Verb.VIEW_CASE)
    require_hers(session, session.scalar(select(RevisionCase.patient_id).where(RevisionCase.id == case_id)), patient_id)
    listed = select(CaseIndication).where(CaseIndication.case_id == case_id).order_by(CaseIndication.position)
    rows = session.scalars(listed).all()
    found = _findings(session, [row.id for row in rows])
    baker = _baker(session, patient_id, case_id)
    urgency = {row.id: _urgency(row, found.get(row.id), baker.get(row.side)) for row in rows}
    return Assessment(
        rows=urgency,
        has_findings=frozenset(found),
        most_urgent=most_urgent(each.tier for each in urgency.values()),
        words=_words(session),
        codes=read_codes(session),
    )


def chosen_tiers(session: Session, case_id: int) -> Mapping[tuple[Side, Indication], UrgencyTier]:
    """The tiers that a surgeon set, the most urgent one where an indication of a side stands in several layers."""
    chosen = (
        select(CaseIndication.side, CaseIndication.indication, IndicationFinding.tier)
        .join(IndicationFinding)
        .where(CaseIndication.case_id == case_id)
    )
    found: dict[tuple[Side, Indication], UrgencyTier] = {}
    for side, indication, tier in session.execute(chosen):
        urgent = most_urgent(each for each in (found.get((side, indication)), tier) if each is not None)
        if urgent is not None:
            found[side, indication] = urgent
    return found


def let_go_of_findings(session: Session, case_id: int | None, values: Mapping[str, Any]) -> None:
    """Findings of a reason that leaves the case, or becomes another one: asked first, and kept in the audit."""
    if case_id is None:
        return
    now = {row.get("id"): (row.get("side"), row.get("indication")) for row in rows_of(values.get("indications"))}
    listed = select(CaseIndication).where(CaseIndication.case_id == case_id).order_by(CaseIndication.position)
    gone = [row for row in session.scalars(listed) if now.get(row.id) != (row.side, row.indication)]
    found = _findings(session, [row.id for row in gone])
    lost = [row for row in gone if row.id in found]
    if not lost:
        return
    if not is_confirmed(values, "indications"):
        named = ", ".join(f"{row.side.label} {row.indication.label}" for row in lost)
        words = f"Findings are written for {named}. They go with it; the audit keeps them. Is that right?"
        raise Rejected([Problem("indications", words, is_question=True)])
    for row in lost:
        finding = found[row.id]
        answers = snapshot_of(indication_form(row.indication), finding).values
        went = {name: [answer, None] for name, answer in answers.items() if answer not in (None, ())}
        write_audit(session, Verb.EDIT_CASE, finding, {"indication": [row.indication, None], **went})
        session.delete(finding)
    session.flush()


def refuse_while_findings_rest(session: Session, study_id: int) -> None:
    """An imaging study is not taken out while findings rest on it."""
    resting = select(CaseIndication).join(IndicationFinding).where(IndicationFinding.imaging_id == study_id)
    if rows := session.scalars(resting.order_by(CaseIndication.id)).all():
        named = ", ".join(f"{row.side.label} {row.indication.label}" for row in rows)
        raise UserError(f"The study was not taken out: the findings of {named} rest on it. Choose another there first.")


def _row(session: Session, indication_id: int) -> tuple[CaseIndication, RevisionCase]:
    """The row and its case."""
    row = get_record(session, CaseIndication, indication_id)
    return row, get_record(session, RevisionCase, row.case_id)


def _finding(session: Session, indication_id: int) -> IndicationFinding | None:
    return session.scalars(
        select(IndicationFinding).where(IndicationFinding.indication_id == indication_id)
    ).one_or_none()


def _findings(session: Session, indication_ids: list[int]) -> dict[int, IndicationFinding]:
    of_rows = select(IndicationFinding).where(IndicationFinding.indication_id.in_(indication_ids))
    return {finding.indication_id: finding for finding in session.scalars(of_rows)}


def _urgency(row: CaseIndication, finding: IndicationFinding | None, baker: Baker | None) -> RowUrgency:
    answers = snapshot_of(indication_form(row.indication), finding).values if finding else {}
    chosen = answers.get("tier")
    in_force, suggested = tier_in_force(row.indication, chosen), suggest_tier(row.indication, answers, baker)
    other = suggested if suggested and suggested.tier is not in_force else None
    return RowUrgency(row.side, row.indication, in_force, chosen is not None, other)


def _check_study(session: Session, study_id: int | None, patient_id: int, side: Side) -> None:
    if study_id is None:
        return
    study = get_record(session, ImagingStudy, study_id)
    require_hers(session, study.patient_id, patient_id)
    if study.side is not side:
        words = f"This study is of {study.side.label}, and the finding is of {side.label}: choose one of {side.label}."
        raise Rejected([Problem("imaging_id", words)])


def _studies(session: Session, patient_id: int, side: Side) -> tuple[Study, ...]:
    """The newest first; one whose day nobody knows comes last."""
    rows = session.scalars(
        select(ImagingStudy).where(ImagingStudy.patient_id == patient_id, ImagingStudy.side == side)
    ).all()
    newest_first = sorted(rows, key=lambda row: (row.happened_on.iso if row.happened_on else "", row.id), reverse=True)
    return tuple(Study(row.id, " · ".join(_study_words(row))) for row in newest_first)


def _study_words(row: ImagingStudy) -> Iterator[str]:
    yield row.kind.label
    yield show_partial_date(row.happened_on) if row.happened_on else "date unknown"
    if row.finding:
        yield row.finding.label


def _baker(session: Session, patient_id: int, case_id: int) -> Mapping[Side, Baker | None]:
    examination = newest_examination(session, patient_id, case_id)
    return {side: answer_at(examination.values, side, "baker") if examination else None for side in Side}


def _words(session: Session) -> Mapping[UrgencyTier, str]:
    row = session.scalars(select(Practice)).one()
    own = {each: getattr(row, f"say_at_{each.value}") for each in UrgencyTier}
    return {each: urgency_words(each, own) for each in UrgencyTier}
