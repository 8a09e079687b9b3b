"""Everything about a patient's revision on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.forms.complication import COMPLICATION_FORM
from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.choices import SafetyMoment
from desktop.models.complication import Complication
from desktop.models.document import IssuedDocument
from desktop.models.operative_report import OperativeReport
from desktop.models.recovery import RecoveryChecklist, RedFlagReport
from desktop.models.safety import SafetyPhase
from desktop.rules.complication import show_grade
from desktop.rules.consent import in_short, needs_device_checklist, operated_sides
from desktop.rules.dates import show_date, show_partial_date, show_time
from desktop.rules.missing_records import DeviceGaps
from desktop.rules.permission import Verb, may
from desktop.rules.recovery_protocol import RedFlag
from desktop.services.consent import consent_facts
from desktop.services.context import now, require, today
from desktop.services.missing_records import read_missing_in_place
from desktop.services.operation import History, OperationRow, read_history
from desktop.services.patient import open_case_id
from desktop.services.record import snapshot_of
from desktop.services.recovery_protocol import open_protocol
from desktop.services.revision import CaseFile, open_case_file

_FLAGS_SHOWN_FOR = dt.timedelta(days=7)


@dataclass(frozen=True)
class Happened:
    """One line of the history; `place` is the tab where it is told in full."""

    on: dt.date | None
    when: str
    title: str
    detail: str
    place: str


@dataclass(frozen=True)
class RedFlagSaid:
    """A warning sign of the last days: what was reported, what is to be done, and who heard it when."""

    title: str
    action: str
    detail: str


@dataclass(frozen=True)
class Overview:
    """`history` and `case_file` are None for a person whose role does not see them; `missing` are the devices in place
    of which something is not known; `consent` is how it stands and whether it is settled, None where none is needed."""

    as_of: dt.date
    history: History | None
    case_file: CaseFile | None
    has_case: bool
    recovery_day: int | None
    red_flags: tuple[RedFlagSaid, ...]
    missing: tuple[DeviceGaps, ...]
    consent: tuple[str, bool] | None
    happened: tuple[Happened, ...]
    unfinished_phases: tuple[str, ...] = ()
    """What of the safety checklist was begun and is not finished."""


def read_overview(session: Session, patient_id: int) -> Overview:
    actor = require(session, Verb.VIEW_PATIENT)
    case_id = open_case_id(session, patient_id)
    sees_case = may(actor.roles, Verb.VIEW_CASE)
    case_file = open_case_file(session, patient_id, case_id) if sees_case and case_id else None
    history = read_history(session, patient_id) if sees_case else None
    return Overview(
        as_of=today(session),
        history=history,
        case_file=case_file,
        has_case=case_id is not None,
        recovery_day=_recovery_day(session, case_id) if case_id else None,
        red_flags=_red_flags(session, case_id),
        missing=read_missing_in_place(session, patient_id) if sees_case else (),
        consent=_consent(session, case_id, case_file) if case_id and case_file else None,
        happened=_happened(session, patient_id, case_id, history, case_file),
        unfinished_phases=_unfinished_phases(session, case_file) if case_file else (),
    )


def _consent(session: Session, case_id: int, case_file: CaseFile) -> tuple[str, bool] | None:
    plan, surgery_on = case_file.plan.values, case_file.case.values["surgery_on"]
    consents = consent_facts(session, case_id)
    return in_short(consents, operated_sides(plan), needs_device_checklist(plan), surgery_on)


def _recovery_day(session: Session, case_id: int | None) -> int | None:
    surgery_on = session.scalar(select(RecoveryChecklist.surgery_on).where(RecoveryChecklist.case_id == case_id))
    return (today(session) - surgery_on).days if surgery_on else None


def _red_flags(session: Session, case_id: int | None) -> tuple[RedFlagSaid, ...]:
    """Newest first; on the day after a week nobody needs to be told by this page any more."""
    if case_id is None or not may(require(session, Verb.VIEW_PATIENT).roles, Verb.VIEW_RECOVERY):
        return ()
    reports = session.scalars(
        select(RedFlagReport)
        .join(RecoveryChecklist, RecoveryChecklist.id == RedFlagReport.checklist_id)
        .where(RecoveryChecklist.case_id == case_id, RedFlagReport.reported_at > now(session) - _FLAGS_SHOWN_FOR)
        .order_by(RedFlagReport.id.desc())
    ).all()
    known = open_protocol(session).red_flags if reports else None
    return tuple(_red_flag(report, known.by_code(report.code) if known else None) for report in reports)


def _red_flag(report: RedFlagReport, flag: RedFlag | None) -> RedFlagSaid:
    on = f"{show_date(report.reported_at.astimezone().date())} {show_time(report.reported_at)}"
    said = f"reported {on} to {report.reported_by}"
    return RedFlagSaid(flag.title if flag else report.code, flag.action.title if flag else report.action_shown, said)


def _happened(
    session: Session, patient_id: int, case_id: int | None, history: History | None, case_file: CaseFile | None
) -> tuple[Happened, ...]:
    lines = [
        *(_operated(operation) for operation in (history.operations if history else ())),
        *(_in_case(session, case_id, case_file) if case_file else ()),
        *(_complications(session, patient_id) if history else ()),
        *_given(session, patient_id),
    ]
    return tuple(sorted(lines, key=lambda line: line.on or dt.date.min, reverse=True))


def _operated(operation: OperationRow) -> Happened:
    on = operation.happened_on
    where = "elsewhere" if operation.was_elsewhere else "here"
    detail = " · ".join(filter(None, (operation.surgeon, where)))
    when = show_partial_date(on) if on else "Date unknown"
    return Happened(on.earliest if on else None, when, operation.kind.label, detail, "history")


def _in_case(session: Session, case_id: int | None, case_file: CaseFile) -> Iterator[Happened]:
    case = case_file.case.values
    if case["surgery_on"]:
        yield _on(case["surgery_on"], "Revision", "day of surgery", "revision")
    if (examined := case_file.examination) and examined.values["examined_on"]:
        by = examined.values["examined_by"] or ""
        yield _on(examined.values["examined_on"], "Examination", by, "revision")
    for version in case_file.versions:
        if version.signed_at:
            day = version.signed_at.astimezone().date()
            yield _on(day, f"Plan version {version.plan_version} signed", version.signed_by or "", "revision")
    of_reports = select(OperativeReport.report_version, OperativeReport.signed_at, OperativeReport.signed_by)
    for version_no, signed_at, signed_by in session.execute(of_reports.where(OperativeReport.case_id == case_id)):
        if signed_at:
            title = "Operative report signed" if version_no == 1 else f"Operative report version {version_no} signed"
            yield _on(signed_at.astimezone().date(), title, signed_by or "", "revision")
    finished = select(SafetyPhase).where(SafetyPhase.case_id == case_id, SafetyPhase.signed_at.is_not(None))
    for phase in session.scalars(finished):
        if phase.signed_at is not None and phase.moment is SafetyMoment.SIGN_OUT:
            day = phase.signed_at.astimezone().date()
            yield _on(day, "Safety checklist finished", phase.signed_by or "", "revision")
    signed = select(AnesthesiaNote.signed_at, AnesthesiaNote.signed_by).where(AnesthesiaNote.case_id == case_id)
    for signed_at, signed_by in session.execute(signed):
        if signed_at:
            yield _on(signed_at.astimezone().date(), "Anesthesia note signed", signed_by or "", "anesthesia")


def _complications(session: Session, patient_id: int) -> Iterator[Happened]:
    """Of every case: what went wrong stays worth knowing when its case is closed."""
    for complication in session.scalars(select(Complication).where(Complication.patient_id == patient_id)):
        values = snapshot_of(COMPLICATION_FORM, complication).values
        on, grade = values["onset_on"], show_grade(values["grade"], values["has_disability"])
        side = complication.side.label if complication.side else ""
        title = " ".join(filter(None, (complication.kind.label, side)))
        when = show_partial_date(on) if on else "Date unknown"
        detail = f"complication, grade {grade}" if values["grade"] else "complication, not graded"
        yield Happened(on.earliest if on else None, when, title, detail, "revision")


def _unfinished_phases(session: Session, case_file: CaseFile) -> tuple[str, ...]:
    """Begun and not finished; a phase nobody began is no news before the day of surgery."""
    if case_file.closed_on is not None:
        return ()
    case_id = case_file.case.id
    unfinished = select(SafetyPhase.moment).where(SafetyPhase.case_id == case_id, SafetyPhase.signed_at.is_(None))
    return tuple(moment.label for moment in session.scalars(unfinished.order_by(SafetyPhase.id)))


def _given(session: Session, patient_id: int) -> Iterator[Happened]:
    documents = select(IssuedDocument.issued_at, IssuedDocument.title, IssuedDocument.issued_by).where(
        IssuedDocument.patient_id == patient_id
    )
    for issued_at, title, issued_by in session.execute(documents):
        yield _on(issued_at.astimezone().date(), f"Given: {title}", issued_by, "documents")


def _on(day: dt.date, title: str, detail: str, place: str) -> Happened:
    return Happened(day, show_date(day), title, detail, place)
