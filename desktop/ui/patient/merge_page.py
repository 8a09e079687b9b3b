"""Make two records of one person one: choose them, look at both, decide, confirm."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.permission import Verb, may
from desktop.services.merge import merge_patients
from desktop.services.merge_preview import MergePreview, preview_merge
from desktop.services.patient import PatientHeader, read_header
from desktop.ui.kit.background import Background
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, px
from desktop.ui.patient.merge_preview import MergeView
from desktop.ui.patient.record_picker import RecordPicker

_EXPLAINED = "Only a person can say that two records are the same person's: compare both before you decide."
_NOT_YOURS = "Two records are merged by a surgeon of the practice."


class MergePage(Screen):
    """`begin` with a patient asks for the other record; without, for both."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.kept_id: int | None = None
        self.view: MergeView | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text("Two records of one person", "title"))
        is_allowed = may(background.actor.roles, Verb.MERGE_PATIENTS)
        column.addWidget(Text(_EXPLAINED if is_allowed else _NOT_YOURS, "muted", wrap=True))
        self.picker = RecordPicker(background)
        self.picker.picked.connect(self._on_picked)
        column.addWidget(self.picker, 1)
        self.picker.setVisible(is_allowed)
        if not is_allowed:
            column.addStretch(1)
        self.messages = MessageBar()
        self.messages.dismissed.connect(self._quiet)
        column.addWidget(self.messages)
        self._quiet()

    def begin(self, kept_id: int | None) -> None:
        self.kept_id = None
        self._close_view()
        self._quiet()
        if kept_id is None:
            self.picker.ask("Which record stays?")
        else:
            self._on_picked(kept_id)

    @override
    def event(self, event: QEvent) -> bool:
        """Esc goes back to whose details this began from; elsewhere the window knows where to."""
        return (self.kept_id is not None and left_by_escape(event, self._back)) or super().event(event)

    def _back(self) -> None:
        self.went.emit(Place("details", self.kept_id))

    def _on_picked(self, patient_id: int) -> None:
        if self.kept_id is None:
            self.background.read(self, read_header, patient_id, done=self._ask_for_other, failed=self._refuse)
        else:
            self.compare(self.kept_id, patient_id)

    def compare(self, kept_id: int, goes_id: int) -> None:
        self._quiet()
        self.background.read(self, preview_merge, kept_id, goes_id, done=self._show, failed=self._refuse)

    def _ask_for_other(self, kept: PatientHeader) -> None:
        self.kept_id = kept.id
        who = f"record {kept.record_number}, {kept.full_name}"
        self.picker.ask(f"Which other record is the same person's as {who}?", kept.id)

    def _show(self, preview: MergePreview) -> None:
        self._close_view()
        self.kept_id = preview.kept.id
        self.view = view = MergeView(preview, self)
        view.merge_asked.connect(self._merge)
        view.swap_asked.connect(lambda: self.compare(preview.merged.id, preview.kept.id))
        view.left.connect(lambda: self.begin(preview.kept.id))
        self.picker.hide()
        self._column.insertWidget(self._column.indexOf(self.messages), view, 1)
        view.show()
        view.focus_first()

    def _close_view(self) -> None:
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
        self.picker.setVisible(may(self.background.actor.roles, Verb.MERGE_PATIENTS))

    def _merge(self, chosen: Mapping[str, str]) -> None:
        if self.view is None:
            return
        preview = self.view.preview
        kept_id = preview.kept.id
        self.view.merge_button.setEnabled(False)
        self.background.run(
            self,
            merge_patients,
            kept_id,
            preview.merged.id,
            chosen,
            preview.fingerprint,
            done=lambda _merge_id: self._done(kept_id),
            failed=self._refuse_and_look_again,
        )

    def _done(self, kept_id: int) -> None:
        self._close_view()
        self.went.emit(Place("details", kept_id))

    def _refuse_and_look_again(self, error: Exception) -> None:
        if self.view is not None:
            self.compare(self.view.preview.kept.id, self.view.preview.merged.id)
        self._refuse(error)

    def _quiet(self) -> None:
        """The room is for the two records while there is nothing to say."""
        self.messages.clear()
        self.messages.hide()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.show()
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)
