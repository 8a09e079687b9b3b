"""A patient's anesthesia note: before, during, after; filled in while working, then signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.anesthesia import ADDENDUM_FORM, AFTER, ANESTHESIA_FORM, BEFORE, DURING, RECORD
from desktop.rules.anesthesia_sums import not_recorded, record_span
from desktop.rules.numbers import show_decimal
from desktop.rules.permission import Verb, may
from desktop.rules.reading import Unreadable
from desktop.services.anesthesia import (
    AnesthesiaFile,
    new_addendum,
    open_anesthesia_file,
    open_note,
    save_addendum,
    save_note,
    sign_note,
)
from desktop.services.anesthesia_page import print_anesthesia_note
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.ui.anesthesia.record_panel import RecordPanel
from desktop.ui.anesthesia.side_column import SideColumn
from desktop.ui.anesthesia.steps import Steps
from desktop.ui.anesthesia.told import running_words
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import EmptyState
from desktop.ui.kit.clock import now
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.theme import SPACE_S, px

if TYPE_CHECKING:
    from desktop.ui.anesthesia.print_view import PrintView

_PARTS = (BEFORE, DURING, AFTER)
_LABELS = ("1  Before", "2  During", "3  After & discharge")
_ASKED_BEFORE = frozenset({"physical status", "weight today", "consent to sedation"})
_TICK_MS = 15_000


class AnesthesiaScreen(Screen):
    watches = frozenset({"anesthesia_note", "addendum", "revision_case", "patient", "allergy", "medicine"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._patient_id: int | None = None
        self._file: AnesthesiaFile | None = None
        self._saves_again = False
        roles = background.actor.roles
        self._may_sign = may(roles, Verb.SIGN_ANESTHESIA)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.to_revision = button("Open a revision case", primary=True)
        self.to_revision.clicked.connect(lambda: self.went.emit(Place("revision", self._patient_id)))
        self.no_case = EmptyState("No revision case is open. The anesthesia note belongs to one.", self.to_revision)
        self.no_role = EmptyState(
            "The anesthesia note is kept by nurse, anesthesia and surgeon. Your role does not include it."
        )
        self.nothing = QWidget()
        self.print_view: PrintView | None = None
        self.workplace = QWidget()
        for page in (self.nothing, self.no_case, self.no_role, self.workplace):
            self._stack.addWidget(page)
        self._build(self.workplace)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tell)
        self.steps.choose(0)

    # -- what the file page asks for ----------------------------------------------------------------------------------

    def show_patient(self, patient_id: int) -> None:
        self.keep_drafts()
        self._patient_id, self._file, self._saves_again = patient_id, None, False
        if not may(self.background.actor.roles, Verb.VIEW_ANESTHESIA):
            self._stack.setCurrentWidget(self.no_role)
            return
        self._stack.setCurrentWidget(self.nothing)
        self.background.read(self, open_anesthesia_file, patient_id, done=partial(self._open, patient_id))

    @override
    def refresh(self) -> None:
        if self._patient_id is not None and self._file is not None:
            self.background.read(
                self, open_anesthesia_file, self._patient_id, done=partial(self._reread, self._patient_id)
            )

    @override
    def keep_drafts(self) -> None:
        self.editor.keep_draft()
        if self.addendum is not None:
            self.addendum.keep_draft()

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self, page: QWidget) -> None:
        """The page is under its parents already: dressing a filled page anew when it is moved takes longer."""
        self.steps = Steps(_LABELS)
        self.steps.walk_with(page)
        self.steps.chosen.connect(self._on_part)
        self.print_button = button("Print note", icon="print")
        self.print_button.clicked.connect(self._print)
        self.sign_button = button("Sign and lock", icon="sign")
        self.sign_button.setObjectName("sign")
        self.sign_button.clicked.connect(self._ask_to_sign)
        self.add_button = button("Add an addendum", icon="note")
        self.add_button.setObjectName("addendum")
        self.add_button.clicked.connect(self._on_add_asked)
        self.editor = RecordEditor(ANESTHESIA_FORM, self.background, parent=page)
        self.addendum: RecordEditor | None = None
        self.record = RecordPanel(self.editor.form, RECORD)
        self.record.entered.connect(self._save_entry)
        self.editor.form.edited.connect(self._tell)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        self.editor.revert_button.pressed.connect(self.record.forget_line)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(self.steps, 1)
        for each in (self.print_button, self.sign_button, self.add_button):
            head.addWidget(each)
        body = QHBoxLayout()
        body.setSpacing(px(14))
        self._left = QVBoxLayout()
        self._left.addWidget(self.editor, 1)
        body.addLayout(self._left, 1)
        self.side = SideColumn(page)
        self.side.question.answered.connect(self._on_sign_answered)
        body.addWidget(self.side)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(head)
        column.addLayout(body, 1)

    # -- opening ------------------------------------------------------------------------------------------------------

    def _open(self, patient_id: int, file: AnesthesiaFile) -> None:
        if patient_id != self._patient_id:
            return
        self._file = file
        self.record.forget_line()
        self.side.question.hide()
        self._hide_addendum()
        if file.case_id is None:
            self._stack.setCurrentWidget(self.no_case)
            return
        known = file.known
        weight = f"{show_decimal(known.weight_kg)} kg in the record, not today" if known.weight_kg is not None else ""
        escort = f"in the record: {known.responsible_adult}" if known.responsible_adult else ""
        for name, words in (("weight_kg", weight), ("escort_name", escort)):
            self.editor.form.boxes[name].say(words)
        self._edit(file.case_id)

    def _edit(self, case_id: int) -> None:
        def open_(session: Any) -> Snapshot:
            return open_note(session, case_id).note

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_note(session, opened, values, case_id)

        self.editor.edit(Verbs(open_, save), DraftOf(ANESTHESIA_FORM.name, f"case {case_id}"))

    def _on_opened(self, snapshot: Snapshot) -> None:
        self._stack.setCurrentWidget(self.workplace)
        self._show_state()
        if not snapshot.is_signed:
            self.record.bring_back_line()
        begun, _ended = record_span(self._values())
        self.steps.choose(self.steps.current() if snapshot.is_signed else 1 if begun is not None else 0)

    def _reread(self, patient_id: int, file: AnesthesiaFile) -> None:
        """Somebody saved, signed or added; a form in which something is typed is left to its own conflict view."""
        if patient_id != self._patient_id or self._file is None:
            return
        if file.case_id != self._file.case_id or file.note is None:
            self._open(patient_id, file)
            return
        self._file = file
        shown = self.editor.snapshot
        is_newer = shown is not None and (shown.id, shown.version) != (file.note.note.id, file.note.note.version)
        if is_newer and not self.editor.form.is_dirty() and not self.record.line.is_open() and file.case_id is not None:
            self._edit(file.case_id)
        self._show_state()
        self._tell()

    # -- working ------------------------------------------------------------------------------------------------------

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

    def _on_saved(self, snapshot: Snapshot) -> None:
        self.record.say("")
        self.refresh()
        self._tell()
        if self._saves_again:
            self._saves_again = False
            self._save_entry()

    def _on_part(self, number: int) -> None:
        for part, titles in enumerate(_PARTS):
            for card in (card for title in titles for card in self.editor.form.cards[title]):
                card.setVisible(part == number)
        self.editor.form.verticalScrollBar().setValue(0)
        self._tell()
        self._fit()
        self._focus_part()

    def _focus_part(self) -> None:
        if not self.isVisible() or self.steps.hasFocus():
            return
        if self.steps.current() == 1 and not self.record.line.is_open():
            self.record.focus()
        elif self.steps.current() != 1:
            first = _PARTS[self.steps.current()][0]
            section = next(section for section in ANESTHESIA_FORM.sections if section.title == first)
            self.editor.form.boxes[section.fields[0].name].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _tell(self) -> None:
        if self._file is None or self._stack.currentWidget() is not self.workplace:
            return
        values, moment = self._values(), now()
        self.record.tell(values, moment)
        self.side.tell(self.steps.current(), self._file.known, values, moment)
        runs = running_words(*record_span(values), moment)
        lacking = not_recorded(values)
        self.steps.tell(0, _LABELS[0], is_done=_ASKED_BEFORE.isdisjoint(lacking))
        self.steps.tell(1, f"{_LABELS[1]} — {runs}" if runs else _LABELS[1], is_done=False)
        self.steps.tell(2, _LABELS[2], is_done="discharge" not in lacking)

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
        if self.editor.form.is_dirty() or self.editor.snapshot is None or self.editor.snapshot.id is None:
            self.editor.save(self._ask_to_sign)
        elif self._file is not None:
            self.side.question.ask(self._file.known, self.background.actor.name, not_recorded(self._values()))

    def _on_sign_answered(self, signs: bool) -> None:
        snapshot = self.editor.snapshot
        self.sign_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if signs and snapshot is not None and snapshot.id is not None:
            self.background.run(
                self, sign_note, snapshot.id, snapshot.version, done=self._on_signed, failed=self._on_refused
            )

    def _on_signed(self, _snapshot: Snapshot) -> None:
        if self._file is not None and self._file.case_id is not None:
            self._edit(self._file.case_id)
            self.refresh()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)

    def _on_add_asked(self) -> None:
        note = self._file.note if self._file else None
        if note is None or note.note.id is None:
            return
        note_id = note.note.id

        def save(session: Any, _opened: Snapshot, values: Any) -> Snapshot:
            return save_addendum(session, values, note_id)

        if self.addendum is None:
            self.addendum = RecordEditor(ADDENDUM_FORM, self.background, parent=self.workplace)
            self.addendum.saved.connect(self._on_addendum)
            self._left.addWidget(self.addendum, 1)
        self.editor.hide()
        self.addendum.show()
        self.addendum.edit(Verbs(new_addendum, save), DraftOf(ADDENDUM_FORM.name, f"note {note_id}"))
        self.addendum.form.focus_first()

    def _on_addendum(self, _snapshot: Snapshot) -> None:
        self._hide_addendum()
        self.editor.messages.say("The addendum stands below the note")
        self.refresh()

    def _hide_addendum(self) -> None:
        if self.addendum is not None:
            self.addendum.hide()
        self.editor.show()

    # -- printing and Qt ----------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._file is not None and self._file.case_id is not None:
            self.background.run(
                self, print_anesthesia_note, self._file.case_id, done=self._show_print, failed=self._on_refused
            )

    def _show_print(self, data: bytes) -> None:
        from desktop.ui.anesthesia.print_view import PrintView  # its libraries are large: loaded when first asked for

        number = self._file.known.record_number.replace(" ", "") if self._file else ""
        if self.print_view is None:
            self.print_view = PrintView()
            self.print_view.closed.connect(lambda: self._stack.setCurrentWidget(self.workplace))
            self._stack.addWidget(self.print_view)
        self.print_view.show_pdf(data, f"anesthesia-note-{number}.pdf")
        self._stack.setCurrentWidget(self.print_view)

    def _fit(self) -> None:
        self.record.fit(self.editor.form.viewport().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_working = self._stack.currentWidget() is self.workplace and self.steps.current() == 1
        is_letter = event.modifiers() == Qt.KeyboardModifier.NoModifier
        can_write = self.editor.snapshot is not None and not self.editor.snapshot.is_signed
        if not (is_working and is_letter and can_write and self.record.begin_by_key(event.key())):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        QTimer.singleShot(0, self, self._fit)
