"""Make a request for records: whom to ask, what for, until when; both letters are seen while it is filled in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

import desktop.ui.chasing.asked_editor  # noqa: F401  registers the editor of its field
from desktop.errors import DocumentIncomplete, UserError
from desktop.forms.records_request import RECORDS_REQUEST_FORM
from desktop.rules.missing_records import WhomToAsk
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.services.records_request import Made, make_request, new_request, preview_letters
from desktop.ui.chasing.letter_preview import LetterPreview
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

PREVIEW_AFTER_MS = 300
MAKE = "Make and print both letters"


class RequestPage(QWidget):
    """Ctrl+R keeps the request and both letters; Escape steps back, and what was typed stays as a draft."""

    left = Signal()
    made = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._subject: tuple[int, int | None] | None = None
        self._timer = QTimer(self, interval=PREVIEW_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._preview)
        self.back_button = button("Back", icon="back")
        self.back_button.setObjectName("back")
        self.back_button.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_M))
        head.addWidget(Text("Request for records", "heading"), 1)
        head.addWidget(self.back_button)
        self.editor = RecordEditor(RECORDS_REQUEST_FORM, background)
        keys = QKeySequence("Ctrl+R")
        self.editor.save_button.setObjectName("make_request")
        self.editor.save_button.setAccessibleName(MAKE)
        self.editor.save_button.setText(f"{MAKE}  ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")
        self.editor.save_button.setShortcut(keys)
        self.editor.opened.connect(self._on_opened)
        self.editor.form.edited.connect(self._timer.start)
        self.editor.saved.connect(self._on_saved)
        self.letters = LetterPreview()
        form = QVBoxLayout()
        form.setSpacing(px(SPACE_S))
        form.addLayout(head)
        form.addWidget(self.editor, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addLayout(form, 1)
        row.addWidget(self.letters, 1)

    def open(self, patient_id: int, operation_id: int | None, whom: WhomToAsk | None) -> None:
        self._subject = (patient_id, operation_id)

        def open_one(session: Any) -> Snapshot:
            return new_request(session, whom)

        def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
            return make_request(session, opened, values, patient_id, operation_id)

        kind = whom.kind.value if whom and whom.kind else "other"
        draft_of = DraftOf(RECORDS_REQUEST_FORM.name, f"new:{patient_id}:{operation_id}:{kind}")
        self.editor.edit(Verbs(open_one, save), draft_of)

    def leave(self) -> None:
        self.close_request()
        self.left.emit()

    def close_request(self) -> None:
        """Let go of the patient; what was typed is kept as a draft."""
        self._timer.stop()
        self._subject = None
        self.editor.close_record()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.leave) or super().event(event)

    def _on_opened(self, _snapshot: Snapshot) -> None:
        """The keyboard goes to the first answer that is still needed; when none is, Ctrl+R makes the request."""
        self._preview()
        problems = self.editor.form.problems()
        if problems:
            self.editor.form.focus_problem(problems[0])
        else:
            self.editor.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview(self) -> None:
        if self._subject is None:
            return
        subject, values = self._subject, self.editor.form.values()

        def failed(error: Exception) -> None:
            if isinstance(error, DocumentIncomplete):
                self.letters.show_missing(error.missing.values())
            elif isinstance(error, UserError):
                self.letters.show_missing((str(error),))
            else:
                self._background.failed.emit(error)

        def show(letters: Any) -> None:
            if subject == self._subject and not self._timer.isActive():  # else a newer preview is on its way
                self.letters.show_letters(letters)

        self._background.read(self, preview_letters, values, *subject, done=show, failed=failed)

    def _on_saved(self, snapshot: Snapshot) -> None:
        if isinstance(snapshot, Made):
            self.close_request()
            self.made.emit(snapshot)
