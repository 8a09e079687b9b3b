"""A patient's recovery: the checklist day by day, a surgeon's own days, and the warning signs always in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import Rejected, UserError
from desktop.models.choices import RecoveryState
from desktop.rules.dates import show_time
from desktop.rules.problem import Problem
from desktop.rules.recovery_protocol import RedFlag
from desktop.services.draft import DraftOf, KeptDraft, drop_draft, find_draft
from desktop.services.recovery import (
    follow_surgery_date,
    override_day,
    report_red_flag,
    set_routine_days,
    start_checklist,
)
from desktop.services.recovery_view import ROUTINE, ChecklistView, ItemLine, RecoveryFile, read_recovery
from desktop.ui.kit.background import Background
from desktop.ui.kit.clock import now
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.recovery.answering import Answering
from desktop.ui.recovery.checklist import ChecklistPage
from desktop.ui.recovery.empty import EmptyRecovery
from desktop.ui.recovery.header import RecoveryHeader
from desktop.ui.recovery.inline_entry import InlineEntry
from desktop.ui.recovery.item_row import ItemRow
from desktop.ui.recovery.question import Asked, Question
from desktop.ui.recovery.red_flags import ActionPanel, RedFlagCard

KEYS = "Space done · N not done · A does not apply · S skip, with a reason · Delete undoes · ↑↓ next line"
KEYS_OF_A_SURGEON = f"{KEYS} · D change the day"


class RecoveryScreen(Screen):
    watches = frozenset(
        {"recovery_checklist", "recovery_item", "recovery_override", "red_flag_report", "protocol_approval"}
        | {"revision_case", "practice"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._file: RecoveryFile | None = None
        self._is_first = True
        self.question = Question(background, self)
        self._answering = Answering(background, self)
        self._answering.stored.connect(self._on_stored)
        self._answering.refused.connect(self._on_refused)
        self.header = RecoveryHeader()
        self.panel = ActionPanel()
        self.checklist = ChecklistPage()
        self.flags = RedFlagCard()
        self.messages = MessageBar()
        self._keys = Text(KEYS, "small", wrap=True, tone="muted")
        left = QVBoxLayout()
        left.setSpacing(px(SPACE_S))
        for each in (self.panel, self.header):
            left.addWidget(each)
        left.addWidget(self.checklist, 1)
        left.addWidget(self._keys)
        left.addWidget(self.messages)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addLayout(left, 1)
        row.addWidget(self.flags)
        self.flags.setFixedWidth(px(308))
        self._page, self._empty = page, EmptyRecovery()
        self._empty.plan_asked.connect(self._go_to_plan)
        self._empty.start_asked.connect(self._start)
        self._reading = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self.checklist.answered.connect(self._on_answered)
        self.checklist.move_asked.connect(self._ask_day)
        self.header.routine_asked.connect(self._ask_routine)
        self.header.follow_asked.connect(self._follow)
        self.flags.chosen.connect(self._on_flag)
        self.panel.closed.connect(self._close_panel)

    def show_patient(self, patient_id: int) -> None:
        self._patient_id, self._file, self._is_first = patient_id, None, True
        self.question.close()
        self.panel.hide()
        self.messages.clear()
        self._stack.setCurrentWidget(self._reading)
        self.header.show()
        self.refresh()

    @override
    def refresh(self) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def read(session: Any) -> tuple[int, RecoveryFile, KeptDraft | None]:
            file = read_recovery(session, patient_id)
            draft = find_draft(session, _draft_of(file.checklist)) if file.checklist else None
            return patient_id, file, draft

        self.background.read(self, read, done=lambda found: self._show(*found))

    @override
    def keep_drafts(self) -> None:
        """A reason that is typed and not confirmed comes back where it was asked."""
        self.question.keep_draft()

    def _view(self) -> ChecklistView | None:
        return self._file.checklist if self._file else None

    def _show(self, patient_id: int, file: RecoveryFile, draft: KeptDraft | None) -> None:
        if patient_id != self._patient_id:
            return
        self._file = file
        view = file.checklist
        if view is None:
            self._stack.setCurrentWidget(self._empty)
            self._empty.show_file(file)
            return
        self.header.show_view(view)
        held = self.question.held() if self.checklist.is_rebuilt_for(view) else None
        if held is not None:
            self.question.close()
        self.checklist.show_view(view)
        if held is not None:
            self._reopen(held)
        self.flags.show_flags(view.red_flags)
        self._keys.setText(KEYS_OF_A_SURGEON if view.may_override else KEYS)
        self._keys.setVisible(view.may_tick)
        self._stack.setCurrentWidget(self._page)
        if self._is_first:
            self._is_first = False
            self.checklist.focus_today(view)
            if draft is not None:
                self._reopen(draft.typed)
                self.messages.note(f"Draft of {show_time(draft.kept_at)} · not saved yet")

    def _go_to_plan(self) -> None:
        self.went.emit(Place("revision", self._patient_id))

    def _start(self) -> None:
        if self._file is not None and self._file.case_id is not None:
            self._is_first = True
            self._run(start_checklist, self._file.case_id, self._file.surgery_on, done=lambda _view: self.refresh())

    # Answers

    def _on_answered(self, row: ItemRow, wish: RecoveryState) -> None:
        if wish is RecoveryState.SKIPPED:
            self._ask_reason(row)
        else:
            self._answer(row.item, wish, None)

    def _answer(self, item: ItemLine, wish: RecoveryState, reason: str | None) -> None:
        self.checklist.rows[item.id].show_state(wish)
        self._answering.answer(item, wish, reason)

    def _on_stored(self, item: ItemLine) -> None:
        if row := self.checklist.rows.get(item.id):
            row.show_item(item)
        if item.state is RecoveryState.SKIPPED and self.question.is_about("skip", item.code, item.start_day):
            self.question.cancel()
        self.messages.say(f"{item.title}: {item.state.label.lower()}")

    def _on_refused(self, item: ItemLine, is_theirs: bool, error: Exception) -> None:
        if row := self.checklist.rows.get(item.id):
            row.show_item(item)
        if is_theirs:
            self.messages.refuse(
                f"Not saved: {item.answered_by or 'somebody'} answered “{item.title}” meanwhile: "
                f"{item.state.label.lower()}.",
                "Answer it again if that is wrong.",
            )
        else:
            self._refuse(error)

    # What is asked in the middle of the page

    def _ask_reason(self, row: ItemRow) -> None:
        entry = InlineEntry("Skip")

        def confirm(_day: str, reason: str) -> None:
            if not reason:
                entry.show_problem(Problem("reason", "Write why it is skipped."))
                return
            self._answer(row.item, RecoveryState.SKIPPED, reason)  # the question goes when this is stored

        entry.confirmed.connect(confirm)
        self._ask(Asked("skip", row.item.code, row.item.start_day), entry, row)

    def _ask_day(self, row: ItemRow) -> None:
        item = row.item
        entry = InlineEntry("Change", "Last day" if item.is_limit else "New day", f"now day {item.rule_day}")
        entry.confirmed.connect(lambda day, reason: self._change(entry, override_day, day, reason, item.code))
        self._ask(Asked("move", item.code, item.start_day), entry, row)

    def _ask_routine(self) -> None:
        if (view := self._view()) is not None:
            entry = InlineEntry("Change", "Days until routine", f"now {view.routine_after_days}")
            entry.confirmed.connect(lambda day, reason: self._change(entry, set_routine_days, day, reason))
            self._ask(Asked("routine", ROUTINE), entry, self.header)

    def _ask(self, asked: Asked, entry: InlineEntry, where: ItemRow | RecoveryHeader) -> None:
        if (view := self._view()) is not None:
            self.question.ask(asked, entry, (where.open_entry, where.close_entry), _draft_of(view), view.version)

    def _change(self, entry: InlineEntry, work: Callable[..., Any], day: str, reason: str, *code: str) -> None:
        view = self._view()
        if view is None:
            return
        if not (day.isascii() and day.isdecimal()) or len(day) > 4:
            entry.show_problem(Problem("new_day", "Write the number of the day, such as 21."))
            return
        draft_of = _draft_of(view)

        def change(session: Any) -> None:
            work(session, view.id, *code, int(day), reason, view.version)
            drop_draft(session, draft_of)

        def failed(error: Exception) -> None:
            if isinstance(error, Rejected) and entry is self.question.entry:
                entry.show_problem(error.problems[0])
                return
            self._refuse(error)
            self.refresh()

        def done(_nothing: None) -> None:
            self.question.close()
            self.messages.say("The day is changed")

        self.background.run(self, change, done=done, failed=failed)

    def _reopen(self, typed: Mapping[str, Any]) -> None:
        """The question that was open, with what was typed, wherever its line stands now."""
        kind, code, day = (typed.get(name) for name in ("kind", "code", "start_day"))
        row = self.checklist.line(str(code), int(day or 0))
        if kind == "routine":
            self._ask_routine()
        elif row is not None:
            self.checklist.reveal(row)
            (self._ask_reason if kind == "skip" else self._ask_day)(row)
        if self.question.entry is not None:
            self.question.entry.restore(typed)

    # Warning signs

    def _on_flag(self, flag: RedFlag) -> None:
        """The action first; the log follows, and says so if it could not be written."""
        view = self._view()
        if view is None:
            return
        self.header.hide()  # what to do has the whole head of the page
        self.panel.show_action(flag, view.phones)
        self.background.run(
            self,
            report_red_flag,
            view.id,
            flag.code,
            done=lambda _shown: self.panel.show_logged(
                f"Logged {show_time(now())} by {self.background.actor.name}", is_logged=True
            ),
            failed=self._on_not_logged,
        )

    def _on_not_logged(self, error: Exception) -> None:
        why = str(error) if isinstance(error, UserError) else "Something went wrong that should not."
        self.panel.show_logged(f"NOT LOGGED. {why} Write it on paper. What to do stays the same.", is_logged=False)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.header.show()
        if (view := self._view()) is not None:
            self.checklist.focus_today(view)

    def _follow(self) -> None:
        if (view := self._view()) is not None:
            self._run(follow_surgery_date, view.id, view.version, done=lambda _view: self.messages.say("Counted anew"))

    def _run(self, work: Callable[..., Any], *args: Any, done: Callable[[Any], object]) -> None:
        self.background.run(self, work, *args, done=done, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)


def _draft_of(view: ChecklistView) -> DraftOf:
    return DraftOf("recovery", str(view.id))
