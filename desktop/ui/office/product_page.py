"""One product of the practice's own in the catalogue: added, changed, offered no more or again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.forms.catalogue import CATALOGUE_FORM
from desktop.services.catalogue import open_product, save_product
from desktop.services.draft import DraftOf
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.record_editor import RecordEditor, Verbs

_NEW = "new"


class ProductPage(QWidget):
    """Esc, or the button, goes back to the list; what was typed is kept as a draft."""

    left = Signal()
    retire_asked = Signal(int, bool)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.editor = RecordEditor(CATALOGUE_FORM, background)
        self.back_button = button("Back to the catalogue  (Esc)")
        self.back_button.setAccessibleName("Back to the catalogue")
        self.retire_button = button("Offer no more")
        self.retire_button.setObjectName("retire")
        self.editor.add_action(self.back_button)
        self.editor.add_action(self.retire_button)
        self.back_button.clicked.connect(self.leave)
        self.retire_button.clicked.connect(self._on_retire)
        self.editor.saved.connect(self._on_saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        self._is_retired = False

    def open(self, product_id: int | None, is_retired: bool = False) -> None:
        self._is_retired = is_retired
        self._show_retire_button(product_id)
        self.editor.edit(_verbs(product_id), _draft_of(product_id))
        self.editor.form.focus_first()

    def leave(self) -> None:
        self.editor.close_record()
        self.left.emit()

    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.leave) or super().event(event)

    def _on_saved(self, snapshot: Snapshot) -> None:
        self.editor.go_on_as(_verbs(snapshot.id), _draft_of(snapshot.id))
        self._show_retire_button(snapshot.id)

    def _on_retire(self) -> None:
        snapshot = self.editor.snapshot
        if snapshot is not None and snapshot.id is not None:
            self.retire_asked.emit(snapshot.id, not self._is_retired)

    def _show_retire_button(self, product_id: int | None) -> None:
        words = "Offer again" if self._is_retired else "Offer no more"
        self.retire_button.setText(words)
        self.retire_button.setAccessibleName(words)
        self.retire_button.setVisible(product_id is not None)


def _verbs(product_id: int | None) -> Verbs:
    def open_one(session: Any) -> Snapshot:
        return open_product(session, product_id)

    return Verbs(open_one, save_product)


def _draft_of(product_id: int | None) -> DraftOf:
    return DraftOf(CATALOGUE_FORM.name, _NEW if product_id is None else str(product_id))
