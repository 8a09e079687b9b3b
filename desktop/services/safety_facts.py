"""Gather what the team reads aloud: the signed plan, the consents, the devices at hand, the anesthesia record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.choices import CaseEvent, OrderState, Side, StepOutcome
from desktop.models.device import Device
from desktop.models.imaging import ImagingStudy
from desktop.models.operation import Operation
from desktop.models.operative_report import OperativeReport, ReportStep
from desktop.models.plan import DeviceOrder
from desktop.models.removal import Removal
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.patient import rows_of
from desktop.rules.problem import Values
from desktop.rules.safety_device import AtHand
from desktop.rules.safety_reading import SafetyFacts
from desktop.services.consent import consent_facts
from desktop.services.context import today
from desktop.services.device import WITH_DEVICES
from desktop.services.patient import read_header
from desktop.services.record import get_record, load_form, snapshot_of

_DEVICE = ("manufacturer", "line", "style", "volume_ml", "lot", "serial", "expires_on")


def read_facts(session: Session, case: RevisionCase) -> SafetyFacts:
    header = read_header(session, case.patient_id)
    plan, newest = _plan(session, case.id)
    report = _report(session, case.id)
    operation_id = report.operation_id if report else None
    removals = _removals(session, operation_id)
    return SafetyFacts(
        name=header.full_name,
        born_on=header.birth_date,
        on=max(case.surgery_on or today(session), today(session)),
        plan=snapshot_of(PLAN_FORM, plan).values if plan else PLAN_FORM.empty(),
        plan_version=plan.plan_version if plan else None,
        is_plan_signed=plan is not None and plan.signed_at is not None,
        is_plan_amended=plan is not None and plan.plan_version != newest,
        consents=consent_facts(session, case.id),
        patient=snapshot_of(PATIENT_FORM, load_form(session, PATIENT_FORM, case.patient_id)).values,
        note=_note(session, case.id),
        devices=(*_here(session, case.id), *_put_in(session, operation_id)),
        specimens={each.side: _specimen_words(each) for each in removals if each.specimens},
        removed={each.side: _went(each) for each in removals},
        performed=_performed(report.steps) if report else {},
        imaging=tuple(_imaging_words(each) for each in _studies(session, case.patient_id)),
    )


def sides_begun(session: Session, case: RevisionCase, facts: SafetyFacts) -> frozenset[Side]:
    """The sides in which an incision is noted, or a step is answered."""
    cut = [row.get("side") for row in rows_of((facts.note or {}).get("events")) if row["event"] is CaseEvent.INCISION]
    answered = session.scalars(
        select(ReportStep.side)
        .join(OperativeReport, OperativeReport.id == ReportStep.report_id)
        .where(OperativeReport.case_id == case.id, ReportStep.outcome.is_not(None))
        .distinct()
    )
    return frozenset(side for side in (*cut, *answered) if side is not None)


def _plan(session: Session, case_id: int) -> tuple[RevisionPlan | None, int]:
    """The newest signed version, else the newest; and the number of the newest."""
    of_case = select(RevisionPlan.id).where(RevisionPlan.case_id == case_id).order_by(RevisionPlan.plan_version.desc())
    signed = session.scalar(of_case.where(RevisionPlan.signed_at.is_not(None)).limit(1))
    plan_id = signed if signed is not None else session.scalar(of_case.limit(1))
    newest = session.scalar(select(func.max(RevisionPlan.plan_version)).where(RevisionPlan.case_id == case_id))
    return (load_form(session, PLAN_FORM, plan_id) if plan_id is not None else None), newest or 0


def _report(session: Session, case_id: int) -> OperativeReport | None:
    newest = select(OperativeReport).where(OperativeReport.case_id == case_id)
    steps = selectinload(OperativeReport.steps)
    return session.scalars(newest.order_by(OperativeReport.report_version.desc()).limit(1).options(steps)).first()


def _note(session: Session, case_id: int) -> Values | None:
    note_id = session.scalar(select(AnesthesiaNote.id).where(AnesthesiaNote.case_id == case_id))
    return (
        None if note_id is None else snapshot_of(ANESTHESIA_FORM, load_form(session, ANESTHESIA_FORM, note_id)).values
    )


def _here(session: Session, case_id: int) -> list[AtHand]:
    here = select(DeviceOrder).where(DeviceOrder.case_id == case_id, DeviceOrder.state == OrderState.HERE)
    return [
        AtHand(side=row.side, role=row.role, **{name: getattr(row, name) for name in _DEVICE})
        for row in session.scalars(here.order_by(DeviceOrder.id))
    ]


def _put_in(session: Session, operation_id: int | None) -> list[AtHand]:
    if operation_id is None:
        return []
    operation = get_record(session, Operation, operation_id, WITH_DEVICES)
    described = [(row.side, _described(row.spell.device)) for row in operation.sides if row.spell is not None]
    return [AtHand(side=side, is_put_in=True, **facts) for side, facts in described if any(facts.values())]


def _described(device: Device) -> dict[str, Any]:
    """All empty where the operation was only begun, and nobody wrote yet which device it is."""
    return {name: getattr(device, name) for name in _DEVICE}


def _removals(session: Session, operation_id: int | None) -> list[Removal]:
    if operation_id is None:
        return []
    of_operation = select(Removal).where(Removal.operation_id == operation_id)
    return list(session.scalars(of_operation.options(selectinload(Removal.specimens))))


def _specimen_words(removal: Removal) -> tuple[str, ...]:
    return tuple(
        " · ".join(
            filter(None, (each.kind.label, each.laboratory, f"sent {show_date(each.sent_on)}" if each.sent_on else ""))
        )
        for each in removal.specimens
    )


def _went(removal: Removal) -> str | None:
    if removal.disposition is None:
        return None
    return " · ".join(filter(None, (removal.disposition.label, removal.given_to)))


def _performed(steps: Iterable[ReportStep]) -> Mapping[Side, tuple[str, ...]]:
    """What became of each step; those nobody answered are left out."""
    done: dict[Side, tuple[str, ...]] = {}
    for step in steps:
        if words := _step_words(step):
            done[step.side] = (*done.get(step.side, ()), words)
    return done


def _step_words(step: ReportStep) -> str:
    if step.outcome is None:
        return ""
    if step.outcome is StepOutcome.NOT_DONE:
        return f"not done: {step.planned.label}" if step.planned else ""
    made = step.planned if step.outcome is StepOutcome.AS_PLANNED else step.performed
    return made.label if made else ""


def _studies(session: Session, patient_id: int) -> list[ImagingStudy]:
    return list(session.scalars(select(ImagingStudy).where(ImagingStudy.patient_id == patient_id)))


def _imaging_words(study: ImagingStudy) -> str:
    on = show_partial_date(study.happened_on) if study.happened_on else "date not recorded"
    found = study.finding.label if study.finding else "result not recorded"
    return f"{study.side.label}: {study.kind.label}, {on}: {found}"
