"""The work-up of a late seroma of one side: on what it rests, what is documented, and what is not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.seroma_work_up import AFTER_CONFIRMED, SEROMA_WORK_UP_FORM
from desktop.models.choices import AttachmentKind, SeromaResult, Side
from desktop.rules.late_seroma import below_target, not_documented, state_words
from desktop.rules.permission import Verb, may
from desktop.services.attachment import BelongsTo
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.services.seroma_work_up import Seroma, open_work_up, save_work_up
from desktop.ui.kit.attachments import AttachmentList, files_of
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SunkenBox
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.file_view import FileView
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.revision.work_up.words import headline


class WorkUpPage(QWidget):
    left = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = may(background.actor.roles, Verb.EDIT_CASE)
        self._is_open = True
        self._patient_id = 0
        self._shown: tuple[int, Side] | None = None
        self._stack = QStackedWidget(self)
        self._page = QWidget(self._stack)
        self.heading = Text("", "heading", wrap=True, parent=self._page)
        self.basis = Text("", "body", wrap=True, parent=self._page)
        self.textured = {side: Text("", "muted", wrap=True, parent=self._page) for side in Side}
        self.state = Text("", "strong", wrap=True, parent=self._page)
        self.volume = Text("", "small", tone="warning", wrap=True, parent=self._page)
        self.back_button = button("Back to the assessment", icon="back")
        self.back_button.setObjectName("leave_work_up")
        self.back_button.clicked.connect(self.left)
        self.editor = RecordEditor(SEROMA_WORK_UP_FORM, background, parent=self._page)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_opened)
        self.editor.form.edited.connect(self._say_state)
        self.files = AttachmentList(
            background, self.editor.messages, AttachmentKind.PATHOLOGY_REPORT, "Reports of ultrasound and laboratory"
        )
        self.files.opened.connect(self._show_file)
        self.editor.form.add_below(self.files)
        self.file_view = FileView("Back to the work-up")
        self.file_view.left.connect(lambda: self._stack.setCurrentWidget(self._page))
        self._lay_out()

    def show_work_up(self, patient_id: int, case_id: int, seroma: Seroma, *, is_open: bool) -> None:
        """What is typed for another side or case is kept as its draft."""
        side = seroma.late.side
        self._patient_id, self._is_open = patient_id, is_open
        self._shown = (case_id, side)
        self._stack.setCurrentWidget(self._page)
        self.update_seroma(seroma, is_open=is_open)

        def stored(session: Any) -> Snapshot:
            return open_work_up(session, case_id, side)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return save_work_up(session, opened, values, patient_id, case_id, side)

        self.editor.edit(Verbs(stored, save), DraftOf(SEROMA_WORK_UP_FORM.name, f"case {case_id} {side.value}"))

    def update_seroma(self, seroma: Seroma, *, is_open: bool) -> None:
        """On what it rests, after something in the store changed; what is being typed stays."""
        self._is_open = is_open
        self.heading.setText(headline(seroma.late))
        self.heading.set_tone(seroma.late.side.label.lower())
        self.basis.setText(seroma.late.words())
        for side, words in seroma.textured:
            self.textured[side].setText(f"Surfaces {side.label}: {words}")

    def shown_side(self, case_id: int | None) -> Side | None:
        """The side of this case whose work-up is in hand."""
        return self._shown[1] if self._shown is not None and self._shown[0] == case_id else None

    def close_work_up(self) -> None:
        self.editor.close_record()
        self.files.show_files(None, may_edit=False)
        self._shown = None

    def focus_first(self) -> None:
        self.editor.form.focus_first()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _on_opened(self, snapshot: Snapshot) -> None:
        if not self._may_edit:
            self.editor.set_read_only(True)
            self.editor.messages.note("You can read this; your role does not include changing it.")
        elif not self._is_open:
            self.editor.set_read_only(True)
            self.editor.messages.note("This case is closed. Open it again to change it.")
        belongs = files_of(BelongsTo(self._patient_id, work_up_id=snapshot.id)) if snapshot.id is not None else None
        self.files.show_files(belongs, may_edit=self._may_edit and self._is_open)
        self._say_state()

    def _say_state(self) -> None:
        """From what is typed; an answer that cannot be read yet is none."""
        values = self.editor.form.values()
        self.state.setText(f"{state_words(values)}.")
        self.state.set_tone("warning" if not_documented(values) else "good")
        said = below_target(values.get("aspirate_ml"))
        self.volume.setText(f"Aspirate {said}" if said else "")
        self.volume.setVisible(bool(said))
        follows = values.get("result") is SeromaResult.CONFIRMED
        for name in AFTER_CONFIRMED:
            box = self.editor.form.boxes[name]
            box.setVisible(follows or bool(box.editor.typed()))

    def _show_file(self, file: Any) -> None:
        try:
            self.file_view.show_file(file)
        except UserError as error:
            self.editor.messages.refuse(str(error))
            return
        self._stack.setCurrentWidget(self.file_view)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_L))
        head.addWidget(self.heading, 1)
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        facts = SunkenBox(self._page)
        for text in (self.basis, *self.textured.values(), self.state, self.volume):
            facts.add(text)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(head)
        column.addWidget(facts)
        column.addSpacing(px(SPACE_M - SPACE_S))
        column.addWidget(self.editor, 1)
        for page in (self._page, self.file_view):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
