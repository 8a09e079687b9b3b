"""A full page for one record that hangs on something else, its side always in words; Escape leads back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.form import Form
from desktop.models.choices import Side
from desktop.rules.catalogue import Catalogue
from desktop.rules.catalogue_entry import Kind
from desktop.services.catalogue import read_catalogue
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.catalogue_box import CatalogueBox
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.kit.withdraw_line import WithdrawLine


@dataclass(frozen=True)
class Subject:
    """Which record a page shows. `side` None: the form asks for it. `verbs_of` is asked again once it has a number;
    `draft_of` names its draft while it is None. `withdraw` takes it out by number, version and reason."""

    title: str
    facts: str
    side: Side | None
    record_id: int | None
    verbs_of: Callable[[int | None], Verbs]
    draft_of: Callable[[int | None], DraftOf]
    withdraw: Callable[..., None] | None = None


class RecordPage(QWidget):
    left = Signal()

    def __init__(
        self,
        form: Form,
        background: Background,
        *,
        may_edit: bool,
        back_to: str = "the operation",
        picks: frozenset[Kind] = frozenset(),
    ) -> None:
        """`picks`: what of the catalogue fills this form."""
        super().__init__()
        self._background, self._may_edit = background, may_edit
        self._subject: Subject | None = None
        self.back_button = button(f"Back to {back_to}", icon="back")
        self.back_button.setAccessibleDescription("Shortcut Esc")
        self.back_button.setToolTip(f"Back to {back_to}  (Esc)")
        self.back_button.clicked.connect(self.left)
        self.heading, self.facts = Text("", "title", wrap=True), Text("", "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(self.heading)
        words.addWidget(self.facts)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(SPACE_M))
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.editor = RecordEditor(form, background)
        self.editor.opened.connect(self._on_opened)
        self.editor.saved.connect(self._on_saved)
        self.editor.form.edited.connect(self._show_heading)
        self.catalogue: CatalogueBox | None = None
        if picks:
            self.catalogue = CatalogueBox(self.editor.form, "", picks)
            self.editor.form.add_above(self.catalogue)
        self.withdraw_button = Button("Take out of the record …", "link")
        self.withdraw_button.setObjectName("withdraw")
        self.withdraw_line = WithdrawLine("it")
        self.withdraw_button.clicked.connect(self.withdraw_line.ask)
        self.withdraw_line.given.connect(self._withdraw)
        self.editor.add_action(self.withdraw_button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(self._head)
        column.addWidget(self.editor, 1)
        column.addWidget(self.withdraw_line)

    def show_record(self, subject: Subject) -> None:
        self._subject = subject
        self.withdraw_line.hide()
        self.withdraw_button.hide()
        self.editor.edit(subject.verbs_of(subject.record_id), subject.draft_of(subject.record_id))
        self._show_heading()
        if self.catalogue is not None:
            self._background.read(self, read_catalogue, done=self._show_catalogue)

    def close_record(self) -> None:
        self._subject = None
        self.editor.close_record()

    def shown(self) -> Subject | None:
        return self._subject

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _show_heading(self) -> None:
        """The side in its colour and as a word, as soon as one is said."""
        subject = self._subject
        if subject is None:
            return
        side = subject.side
        if side is None and "side" in self.editor.form.boxes:
            side = self.editor.form.boxes["side"].editor.value()
        self.heading.setText(f"{side.label} · {subject.title}" if side else subject.title)
        self.heading.set_tone(side.label.lower() if side else None)
        self.facts.setText(subject.facts)
        self.facts.setVisible(bool(subject.facts))

    def _show_catalogue(self, catalogue: Catalogue) -> None:
        if self.catalogue is not None:
            self.catalogue.show_catalogue(catalogue)

    def _on_opened(self, snapshot: Snapshot) -> None:
        if not self._may_edit:
            self.editor.set_read_only(True)
            self.editor.messages.note("Your role may read this, not change it.")
        if self.catalogue is not None:
            self.catalogue.begin(not self._may_edit)
        self._offer_to_withdraw(snapshot)
        self._show_heading()
        if self._may_edit:
            self.editor.form.focus_first()
        else:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, snapshot: Snapshot) -> None:
        subject = self._subject
        if subject is None or snapshot.id is None:
            return
        self.editor.go_on_as(subject.verbs_of(snapshot.id), subject.draft_of(snapshot.id))
        self._offer_to_withdraw(snapshot)
        self._show_heading()

    def _offer_to_withdraw(self, snapshot: Snapshot) -> None:
        can = self._subject is not None and self._subject.withdraw is not None
        self.withdraw_button.setVisible(can and snapshot.id is not None and self._may_edit)

    def _withdraw(self, reason: str) -> None:
        subject, snapshot = self._subject, self.editor.snapshot
        if subject is None or subject.withdraw is None or snapshot is None or snapshot.id is None:
            return
        withdraw = subject.withdraw

        def take_out(session: Any) -> None:
            withdraw(session, snapshot.id, snapshot.version, reason)

        def gone(_nothing: None) -> None:
            self.editor.forget_record()
            self.left.emit()

        self._background.run(self, take_out, done=gone, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        self.withdraw_line.hide()
        if isinstance(error, UserError):
            self.editor.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)
