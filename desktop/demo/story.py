"""What is told about one patient of the demo practice, read from the files in `resources/demo`."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.demo.answers import SIDES, Table, read_answers
from desktop.demo.consent_story import ConsentStory, tell_consent
from desktop.demo.days import read_moment
from desktop.demo.finding_story import FindingStory, tell_finding
from desktop.demo.outcome_story import (
    OUTCOME,
    ComplicationStory,
    ReoperationStory,
    tell_complication,
    tell_reoperation,
)
from desktop.demo.plan_story import BESIDES, PlanExtras, tell_extras
from desktop.demo.recovery_story import RecoveryStory, tell_recovery
from desktop.demo.report_story import ReportStory, tell_report
from desktop.demo.request_story import RequestStory, tell_request
from desktop.demo.safety_story import PhaseStory, tell_phase
from desktop.demo.work_up_story import WorkUpStory, tell_work_up
from desktop.forms.anesthesia import ANESTHESIA_FORM
from desktop.forms.device import DEVICE_FORM
from desktop.forms.drain import DRAIN_FORM
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import Form
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.matrix import MATRIX_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.forms.removal import REMOVAL_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import IndicationLayer, Side

Answers = Mapping[str, Any]

REGISTERED, RECORDED, EXAMINED = dt.time(8, 10), dt.time(8, 25), dt.time(9, 0)
PLANNED, SIGNED, OPERATED, CLOSED = dt.time(11, 0), dt.time(13, 0), dt.time(16, 0), dt.time(17, 0)
"""At what time of day things are usually written down."""


SIGNED_OVER = "Discussed with the patient; it follows before the day of surgery."
"""Why a plan is usually signed although something is open."""


class StoryFault(Exception):
    """A story cannot be told; the text names its file, the patient and what is wrong."""


@dataclass(frozen=True)
class OperationStory:
    """`devices` and `removals` tell more about what went into a side and what came out of it."""

    recorded_at: dt.datetime
    is_ours: bool
    answers: Answers
    devices: Mapping[Side, Answers]
    removals: Mapping[Side, Answers]
    matrices: tuple[Answers, ...]
    drains: tuple[Answers, ...]


@dataclass(frozen=True)
class CaseStory:
    """`found` is what surgery added to the indications."""

    opened_at: dt.datetime
    answers: Answers
    found_at: dt.datetime | None
    found: tuple[Answers, ...]
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class ExaminationStory:
    examined_at: dt.datetime
    answers: Answers


@dataclass(frozen=True)
class PlanStory:
    """`over` is why it was signed although something was open."""

    written_at: dt.datetime
    signed_at: dt.datetime | None
    over: str
    amends: str | None
    answers: Answers
    extras: PlanExtras


@dataclass(frozen=True)
class AddendumStory:
    added_at: dt.datetime
    text: str
    reason: str


@dataclass(frozen=True)
class NoteStory:
    written_at: dt.datetime
    signed_at: dt.datetime | None
    answers: Answers
    addenda: tuple[AddendumStory, ...]


@dataclass(frozen=True)
class PatientStory:
    file: str
    registered_at: dt.datetime
    answers: Answers
    operations: tuple[OperationStory, ...]
    imaging: tuple[Answers, ...]
    case: CaseStory | None
    examinations: tuple[ExaminationStory, ...]
    plans: tuple[PlanStory, ...]
    note: NoteStory | None
    recovery: RecoveryStory | None
    report: ReportStory | None = None
    requests: tuple[RequestStory, ...] = ()
    findings: tuple[FindingStory, ...] = ()
    work_ups: tuple[WorkUpStory, ...] = ()
    consents: tuple[ConsentStory, ...] = ()
    safety: tuple[PhaseStory, ...] = ()
    complications: tuple[ComplicationStory, ...] = ()
    again: ReoperationStory | None = None

    @property
    def told_in(self) -> str:
        return f"{self.file}, {self.answers['family_name']}"


def read_stories(folder: Path, today: dt.date) -> tuple[PatientStory, ...]:
    """Every patient of every file, in the order of the files' names."""
    return tuple(
        story
        for path in sorted(folder.glob("*.toml"))
        for story in read_file(path.name, path.read_text("utf-8"), today)
    )


def read_file(name: str, text: str, today: dt.date) -> Iterator[PatientStory]:
    try:
        told = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        raise StoryFault(f"{name}: {wrong}") from wrong
    for number, table in enumerate(told.get("patient", ()), start=1):
        try:
            yield _Teller(today).patient(name, table)
        except KeyError as wrong:
            raise StoryFault(f"{name}, {table.get('family_name', number)}: {wrong} is missing") from wrong
        except (TypeError, ValueError) as wrong:
            raise StoryFault(f"{name}, {table.get('family_name', number)}: {wrong}") from wrong


