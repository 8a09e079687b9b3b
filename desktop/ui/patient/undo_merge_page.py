"""Take back that two records were made one: what goes back, what stays, and then two records again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.dates import show_date
from desktop.services.merge_undo import UndoPreview, preview_undo, undo_merge
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, FactPair
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.patient.merge_preview import person_card


class UndoMergePage(Screen):
    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.preview: UndoPreview | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text("Two records again", "title"))
        self._shown: QWidget | None = None
        self.messages = MessageBar()
        self.back_button = button("Back to the details")
        self.back_button.clicked.connect(self._back)
        self.undo_button = button("Undo this merge", primary=True)
        self.undo_button.setObjectName("undo")
        self.undo_button.clicked.connect(self._undo)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.setContentsMargins(0, 0, 0, px(SPACE_S))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.undo_button)
        column.addStretch(0)
        column.addLayout(foot)

    def look_at(self, merge_id: int | None) -> None:
        self._clear()
        self.messages.clear()
        if merge_id is None:
            self.messages.note("A merge is undone from the Details of the record that stayed.")
            return
        self.background.read(self, preview_undo, merge_id, done=self._show, failed=self._refuse)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self._back) or super().event(event)

    def _show(self, preview: UndoPreview) -> None:
        self._clear()
        self.preview = preview
        line, kept = preview.line, preview.kept
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        again = Card("This record comes back")
        again.add(Text(line.name, "title", wrap=True))
        again.add(Text(f"Record {line.record_number}", "title"))
        again.add(Text(f"Born {show_date(line.birth_date)}"))
        when = show_date(line.merged_at.astimezone().date())
        again.add(Text(f"Merged by {line.merged_by} on {when}", "muted", wrap=True))
        who = QHBoxLayout()
        who.setSpacing(px(SPACE_L))
        who.addWidget(person_card("This record stays", kept), 1)
        who.addWidget(again, 1)
        column.addLayout(who)
        what = Card("What each of them has then")
        nothing = "no operation, case or document"
        what.add(FactPair(f"Stays with {kept.record_number}", " · ".join(preview.stays) or nothing))
        what.add(FactPair(f"Goes back to {line.record_number}", " · ".join(preview.goes_back) or nothing))
        answers = ", ".join(preview.answers_back) or "none was taken over, or each was changed since"
        what.add(FactPair(f"Answers of {kept.record_number} as before the merge", answers))
        for remark in preview.remarks:
            what.add(Text(remark, wrap=True, tone="warning"))
        column.addWidget(what)
        column.addStretch(1)
        self._shown = scrolling(page)
        self._column.insertWidget(1, self._shown, 1)
        self._shown.show()
        self.undo_button.setEnabled(True)
        self.undo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.preview = None
        self.undo_button.setEnabled(False)
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None

    def _undo(self) -> None:
        if (preview := self.preview) is None:
            return
        self.undo_button.setEnabled(False)
        self.background.run(
            self,
            undo_merge,
            preview.line.id,
            preview.fingerprint,
            done=lambda _none: self._back(),
            failed=self._refuse_and_look_again,
        )

    def _back(self) -> None:
        self.went.emit(Place("details", self.preview.kept.id) if self.preview else Place("patients"))

    def _refuse_and_look_again(self, error: Exception) -> None:
        if self.preview is not None:
            self.look_at(self.preview.line.id)
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
