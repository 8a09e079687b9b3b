"""The safety checklist on a real encrypted store: answered item by item, finished, and stopped for again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from desktop.errors import PermissionDenied, RecordChanged, RecordMissing, Rejected, SignedIsFrozen, UserError
from desktop.models.choices import Role, SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.rules.safety import Line
from desktop.services.operative_report import begin_report
from desktop.services.revision import close_case
from desktop.services.safety import answer_item, call_again, finish_phase, name_present, read_safety
from desktop.services.safety_file import PhaseKey, SafetyFile
from desktop.services.signing import broken_signatures
from tests.report_story import add_patient_to_operate_on, answer_as_planned
from tests.safety_story import SIGN_IN, SIGN_OUT, TIME_OUT, add_device_at_hand, answer_all, finish

AddPatient = Callable[..., int]
AGAIN = PhaseKey(SafetyMoment.TIME_OUT_AGAIN)
OXIMETER = Line(SafetyItem.OXIMETER_WORKS)
YES = SafetyReply.YES


class Room:
    """One patient and her case, each step in a unit of work of its own."""

    def __init__(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        self.practice = practice
        self.patient_id, self.case_id = add_patient_to_operate_on(practice, add_patient)

    def do(self, verb: Callable[..., SafetyFile], *args: object) -> SafetyFile:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return verb(session, *args)

    def file(self) -> SafetyFile:
        return self.do(read_safety, self.patient_id, self.case_id)

    def answer(self, key: PhaseKey, line: Line, reply: SafetyReply | None, comment: str = "") -> SafetyFile:
        seen = next((each.text for each in self.file().phase(key).lines if each.line == line), "")
        return self.do(answer_item, self.case_id, key, line, reply, comment, seen)

    def finish(self, key: PhaseKey) -> SafetyFile:
        return self.do(finish, self.patient_id, self.case_id, key)


@pytest.fixture
def room(practice: OpenPractice, add_patient: AddPatient) -> Room:
    return Room(practice, add_patient)


def reply_of(file: SafetyFile, key: PhaseKey, line: Line) -> tuple[SafetyReply | None, str, str]:
    found = next(each for each in file.phase(key).lines if each.line == line)
    return found.reply, found.comment, found.answered_by


def test_that_nothing_is_answered_beforehand(room: Room) -> None:
    file = room.file()
    assert [phase.key for phase in file.phases] == [SIGN_IN, TIME_OUT, SIGN_OUT]
    assert all(line.reply is None for phase in file.phases for line in phase.lines)
    assert file.sides == frozenset(Side)


def test_that_an_answer_is_kept_with_who_gave_it_and_what_was_read_and_can_be_taken_back(room: Room) -> None:
    file = room.answer(SIGN_IN, Line(SafetyItem.IDENTITY), YES)
    assert reply_of(file, SIGN_IN, Line(SafetyItem.IDENTITY)) == (YES, "", "Dr. A. Marchetti")
    assert file.phase(SIGN_IN).lines[0].text == "Rosalind Okafor, born 14 Mar 1981"
    file = room.answer(SIGN_IN, Line(SafetyItem.IDENTITY), None)
    assert reply_of(file, SIGN_IN, Line(SafetyItem.IDENTITY)) == (None, "", "")


def test_that_a_no_needs_a_comment_and_nothing_is_half_done(room: Room) -> None:
    with pytest.raises(Rejected):
        room.answer(SIGN_IN, OXIMETER, SafetyReply.NO)
    assert room.file().phase(SIGN_IN).id is None
    file = room.answer(SIGN_IN, OXIMETER, SafetyReply.NO, "sensor is changed")
    assert reply_of(file, SIGN_IN, OXIMETER)[:2] == (SafetyReply.NO, "sensor is changed")


def test_that_an_answer_to_something_else_than_is_recorded_now_is_refused(room: Room) -> None:
    with pytest.raises(UserError, match="has just changed"):
        room.do(answer_item, room.case_id, SIGN_IN, Line(SafetyItem.IDENTITY), YES, "", "Rosa Okafor")
    assert room.file().phase(SIGN_IN).id is None


def test_that_a_device_that_comes_after_it_was_read_has_to_be_read_again(room: Room) -> None:
    right = Line(SafetyItem.IMPLANT_READ, Side.RIGHT)
    with room.practice.database.unit_of_work(room.practice.actor) as session:
        answer_all(session, room.patient_id, room.case_id, TIME_OUT)
        add_device_at_hand(session, room.patient_id, room.case_id, Side.RIGHT)
    phase = room.file().phase(TIME_OUT)
    assert next(each for each in phase.lines if each.line == right).has_changed
    with pytest.raises(UserError, match="has changed since"):
        room.do(finish_phase, room.case_id, TIME_OUT, phase.version, "tested")
    phase = room.answer(TIME_OUT, right, YES).phase(TIME_OUT)
    assert room.do(finish_phase, room.case_id, TIME_OUT, phase.version, "tested").phase(TIME_OUT).is_finished


def test_that_a_phase_with_something_open_is_not_finished_and_says_what(room: Room) -> None:
    room.answer(SIGN_IN, OXIMETER, YES)
    phase = room.do(name_present, room.case_id, SIGN_IN, "Nurse J. Pell").phase(SIGN_IN)
    with pytest.raises(UserError, match="Still open: The patient says her name"):
        room.do(finish_phase, room.case_id, SIGN_IN, phase.version)


def test_that_a_finished_phase_is_signed_and_stays_as_it_was(room: Room) -> None:
    file = room.finish(SIGN_IN)
    assert file.phase(SIGN_IN).signed_by == "Dr. A. Marchetti"
    assert file.phase(SIGN_IN).lines[0].text == "Rosalind Okafor, born 14 Mar 1981"
    with pytest.raises(UserError, match="stays as it is"):
        room.answer(SIGN_IN, OXIMETER, None)
    with pytest.raises(SignedIsFrozen):
        room.do(finish_phase, room.case_id, SIGN_IN, file.phase(SIGN_IN).version)
    with room.practice.database.unit_of_work(room.practice.actor) as session:
        assert list(broken_signatures(session)) == []


def test_that_a_phase_before_the_one_in_front_of_it_needs_a_reason_that_is_signed_with_it(room: Room) -> None:
    phase = room.do(answer_all, room.patient_id, room.case_id, TIME_OUT).phase(TIME_OUT)
    assert phase.waits_for is SafetyMoment.SIGN_IN
    with pytest.raises(UserError, match="Write why this phase comes first"):
        room.do(finish_phase, room.case_id, TIME_OUT, phase.version, " ")
    done = room.do(finish_phase, room.case_id, TIME_OUT, phase.version, "She bleeds").phase(TIME_OUT)
    assert done.note == "“Sign in” is not finished. She bleeds"
    assert room.finish(SIGN_IN).phase(SIGN_OUT).waits_for is None


def test_that_somebody_who_answers_meanwhile_keeps_a_phase_from_being_finished(room: Room) -> None:
    phase = room.do(answer_all, room.patient_id, room.case_id, SIGN_IN).phase(SIGN_IN)
    room.answer(SIGN_IN, OXIMETER, SafetyReply.NO, "fell off")
    with pytest.raises(RecordChanged):
        room.do(finish_phase, room.case_id, SIGN_IN, phase.version)


def test_that_the_second_side_stays_open_until_the_team_stopped_for_it(room: Room) -> None:
    assert room.file().second_side is not None
    file = room.do(call_again, room.case_id, SafetyAgain.SECOND_SIDE, Side.LEFT)
    assert file.phase(AGAIN).sides == (Side.LEFT,)
    assert file.second_side is not None
    with pytest.raises(UserError, match="is not finished"):
        room.do(call_again, room.case_id, SafetyAgain.PLAN_CHANGED)
    assert room.finish(AGAIN).second_side is None
    again = room.do(call_again, room.case_id, SafetyAgain.PLAN_CHANGED)
    assert again.phase(PhaseKey(SafetyMoment.TIME_OUT_AGAIN, 2)).sides == (Side.RIGHT, Side.LEFT)


def test_that_a_second_side_begun_without_stopping_is_told(room: Room) -> None:
    with room.practice.database.unit_of_work(room.practice.actor) as session:
        begin_report(session, room.case_id)
        answer_as_planned(session, room.patient_id, room.case_id)
    second = room.file().second_side
    assert second is not None
    assert second.is_late


def test_that_a_second_side_is_named_and_is_one_of_the_plan(practice: OpenPractice, add_patient: AddPatient) -> None:
    _patient_id, case_id = add_patient_to_operate_on(practice, add_patient, **{"left.steps": ()})
    for side, words in ((None, "say whether RIGHT or LEFT"), (Side.LEFT, "does not operate on LEFT")):
        with pytest.raises(UserError, match=words), practice.database.unit_of_work(practice.actor) as session:
            call_again(session, case_id, SafetyAgain.SECOND_SIDE, side)


def test_that_a_device_at_hand_is_read_with_its_side_and_loud_when_past_its_date(room: Room) -> None:
    with room.practice.database.unit_of_work(room.practice.actor) as session:
        late = {"expires_on": dt.date(2026, 12, 3), "arrived_on": dt.date(2026, 11, 2)}
        add_device_at_hand(session, room.patient_id, room.case_id, Side.RIGHT, **late)
    lines = room.file().phase(TIME_OUT).lines
    right = next(each for each in lines if each.line == Line(SafetyItem.IMPLANT_READ, Side.RIGHT))
    assert right.said[0].text.startswith("RIGHT, first choice: Mentor MemoryGel · 300 mL · lot 7512345")
    assert [each.tone for each in right.said] == ["", "danger"]


def test_that_a_closed_case_and_another_patient_are_refused(room: Room, add_patient: AddPatient) -> None:
    with pytest.raises(RecordMissing):
        room.do(read_safety, add_patient(given_name="Ada"), room.case_id)
    with room.practice.database.unit_of_work(room.practice.actor) as session:
        close_case(session, room.case_id)
    with pytest.raises(UserError, match="this case is closed"):
        room.answer(SIGN_IN, OXIMETER, YES)


def test_that_the_front_desk_answers_nothing(room: Room) -> None:
    desk = Actor(9, "Ms. B. Duarte", frozenset({Role.FRONT_DESK}), "test")
    with pytest.raises(PermissionDenied), room.practice.database.unit_of_work(desk) as session:
        answer_item(session, room.case_id, SIGN_IN, OXIMETER, YES)
