"""Everything about a patient's revision on one screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.anesthesia import AnesthesiaNote
from desktop.models.choices import Side
from desktop.models.document import IssuedDocument
from desktop.models.recovery import RecoveryChecklist
from desktop.rules.permission import Verb, may
from desktop.services.context import require, today
from desktop.services.operation import History, read_history
from desktop.services.patient import read_header
from desktop.services.revision import CaseFile, open_case_file


@dataclass(frozen=True)
class Happened:
    """One line of the history; `place` is the tab where it is told in full."""

    on: dt.date | None
    when: str
    title: str
    detail: str
    place: str
    side: Side | None = None


@dataclass(frozen=True)
class Overview:
    """`history` and `case_file` are None for a person whose role does not see them."""

    as_of: dt.date
    history: History | None
    case_file: CaseFile | None
    has_case: bool
    recovery_day: int | None
    happened: tuple[Happened, ...]


def read_overview(session: Session, patient_id: int) -> Overview:
    actor = require(session, Verb.VIEW_PATIENT)
    header = read_header(session, patient_id)
    sees_case = may(actor.roles, Verb.VIEW_CASE)
    case_file = open_case_file(session, patient_id, header.case_id) if sees_case and header.case_id else None
    history = read_history(session, patient_id) if sees_case else None
    return Overview(
        as_of=today(session),
        history=history,
        case_file=case_file,
        has_case=header.case_id is not None,
        recovery_day=_recovery_day(session, header.case_id),
        happened=_happened(session, patient_id, header.case_id, history, case_file),
    )


def _recovery_day(session: Session, case_id: int | None) -> int | None:
    surgery_on = session.scalar(select(RecoveryChecklist.surgery_on).where(RecoveryChecklist.case_id == case_id))
    return (today(session) - surgery_on).days if surgery_on else None


def _happened(
    session: Session, patient_id: int, case_id: int | None, history: History | None, case_file: CaseFile | None
) -> tuple[Happened, ...]:
    from desktop.rules.dates import show_date, show_partial_date

    lines: list[Happened] = []
    for operation in history.operations if history else ():
        on = operation.happened_on
        where = "elsewhere" if operation.was_elsewhere else "here"
        lines.append(
            Happened(
                on.earliest if on else None,
                show_partial_date(on) if on else "Date unknown",
                operation.kind.label,
                " · ".join(filter(None, (operation.surgeon, where))),
                "history",
            )
        )
    if case_file is not None:
        case = case_file.case.values
        if case["surgery_on"]:
            lines.append(Happened(case["surgery_on"], show_date(case["surgery_on"]), "Revision", "day of surgery", "revision"))
        if case["examined_on"]:
            by = case["examined_by"] or ""
            lines.append(Happened(case["examined_on"], show_date(case["examined_on"]), "Examination", by, "revision"))
        for version in case_file.versions:
            if version.signed_at:
                on = version.signed_at.astimezone().date()
                title = f"Plan version {version.plan_version} signed"
                lines.append(Happened(on, show_date(on), title, version.signed_by or "", "revision"))
        signed = select(AnesthesiaNote.signed_at, AnesthesiaNote.signed_by).where(
            AnesthesiaNote.case_id == case_id, AnesthesiaNote.signed_at.is_not(None)
        )
        for signed_at, signed_by in session.execute(signed):
            on = signed_at.astimezone().date()
            lines.append(Happened(on, show_date(on), "Anesthesia note signed", signed_by, "anesthesia"))
    documents = select(IssuedDocument.issued_at, IssuedDocument.title, IssuedDocument.issued_by).where(
        IssuedDocument.patient_id == patient_id
    )
    for issued_at, title, issued_by in session.execute(documents):
        on = issued_at.astimezone().date()
        lines.append(Happened(on, show_date(on), f"Given: {title}", issued_by, "documents"))
    return tuple(sorted(lines, key=lambda line: line.on or dt.date.min, reverse=True))
