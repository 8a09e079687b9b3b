"""What the practice is called and how it is reached."""

from __future__ import annotations

from PySide6.QtCore import Signal
from typing_extensions import override

from desktop.forms.practice import PRACTICE_FORM
from desktop.rules.permission import Verb, may
from desktop.services.draft import DraftOf
from desktop.services.practice import open_practice, save_practice
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.handout_languages import offer_handout_languages
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.text import Text
from desktop.ui.office.section import OfficeSection

_NOT_YOURS = "An administrator of the practice can change this."


class PracticeSection(OfficeSection):
    renamed = Signal(str)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._may_edit = may(background.actor.roles, Verb.EDIT_PRACTICE)
        self.editor = RecordEditor(PRACTICE_FORM, background)
        offer_handout_languages(self.editor.form)
        if not self._may_edit:
            self.column.addWidget(Text(_NOT_YOURS, "muted", wrap=True))
        self.column.addWidget(self.editor, 1)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)

    @override
    def refresh(self) -> None:
        if not self.editor.form.is_dirty():
            self.editor.edit(Verbs(open_practice, save_practice), DraftOf(PRACTICE_FORM.name, "own"))

    @override
    def keep_drafts(self) -> None:
        if self._may_edit:
            self.editor.keep_draft()

    def _on_opened(self, _snapshot: Snapshot) -> None:
        if not self._may_edit:
            self.editor.form.set_read_only(True)
            self.editor.save_button.hide()
            self.editor.revert_button.hide()

    def _on_saved(self, snapshot: Snapshot) -> None:
        self.renamed.emit(str(snapshot.values["name"]))
