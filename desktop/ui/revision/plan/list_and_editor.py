"""A list beside the plan, and one line of it being written: what the order list and the templates have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.forms.form import Form
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.tables import ListTable, RowsModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px


class ListAndEditor(QWidget):
    """Esc goes back: from one line to the list, from the list to the plan."""

    left = Signal()

    def __init__(
        self, background: Background, form: Form, model: RowsModel, table: ListTable, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self.model, self.table = model, table
        model.setParent(self)
        self.words = Text("", "muted", wrap=True)
        self.messages = MessageBar()
        self.editor = RecordEditor(form, background)
        self.back_button = self.make_button("Back to the plan  (Esc)", "back_to_plan", self.left.emit)
        self.pages = QStackedWidget()
        self.table.opened.connect(lambda _row: self.open_current())

    def refresh(self) -> None:
        raise NotImplementedError

    def open_current(self) -> None:
        raise NotImplementedError

    def show_list(self) -> None:
        self.editor.close_record()
        self.pages.setCurrentIndex(0)
        self.refresh()

    def keep_drafts(self) -> None:
        self.editor.keep_draft()

    def current(self) -> Any:
        """The line that is chosen, or None."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def make_button(self, words: str, name: str, act: Callable[[], object], *, primary: bool = False) -> Button:
        """Its keys are shown and not spoken."""
        made = button(words, primary=primary)
        made.setObjectName(name)
        made.setAccessibleName(words.partition("  (")[0])
        made.clicked.connect(lambda _checked=False: act())
        return made

    def lay_out(self, title: str, buttons: Sequence[Button]) -> None:
        """The list under its title, and the editor with the way back to it."""
        self.editor.add_action(self.make_button(f"Back to the {title}  (Esc)", "back_to_list", self.show_list))
        self.pages.addWidget(self._list_page(f"{title[:1].upper()}{title[1:]}", buttons))
        self.pages.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def say_problem(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self._background.failed.emit(error)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self._step_back) or super().event(event)

    def _step_back(self) -> None:
        if self.pages.currentIndex():
            self.show_list()
        else:
            self.left.emit()

    def _list_page(self, title: str, buttons: Sequence[Button]) -> QWidget:
        page = QWidget(self)
        card = Card(title, parent=page)
        card.add(self.words)
        card.add(self.table, 1)
        card.body.addStretch(0)
        row = FlowRow()
        for each in buttons:
            row.add(each)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(row, 1)
        foot.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_M))
        column.addWidget(card, 1)
        column.addWidget(self.messages)
        column.addLayout(foot)
        return page