@dataclass(frozen=True)
class _Teller:
    today: dt.date

    def patient(self, file: str, table: Table) -> PatientStory:
        case = self._case(table["case"], table.get("found")) if "case" in table else None
        parts = ("registered", "operation", "imaging", "case", "examination", "found", "plan", "note", "recovery")
        return PatientStory(
            file=file,
            registered_at=self._at(table["registered"], REGISTERED),
            answers=self._answers(
                PATIENT_FORM, table, *parts, "report", "request", "finding", "work_up", "consent", *OUTCOME
            ),
            operations=tuple(self._operation(told, table["registered"]) for told in table.get("operation", ())),
            imaging=tuple(self._answers(IMAGING_FORM, told) for told in table.get("imaging", ())),
            case=case,
            examinations=tuple(self._examination(told) for told in table.get("examination", ())),
            findings=tuple(tell_finding(told, table["case"]["on"], self.today) for told in table.get("finding", ())),
            work_ups=tuple(tell_work_up(told, self.today) for told in table.get("work_up", ())),
            plans=tuple(self._plan(told) for told in table.get("plan", ())),
            consents=tuple(tell_consent(told, self.today) for told in table.get("consent", ())),
            note=self._note(table["note"]) if "note" in table else None,
            recovery=self._recovery(table["recovery"], case) if "recovery" in table else None,
            report=tell_report(table["report"], self.today) if "report" in table else None,
            requests=tuple(tell_request(told, self.today) for told in table.get("request", ())),
            safety=tuple(tell_phase(told, self.today) for told in table.get("safety", ())),
            complications=tuple(tell_complication(told, self.today) for told in table.get("complication", ())),
            again=tell_reoperation(table["reoperation"], self.today) if "reoperation" in table else None,
        )

    def _operation(self, table: Table, registered: str) -> OperationStory:
        is_ours = "recorded" in table
        at = self._at(table["recorded"], OPERATED) if is_ours else self._at(registered, RECORDED)
        return OperationStory(
            recorded_at=at,
            is_ours=is_ours,
            answers=self._answers(OPERATION_FORM, table, "recorded", "device", "removal", "matrix", "drain"),
            devices=self._by_side(DEVICE_FORM, table.get("device", {})),
            removals=self._by_side(REMOVAL_FORM, table.get("removal", {})),
            matrices=tuple(self._answers(MATRIX_FORM, told) for told in table.get("matrix", ())),
            drains=tuple(self._answers(DRAIN_FORM, told) for told in table.get("drain", ())),
        )

    def _by_side(self, form: Form, table: Table) -> Mapping[Side, Answers]:
        """What `both` tells is told of each side; a side's own answer wins."""
        told = {name: {**table.get("both", {}), **table.get(name, {})} for name in SIDES}
        return {SIDES[name]: self._answers(form, answers) for name, answers in told.items() if answers}

    def _case(self, table: Table, found: Table | None) -> CaseStory:
        answers = dict(self._answers(CASE_FORM, table, "on", "closed"))
        answers["indications"] = _said_by(IndicationLayer.SURGEON, answers["indications"])
        added = self._answers(CASE_FORM, {"indications": found["indications"]}) if found else {}
        return CaseStory(
            opened_at=self._at(table["on"], EXAMINED),
            answers=answers,
            found_at=self._at(found["on"], OPERATED) if found else None,
            found=_said_by(IndicationLayer.FOUND, added.get("indications", ())),
            closed_at=self._at(table["closed"], CLOSED) if "closed" in table else None,
        )

    def _examination(self, table: Table) -> ExaminationStory:
        """One that was told by a letter is written down when that is `recorded`."""
        examined_at = self._at(table.get("recorded", table["examined_on"]), EXAMINED)
        return ExaminationStory(examined_at, self._answers(EXAMINATION_FORM, table, "recorded"))

    def _plan(self, table: Table) -> PlanStory:
        signed_at = self._at(table["signed"], SIGNED) if "signed" in table else None
        answers = self._answers(PLAN_FORM, table, "on", "signed", "over", "amends", *BESIDES)
        over, extras = table.get("over", SIGNED_OVER), tell_extras(table, self.today)
        return PlanStory(self._at(table["on"], PLANNED), signed_at, over, table.get("amends"), answers, extras)

    def _note(self, table: Table) -> NoteStory:
        signed_at = self._at(table["signed"], SIGNED) if "signed" in table else None
        return NoteStory(
            written_at=signed_at or self._at(table["at"], SIGNED),
            signed_at=signed_at,
            answers=self._answers(ANESTHESIA_FORM, table, "at", "signed", "addendum"),
            addenda=tuple(
                AddendumStory(self._at(told["on"], SIGNED), told["text"], told["reason"])
                for told in table.get("addendum", ())
            ),
        )

    def _recovery(self, table: Table, case: CaseStory | None) -> RecoveryStory:
        return tell_recovery(table, self.today, case.answers.get("surgery_on") if case else None)

    def _at(self, written: object, usual: dt.time) -> dt.datetime:
        return read_moment(written, self.today, usual)

    def _answers(self, form: Form, table: Table, *besides: str) -> Answers:
        return read_answers(form, {key: told for key, told in table.items() if key not in besides}, self.today)


def _said_by(layer: IndicationLayer, rows: Iterable[Answers]) -> tuple[Answers, ...]:
    """The rows, in the layer in which they are usually told unless they say otherwise."""
    return tuple({**row, "layer": row["layer"] or layer} for row in rows)
