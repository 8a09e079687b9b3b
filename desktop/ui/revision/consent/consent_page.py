"""One consent, to be read, written, filed and taken back; what it still lacks is said while it is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, UserError
from desktop.forms.consent import CONSENT_FORM
from desktop.models.choices import AttachmentKind, ConsentKind, Language, Side
from desktop.rules.consent import NEEDS_SIDE, ConsentFacts, in_words, missing_in, procedure_words, time_to_think
from desktop.rules.permission import Verb, may
from desktop.rules.problem import Values
from desktop.services.attachment import BelongsTo
from desktop.services.consent import file_consent, open_consent, save_consent, withdraw_consent
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.services.withdrawal import take_out_consent
from desktop.ui.kit.aligned_sides import AlignedSides
from desktop.ui.kit.attachments import AttachmentList, files_of
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.kit.withdraw_line import WithdrawLine
from desktop.ui.revision.consent.filling import numbers_button, take_over
from desktop.ui.revision.consent.head import ConsentHead
from desktop.ui.revision.consent.questions import FileQuestion, WithdrawQuestion
from desktop.ui.revision.consent.words import lacking_of, state_of


@dataclass(frozen=True)
class CaseFacts:
    """What a consent is written beside: whose case, what is planned, when it is operated, which language she speaks."""

    patient_id: int
    case_id: int
    plan: Values
    surgery_on: dt.date | None
    patient_language: Language | None
    is_open: bool


class ConsentPage(QWidget):
    left = Signal()
    print_asked = Signal(int)
    file_opened = Signal(object)
    """A `KeptFile` to be looked at."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        roles = background.actor.roles
        self._may_edit, self._may_file = may(roles, Verb.EDIT_CONSENT), may(roles, Verb.FILE_CONSENT)
        self._case: CaseFacts | None = None
        self._consent: ConsentFacts | None = None
        self.consent_id: int | None = None
        self.head = ConsentHead()
        self.head.back_button.clicked.connect(self.left)
        self.head.print_button.clicked.connect(self._ask_to_print)
        self.head.withdraw_button.clicked.connect(self._ask_to_withdraw)
        self.head.file_button.clicked.connect(self._ask_to_file)
        self.editor = RecordEditor(CONSENT_FORM, background)
        AlignedSides(self.editor.form.boxes, self.editor)
        self.editor.opened.connect(lambda _snapshot: self._on_opened())
        self.editor.saved.connect(self._on_saved)
        self.editor.form.edited.connect(self._say_what_is_missing)
        self.files = AttachmentList(background, self.editor.messages, AttachmentKind.CONSENT, "Scan of the signed form")
        self.files.opened.connect(self.file_opened)
        self.editor.form.add_below(self.files)
        self.take_over_button = button("Take over from the plan")
        self.take_over_button.setObjectName("take_over")
        self.take_over_button.clicked.connect(lambda: take_over(self.editor, self._planned()))
        self.editor.add_action(self.take_over_button)
        self.take_out_button = Button("Take out of the record …", "link")
        self.take_out_button.setObjectName("take_out")
        self.editor.add_action(self.take_out_button)
        self.take_out_line = WithdrawLine("this consent")
        self.take_out_button.clicked.connect(self.take_out_line.ask)
        self.take_out_line.given.connect(self._take_out)
        self.numbers_button = numbers_button(self.editor)
        self.file_question = FileQuestion(background.actor.name)
        self.file_question.agreed.connect(self._file)
        self.withdraw_question = WithdrawQuestion()
        self.withdraw_question.given.connect(self._withdraw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        for each in (self.head, self.file_question, self.withdraw_question, self.take_out_line):
            column.addWidget(each)
        column.addWidget(self.editor, 1)

    def show_consent(self, case: CaseFacts, kind: ConsentKind, consent: ConsentFacts | None) -> None:
        """`consent` None: a new one of that kind."""
        self._case, self._consent = case, consent
        self.consent_id = consent.consent_id if consent else None
        for question in (self.file_question, self.withdraw_question, self.take_out_line):
            question.hide()
        self.head.heading.setText(kind.label)
        self.files.show_files(None, may_edit=False)
        self.editor.edit(self._verbs(kind), self._draft_of(kind))
        self._show_facts()

    def update_consent(self, case: CaseFacts, consents: tuple[ConsentFacts, ...]) -> None:
        """What is said about it after something in the store changed; what is being typed stays."""
        self._case = case
        self._consent = next((each for each in consents if each.consent_id == self.consent_id), self._consent)
        if self._is_behind():
            self._read_again()
        self._guard()
        self._show_facts()

    def close_consent(self) -> None:
        self.editor.close_record()
        self.files.show_files(None, may_edit=False)
        self._consent = self.consent_id = None

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _verbs(self, kind: ConsentKind) -> Verbs:
        case, consent_id = self._case, self.consent_id
        assert case is not None

        def stored(session: Any) -> Snapshot:
            if consent_id is None:
                return Snapshot(None, None, CONSENT_FORM.empty() | {"kind": kind})
            return open_consent(session, consent_id)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_consent(session, opened, values, case.patient_id, case.case_id)

        return Verbs(stored, save)

    def _draft_of(self, kind: ConsentKind) -> DraftOf:
        case = self._case
        assert case is not None
        new = f"case {case.case_id} {kind.value}"
        return DraftOf(CONSENT_FORM.name, new if self.consent_id is None else str(self.consent_id))

    def _is_behind(self) -> bool:
        """Whether somebody else filed it, or saved it while nothing is typed here."""
        consent, snapshot = self._consent, self.editor.snapshot
        if consent is None or snapshot is None or snapshot.id != consent.consent_id:
            return False
        is_older = not self.editor.form.is_dirty() and dict(snapshot.values) != dict(consent.answers)
        return snapshot.is_signed is not consent.is_filed or is_older

    def _read_again(self) -> None:
        kind = self._kind()
        self.editor.edit(self._verbs(kind), self._draft_of(kind))

    def _on_opened(self) -> None:
        self._guard()
        self._show_files()
        self._show_facts()
        if self.editor.form.isAncestorOf(self.window().focusWidget() or self) and self._is_written():
            return  # read again under somebody's hands
        self.editor.form.verticalScrollBar().setValue(0)
        if self._is_written():
            self.editor.form.focus_first()
        else:
            self.head.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, snapshot: Snapshot) -> None:
        is_new, self.consent_id = self.consent_id is None, snapshot.id
        kind = snapshot.values["kind"]
        self.head.heading.setText(kind.label)
        if is_new:
            self.editor.go_on_as(self._verbs(kind), self._draft_of(kind))
            self._show_files()
        self._show_facts()

    def _show_files(self) -> None:
        case, consent_id = self._case, self.consent_id
        if case is not None and consent_id is not None:
            self.files.show_files(files_of(BelongsTo(case.patient_id, consent_id=consent_id)), may_edit=self._may_edit)

    def _is_written(self) -> bool:
        """Whether it can still be changed by this person."""
        is_open = self._case is not None and self._case.is_open
        frozen = self.editor.snapshot is not None and self.editor.snapshot.is_signed
        stands = self._consent is None or self._consent.stands
        return self._may_edit and is_open and stands and not frozen

    def _guard(self) -> None:
        if self.editor.snapshot is None or self._is_written():
            return
        self.editor.set_read_only(True)
        if self._consent is not None and not self._consent.stands:
            self.editor.messages.note("Withdrawn: it counts as none. A new consent is a new form.")
        elif self.editor.snapshot.is_signed:
            self.editor.messages.note("Filed: it stays as it is. A change is a new consent.")
        elif not self._may_edit:
            self.editor.messages.note("You can read this; your role does not include changing it.")
        else:
            self.editor.messages.note("This case is closed. Open it again to change it.")

    def _show_facts(self) -> None:
        """State and keys; each key only where it can do something."""
        consent, is_written, is_known = self._consent, self._is_written(), self.consent_id is not None
        stands = consent is None or consent.stands
        is_filed = self.editor.snapshot is not None and self.editor.snapshot.is_signed
        surgery_on = self._case.surgery_on if self._case else None
        self.head.show_state(state_of(consent, surgery_on) if consent else None)
        self.head.file_button.setVisible(is_written and self._may_file)
        self.head.print_button.setVisible(is_known)
        self.head.withdraw_button.setVisible(is_known and stands and self._may_edit)
        self.take_out_button.setVisible(is_known and is_written)
        self.take_over_button.setVisible(is_written and self._asks_sides() and any(self._planned().values()))
        self.numbers_button.setVisible(is_written)
        if is_written:
            self._say_what_is_missing()
        elif consent is not None:
            by = f"Filed by {consent.filed_by}" if is_filed else ""
            told = (by, time_to_think(consent.answers, surgery_on), lacking_of(consent, surgery_on))
            self.head.tell(" · ".join(filter(None, told)))

    def _missing(self) -> list[str]:
        case = self._case
        language, surgery_on = (case.patient_language, case.surgery_on) if case else (None, None)
        return missing_in(self.editor.form.values(), language, surgery_on)

    def _say_what_is_missing(self) -> None:
        if self._is_written():
            missing = self._missing()
            self.head.tell(f"Still missing: {in_words(missing)}" if missing else "Complete: it can be filed.")

    def _asks_sides(self) -> bool:
        return self.editor.snapshot is not None and self._kind() in NEEDS_SIDE

    def _planned(self) -> dict[Side, str]:
        plan = self._case.plan if self._case else {}
        return {side: procedure_words(plan, side) for side in Side}

    def _ask_to_file(self) -> None:
        """What is typed is saved first, so that what is filed is what is seen."""
        snapshot = self.editor.snapshot
        if snapshot is None:
            return
        if missing := self._missing():
            self.editor.messages.refuse("Not filed: it is not complete.", in_words(missing))
        elif self.editor.form.is_dirty() or snapshot.id is None:
            self.editor.save(self._ask_to_file)
        else:
            self.withdraw_question.hide()
            self.file_question.ask(self.head.heading.text(), snapshot.values)

    def _file(self) -> None:
        snapshot = self.editor.snapshot
        self.file_question.hide()
        if snapshot is None or snapshot.id is None:
            return
        self._background.run(
            self,
            file_consent,
            snapshot.id,
            snapshot.version,
            done=lambda _filed: self._read_again(),
            failed=self._refuse,
        )

    def _withdraw(self, day: dt.date, reason: str) -> None:
        if self.consent_id is None:
            return

        def noted(_none: None) -> None:
            self.withdraw_question.hide()
            self.head.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

        self._background.run(self, withdraw_consent, self.consent_id, day, reason, done=noted, failed=self._refuse)

    def _take_out(self, reason: str) -> None:
        snapshot = self.editor.snapshot
        if snapshot is None or snapshot.id is None:
            return

        def gone(_none: None) -> None:
            self.editor.forget_record()
            self.left.emit()

        self._background.run(
            self, take_out_consent, snapshot.id, snapshot.version, reason, done=gone, failed=self._refuse
        )

    def _refuse(self, error: Exception) -> None:
        self.take_out_line.hide()
        if isinstance(error, RecordChanged) and self.editor.snapshot is not None:
            self._read_again()
            self.editor.messages.refuse("Nothing was done: it was changed meanwhile.", "Read it again, then go on.")
        elif isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    def _kind(self) -> ConsentKind:
        assert self.editor.snapshot is not None
        kind: ConsentKind = self.editor.snapshot.values["kind"]
        return kind

    def _ask_to_print(self) -> None:
        """What is typed is saved first, so that what is printed is what is seen."""
        if self.editor.form.is_dirty() and self._is_written():
            self.editor.save(self._ask_to_print)
        elif self.consent_id is not None:
            self.print_asked.emit(self.consent_id)

    def _ask_to_withdraw(self) -> None:
        self.file_question.hide()
        self.withdraw_question.ask()
