"""A recovery checklist from its start to week 6, on a real encrypted store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.errors import PermissionDenied, RecordChanged, Rejected, UserError
from desktop.models.audit import AuditEntry
from desktop.models.choices import RecoveryState, Role
from desktop.models.recovery import RecoveryItem, RedFlagReport
from desktop.models.revision import RevisionCase
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor, Verb, may
from desktop.rules.recovery import DayState
from desktop.services import recovery_protocol
from desktop.services.recovery import (
    answer_item,
    follow_surgery_date,
    override_day,
    report_red_flag,
    set_routine_days,
    start_checklist,
)
from desktop.services.recovery_board import board, read_board
from desktop.services.recovery_protocol import approve_protocol, open_protocol
from desktop.services.recovery_view import ChecklistView, open_checklist, read_recovery
from tests.conftest import NOW
from tests.recovery_story import DAY_3, add_operated_patient, add_recovering_patient, line

AddPatient = Callable[..., int]
DONE, SKIPPED = RecoveryState.DONE, RecoveryState.SKIPPED


def ask(practice: OpenPractice, work: Callable[..., Any], *args: Any, actor: Actor | None = None) -> Any:
    with practice.database.unit_of_work(actor or practice.actor) as session:
        return work(session, *args)


def somebody(*roles: Role) -> Actor:
    return Actor(99, "Somebody", frozenset(roles), "test")


def audited(practice: OpenPractice, verb: str) -> list[AuditEntry]:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.seq)))


@pytest.fixture
def recovering(practice: OpenPractice, add_patient: AddPatient) -> ChecklistView:
    return add_recovering_patient(practice, add_patient)[1]


class TestStarting:
    def test_that_the_days_come_from_the_protocol_with_their_dates(self, recovering: ChecklistView) -> None:
        assert [group.label for group in recovering.days] == [
            "Surgery day", *(f"Day {n}" for n in range(1, 8)), "Week 2", "Week 4", "Week 6",
        ]  # fmt: skip
        assert recovering.days[3].date == dt.date(2026, 11, 23)
        assert recovering.today == 3
        assert line(recovering, "LIFT_FIRST", 0).text == (
            "Lift nothing heavier than 2.3 kg (5 lb) until Fri 4 Dec 2026 (day 14)."
        )

    def test_that_nothing_is_answered_before_somebody_answers(self, recovering: ChecklistView) -> None:
        assert all(group.answered == 0 for group in recovering.days)
        assert {group.state for group in recovering.days[:3]} == {DayState.NOT_ANSWERED}

    def test_that_the_surgeons_number_wins(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        _patient, view = add_recovering_patient(practice, add_patient, plan={"routine_after_days": 14})
        assert (view.routine_after_days, view.routine_set_by) == (14, "Dr. A. Marchetti")
        assert view.routine_on == dt.date(2026, 12, 4)

    def test_that_the_protocol_speaks_where_the_surgeon_said_nothing(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        _patient, view = add_recovering_patient(practice, add_patient, plan={"routine_after_days": None})
        assert (view.routine_after_days, view.routine_set_by) == (7, None)

    def test_that_a_draft_of_the_plan_counts_for_nothing(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        _patient, view = add_recovering_patient(practice, add_patient, signed=False, plan={"routine_after_days": 14})
        assert (view.routine_after_days, view.routine_set_by) == (7, None)

    @pytest.mark.parametrize(("right", "left", "asked"), [(1, 0, True), (None, 0, True), (0, 0, False)])
    def test_that_drains_are_asked_for_unless_there_are_surely_none(
        self, practice: OpenPractice, add_patient: AddPatient, right: int | None, left: int, asked: bool
    ) -> None:
        drains = {"right.drain_count": right, "left.drain_count": left}
        _patient, view = add_recovering_patient(practice, add_patient, plan=drains)
        assert any(item.code == "DRAIN" for group in view.days for item in group.items) is asked

    def test_that_it_needs_a_day_of_surgery(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        _patient, case_id = add_operated_patient(practice, add_patient, None, signed=False)
        with pytest.raises(UserError, match="day of surgery"):
            ask(practice, start_checklist, case_id, None)

    def test_that_it_is_started_once(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        with pytest.raises(UserError, match="started already"):
            ask(practice, start_checklist, recovering.case_id, DAY_3)

    def test_that_a_patient_without_a_case_has_nothing_to_start(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        file = ask(practice, read_recovery, add_patient())
        assert (file.case_id, file.checklist) == (None, None)

    def test_that_a_surgery_that_was_put_off_takes_its_checklist_along(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        put_off = dt.date(2026, 12, 11)
        with practice.database.unit_of_work(practice.actor) as session:
            session.get_one(RevisionCase, recovering.case_id).surgery_on = put_off
        assert ask(practice, open_checklist, recovering.case_id).surgery_moved_to == put_off
        followed = ask(practice, follow_surgery_date, recovering.id, recovering.version)
        assert (followed.surgery_on, followed.surgery_moved_to, followed.today) == (put_off, None, -18)

    def test_that_an_answered_checklist_keeps_its_days(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        walk = line(recovering, "WALK", 1)
        ask(practice, answer_item, walk.id, DONE, None, walk.version)
        with practice.database.unit_of_work(practice.actor) as session:
            session.get_one(RevisionCase, recovering.case_id).surgery_on = dt.date(2026, 12, 11)
        with pytest.raises(UserError, match="answered in part"):
            ask(practice, follow_surgery_date, recovering.id, recovering.version)


class TestAnswering:
    def test_that_an_answer_says_who_and_when(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        walk = line(recovering, "WALK", 3)
        answered = ask(practice, answer_item, walk.id, DONE, None, walk.version)
        assert (answered.state, answered.answered_by, answered.answered_at) == (DONE, "Dr. A. Marchetti", NOW)
        (entry,) = audited(practice, "tick_recovery")[1:]
        assert entry.patient_id == recovering.patient_id
        assert entry.changes == {"WALK day 3 state": ["not_answered", "done"]}

    def test_that_an_answer_can_be_taken_back(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        walk = line(recovering, "WALK", 3)
        answered = ask(practice, answer_item, walk.id, DONE, None, walk.version)
        again = ask(practice, answer_item, walk.id, RecoveryState.NOT_ANSWERED, None, answered.version)
        assert (again.state, again.answered_by, again.answered_at) == (RecoveryState.NOT_ANSWERED, "", None)

    @pytest.mark.parametrize("reason", ["", "  \n ", None, "x" * 201])
    def test_that_skipping_needs_a_short_reason(
        self, practice: OpenPractice, recovering: ChecklistView, reason: str | None
    ) -> None:
        walk = line(recovering, "WALK", 3)
        with pytest.raises(Rejected) as refused:
            ask(practice, answer_item, walk.id, SKIPPED, reason, walk.version)
        assert refused.value.problems[0].field == "reason"

    def test_that_the_reason_stays_as_it_was_written(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        walk = line(recovering, "WALK", 3)
        skipped = ask(practice, answer_item, walk.id, SKIPPED, "dizzy <b>'; DROP", walk.version)
        assert (skipped.state, skipped.reason) == (SKIPPED, "dizzy <b>'; DROP")

    def test_that_the_later_of_two_answers_sees_the_earlier_one(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        walk, pain = line(recovering, "WALK", 3), line(recovering, "PAIN", 3)
        ask(practice, answer_item, walk.id, DONE, None, walk.version)
        ask(practice, answer_item, pain.id, DONE, None, pain.version)  # another line is no conflict
        with pytest.raises(RecordChanged) as changed:
            ask(practice, answer_item, walk.id, RecoveryState.NOT_DONE, None, walk.version)
        assert changed.value.theirs.state is DONE

    def test_that_a_day_to_come_cannot_be_done_yet(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        visit = line(recovering, "VISIT_1", 7)
        with pytest.raises(UserError, match=r"Day 7 is Fri 27 Nov 2026, which is still to come"):
            ask(practice, answer_item, visit.id, DONE, None, visit.version)
        ask(practice, answer_item, visit.id, RecoveryState.NOT_APPLICABLE, None, visit.version)

    def test_that_a_limit_is_not_ticked(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        limit = line(recovering, "LIFT_FIRST", 0)
        with pytest.raises(UserError, match="limit is not ticked"):
            ask(practice, answer_item, limit.id, DONE, None, limit.version)


class TestASurgeonsOwnDays:
    def test_that_a_limit_moves_for_the_days_to_come_only(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        moved = ask(practice, override_day, recovering.id, "LIFT_FIRST", 21, "matrix repair", recovering.version)
        before, after = (limit for limit in moved.limits if limit.code == "LIFT_FIRST")
        assert (before.start_day, before.end_day, before.text) == (
            0, 3, "Lift nothing heavier than 2.3 kg (5 lb) until Fri 4 Dec 2026 (day 14).",
        )  # fmt: skip
        assert (after.start_day, after.end_day, after.text) == (
            4, 21, "Lift nothing heavier than 2.3 kg (5 lb) until Fri 11 Dec 2026 (day 21).",
        )  # fmt: skip
        assert line(moved, "LIFT_LATER", 22).end_day == 42
        override = moved.override_of("LIFT_FIRST")
        assert override is not None
        assert (override.old_day, override.new_day, override.reason, override.made_by, override.made_at) == (
            14, 21, "matrix repair", "Dr. A. Marchetti", NOW,
        )  # fmt: skip
        (entry,) = audited(practice, "override_recovery")
        assert entry.changes == {"LIFT_FIRST": [14, 21], "reason": [None, "matrix repair"]}
        assert entry.patient_id == recovering.patient_id

    def test_that_a_single_day_moves(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        moved = ask(practice, override_day, recovering.id, "STITCHES", 10, "thin skin", recovering.version)
        assert line(moved, "STITCHES", 10).id == line(recovering, "STITCHES", 14).id

    def test_that_daily_items_go_on_for_longer_and_answers_stay(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        walk = line(recovering, "GARMENT", 2)
        ask(practice, answer_item, walk.id, DONE, None, walk.version)
        moved = ask(practice, override_day, recovering.id, "GARMENT", 10, "matrix", recovering.version)
        assert [g.day for g in moved.days for i in g.items if i.code == "GARMENT"] == list(range(11))
        shorter = ask(practice, override_day, recovering.id, "GARMENT", 5, "skin", moved.version)
        assert [g.day for g in shorter.days for i in g.items if i.code == "GARMENT"] == list(range(6))
        assert line(shorter, "GARMENT", 2).state is DONE

    @pytest.mark.parametrize(
        ("code", "day", "reason", "field"),
        [
            ("LIFT_FIRST", 21, " ", "reason"),
            ("LIFT_FIRST", 2, "why", "new_day"),
            ("LIFT_FIRST", -1, "why", "new_day"),
            ("LIFT_FIRST", 14, "why", "new_day"),
            ("LIFT_LATER", 10, "why", "new_day"),
            ("LIFT_FIRST", 60, "why", "new_day"),
            ("CALL", 5, "why", "new_day"),
        ],
    )
    def test_that_an_impossible_change_is_refused_under_its_field(
        self, practice: OpenPractice, recovering: ChecklistView, code: str, day: int, reason: str, field: str
    ) -> None:
        with pytest.raises(Rejected) as refused:
            ask(practice, override_day, recovering.id, code, day, reason, recovering.version)
        assert refused.value.problems[0].field == field
        assert ask(practice, open_checklist, recovering.case_id) == recovering

    def test_that_two_surgeons_do_not_move_the_same_page(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        ask(practice, override_day, recovering.id, "LIFT_FIRST", 21, "matrix", recovering.version)
        with pytest.raises(RecordChanged) as changed:
            ask(practice, override_day, recovering.id, "LIFT_FIRST", 28, "matrix", recovering.version)
        assert changed.value.theirs.override_of("LIFT_FIRST").new_day == 21

    def test_that_the_days_until_routine_are_the_surgeons(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        moved = ask(practice, set_routine_days, recovering.id, 14, "slow start", recovering.version)
        assert (moved.routine_after_days, moved.routine_set_by) == (14, "Dr. A. Marchetti")
        assert moved.override_of("ROUTINE").old_day == 7

    @pytest.mark.parametrize("days", [0, -3, 366, 7, 2])
    def test_that_an_impossible_number_of_days_is_refused(
        self, practice: OpenPractice, recovering: ChecklistView, days: int
    ) -> None:
        with pytest.raises(Rejected):
            ask(practice, set_routine_days, recovering.id, days, "why", recovering.version)


class TestRedFlags:
    def test_that_what_was_shown_is_logged(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        shown = ask(practice, report_red_flag, recovering.id, "RF2", actor=somebody(Role.FRONT_DESK))
        assert shown.startswith("The emergency number has to be called now")
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            report = session.scalars(select(RedFlagReport)).one()
        assert (report.code, report.action_shown, report.reported_by) == ("RF2", shown, "Somebody")
        (entry,) = audited(practice, "report_red_flag")
        assert entry.patient_id == recovering.patient_id
        view = ask(practice, open_checklist, recovering.case_id)
        assert view.reports[0].title == "Chest pain, breathless, fainting"
        assert view.days[3].state is DayState.RED_FLAG

    def test_that_an_unknown_sign_is_refused_in_words(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        with pytest.raises(UserError, match="Call the surgeon"):
            ask(practice, report_red_flag, recovering.id, "RF99")

    def test_that_the_numbers_to_call_are_there(self, recovering: ChecklistView) -> None:
        phones = recovering.phones
        assert (phones.practice, phones.after_hours, phones.emergency) == ("555-0100", "555-0199", "911")
        assert len(recovering.red_flags) == 11


class TestApproval:
    def test_that_nobody_has_approved_the_example(self, recovering: ChecklistView) -> None:
        assert recovering.approval.approved_by is None

    def test_that_a_surgeons_name_stands_under_what_was_read(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        read = ask(practice, open_protocol)
        approved = ask(practice, approve_protocol, read.content_hash)
        assert (approved.approval.approved_by, approved.approval.approved_at) == ("Dr. A. Marchetti", NOW)
        view = ask(practice, open_checklist, recovering.case_id)
        assert view.approval.approved_by == "Dr. A. Marchetti"
        ask(practice, approve_protocol, read.content_hash)
        assert len(audited(practice, "approve_protocol")) == 1

    def test_that_a_changed_file_is_unapproved_again(
        self, practice: OpenPractice, recovering: ChecklistView, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = ask(practice, approve_protocol)
        texts = recovery_protocol.protocol_texts()
        changed = (texts[0].replace("routine_after_days = 7", "routine_after_days = 8"), texts[1])
        monkeypatch.setattr(recovery_protocol, "protocol_texts", lambda: changed)
        assert ask(practice, open_protocol).approval.approved_by is None
        with pytest.raises(UserError, match="changed while you read"):
            ask(practice, approve_protocol, read.content_hash)
        # the checklist was made from the wording that was approved
        assert ask(practice, open_checklist, recovering.case_id).approval.approved_by == "Dr. A. Marchetti"

    def test_that_a_broken_file_is_a_sentence(self, practice: OpenPractice, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recovery_protocol, "protocol_texts", lambda: ("name = 3", ""))
        with pytest.raises(UserError, match="cannot be used"):
            ask(practice, open_protocol)


class TestTheBoard:
    def test_that_everyone_from_day_0_to_day_42_is_on_it(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        today = dt.date(2026, 11, 23)
        for days in (-1, 0, 3, 42, 43):
            add_recovering_patient(
                practice, add_patient, today - dt.timedelta(days=days), given_name=f"Day{days}", family_name="Case"
            )
        names = [row.list_name for row in ask(practice, board)]
        assert names == ["Case, Day42", "Case, Day3", "Case, Day0"]

    def test_that_a_row_says_what_became_of_each_day_and_what_is_next(
        self, practice: OpenPractice, recovering: ChecklistView
    ) -> None:
        for group in recovering.days[:2]:
            for item in group.items:
                ask(practice, answer_item, item.id, DONE, None, item.version)
        first = recovering.days[2].items[0]
        ask(practice, answer_item, first.id, DONE, None, first.version)
        (row,) = ask(practice, board)
        assert row.states == (
            DayState.DONE, DayState.DONE, DayState.PARTLY, DayState.DUE, *[DayState.LATER] * 4,
        )  # fmt: skip
        assert row.next.text == "Catch up: day 2"
        assert "Total capsulectomy, Implant exchange" in row.detail
        assert "drain RIGHT" in row.detail

    def test_that_a_red_flag_of_today_stands_first(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        add_recovering_patient(practice, add_patient, DAY_3 - dt.timedelta(days=10), family_name="Early")
        _patient, view = add_recovering_patient(practice, add_patient, family_name="Late")
        ask(practice, report_red_flag, view.id, "RF4")
        rows = ask(practice, board)
        assert [row.list_name.split(",")[0] for row in rows] == ["Late", "Early"]
        assert rows[0].next.text == "Surgeon today: fever, chills, redness, pus"

    def test_that_the_front_desk_sees_no_plan(self, practice: OpenPractice, recovering: ChecklistView) -> None:
        (row,) = ask(practice, board, actor=somebody(Role.FRONT_DESK))
        assert "capsulectomy" not in row.detail

    def test_that_a_full_board_takes_few_statements(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        for _ in range(6):
            add_recovering_patient(practice, add_patient)
        assert len(ask(practice, read_board).rows) == 6


@pytest.mark.parametrize("role", Role)
def test_that_each_verb_is_asked_for(practice: OpenPractice, add_patient: AddPatient, role: Role) -> None:
    _patient, case_id = add_operated_patient(practice, add_patient)
    _other, view = add_recovering_patient(practice, add_patient, given_name="Ada")
    walk = line(view, "WALK", 3)
    calls: list[tuple[Verb, Callable[..., Any], tuple[Any, ...]]] = [
        (Verb.VIEW_RECOVERY, open_checklist, (view.case_id,)),
        (Verb.VIEW_RECOVERY, board, ()),
        (Verb.VIEW_RECOVERY, report_red_flag, (view.id, "RF3")),
        (Verb.TICK_RECOVERY, start_checklist, (case_id, DAY_3)),
        (Verb.TICK_RECOVERY, answer_item, (walk.id, DONE, None, walk.version)),
        (Verb.TICK_RECOVERY, follow_surgery_date, (view.id, view.version)),
        (Verb.OVERRIDE_RECOVERY, override_day, (view.id, "LIFT_FIRST", 21, "why", view.version)),
        (Verb.OVERRIDE_RECOVERY, set_routine_days, (view.id, 9, "why", view.version)),
        (Verb.APPROVE_PROTOCOL, approve_protocol, ()),
    ]
    for verb, work, args in calls:
        try:
            ask(practice, work, *args, actor=somebody(role))
            allowed = True
        except PermissionDenied:
            allowed = False
        except UserError:
            allowed = True
        assert allowed is may({role}, verb), work.__name__


def test_that_a_refused_write_leaves_nothing_behind(practice: OpenPractice, recovering: ChecklistView) -> None:
    before = len(audited(practice, "tick_recovery"))
    with pytest.raises(UserError):
        ask(practice, answer_item, line(recovering, "LIFT_FIRST", 0).id, DONE, None, 1)
    assert len(audited(practice, "tick_recovery")) == before
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        answered = select(func.count()).where(RecoveryItem.state != RecoveryState.NOT_ANSWERED)
        assert session.scalar(answered) == 0
