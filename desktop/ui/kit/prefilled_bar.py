"""Over a form: how many of its answers nobody gave yet, where they come from, and the one action that confirms all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.kit.buttons import button
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px


class PrefilledBar(QFrame):
    """Goes by itself when everything is confirmed or changed."""

    def __init__(self, form: FormView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setProperty("kind", "sunken")
        self.words = Text("", wrap=True)
        self.next_button = button("Next")
        self.next_button.setObjectName("prefilled.next")
        self.next_button.setAccessibleName("Go to the next answer that waits to be confirmed")
        self.confirm_button = button("Confirm all", shortcut="Ctrl+Shift+Return")
        self.confirm_button.setObjectName("prefilled.confirm")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_M), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.words, 1)
        row.addWidget(self.next_button)
        row.addWidget(self.confirm_button)
        self.next_button.clicked.connect(self._go_on)
        self.confirm_button.clicked.connect(self._confirm_all)
        form.prefilled_changed.connect(self.refresh)
        self.hide()

    def set_read_only(self, read_only: bool) -> None:
        self.next_button.setVisible(not read_only)
        self.confirm_button.setVisible(not read_only)

    def refresh(self) -> None:
        waiting = self._form.prefilled()
        self.setVisible(bool(waiting))
        count = "1 answer comes" if len(waiting) == 1 else f"{len(waiting)} answers come"
        source = self._form.prefilled_from or "elsewhere"
        self.words.setText(f"◇ {count} from {source}. Ctrl+Enter in an answer confirms it; typing changes it.")

    def _go_on(self) -> None:
        self._form.go_to_prefilled()

    def _confirm_all(self) -> None:
        waiting = self._form.prefilled()
        self._form.confirm_prefilled(*waiting)
        first = self._form.boxes.get(waiting[0]) if waiting else None
        if first is not None:
            first.editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
