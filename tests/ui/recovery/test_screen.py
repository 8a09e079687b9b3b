"""A patient's recovery, worked by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.errors import StoreUnavailable
from desktop.models.choices import RecoveryState, Role
from desktop.models.recovery import RedFlagReport
from desktop.models.revision import RevisionCase
from desktop.opening import OpenPractice
from desktop.services.draft import DraftOf, find_draft
from desktop.services.recovery import answer_item, override_day
from desktop.services.recovery_view import ChecklistView, open_checklist
from desktop.ui.kit.background import Background
from desktop.ui.kit.screen import Place
from desktop.ui.recovery import screen as screen_module
from desktop.ui.recovery.item_row import ItemRow
from desktop.ui.recovery.screen import RecoveryScreen
from tests.recovery_story import add_operated_patient, add_recovering_patient, line
from tests.ui.hands import settle

AddPatient = Callable[..., int]
DONE = RecoveryState.DONE


def opened(qtbot: QtBot, background: Background, patient_id: int) -> RecoveryScreen:
    made = RecoveryScreen(background)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitActive(made)
    made.show_patient(patient_id)
    settle(qtbot, made.background)
    return made


def row_of(screen: RecoveryScreen, code: str, day: int) -> ItemRow:
    row = screen.checklist.line(code, day)
    assert row is not None
    return row


def entry_line(screen: RecoveryScreen, name: str) -> QLineEdit:
    assert screen.question.entry is not None
    found = screen.question.entry.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def press(qtbot: QtBot, screen: RecoveryScreen, name: str) -> None:
    button = screen.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle(qtbot, screen.background)


def stored(practice: OpenPractice, view: ChecklistView) -> ChecklistView:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        found = open_checklist(session, view.case_id)
    assert found is not None
    return found


@pytest.fixture
def story(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, ChecklistView]:
    return add_recovering_patient(practice, add_patient)


@pytest.fixture
def screen(qtbot: QtBot, background: Background, story: tuple[int, ChecklistView]) -> RecoveryScreen:
    return opened(qtbot, background, story[0])


class TestAnswering:
    def test_that_today_is_open_and_its_first_line_has_the_keyboard(self, screen: RecoveryScreen) -> None:
        assert [name for name, section in screen.checklist.sections.items() if section.is_open()] == ["limits", "3"]
        assert row_of(screen, "MEDS", 3).hasFocus()

    def test_that_a_day_is_worked_by_keyboard(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        for code, key in (("MEDS", Qt.Key.Key_Space), ("GARMENT", Qt.Key.Key_N), ("DRAIN", Qt.Key.Key_A)):
            row = row_of(screen, code, 3)
            assert row.hasFocus()
            qtbot.keyClick(row, key)
            settle(qtbot, screen.background)
            qtbot.keyClick(row, Qt.Key.Key_Down)
        pain = row_of(screen, "PAIN", 3)
        qtbot.keyClick(pain, Qt.Key.Key_S)
        reason = entry_line(screen, "reason")
        assert reason.hasFocus()
        qtbot.keyClicks(reason, "asleep when we called")
        qtbot.keyClick(reason, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.question.entry is None
        assert pain.hasFocus()
        view = stored(practice, story[1])
        assert [line(view, code, 3).state for code in ("MEDS", "GARMENT", "DRAIN", "PAIN", "TEMP")] == [
            DONE, RecoveryState.NOT_DONE, RecoveryState.NOT_APPLICABLE, RecoveryState.SKIPPED,
            RecoveryState.NOT_ANSWERED,
        ]  # fmt: skip
        assert line(view, "PAIN", 3).reason == "asleep when we called"
        assert pain.status.text() == "Skipped: asleep when we called · Dr. A. Marchetti · 23 Nov 2026 15:00"

    @pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_that_an_answer_is_taken_back(
        self,
        qtbot: QtBot,
        screen: RecoveryScreen,
        story: tuple[int, ChecklistView],
        practice: OpenPractice,
        key: Qt.Key,
    ) -> None:
        row = row_of(screen, "MEDS", 3)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        qtbot.keyClick(row, key)
        settle(qtbot, screen.background)
        assert line(stored(practice, story[1]), "MEDS", 3).state is RecoveryState.NOT_ANSWERED

    def test_that_a_quick_second_thought_is_no_conflict(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        row = row_of(screen, "MEDS", 3)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        qtbot.keyClick(row, Qt.Key.Key_N)
        settle(qtbot, screen.background)
        assert line(stored(practice, story[1]), "MEDS", 3).state is RecoveryState.NOT_DONE
        assert not screen.messages.is_loud()

    def test_that_the_buttons_answer_too(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        row = row_of(screen, "MEDS", 3)
        done = next(b for b in row.findChildren(QPushButton) if b.text() == "Done")
        qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
        settle(qtbot, screen.background)
        assert line(stored(practice, story[1]), "MEDS", 3).state is DONE
        assert done.isChecked()

    def test_that_skipping_without_a_reason_is_told_under_the_field(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        qtbot.keyClick(row_of(screen, "MEDS", 3), Qt.Key.Key_S)
        qtbot.keyClick(entry_line(screen, "reason"), Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.question.entry is not None
        assert screen.question.entry.reason.note.text() == "Write why it is skipped."
        assert line(stored(practice, story[1]), "MEDS", 3).state is RecoveryState.NOT_ANSWERED

    @pytest.mark.usefixtures("dressed")
    def test_that_a_question_far_down_is_scrolled_to(self, qtbot: QtBot, screen: RecoveryScreen) -> None:
        screen.resize(1000, 420)
        qtbot.keyClick(row_of(screen, "PAIN_LESS", 3), Qt.Key.Key_S)
        entry = screen.question.entry
        assert entry is not None
        qtbot.waitUntil(lambda: entry.visibleRegion().boundingRect().height() == entry.height())

    def test_that_escape_leaves_the_question(self, qtbot: QtBot, screen: RecoveryScreen) -> None:
        row = row_of(screen, "MEDS", 3)
        qtbot.keyClick(row, Qt.Key.Key_S)
        qtbot.keyClick(entry_line(screen, "reason"), Qt.Key.Key_Escape)
        settle(qtbot, screen.background)
        assert screen.question.entry is None
        assert row.hasFocus()

    def test_that_an_answer_of_somebody_else_is_shown_and_kept(
        self,
        qtbot: QtBot,
        screen: RecoveryScreen,
        story: tuple[int, ChecklistView],
        practice: OpenPractice,
    ) -> None:
        meds = line(story[1], "MEDS", 3)
        with practice.database.unit_of_work(practice.actor) as session:
            answer_item(session, meds.id, RecoveryState.NOT_DONE, None, meds.version)
        qtbot.keyClick(row_of(screen, "MEDS", 3), Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        assert screen.messages.words.text() == (
            "Not saved: Dr. A. Marchetti answered “Medicines as prescribed” meanwhile: not done."
        )
        assert line(stored(practice, story[1]), "MEDS", 3).state is RecoveryState.NOT_DONE

    def test_that_a_day_opens_by_keyboard_and_a_day_to_come_is_refused_kindly(
        self, qtbot: QtBot, screen: RecoveryScreen
    ) -> None:
        section = screen.checklist.sections["5"]
        qtbot.keyClick(section.head, Qt.Key.Key_Return)
        assert section.is_open()
        row = row_of(screen, "STRIPS", 5)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        assert "still to come" in screen.messages.words.text()
        assert row.item.state is RecoveryState.NOT_ANSWERED

    def test_that_every_line_has_its_words_for_a_screen_reader(self, screen: RecoveryScreen) -> None:
        assert all(row.accessibleName() for row in screen.checklist.rows.values())
        assert row_of(screen, "MEDS", 3).accessibleName().startswith("Medicines as prescribed. Not answered.")


class TestDrafts:
    def test_that_a_reason_that_was_typed_comes_back(
        self, qtbot: QtBot, background: Background, screen: RecoveryScreen, story: tuple[int, ChecklistView]
    ) -> None:
        qtbot.keyClick(row_of(screen, "WALK", 3), Qt.Key.Key_S)
        qtbot.keyClicks(entry_line(screen, "reason"), "dizzy in the morn")
        screen.keep_drafts()
        settle(qtbot, screen.background)
        again = opened(qtbot, background, story[0])
        assert entry_line(again, "reason").text() == "dizzy in the morn"
        assert row_of(again, "WALK", 3).isAncestorOf(entry_line(again, "reason"))

    def test_that_what_was_confirmed_or_given_up_is_no_draft(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
            qtbot.keyClick(row_of(screen, "WALK", 3), Qt.Key.Key_S)
            qtbot.keyClicks(entry_line(screen, "reason"), "dizzy")
            screen.keep_drafts()
            qtbot.keyClick(entry_line(screen, "reason"), key)
            settle(qtbot, screen.background)
            with practice.database.unit_of_work(practice.actor, writing=False) as session:
                assert find_draft(session, DraftOf("recovery", str(story[1].id))) is None

    def test_that_what_is_being_typed_survives_a_change_by_somebody_else(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        qtbot.keyClick(row_of(screen, "WALK", 3), Qt.Key.Key_S)
        qtbot.keyClicks(entry_line(screen, "reason"), "dizzy")
        with practice.database.unit_of_work(practice.actor) as session:
            override_day(session, story[1].id, "GARMENT", 9, "matrix", story[1].version)
        screen.refresh()
        settle(qtbot, screen.background)
        assert entry_line(screen, "reason").text() == "dizzy"


class TestASurgeonsOwnDays:
    def test_that_a_limit_is_moved_by_keyboard(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        qtbot.keyClick(row_of(screen, "LIFT_FIRST", 0), Qt.Key.Key_D)
        day = entry_line(screen, "new_day")
        assert day.hasFocus()
        qtbot.keyClicks(day, "2")
        qtbot.keyClicks(entry_line(screen, "reason"), "matrix repair")
        qtbot.keyClick(day, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.question.entry is not None
        assert screen.question.entry.day is not None
        assert screen.question.entry.day.note.text() == "Today is day 3: only days to come can be changed."
        qtbot.keyClicks(entry_line(screen, "new_day"), "1")
        qtbot.keyClick(entry_line(screen, "new_day"), Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        override = stored(practice, story[1]).override_of("LIFT_FIRST")
        assert override is not None
        assert (override.new_day, override.reason) == (21, "matrix repair")
        assert row_of(screen, "LIFT_FIRST", 4).badge.text() == (
            "Changed by Dr. A. Marchetti, 23 Nov 2026: day 14 → 21 (matrix repair)"
        )

    @pytest.mark.parametrize("typed", ["", "soon", "²", "-3", "12345"])
    def test_that_what_is_no_day_is_told_under_the_field(
        self, qtbot: QtBot, screen: RecoveryScreen, typed: str
    ) -> None:
        qtbot.keyClick(row_of(screen, "LIFT_FIRST", 0), Qt.Key.Key_D)
        entry_line(screen, "new_day").setText(typed)
        qtbot.keyClick(entry_line(screen, "new_day"), Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.question.entry is not None
        assert screen.question.entry.day is not None
        assert screen.question.entry.day.note.text() == "Write the number of the day, such as 21."

    def test_that_the_days_until_routine_are_changed_in_the_head(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        press(qtbot, screen, "change_routine")
        qtbot.keyClicks(entry_line(screen, "new_day"), "14")
        qtbot.keyClicks(entry_line(screen, "reason"), "heavy work")
        qtbot.keyClick(entry_line(screen, "reason"), Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert stored(practice, story[1]).routine_after_days == 14

    def test_that_a_nurse_ticks_but_changes_no_day(
        self, qtbot: QtBot, as_role: Callable[..., Background], story: tuple[int, ChecklistView]
    ) -> None:
        screen = opened(qtbot, as_role(Role.NURSE), story[0])
        qtbot.keyClick(row_of(screen, "LIFT_FIRST", 0), Qt.Key.Key_D)
        assert screen.question.entry is None
        assert not row_of(screen, "LIFT_FIRST", 0).move_button.isVisible()
        assert not screen.header.change.isVisible()
        qtbot.keyClick(row_of(screen, "MEDS", 3), Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        assert row_of(screen, "MEDS", 3).item.state is DONE

    def test_that_the_front_desk_reads_and_answers_nothing(
        self, qtbot: QtBot, as_role: Callable[..., Background], story: tuple[int, ChecklistView]
    ) -> None:
        screen = opened(qtbot, as_role(Role.FRONT_DESK), story[0])
        row = row_of(screen, "MEDS", 3)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        assert row.item.state is RecoveryState.NOT_ANSWERED
        assert not any(b.isVisible() for b in row.findChildren(QPushButton))

    def test_that_a_surgery_that_was_put_off_is_told_and_followed(
        self, qtbot: QtBot, screen: RecoveryScreen, story: tuple[int, ChecklistView], practice: OpenPractice
    ) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            session.get_one(RevisionCase, story[1].case_id).surgery_on = dt.date(2026, 12, 4)
        screen.refresh()
        settle(qtbot, screen.background)
        assert screen.header.follow.text() == "Count from 4 Dec 2026"
        press(qtbot, screen, "follow_surgery")
        assert stored(practice, story[1]).surgery_on == dt.date(2026, 12, 4)


class TestWarningSigns:
    def test_that_the_action_is_shown_before_anything_is_saved_and_then_logged(
        self, qtbot: QtBot, screen: RecoveryScreen, practice: OpenPractice
    ) -> None:
        row = screen.flags.findChild(QWidget, "RF2")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        assert screen.panel.isVisible()
        assert screen.panel.action.text() == "Emergency services, now"
        assert screen.panel.log.text() == "Being logged …"
        numbers = [w.accessibleName() for w in screen.panel.findChildren(QWidget) if w.isVisible()]
        assert {"Emergency number: 911", "Practice: 555-0100", "After hours: 555-0199"} <= set(numbers)
        settle(qtbot, screen.background)
        assert screen.panel.log.text() == "Logged 15:00 by Dr. A. Marchetti"
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            assert session.scalars(select(RedFlagReport.code)).all() == ["RF2"]
        qtbot.keyClick(screen.panel.close_button, Qt.Key.Key_Escape)
        assert not screen.panel.isVisible()

    def test_that_the_front_desk_sees_the_action_too(
        self, qtbot: QtBot, as_role: Callable[..., Background], story: tuple[int, ChecklistView]
    ) -> None:
        screen = opened(qtbot, as_role(Role.FRONT_DESK), story[0])
        row = screen.flags.findChild(QWidget, "RF1")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Space)
        settle(qtbot, screen.background)
        assert screen.panel.log.text().startswith("Logged")

    def test_that_an_action_stays_when_it_could_not_be_logged(
        self, qtbot: QtBot, screen: RecoveryScreen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_args: Any) -> str:
            raise StoreUnavailable("The disk is full.")

        monkeypatch.setattr(screen_module, "report_red_flag", full)
        row = screen.flags.findChild(QWidget, "RF2")
        assert isinstance(row, QWidget)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        settle(qtbot, screen.background)
        assert screen.panel.isVisible()
        assert screen.panel.log.text().startswith("NOT LOGGED. The disk is full.")


class TestEmpty:
    def test_that_without_a_case_the_way_leads_to_the_plan(
        self, qtbot: QtBot, background: Background, add_patient: AddPatient
    ) -> None:
        patient_id = add_patient()
        screen = opened(qtbot, background, patient_id)
        with qtbot.waitSignal(screen.went) as went:
            press(qtbot, screen, "empty_action")
        assert went.args == [Place("revision", patient_id)]

    def test_that_without_a_day_of_surgery_the_way_leads_to_the_plan(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _case = add_operated_patient(practice, add_patient, None, signed=False)
        screen = opened(qtbot, background, patient_id)
        with qtbot.waitSignal(screen.went) as went:
            press(qtbot, screen, "empty_action")
        assert went.args == [Place("revision", patient_id)]

    def test_that_the_checklist_is_started_with_one_key(
        self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _case = add_operated_patient(practice, add_patient)
        screen = opened(qtbot, background, patient_id)
        press(qtbot, screen, "empty_action")
        settle(qtbot, screen.background)
        assert row_of(screen, "MEDS", 3).hasFocus()

    def test_that_the_front_desk_is_told_who_starts_it(
        self, qtbot: QtBot, as_role: Callable[..., Background], practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _case = add_operated_patient(practice, add_patient)
        screen = opened(qtbot, as_role(Role.FRONT_DESK), patient_id)
        assert screen.findChild(QPushButton, "empty_action") is None

    def test_that_another_patient_never_shows_the_one_before(
        self, qtbot: QtBot, screen: RecoveryScreen, add_patient: AddPatient, practice: OpenPractice
    ) -> None:
        other, view = add_recovering_patient(practice, add_patient, dt.date(2026, 11, 22), given_name="<b>Bobby</b>")
        screen.show_patient(other)
        assert not screen.checklist.isVisible()
        settle(qtbot, screen.background)
        assert screen.checklist.isVisible()
        assert set(screen.checklist.rows) == {
            item.id for item in (*view.limits, *(i for g in view.days for i in g.items))
        }
