"""Read everything that an operative report rests on: the signed plan, the operation, and what was found."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from desktop.forms.operative_report import REPORT_FORM
from desktop.models.choices import DeviceRole, Side, SideEvent
from desktop.models.device import DeviceSpell
from desktop.models.drain import Drain
from desktop.models.matrix import Matrix
from desktop.models.operation import Operation
from desktop.models.operative_report import OperativeReport
from desktop.models.plan import PlannedDevice
from desktop.models.removal import Removal
from desktop.models.revision import PlanSide, RevisionCase, RevisionPlan
from desktop.rules.found_at_surgery import suspected_and_found
from desktop.rules.permission import Verb
from desktop.rules.plan_step import is_surgery
from desktop.rules.report_facts import CameOut, DeviceFacts, PlannedContingency, PlannedSide, ReportFacts
from desktop.rules.side import field_at
from desktop.rules.spell import TAKES_OUT
from desktop.services.context import require, today
from desktop.services.device import WITH_DEVICES
from desktop.services.operation import History, read_history
from desktop.services.operation_content import operation_hash
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, load_form, snapshot_of

NOT_SIGNED = (
    "The operative report begins from the signed plan, and no version of it is signed yet. Sign the plan first."
)
NO_SURGERY_PLANNED = (
    "The signed plan names no operation, so there is none to report. Amend the plan if there is to be one."
)
CLOSED = "This case is closed, and no operative report was begun in it. Open the case again to begin one."

_PLAN = (
    selectinload(RevisionPlan.sides),
    selectinload(RevisionPlan.contingency_list),
    selectinload(RevisionPlan.devices),
)
_FACTS = tuple(name for name in DeviceFacts.__dataclass_fields__ if name != "width_mm")


@dataclass(frozen=True)
class ReportVersion:
    id: int
    report_version: int
    signed_by: str | None
    signed_at: dt.datetime | None
    signed_hash: str | None
    amends_reason: str | None


@dataclass(frozen=True)
class ReportFile:
    """The newest version of a case's report with what it rests on, or what one would begin with.

    `refusal` says why none can be begun; `is_plan_amended` that a newer version of the plan is being written, which is
    not signed. `operation_seen` stands for all that the operation holds. `is_found_changed`: the assessment says by now
    that something else was found than was signed.
    """

    case_version: int
    plan_version: int | None
    is_plan_amended: bool
    refusal: str
    offered_on: dt.date
    contingencies: tuple[PlannedContingency, ...]
    contingency_note: str
    facts: ReportFacts
    report: Snapshot | None
    versions: tuple[ReportVersion, ...]
    operation_id: int | None
    operation_seen: str
    is_found_changed: bool

    @property
    def newest(self) -> ReportVersion | None:
        return self.versions[-1] if self.versions else None


def read_report_file(session: Session, patient_id: int, case_id: int) -> ReportFile:
    require(session, Verb.VIEW_CASE)
    case = get_record(session, RevisionCase, case_id, selectinload(RevisionCase.indications))
    require_hers(session, case.patient_id, patient_id)
    versions = report_versions(session, case_id)
    report = load_form(session, REPORT_FORM, versions[-1].id) if versions else None
    plan = plan_of(session, report) if report else newest_signed_plan(session, case_id)
    newest_plan = session.scalar(select(func.max(RevisionPlan.plan_version)).where(RevisionPlan.case_id == case_id))
    facts = read_facts(session, case, plan, report)
    return ReportFile(
        case_version=case.version,
        plan_version=plan.plan_version if plan else None,
        is_plan_amended=plan is not None and plan.plan_version != newest_plan,
        refusal="" if report else why_not_begun(case, plan),
        offered_on=min(case.surgery_on or today(session), today(session)),
        contingencies=tuple(map(_contingency, plan.contingency_list)) if plan else (),
        contingency_note=(plan.contingencies or "") if plan else "",
        facts=facts,
        report=snapshot_of(REPORT_FORM, report) if report else None,
        versions=versions,
        operation_id=report.operation_id if report else None,
        operation_seen=operation_hash(session, report.operation_id) if report else "",
        is_found_changed=report is not None and _found_otherwise(report, facts),
    )


def _found_otherwise(report: OperativeReport, facts: ReportFacts) -> bool:
    if report.signed_content is None:
        return False
    signed = {
        (side, code) for side, code, _by, is_found, _says in json.loads(report.signed_content)["found"] if is_found
    }
    lines = suspected_and_found(facts)
    return signed != {(line.side.value, line.indication.value) for line in lines if line.is_found}


def report_versions(session: Session, case_id: int) -> tuple[ReportVersion, ...]:
    rows = session.execute(
        select(
            OperativeReport.id,
            OperativeReport.report_version,
            OperativeReport.signed_by,
            OperativeReport.signed_at,
            OperativeReport.signed_hash,
            OperativeReport.amends_reason,
        )
        .where(OperativeReport.case_id == case_id)
        .order_by(OperativeReport.report_version)
    )
    return tuple(ReportVersion(*row) for row in rows)


def newest_signed_plan(session: Session, case_id: int) -> RevisionPlan | None:
    signed = select(RevisionPlan).where(RevisionPlan.case_id == case_id, RevisionPlan.signed_at.is_not(None))
    return session.scalars(signed.order_by(RevisionPlan.plan_version.desc()).limit(1).options(*_PLAN)).first()


def plan_of(session: Session, report: OperativeReport) -> RevisionPlan:
    """The version that was taken to the operating room."""
    return get_record(session, RevisionPlan, report.plan_id, *_PLAN)


def why_not_begun(case: RevisionCase, plan: RevisionPlan | None) -> str:
    """Why no report can be begun in this case; empty where one can."""
    if plan is None:
        return NOT_SIGNED
    if not is_surgery({field_at(row.side, "steps"): row.steps for row in plan.sides}):
        return NO_SURGERY_PLANNED
    return CLOSED if case.closed_on is not None else ""


def read_facts(
    session: Session, case: RevisionCase, plan: RevisionPlan | None, report: OperativeReport | None
) -> ReportFacts:
    """What stands in the store now; `case` comes with its indications."""
    values: Mapping[str, Any] = snapshot_of(REPORT_FORM, report).values if report else REPORT_FORM.empty()
    operation = get_record(session, Operation, report.operation_id, WITH_DEVICES) if report else None
    events = {row.side: row.event for row in operation.sides} if operation else {}
    spells = [row.spell for row in operation.sides if row.spell is not None] if operation else []
    return ReportFacts(
        report=values,
        planned=planned_sides(plan) if plan else {},
        events=events,
        put_in={spell.side: _put_in(spell) for spell in spells},
        came_out=_came_out(session, operation, events) if operation else {},
        drains=_count(session, Drain, operation),
        matrices=_count(session, Matrix, operation),
        indications=tuple(
            {"side": row.side, "indication": row.indication, "layer": row.layer, "note": row.note}
            for row in case.indications
        ),
        happened_on=operation.happened_on if operation else None,
        planned_on=case.surgery_on,
        surgeon=operation.surgeon if operation else None,
    )


def planned_sides(plan: RevisionPlan) -> dict[Side, PlannedSide]:
    return {
        row.side: PlannedSide(
            steps=tuple(row.steps),
            device=_planned_device(row),
            spares=tuple(_spare(each, row) for each in plan.devices if each.side is row.side and _is_spare(each)),
            plane=row.plane,
            incision=row.incision,
            pocket=row.pocket,
            drain_count=row.drain_count,
        )
        for row in plan.sides
    }


def _planned_device(row: PlanSide) -> DeviceFacts:
    names = ("manufacturer", "line", "style", "volume_ml", "width_mm", "projection_mm", "fill", "shape", "surface")
    return DeviceFacts(**{name: getattr(row, name) for name in names})


def _is_spare(device: PlannedDevice) -> bool:
    return device.role is DeviceRole.SPARE


def _spare(device: PlannedDevice, first: PlanSide) -> DeviceFacts:
    """What is not said of a spare size is as the first choice has it; its style and measures are its own."""
    return DeviceFacts(
        manufacturer=device.manufacturer or first.manufacturer,
        line=device.line or first.line,
        style=device.style,
        volume_ml=device.volume_ml,
        fill=first.fill,
        shape=first.shape,
        surface=first.surface,
    )


def _contingency(row: Any) -> PlannedContingency:
    return PlannedContingency(row.side, row.happens, row.detail, tuple(row.steps), row.then)


def _put_in(spell: DeviceSpell) -> DeviceFacts:
    """A round device has a diameter for its width."""
    device = spell.device
    width = device.width_mm if device.width_mm is not None else device.diameter_mm
    return DeviceFacts(width_mm=width, **{name: getattr(device, name) for name in _FACTS})


def _came_out(session: Session, operation: Operation, events: Mapping[Side, SideEvent]) -> dict[Side, CameOut]:
    history = read_history(session, operation.patient_id)
    recorded = {row.side: row for row in session.scalars(select(Removal).where(Removal.operation_id == operation.id))}
    found = {}
    for side in Side:
        if events.get(side) in TAKES_OUT:
            row, title = recorded.get(side), _title(history, side, operation.id)
            found[side] = CameOut(
                title=title,
                is_recorded=row is not None,
                conditions=tuple(row.condition or ()) if row else (),
                capsulectomy=row.capsulectomy if row else None,
                disposition=row.disposition if row else None,
            )
    return found


def _title(history: History, side: Side, operation_id: int) -> str:
    ended = (each.title for each in history.chain(side) if each.occupation.removed_by == operation_id)
    return next(ended, "Unknown device")


def _count(session: Session, kind: Any, operation: Operation | None) -> dict[Side, int]:
    if operation is None:
        return {}
    rows = session.execute(
        select(kind.side, func.count()).where(kind.operation_id == operation.id).group_by(kind.side)
    ).all()
    return dict(rows)
