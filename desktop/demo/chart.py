"""Who writes what of a patient's story when, each line by the service that a person at the screen would use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from desktop.demo.consent_story import ConsentStory, file_written, take_back, write_consent
from desktop.demo.finding_story import FindingStory, write_finding
from desktop.demo.operation_parts import record_parts
from desktop.demo.outcome_story import ComplicationStory, ReoperationStory, write_complication
from desktop.demo.plan_story import OrderStory, keep_as_template, prefilled_answers, write_orders
from desktop.demo.recovery_story import CALLED, AnswerStory, OverrideStory, RecoveryStory, RedFlagStory
from desktop.demo.report_story import ReportStory, amend_written, sign_written, write_report
from desktop.demo.request_story import RequestStory
from desktop.demo.safety_story import PhaseStory, run_phase
from desktop.demo.story import (
    AddendumStory,
    CaseStory,
    ExaminationStory,
    NoteStory,
    OperationStory,
    PatientStory,
    PlanStory,
    StoryFault,
)
from desktop.demo.work_up_story import WorkUpStory, write_work_up
from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.imaging import IMAGING_FORM
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.patient import PATIENT_FORM
from desktop.forms.revision import CASE_FORM
from desktop.models.choices import RecoveryState, RequestState
from desktop.services.anesthesia import add_addendum, open_note, save_note, sign_note
from desktop.services.examination import save_examination
from desktop.services.handout import issue_recovery_handout
from desktop.services.imaging import save_imaging
from desktop.services.missing_records import read_missing
from desktop.services.operation import save_operation
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot
from desktop.services.records_closing import close_answered, close_nothing_kept, open_closing, withdraw_request
from desktop.services.records_request import make_request, new_request, read_request, remind
from desktop.services.recovery import answer_item, override_day, report_red_flag, start_checklist
from desktop.services.recovery_view import ChecklistView, open_checklist
from desktop.services.reoperation import start_reoperation
from desktop.services.revision import (
    amend_plan,
    close_case,
    new_plan,
    open_case,
    open_case_file,
    save_case,
    save_plan,
    sign_plan,
)

WENT_HOME = dt.time(15, 0)
"""When the lines of the day of surgery are answered."""

SURGEON, ANESTHESIA, NURSE, DESK = "marchetti", "osei", "pell", "duarte"


@dataclass(frozen=True)
class Entry:
    """One thing somebody wrote down; `who` is the name of the account."""

    at: dt.datetime
    who: str
    told_in: str
    write: Callable[[Session], object]


@dataclass
class Chart:
    """A patient's records as they come to be."""

    story: PatientStory
    patient_id: int = field(default=0, init=False)
    case_id: int = field(default=0, init=False)
    complication_id: int | None = field(default=None, init=False)
    request_ids: list[int] = field(default_factory=list, init=False)
    consents: list[Snapshot] = field(default_factory=list, init=False)

    def entries(self) -> Iterator[Entry]:
        """In the order in which the lines of one moment follow one another."""
        story, case = self.story, self.story.case
        yield self._entry(story.registered_at, DESK, self._register)
        for operation in story.operations:
            yield self._entry(
                operation.recorded_at, SURGEON if operation.is_ours else NURSE, self._record_operation, operation
            )
        for number, request in enumerate(story.requests):
            yield from self._entries_of_request(number, request)
        if story.imaging:
            yield self._entry(story.registered_at, NURSE, self._record_imaging)
        if case is not None:
            yield self._entry(case.opened_at, SURGEON, self._open_case, case)
        for examination in story.examinations:
            yield self._entry(examination.examined_at, SURGEON, self._examine, examination)
        for finding in story.findings:
            yield self._entry(finding.written_at, SURGEON, self._write_finding, finding)
        for work_up in story.work_ups:
            yield self._entry(work_up.written_at, NURSE, self._write_work_up, work_up)
        for plan in story.plans:
            yield self._entry(plan.written_at, SURGEON, self._plan, plan)
            if plan.extras.order is not None:
                yield self._entry(plan.extras.order.made_at, NURSE, self._order, plan.extras.order)
            if plan.signed_at is not None:
                yield self._entry(plan.signed_at, SURGEON, self._sign_plan, plan)
        for number, consent in enumerate(story.consents):
            yield from self._entries_of_consent(number, consent)
        if story.note is not None:
            yield from self._entries_of_note(story.note)
        if case is not None and case.found_at is not None:
            yield self._entry(case.found_at, SURGEON, self._add_what_was_found, case)
        if story.report is not None:
            yield from self._entries_of_report(story.report)
        if story.recovery is not None:
            yield from self._entries_of_recovery(story.recovery)
        if case is not None and case.closed_at is not None:
            yield self._entry(case.closed_at, SURGEON, lambda session: close_case(session, self.case_id))
        for phase in story.safety:
            yield self._entry(phase.begun_at, phase.led_by, self._run_phase, phase)
        for complication in story.complications:
            yield self._entry(complication.written_at, SURGEON, self._write_complication, complication)
        if story.again is not None:
            yield self._entry(story.again.started_at, SURGEON, self._start_again, story.again)

    def _entry(self, at: dt.datetime, who: str, write: Callable[..., object], *told: object) -> Entry:
        return Entry(at, who, self.story.told_in, lambda session: write(session, *told))

    def _entries_of_consent(self, number: int, consent: ConsentStory) -> Iterator[Entry]:
        yield self._entry(consent.written_at, NURSE, self._write_consent, consent)
        if consent.filed_at is not None:
            yield self._entry(consent.filed_at, NURSE, self._file_consent, number, consent)
        if consent.withdrawn_at is not None:
            yield self._entry(consent.withdrawn_at, NURSE, self._withdraw_consent, number, consent)

    def _entries_of_note(self, note: NoteStory) -> Iterator[Entry]:
        yield self._entry(note.written_at, ANESTHESIA, self._write_note, note)
        if note.signed_at is not None:
            yield self._entry(note.signed_at, ANESTHESIA, self._sign_note)
        for addendum in note.addenda:
            yield self._entry(addendum.added_at, ANESTHESIA, self._add_to_note, addendum)

    def _entries_of_report(self, report: ReportStory) -> Iterator[Entry]:
        yield self._entry(report.begun_at, SURGEON, self._write_report, report)
        if report.signed_at is not None:
            yield self._entry(report.signed_at, SURGEON, self._sign_report)
        if report.amendment is not None:
            yield self._entry(report.amendment.amended_at, SURGEON, self._amend_report, report)

    def _entries_of_recovery(self, recovery: RecoveryStory) -> Iterator[Entry]:
        yield self._entry(recovery.started_at, NURSE, self._start_recovery, recovery)
        if recovery.handout_at is not None:
            yield self._entry(recovery.handout_at, DESK, self._give_handout)
        for override in recovery.overrides:
            yield self._entry(override.made_at, SURGEON, self._override, override)
        for day in range(recovery.answered_to + 1):
            on = recovery.surgery_on + dt.timedelta(days=day)
            answered_at = dt.datetime.combine(on, CALLED if day else WENT_HOME).astimezone()
            yield self._entry(answered_at, NURSE, self._answer_day, day, recovery.others_on(day))
        for flag in recovery.red_flags:
            yield self._entry(flag.reported_at, NURSE, self._report, flag)

    def _entries_of_request(self, number: int, request: RequestStory) -> Iterator[Entry]:
        yield self._entry(request.asked_at, NURSE, self._ask_for_records, request)
        if request.reminded_at is not None:
            yield self._entry(request.reminded_at, DESK, self._remind, number)
        if request.closed_at is not None:
            yield self._entry(request.closed_at, NURSE, self._close_request, number, request)

    def _register(self, session: Session) -> None:
        answers = PATIENT_FORM.empty() | dict(self.story.answers)
        self.patient_id = self._id_of(save_patient(session, _nothing_yet(), answers))

    def _record_operation(self, session: Session, operation: OperationStory) -> None:
        answers = OPERATION_FORM.empty() | dict(operation.answers)
        record_parts(session, self._id_of(save_operation(session, _nothing_yet(), answers, self.patient_id)), operation)

    def _record_imaging(self, session: Session) -> None:
        for answers in self.story.imaging:
            save_imaging(session, _nothing_yet(), IMAGING_FORM.empty() | dict(answers), self.patient_id)

    def _open_case(self, session: Session, case: CaseStory) -> None:
        answers = CASE_FORM.empty() | dict(case.answers)
        self.case_id = self._id_of(save_case(session, _nothing_yet(), answers, self.patient_id))

    def _examine(self, session: Session, examination: ExaminationStory) -> None:
        """A visit before the case was opened belongs to none."""
        answers = EXAMINATION_FORM.empty() | dict(examination.answers)
        save_examination(session, _nothing_yet(), answers, self.patient_id, self.case_id or None)

    def _write_finding(self, session: Session, finding: FindingStory) -> None:
        try:
            write_finding(session, self.patient_id, self.case_id, finding)
        except ValueError as wrong:
            raise self._fault(str(wrong)) from wrong

    def _write_work_up(self, session: Session, work_up: WorkUpStory) -> None:
        write_work_up(session, self.patient_id, self.case_id, work_up)

    def _add_what_was_found(self, session: Session, case: CaseStory) -> None:
        opened = open_case(session, self.case_id)
        answers = dict(opened.values) | {"indications": (*opened.values["indications"], *case.found)}
        save_case(session, opened, answers, self.patient_id)

    def _plan(self, session: Session, plan: PlanStory) -> None:
        opened = amend_plan(session, self._plan_now(session)[0], plan.amends) if plan.amends else new_plan()
        prefilled = prefilled_answers(session, plan.extras)
        answers = dict(opened.values) | dict(plan.answers) | prefilled
        saved = save_plan(session, opened, answers, self.patient_id, self.case_id)
        keep_as_template(session, plan.extras, saved.values)

    def _order(self, session: Session, order: OrderStory) -> None:
        write_orders(session, self.patient_id, self.case_id, order)

    def _sign_plan(self, session: Session, plan: PlanStory) -> None:
        points = open_case_file(session, self.patient_id, self.case_id).open_points
        reasons = {point.text: plan.over for point in points if point.needs_reason}
        sign_plan(session, *self._plan_now(session), reasons=reasons)

    def _write_consent(self, session: Session, consent: ConsentStory) -> None:
        self.consents.append(write_consent(session, self.patient_id, self.case_id, consent))

    def _file_consent(self, session: Session, number: int, consent: ConsentStory) -> None:
        file_written(session, self.patient_id, self.consents[number], consent)

    def _withdraw_consent(self, session: Session, number: int, consent: ConsentStory) -> None:
        take_back(session, self.consents[number], consent)

    def _write_note(self, session: Session, note: NoteStory) -> None:
        opened = open_note(session, self.case_id).note
        save_note(session, opened, dict(opened.values) | dict(note.answers), self.case_id)

    def _sign_note(self, session: Session) -> None:
        note = open_note(session, self.case_id).note
        sign_note(session, self._id_of(note), note.version or 0)

    def _add_to_note(self, session: Session, addendum: AddendumStory) -> None:
        note = open_note(session, self.case_id).note
        add_addendum(session, self._id_of(note), addendum.text, addendum.reason)

    def _run_phase(self, session: Session, phase: PhaseStory) -> None:
        run_phase(session, self.patient_id, self.case_id, phase)

    def _write_complication(self, session: Session, complication: ComplicationStory) -> None:
        self.complication_id = write_complication(session, self.patient_id, self.case_id, complication)

    def _start_again(self, session: Session, again: ReoperationStory) -> None:
        """From here on the new case is the one that is written in."""
        complication_id = self.complication_id if again.for_complication else None
        self.case_id = start_reoperation(session, self.patient_id, self.case_id, complication_id)

    def _write_report(self, session: Session, report: ReportStory) -> None:
        write_report(session, self.patient_id, self.case_id, report)

    def _sign_report(self, session: Session) -> None:
        sign_written(session, self.patient_id, self.case_id)

    def _amend_report(self, session: Session, report: ReportStory) -> None:
        if report.amendment is not None:
            amend_written(session, self.patient_id, self.case_id, report.amendment)

    def _start_recovery(self, session: Session, recovery: RecoveryStory) -> None:
        start_checklist(session, self.case_id, recovery.surgery_on)

    def _give_handout(self, session: Session) -> None:
        issue_recovery_handout(session, self.patient_id)

    def _answer_day(self, session: Session, day: int, others: dict[str, AnswerStory]) -> None:
        todays = [item for group in self._checklist(session).days if group.day == day for item in group.items]
        if strangers := set(others) - {item.code for item in todays}:
            raise self._fault(f"{', '.join(sorted(strangers))} is not on the checklist of day {day}")
        for item in todays:
            other = others.get(item.code)
            state, reason = (other.state, other.reason) if other else (RecoveryState.DONE, None)
            answer_item(session, item.id, state, reason, item.version)

    def _override(self, session: Session, override: OverrideStory) -> None:
        checklist = self._checklist(session)
        override_day(session, checklist.id, override.code, override.new_day, override.reason, checklist.version)

    def _report(self, session: Session, flag: RedFlagStory) -> None:
        report_red_flag(session, self._checklist(session).id, flag.code)

    def _ask_for_records(self, session: Session, request: RequestStory) -> None:
        to_ask = read_missing(session, self.patient_id).to_ask
        whom = next((each for each in to_ask if each.kind is request.to), None)
        if whom is None:
            raise self._fault(f"there is no {request.to.label.lower()} to ask")
        opened = new_request(session, whom)
        answers = dict(opened.values) | {"recipient_address": request.address, "due_on": request.due_on}
        made = make_request(session, opened, answers, self.patient_id, whom.operation_id)
        self.request_ids.append(made.row.id)

    def _remind(self, session: Session, number: int) -> None:
        row = read_request(session, self.request_ids[number])
        remind(session, row.id, row.version)

    def _close_request(self, session: Session, number: int, request: RequestStory) -> None:
        closing = open_closing(session, self.request_ids[number])
        row = closing.row
        if request.came_of_it is RequestState.ANSWERED and request.source is not None:
            close_answered(session, row.id, row.version, request.source)
        elif request.came_of_it is RequestState.NOTHING_KEPT:
            empty = [fact.name for fact in closing.facts if fact.is_empty]
            close_nothing_kept(session, row.id, row.version, empty)
        else:
            withdraw_request(session, row.id, row.version, request.reason)

    def _checklist(self, session: Session) -> ChecklistView:
        checklist = open_checklist(session, self.case_id)
        if checklist is None:
            raise self._fault("the recovery is told before it is started")
        return checklist

    def _plan_now(self, session: Session) -> tuple[int, int]:
        """The newest plan of the case and its version."""
        plan = open_case_file(session, self.patient_id, self.case_id).plan
        return self._id_of(plan), plan.version or 0

    def _id_of(self, record: Snapshot) -> int:
        if record.id is None:
            raise self._fault("something is told before it was written")
        return record.id

    def _fault(self, what: str) -> StoryFault:
        return StoryFault(f"{self.story.told_in}: {what}")


def _nothing_yet() -> Snapshot:
    return Snapshot(None, None, {})
