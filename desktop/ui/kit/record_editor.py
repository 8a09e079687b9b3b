"""Edit one record: open it, keep a draft of what is typed, save it, settle what somebody else saved meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.form import Form
from desktop.rules.dates import show_date, show_time
from desktop.services.draft import DraftOf, KeptDraft, drop_draft, find_draft, keep_draft
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.clock import now
from desktop.ui.kit.conflict_view import ConflictView
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.prefilled_bar import PrefilledBar
from desktop.ui.kit.theme import SPACE_S, px

DRAFT_AFTER_MS = 2_000

STOOD = "stood there before"
"""Beside the typed answers of a draft: what they were typed over. No field has a name with blanks."""


@dataclass(frozen=True)
class Verbs:
    """How a record is opened and saved; both run on the store's thread."""

    open: Callable[..., Snapshot]
    save: Callable[..., Snapshot]


class RecordEditor(QWidget):
    """A form, and below it what there is to say about it and its Save, which is always in sight."""

    opened = Signal(object)
    saved = Signal(object)
    refused = Signal(object)
    """The `UserError` for which nothing was saved; it is told already."""

    def __init__(
        self,
        form: Form,
        background: Background,
        *,
        only: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._verbs: Verbs | None = None
        self._draft_of: DraftOf | None = None
        self._unkept: dict[DraftOf, KeptDraft] = {}  # what the store has not taken yet, or could not: a disk is full
        self.snapshot: Snapshot | None = None
        self._stood: Mapping[str, Any] = {}
        self.form = FormView(form, self, only)
        self.messages = MessageBar()
        self.conflict: ConflictView | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        self._stage = QVBoxLayout()
        if form.can_be_prefilled:
            self.prefilled = PrefilledBar(self.form)
            self._stage.addWidget(self.prefilled)
        self._stage.addWidget(self.form)
        column.addLayout(self._stage, 1)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(px(SPACE_S))
        self.revert_button = button("Revert")
        self.revert_button.clicked.connect(self.revert)
        self.save_button = button("Save", primary=True, shortcut="Ctrl+S")
        self.save_button.setObjectName("save")
        self.save_button.clicked.connect(lambda: self.save())
        self.bar.addWidget(self.messages, 1)
        self.bar.addWidget(self.revert_button)
        self.bar.addWidget(self.save_button)
        self.bar.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.addLayout(self.bar)
        self._draft_timer = QTimer(self, interval=DRAFT_AFTER_MS, singleShot=True)
        self._draft_timer.timeout.connect(self.keep_draft)
        self.form.edited.connect(self._on_edited)
        self._read_only = False

    def add_action(self, action: Button) -> None:
        """A further button, left of Revert."""
        self.bar.insertWidget(self.bar.count() - 2, action)

    def add_below(self, widget: QWidget) -> None:
        """Something under the form and its Save, always in sight."""
        self._column.addWidget(widget)

    def edit(self, verbs: Verbs, draft_of: DraftOf) -> None:
        """Open a record; a draft of it comes back as it was typed."""
        self.keep_draft()
        self.snapshot = None  # until the record is here, nothing of the one before may be saved into it
        blank: Mapping[str, Any] = {}
        if draft_of != self._draft_of:  # nothing of the record before stays in sight
            self.form.load(self.form.form.empty())
            blank = self.form.draft()
        self._verbs, self._draft_of = verbs, draft_of

        def open_with_draft(session: Any) -> tuple[Snapshot, KeptDraft | None]:
            return verbs.open(session), find_draft(session, draft_of)

        def show(found: tuple[Snapshot, KeptDraft | None]) -> None:
            if self._draft_of == draft_of:  # else another record was asked for meanwhile
                snapshot, draft = found
                typed = {name: each for name, each in self.form.draft().items() if blank and each != blank[name]}
                self._show(snapshot, self._unkept.get(draft_of, draft))
                self._keep_typing(typed)

        self._background.read(self, open_with_draft, done=show)

    def edit_as_read(self, verbs: Verbs, draft_of: DraftOf, snapshot: Snapshot) -> None:
        """Open a record that was just read, and of which the same reading said that nobody began a draft."""
        if draft_of in self._unkept:  # typed here, and not in the store yet
            self.edit(verbs, draft_of)
            return
        self.keep_draft()
        self._verbs, self._draft_of = verbs, draft_of
        self._show(snapshot, None)

    def close_record(self) -> None:
        """Let go of the record; what was typed is kept as its draft."""
        self.keep_draft()
        self._verbs = self._draft_of = self.snapshot = None
        self.messages.clear()

    def forget_record(self) -> None:
        """The record is gone: nothing that was typed into it is kept."""
        self._draft_timer.stop()
        if self._draft_of is not None:
            self._unkept.pop(self._draft_of, None)
        self._verbs = self._draft_of = self.snapshot = None
        self.messages.clear()

    def go_on_as(self, verbs: Verbs, draft_of: DraftOf) -> None:
        """A record that was new and has just been saved is edited on under its own name."""
        self._verbs, self._draft_of = verbs, draft_of

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save, or lead to the first answer that keeps it from being saved."""
        if self.snapshot is None or self._verbs is None or self._read_only:
            return
        problems = self.form.show_problems(everywhere=True)
        if problems:
            count = "1 answer needs" if len(problems) == 1 else f"{len(problems)} answers need"
            self.messages.refuse(f"Not saved: {count} correction. What you typed is kept.")
            self.form.focus_problem(problems[0])
            return
        self.save_button.setEnabled(False)
        self._send(self.snapshot, self.form.values(), then)

    def revert(self) -> None:
        """Back to what is stored; the draft goes."""
        if self.snapshot is None or self._draft_of is None:
            return
        self._draft_timer.stop()
        self._unkept.pop(self._draft_of, None)
        self.form.load(self.snapshot.values)
        self._background.run(self, drop_draft, self._draft_of)
        self._close_conflict()
        self._show_status()
        if self._verbs:
            self.edit(self._verbs, self._draft_of)

    def keep_draft(self) -> None:
        """Store what is typed now; also asked for before a screen is left or locked."""
        self._draft_timer.stop()
        if self._draft_of is None or self.snapshot is None or self._read_only or not self.form.is_dirty():
            return
        typed, stood = self.form.changes()
        typed[STOOD] = {name: self._stood.get(name, before) for name, before in stood.items()}
        draft_of, draft = self._draft_of, KeptDraft(typed, self.snapshot.version, now())
        self._unkept[draft_of] = draft

        def kept(at: dt.datetime) -> None:
            if self._unkept.get(draft_of) is draft:
                del self._unkept[draft_of]
            if self._draft_of == draft_of and not self.messages.is_loud():  # why it was not saved is still to be read
                self.messages.note(f"Draft kept {show_time(at)} · not saved yet")

        self._background.run(self, keep_draft, draft_of, draft.typed, draft.opened_version, done=kept)

    def renew(self, stored: Snapshot) -> None:
        """Show what is stored now, unless something is typed over what stood there."""
        if self.snapshot is not None and self.snapshot.id == stored.id and not self.form.is_dirty():
            self.snapshot = stored
            self.form.load(stored.values)

    def type_in(self, typed: Mapping[str, Any]) -> None:
        """As if a person had typed it over what stands there; it is not saved, and kept as a draft at once."""
        self.form.restore(typed)
        self._on_edited()
        self.keep_draft()

    def prefill(self, values: Mapping[str, Any], source: str) -> None:
        """Answers that nobody gave yet, to be confirmed; not saved, and kept as a draft at once."""
        self.form.prefill(values, source)
        self._on_edited()
        self.keep_draft()

    def keeps_everything(self) -> bool:
        """Whether the store has taken every draft."""
        return not self._unkept

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.form.set_read_only(read_only)
        if self.form.form.can_be_prefilled:
            self.prefilled.set_read_only(read_only)
        self.save_button.setVisible(not read_only)
        self.revert_button.setVisible(not read_only)
        self._show_status()

    def _show(self, snapshot: Snapshot, draft: KeptDraft | None) -> None:
        self.snapshot, self._stood = snapshot, {}
        self._close_conflict()
        self.form.load(snapshot.values)
        self.set_read_only(snapshot.is_signed)
        if draft and not snapshot.is_signed:
            self._restore(snapshot, draft)
            kept_on = draft.kept_at.astimezone().date()
            self.messages.note(f"Draft of {show_date(kept_on)} {show_time(draft.kept_at)} · not saved yet")
        self.opened.emit(snapshot)

    def _keep_typing(self, typed: Mapping[str, Any]) -> None:
        """Quick fingers begin before the record is there; what they typed stays."""
        if typed and not self._read_only:
            self.form.restore(typed)
            self._on_edited()

    def _restore(self, snapshot: Snapshot, draft: KeptDraft) -> None:
        """What was typed, over what is stored now; what others saved meanwhile is told from what it was typed over."""
        typed = dict(draft.typed)
        self._stood = typed.pop(STOOD, {})
        self.form.restore(self._stood)
        opened = {**snapshot.values, **self.form.values()}
        self.form.load(snapshot.values)
        self.form.restore(typed)
        self.snapshot = Snapshot(snapshot.id, draft.opened_version, opened)

    def _send(self, opened: Snapshot, values: Mapping[str, Any], then: Callable[[], object] | None) -> None:
        verbs, draft_of = self._verbs, self._draft_of
        if verbs is None or draft_of is None:
            return

        def save_and_drop(session: Any) -> Snapshot:
            saved = verbs.save(session, opened, values)
            drop_draft(session, draft_of)
            return saved

        self._draft_timer.stop()
        sent = self.form.draft()
        self._background.run(
            self,
            save_and_drop,
            done=lambda saved: self._on_saved(draft_of, saved, sent, then),
            failed=lambda e: self._on_failed(e),
        )

    def _on_saved(
        self, draft_of: DraftOf, snapshot: Snapshot, sent: Mapping[str, Any], then: Callable[[], object] | None
    ) -> None:
        """Show what is stored, and over it what was typed while it was being saved."""
        self._unkept.pop(draft_of, None)
        if draft_of != self._draft_of:  # another record was asked for meanwhile
            return
        self.save_button.setEnabled(True)
        self._close_conflict()
        self.snapshot, self._stood = snapshot, {}
        typed_since = {name: typed for name, typed in self.form.draft().items() if typed != sent[name]}
        self.form.load(snapshot.values)
        self.messages.say("Saved")
        if typed_since:
            self.form.restore(typed_since)
            self._on_edited()
        self.saved.emit(snapshot)
        if then:
            then()

    def _on_failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self._draft_timer.start()
        if isinstance(error, Rejected):
            self.messages.refuse(str(error))
            by_field = {problem.field: problem for problem in error.problems}
            for name, box in self.form.boxes.items():
                if name in by_field:
                    box.show_problem(by_field[name])
            self.form.focus_problem(error.problems[0])
        elif isinstance(error, RecordChanged) and error.theirs is not None:
            self._open_conflict(error.theirs)
        elif isinstance(error, UserError):
            self.messages.refuse(str(error))
            self.refused.emit(error)
        else:
            self._background.failed.emit(error)

    def _open_conflict(self, theirs: Snapshot) -> None:
        assert self.snapshot is not None
        self._close_conflict()
        view = ConflictView(self.form.form, self.snapshot.values, self.form.values(), theirs.values)
        if not view.has_questions():
            self._send(theirs, view.merged(), None)
            return
        self.conflict = view
        view.settled.connect(lambda: self._send(theirs, view.merged(), None))
        view.cancelled.connect(self._close_conflict)
        self.form.hide()
        self._stage.addWidget(view)
        self.save_button.setEnabled(False)
        self.messages.refuse(str(RecordChanged()))
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_conflict(self) -> None:
        if self.conflict is not None:
            self._stage.removeWidget(self.conflict)
            self.conflict.hide()
            self.conflict.deleteLater()
            self.conflict = None
        self.form.show()
        self.save_button.setEnabled(True)

    def _on_edited(self) -> None:
        if self.form.is_dirty():
            self._draft_timer.start()
            self.messages.note("Not saved yet")
        else:
            self._draft_timer.stop()
            self._show_status()

    def _show_status(self) -> None:
        is_new = self.snapshot is not None and self.snapshot.id is None
        self.messages.note("Signed" if self._read_only else "Not saved yet" if is_new else "")
