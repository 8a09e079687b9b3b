"""What is told about the operative report of one patient of the demo practice, and how it is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.demo.answers import SIDES, Table, read_answers, read_choice
from desktop.demo.days import read_moment
from desktop.forms.device import DEVICE_FORM
from desktop.forms.operative_report import REPORT_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import PlanStep, Side, StepOutcome
from desktop.rules.performed import Row, added
from desktop.rules.report_comparison import left_as_planned
from desktop.services.device import open_device, save_device
from desktop.services.operative_report import amend_report, begin_report, open_report, save_report, sign_report
from desktop.services.record import Snapshot
from desktop.services.removal import save_removal
from desktop.services.report_file import read_report_file

BEGUN, SIGNED = dt.time(16, 5), dt.time(17, 10)
"""When a report is usually begun and signed on the day of surgery."""

_BESIDE = ("begun", "signed", "answered", "others", "device", "removal", "amended", "again", "because")
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class OtherStep:
    """A step of the plan that was not done as planned, or one that was added: `planned` is None."""

    side: Side
    planned: PlanStep | None
    outcome: StepOutcome
    performed: PlanStep | None
    reason: str


@dataclass(frozen=True)
class AmendmentStory:
    """A later version: what was different, why, and when it was signed."""

    amended_at: dt.datetime
    because: str
    answers: Answers


@dataclass(frozen=True)
class ReportStory:
    """In the sides that are `answered` everything was as planned, except what `others` say."""

    begun_at: dt.datetime
    signed_at: dt.datetime | None
    answered: tuple[Side, ...]
    others: tuple[OtherStep, ...]
    answers: Answers
    devices: Mapping[Side, Answers]
    removals: Mapping[Side, Answers]
    amendment: AmendmentStory | None


def tell_report(table: Table, today: dt.date) -> ReportStory:
    def answers(told: Table) -> Answers:
        return read_answers(REPORT_FORM, {key: value for key, value in told.items() if key not in _BESIDE}, today)

    def by_side(form: Any, told: Table) -> dict[Side, Answers]:
        sided = {name: {**told.get("both", {}), **told.get(name, {})} for name in SIDES}
        return {SIDES[name]: read_answers(form, said, today) for name, said in sided.items() if said}

    later = table.get("again")
    return ReportStory(
        begun_at=read_moment(table["begun"], today, BEGUN),
        signed_at=read_moment(table["signed"], today, SIGNED) if "signed" in table else None,
        answered=tuple(Side.from_code(code) for code in table.get("answered", ("R", "L"))),
        others=tuple(map(_other, table.get("others", ()))),
        answers=answers(table),
        devices=by_side(DEVICE_FORM, table.get("device", {})),
        removals=by_side(REMOVAL_FORM, table.get("removal", {})),
        amendment=AmendmentStory(read_moment(later["amended"], today, SIGNED), later["because"], answers(later))
        if later
        else None,
    )


def _other(told: Table) -> OtherStep:
    return OtherStep(
        Side.from_code(told["side"]),
        read_choice(PlanStep, told["step"]) if "step" in told else None,
        read_choice(StepOutcome, told["outcome"]),
        read_choice(PlanStep, told["performed"]) if "performed" in told else None,
        told["reason"],
    )


def write_report(session: Session, patient_id: int, case_id: int, story: ReportStory) -> None:
    """Begun from the signed plan; the operation of that day that is recorded already is the one it is about."""
    begin_report(session, case_id)
    operation_id = read_report_file(session, patient_id, case_id).operation_id or 0
    for side, told in story.devices.items():
        opened = open_device(session, operation_id, side)
        save_device(session, opened, {**opened.values, **told}, operation_id, side)
    for side, told in story.removals.items():
        save_removal(session, Snapshot(None, None, {}), REMOVAL_FORM.empty() | dict(told), operation_id, side)
    file = read_report_file(session, patient_id, case_id)
    assert file.report is not None, "it was begun a moment ago"
    told_otherwise = {**file.report.values, "steps": _steps(file.report.values["steps"], story), **story.answers}
    saved = save_report(session, file.report, told_otherwise, patient_id)
    facts = read_report_file(session, patient_id, case_id).facts
    planned, _words = left_as_planned(facts)
    planned = {name: answer for name, answer in planned.items() if _is_answered(name, story)}
    if "steps" in planned:
        pairs = zip(planned["steps"], saved.values["steps"], strict=True)
        planned["steps"] = tuple(after if after["side"] in story.answered else row for after, row in pairs)
    save_report(session, saved, {**saved.values, **planned}, patient_id)


def sign_written(session: Session, patient_id: int, case_id: int) -> None:
    file = read_report_file(session, patient_id, case_id)
    assert file.report is not None, "a report is written before it is signed"
    sign_report(session, file.report.id or 0, file.report.version or 0)


def amend_written(session: Session, patient_id: int, case_id: int, amendment: AmendmentStory) -> None:
    newest = read_report_file(session, patient_id, case_id).newest
    assert newest is not None, "only what was signed is amended"
    opened = open_report(session, amend_report(session, newest.id, amendment.because).id or 0)
    saved = save_report(session, opened, {**opened.values, **amendment.answers}, patient_id)
    sign_report(session, saved.id or 0, saved.version or 0)


def _is_answered(name: str, story: ReportStory) -> bool:
    side = next((side for side in Side if name.startswith(f"{side.label.lower()}.")), None)
    return side is None or side in story.answered


def _steps(rows: tuple[Row, ...], story: ReportStory) -> tuple[Row, ...]:
    told = list(story.others)
    answered = []
    for row in rows:
        other = next((each for each in told if (each.side, each.planned) == (row["side"], row["planned"])), None)
        if other is not None:
            told.remove(other)
            row = {**row, "outcome": other.outcome, "performed": other.performed, "reason": other.reason}
        answered.append(row)
    return (*answered, *(added(each.side, each.performed, each.reason) for each in told))
