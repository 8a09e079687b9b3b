"""One anesthesia note at work: its three parts, the entries while it runs, its signature and what is added after it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.anesthesia import ADDENDUM_FORM, AFTER, ANESTHESIA_FORM, BEFORE, DURING, RECORD
from desktop.rules.anesthesia_sums import not_recorded, record_span
from desktop.rules.numbers import show_decimal
from desktop.rules.permission import Verb, may
from desktop.rules.reading import Unreadable
from desktop.services.anesthesia import AnesthesiaFile, new_addendum, open_note, save_addendum, save_note, sign_note
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.ui.anesthesia.record_panel import RecordPanel
from desktop.ui.anesthesia.side_column import SideColumn
from desktop.ui.anesthesia.steps import Steps
from desktop.ui.anesthesia.told import running_words
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.clock import now
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.theme import SPACE_S, px

_PARTS = (BEFORE, DURING, AFTER)
_LABELS = ("1  Before", "2  During", "3  After & discharge")
_ASKED_BEFORE = frozenset({"physical status", "weight today", "consent to sedation"})
_RUNNING = 1
_TICK_MS = 15_000


class NotePage(QWidget):
    """It is made under its parent: dressing a filled page anew when it is moved takes longer than building it."""

    changed = Signal()
    """What is stored has changed; whoever holds the file reads it again."""
    print_asked = Signal()

    def __init__(self, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._background = background
        self._file: AnesthesiaFile | None = None
        self._saves_again = self._is_first_look = False
        self._may_sign = may(background.actor.roles, Verb.SIGN_ANESTHESIA)
        self.steps = Steps(_LABELS)
        self.steps.walk_with(self)
        self.print_button = button("Print note", icon="print")
        self.sign_button = button("Sign and lock", icon="sign")
        self.sign_button.setObjectName("sign")
        self.add_button = button("Add an addendum", icon="note")
        self.add_button.setObjectName("addendum")
        self.editor = RecordEditor(ANESTHESIA_FORM, background, parent=self)
        self.addendum: RecordEditor | None = None
        self.record = RecordPanel(self.editor.form, RECORD)
        self.side = SideColumn(self)
        self._lay_out()
        self.steps.chosen.connect(self._on_part)
        self.print_button.clicked.connect(self.print_asked)
        self.sign_button.clicked.connect(self._ask_to_sign)
        self.add_button.clicked.connect(self._write_addendum)
        self.record.entered.connect(self._save_entry)
        self.editor.form.edited.connect(self.tell)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        self.editor.save_button.clicked.connect(self._lead_to_problem)
        self.editor.revert_button.pressed.connect(self.record.forget_line)
        self.side.question.answered.connect(self._on_sign_answered)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tell)
        self.steps.choose(0)

    # -- opening ------------------------------------------------------------------------------------------------------

    def open(self, file: AnesthesiaFile) -> None:
        """Show a patient's note; what her record says stands beside the fields in which it is to be asked again."""
        self.leave()
        self._file, self._is_first_look = file, True
        known = file.known
        weight = f"{show_decimal(known.weight_kg)} kg in the record, not today" if known.weight_kg is not None else ""
        escort = f"in the record: {known.responsible_adult}" if known.responsible_adult else ""
        for name, words in (("weight_kg", weight), ("escort_name", escort)):
            self.editor.form.boxes[name].say(words)
        self._edit()

    def reread(self, file: AnesthesiaFile) -> None:
        """Somebody saved, signed or added; a form in which something is typed is left to its own conflict view."""
        self._file = file
        shown, stored = self.editor.snapshot, file.note.note if file.note else None
        is_newer = shown and stored and (shown.id, shown.version) != (stored.id, stored.version)
        if is_newer and not self.editor.form.is_dirty() and not self.record.line.is_open():
            self._edit()
        self._show_state()
        self.tell()

    def leave(self) -> None:
        """Nothing of this note stays on view; what was typed is kept as a draft."""
        self.keep_drafts()
        self._file, self._saves_again = None, False
        self.record.forget_line()
        self.record.say("")
        self.side.question.hide()
        self._show_editor()

    def keep_drafts(self) -> None:
        self.editor.keep_draft()
        if self.addendum is not None:
            self.addendum.keep_draft()

    def refuse(self, error: Exception) -> None:
        """Say why something could not be done; a bug is told by the window."""
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _edit(self) -> None:
        case_id = self._file.case_id if self._file else None
        if case_id is None:
            return

        def open_(session: Any) -> Snapshot:
            return open_note(session, case_id).note

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_note(session, opened, values, case_id)

        self.editor.edit(Verbs(open_, save), DraftOf(ANESTHESIA_FORM.name, f"case {case_id}"))

    def _on_opened(self, snapshot: Snapshot) -> None:
        self._show_state()
        if not snapshot.is_signed:
            self.record.bring_back_line()
        part = self.steps.current()
        if self._is_first_look:
            self._is_first_look = False
            begun, _ended = record_span(self._values())
            part = _RUNNING if begun is not None else 0
        self.steps.choose(part)

    # -- working ------------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Draw and add up what is in the form now."""
        if self._file is None:
            return
        values, moment = self._values(), now()
        self.record.tell(values, moment)
        self.side.tell(self.steps.current(), self._file.known, values, moment)
        runs = running_words(*record_span(values), moment)
        lacking = not_recorded(values)
        self.steps.tell(0, _LABELS[0], is_done=_ASKED_BEFORE.isdisjoint(lacking))
        self.steps.tell(1, f"{_LABELS[1]} — {runs}" if runs else _LABELS[1], is_done=False)
        self.steps.tell(2, _LABELS[2], is_done="discharge" not in lacking)

    def _save_entry(self) -> None:
        """The note is filled in while working: a finished entry is stored at once if nothing stands against it."""
        if not self.editor.save_button.isEnabled():
            self._saves_again = True
        elif problems := self.editor.form.problems():
            self.editor.keep_draft()
            label = ANESTHESIA_FORM.field(problems[0].field).full_label
            self.record.say(f"Kept as a draft, not saved yet. {label}: {problems[0].message}")
        else:
            self.editor.save()

    def _on_saved(self, _snapshot: Snapshot) -> None:
        self.record.say("")
        self.changed.emit()
        self.tell()
        if self._saves_again:
            self._saves_again = False
            self._save_entry()

    def _lead_to_problem(self) -> None:
        """The answer that keeps the note from being saved may stand in another part."""
        problems = self.editor.form.problems()
        if not problems:
            return
        name = problems[0].field
        section = next(each for each in ANESTHESIA_FORM.sections if name in {field.name for field in each.fields})
        self.steps.choose(next(part for part, titles in enumerate(_PARTS) if section.title in titles))
        if name in self.record.rows and self.record.line.is_open():
            self.record.line.take_focus()
        else:
            self.editor.form.focus_problem(problems[0])

    def _on_part(self, number: int) -> None:
        for part, titles in enumerate(_PARTS):
            for card in (card for title in titles for card in self.editor.form.cards[title]):
                card.setVisible(part == number)
        self.editor.form.verticalScrollBar().setValue(0)
        self.tell()
        self._fit()
        self._take_focus()

    def _take_focus(self) -> None:
        if not self.isVisible() or self.steps.hasFocus():
            return
        part = self.steps.current()
        if part != _RUNNING:
            section = next(each for each in ANESTHESIA_FORM.sections if each.title == _PARTS[part][0])
            self.editor.form.boxes[section.fields[0].name].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.record.line.is_open():
            self.record.focus()

    def _values(self) -> dict[str, Any]:
        """What can be read in the form now; None stands for what cannot."""
        found: dict[str, Any] = {}
        for name, box in self.editor.form.boxes.items():
            if name in self.record.rows:
                found[name] = self.record.rows[name].readable_rows()
                continue
            try:
                found[name] = box.editor.value()
            except Unreadable:
                found[name] = None
        return found

    # -- signing ------------------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        note = self._file.note if self._file else None
        is_signed = note is not None and note.signed_at is not None
        self.record.set_read_only(is_signed)
        self.sign_button.setVisible(self._may_sign and not is_signed)
        self.add_button.setVisible(self._may_sign and is_signed)
        if note is not None and note.signed_at is not None:
            self.side.signature.show_signature(note.signed_by or "", note.signed_at, note.addenda)
        else:
            self.side.signature.hide()

    def _ask_to_sign(self) -> None:
        snapshot = self.editor.snapshot
        if self.editor.form.is_dirty() or snapshot is None or snapshot.id is None:
            self.editor.save(self._ask_to_sign)
            self._lead_to_problem()
        elif self._file is not None:
            self.side.question.ask(self._file.known, self._background.actor.name, not_recorded(self._values()))

    def _on_sign_answered(self, signs: bool) -> None:
        self.sign_button.setFocus(Qt.FocusReason.OtherFocusReason)
        snapshot = self.editor.snapshot
        if signs and snapshot is not None:
            self._background.run(
                self, sign_note, snapshot.id, snapshot.version, done=self._on_signed, failed=self.refuse
            )

    def _on_signed(self, _snapshot: Snapshot) -> None:
        self._edit()
        self.changed.emit()

    def _write_addendum(self) -> None:
        note = self._file.note if self._file else None
        if note is None or note.note.id is None:
            return
        note_id = note.note.id

        def save(session: Any, _opened: Snapshot, values: Any) -> Snapshot:
            return save_addendum(session, values, note_id)

        if self.addendum is None:
            self.addendum = RecordEditor(ADDENDUM_FORM, self._background, parent=self)
            self.addendum.saved.connect(self._on_addendum)
            self._left.addWidget(self.addendum, 1)
        self.editor.hide()
        self.addendum.show()
        self.addendum.edit(Verbs(new_addendum, save), DraftOf(ADDENDUM_FORM.name, f"note {note_id}"))
        self.addendum.form.focus_first()

    def _on_addendum(self, _snapshot: Snapshot) -> None:
        self._show_editor()
        self.editor.messages.say("The addendum stands below the note")
        self.changed.emit()

    def _show_editor(self) -> None:
        if self.addendum is not None:
            self.addendum.hide()
        self.editor.show()

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(self.steps, 1)
        for each in (self.print_button, self.sign_button, self.add_button):
            head.addWidget(each)
        self._left = QVBoxLayout()
        self._left.addWidget(self.editor, 1)
        body = QHBoxLayout()
        body.setSpacing(px(14))
        body.addLayout(self._left, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(head)
        column.addLayout(body, 1)

    def _fit(self) -> None:
        self.record.fit(self.editor.form.viewport().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        snapshot = self.editor.snapshot
        can_write = self.steps.current() == _RUNNING and snapshot is not None and not snapshot.is_signed
        is_letter = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if not (can_write and is_letter and self.record.begin_by_key(event.key())):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        QTimer.singleShot(0, self, self._on_shown)

    def _on_shown(self) -> None:
        self.tell()
        self._fit()
        self._take_focus()
