"""A patient's recovery: the checklist day by day, a surgeon's own days, and the warning signs always in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.models.choices import RecoveryState
from desktop.rules.dates import show_time
from desktop.rules.problem import Problem
from desktop.rules.recovery_protocol import RedFlag
from desktop.services.draft import DraftOf, KeptDraft, drop_draft, find_draft, keep_draft
from desktop.services.recovery import (
    answer_item,
    follow_surgery_date,
    override_day,
    report_red_flag,
    set_routine_days,
    start_checklist,
)
from desktop.services.recovery_view import ROUTINE, ChecklistView, ItemLine, RecoveryFile, read_recovery
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.clock import now
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.recovery.checklist import ChecklistPage
from desktop.ui.recovery.header import RecoveryHeader
from desktop.ui.recovery.inline_entry import InlineEntry
from desktop.ui.recovery.item_row import ItemRow
from desktop.ui.recovery.red_flags import ActionPanel, RedFlagCard

DRAFT_AFTER_MS = 2_000
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
        self._waiting: set[int] = set()
        self._queued: dict[int, tuple[RecoveryState, str | None]] = {}
        self._asked: dict[str, Any] = {}
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
        self._page, self._empty = page, Card()
        self._reading = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self._draft_timer = QTimer(self, interval=DRAFT_AFTER_MS, singleShot=True)
        self._draft_timer.timeout.connect(self.keep_drafts)
        self.checklist.answered.connect(self._on_answered)
        self.checklist.move_asked.connect(self._ask_day)
        self.header.routine_asked.connect(self._ask_routine)
        self.header.follow_asked.connect(self._follow)
        self.flags.chosen.connect(self._on_flag)
        self.panel.closed.connect(self._close_panel)

    def show_patient(self, patient_id: int) -> None:
        self._patient_id, self._file, self._is_first = patient_id, None, True
        self._close_entry()
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
        self._draft_timer.stop()
        entry, view = self._entry(), self._view()
        if entry is None or view is None:
            return
        typed = self._asked | entry.typed()
        if typed["reason"].strip() or typed["day"].strip():
            self.background.run(self, keep_draft, _draft_of(view), typed, view.version)

    def _view(self) -> ChecklistView | None:
        return self._file.checklist if self._file else None

    def _show(self, patient_id: int, file: RecoveryFile, draft: KeptDraft | None) -> None:
        if patient_id != self._patient_id:
            return
        self._file = file
        view = file.checklist
        if view is None:
            self._show_empty(file)
            return
        self.header.show_view(view)
        self.checklist.show_view(view)
        self.flags.show_flags(view.red_flags)
        self._keys.setText(KEYS_OF_A_SURGEON if view.may_override else KEYS)
        self._keys.setVisible(view.may_tick)
        self._stack.setCurrentWidget(self._page)
        if self._is_first:
            self._is_first = False
            self.checklist.focus_today(view)
            if draft is not None:
                self._restore(draft)

    def _show_empty(self, file: RecoveryFile) -> None:
        while (item := self._empty.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        act: Callable[[], None] | None = self._go_to_plan
        if file.case_id is None:
            words = "A recovery belongs to a revision, and no revision case is open for this patient."
            label = "Start a revision case"
        elif file.surgery_on is None:
            words = "The checklist counts from the day of surgery, and the revision plan does not say it yet."
            label = "Write the day of surgery"
        else:
            words = "The checklist is not started. It is made from the practice's protocol and the surgeon's own days."
            label = "Start the checklist"
            act = self._start if file.may_tick else None
        action = button(label, primary=True) if act is not None else None
        if action is not None and act is not None:
            action.setObjectName("empty_action")
            action.clicked.connect(act)
        else:
            words = f"{words} A nurse or the surgeon starts it."
        self._empty.add(EmptyState(words, action), 1)
        self._stack.setCurrentWidget(self._empty)
        if action is not None:
            action.setFocus()

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
        """An answer given while the one before is still being stored waits for it."""
        row = self.checklist.rows.get(item.id)
        if row is not None:
            row.show_state(wish)
        if item.id in self._waiting:
            self._queued[item.id] = (wish, reason)
            return
        self._waiting.add(item.id)
        self.background.run(
            self,
            answer_item,
            item.id,
            wish,
            reason,
            item.version,
            done=self._on_stored,
            failed=lambda error: self._on_refused(item, error),
        )

    def _on_stored(self, item: ItemLine) -> None:
        self._waiting.discard(item.id)
        if row := self.checklist.rows.get(item.id):
            row.show_item(item)
        if item.id in self._queued:
            self._answer(item, *self._queued.pop(item.id))
        else:
            self.messages.say(f"{item.title}: {item.state.label.lower()}")

    def _on_refused(self, item: ItemLine, error: Exception) -> None:
        self._waiting.discard(item.id)
        self._queued.pop(item.id, None)
        row = self.checklist.rows.get(item.id)
        theirs = error.theirs if isinstance(error, RecordChanged) else None
        if row is not None:
            row.show_item(theirs if isinstance(theirs, ItemLine) else item)
        if isinstance(theirs, ItemLine):
            self.messages.refuse(
                f"Not saved: {theirs.answered_by or 'somebody'} answered “{theirs.title}” meanwhile: "
                f"{theirs.state.label.lower()}.",
                "Answer it again if that is wrong.",
            )
        else:
            self._refuse(error)

    # What is asked in the middle of the page

    def _ask_reason(self, row: ItemRow) -> None:
        self._close_entry()
        entry = InlineEntry("Skip")
        self._asked = {"kind": "skip", "code": row.item.code, "start_day": row.item.start_day}

        def confirm(_day: str, reason: str) -> None:
            if not reason:
                entry.show_problem(Problem("reason", "Write why it is skipped."))
                return
            self._drop_draft()
            self._close_entry()
            self._answer(row.item, RecoveryState.SKIPPED, reason)

        self._open(entry, confirm, row.open_entry)

    def _ask_day(self, row: ItemRow) -> None:
        view = self._view()
        if view is None:
            return
        self._close_entry()
        item = row.item
        label = "Last day" if item.is_limit else "New day"
        entry = InlineEntry("Change", label, f"now day {item.rule_day}")
        self._asked = {"kind": "move", "code": item.code, "start_day": item.start_day}
        self._open(entry, lambda d, r: self._send(entry, override_day, view, d, r, item.code), row.open_entry)

    def _ask_routine(self) -> None:
        view = self._view()
        if view is None:
            return
        self._close_entry()
        entry = InlineEntry("Change", "Days until routine", f"now {view.routine_after_days}")
        self._asked = {"kind": "routine", "code": ROUTINE, "start_day": 0}
        self._open(entry, lambda d, r: self._send(entry, set_routine_days, view, d, r), self.header.open_entry)

    def _open(self, entry: InlineEntry, confirm: Callable[[str, str], None], place: Callable[..., None]) -> None:
        entry.confirmed.connect(confirm)
        entry.cancelled.connect(self._cancel_entry)
        entry.edited.connect(self._draft_timer.start)
        place(entry)
        QTimer.singleShot(0, entry, lambda: bring_into_view(entry))

    def _send(
        self, entry: InlineEntry, work: Callable[..., Any], view: ChecklistView, day: str, reason: str, *code: str
    ) -> None:
        if not day.isdecimal() or len(day) > 4:
            entry.show_problem(Problem("new_day", "Write the number of the day, such as 21."))
            return
        draft_of = _draft_of(view)

        def change(session: Any) -> ChecklistView:
            changed: ChecklistView = work(session, view.id, *code, int(day), reason, view.version)
            drop_draft(session, draft_of)
            return changed

        def failed(error: Exception) -> None:
            if isinstance(error, Rejected) and entry is self._entry():
                entry.show_problem(error.problems[0])
            else:
                self._refuse(error)
                self.refresh()

        def done(_changed: ChecklistView) -> None:
            self._close_entry()
            self.messages.say("The day is changed")

        self.background.run(self, change, done=done, failed=failed)

    def _entry(self) -> InlineEntry | None:
        in_rows = (row.entry for row in self.checklist.rows.values() if row.entry is not None)
        return self.header.entry or next(in_rows, None)

    def _cancel_entry(self) -> None:
        self._drop_draft()
        self._close_entry()

    def _close_entry(self) -> None:
        self._draft_timer.stop()
        self.header.close_entry()
        for row in self.checklist.rows.values():
            row.close_entry()

    def _drop_draft(self) -> None:
        if (view := self._view()) is not None:
            self.background.run(self, drop_draft, _draft_of(view))

    def _restore(self, draft: KeptDraft) -> None:
        kind, typed = draft.typed.get("kind"), draft.typed
        row = self.checklist.line(str(typed.get("code")), int(typed.get("start_day", 0)))
        if kind == "routine":
            self._ask_routine()
        elif row is not None:
            self.checklist.reveal(row)
            (self._ask_reason if kind == "skip" else self._ask_day)(row)
        if (entry := self._entry()) is not None:
            entry.restore(typed)
            self.messages.note(f"Draft of {show_time(draft.kept_at)} · not saved yet")

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
