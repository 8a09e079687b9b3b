"""Close a request for records: what came of it, and each fact it asked for as it stands now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import RecordChanged, UserError
from desktop.models.choices import RequestState, Source
from desktop.rules.permission import Verb, may
from desktop.services.records_closing import (
    Closing,
    close_answered,
    close_nothing_kept,
    open_closing,
    withdraw_request,
)
from desktop.services.records_request import RequestRow
from desktop.ui.chasing.facts_card import FactsCard
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px

SOURCES = (Source.OPERATION_REPORT, Source.LETTER, Source.DEVICE_CARD, Source.IMAGING, Source.OWN_RECORD)
"""What can come in the post; what a patient remembers and what is scanned comes otherwise."""

WRITING = ((RequestState.ANSWERED, "An answer came"), (RequestState.NOTHING_KEPT, "Nothing is kept"))
"""What writes into the record, and so is for those who may."""

HINTS = {
    RequestState.ANSWERED: "Type what came into the operation first. On closing, each fact below that is recorded and "
    "has no source yet is given this one.",
    RequestState.NOTHING_KEPT: "Tick each fact that nobody can find out any more. It is then stated to be unknown; "
    "what is not ticked stays as it is.",
    RequestState.WITHDRAWN: "Nothing in the record changes.",
}


class ClosingPage(QWidget):
    """Ctrl+S closes the request, Escape steps back and leaves it open."""

    left = Signal()
    closed = Signal(object)
    operation_asked = Signal(int)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._closing: Closing | None = None
        self.facts = FactsCard()
        self.title = Text("", "heading", wrap=True)
        self.back_button = button("Back", icon="back")
        self.back_button.setObjectName("back")
        self.back_button.clicked.connect(self.left)
        self.operation_button = button("Type into the operation", icon="edit")
        self.operation_button.setObjectName("open_operation")
        self.operation_button.clicked.connect(self._ask_for_operation)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(self.title, 1)
        head.addWidget(self.operation_button)
        head.addWidget(self.back_button)
        self._may_write = may(background.actor.roles, Verb.EDIT_HISTORY)
        writing = WRITING if self._may_write else ()
        self.outcome = Segmented("What came of it", (*writing, (RequestState.WITHDRAWN, "No longer needed")))
        self.outcome.changed.connect(lambda _outcome: self._show_outcome())
        self.source = ChoiceBox()
        self.source.setObjectName("source")
        self.source.setAccessibleName("Which source it was")
        for code, label in (("", "Which source it was …"), *((s.value, s.label) for s in SOURCES)):
            self.source.addItem(label, code)
        self.every = QCheckBox("All of the facts that are still empty")
        self.every.setObjectName("every")
        self.every.clicked.connect(lambda is_ticked: self.facts.tick_all(is_ticked))
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("Why the records are no longer needed")
        self.reason.setPlaceholderText("Why they are no longer needed")
        self._answer = QStackedWidget()
        for each in (self.source, self.every, self.reason):
            self._answer.addWidget(each)
        self.hint = Text("", "muted", wrap=True)
        outcome = QHBoxLayout()
        outcome.setSpacing(px(SPACE_L))
        outcome.addWidget(self.outcome)
        outcome.addWidget(self._answer, 1)
        came = Card("What came of it")
        came.add(outcome)
        came.add(self.hint)
        self.messages = MessageBar()
        self.close_button = button("Close the request", primary=True, shortcut="Ctrl+S")
        self.close_button.setObjectName("close_request")
        self.close_button.clicked.connect(self._close)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(SPACE_M))
        column.addLayout(head)
        column.addWidget(came)
        column.addWidget(self.facts, 1)
        column.addLayout(foot)

    def open(self, request_id: int) -> None:
        self.messages.clear()
        self._background.read(self, open_closing, request_id, done=self._show, failed=self._refuse)

    def refresh(self) -> None:
        """What was typed into the operation meanwhile is shown; what was ticked and chosen here stays."""
        if self._closing is not None:
            self._background.read(self, open_closing, self._closing.row.id, done=self._show_again)

    def let_go(self) -> None:
        self._closing = None

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _show(self, closing: Closing) -> None:
        self.outcome.set_value(RequestState.ANSWERED if self._may_write else RequestState.WITHDRAWN)
        self.source.setCurrentIndex(0)
        self.reason.clear()
        self.every.setChecked(False)
        self._closing = closing
        self.title.setText(f"Request to {closing.row.recipient_name}, {closing.row.due_words}")
        self.operation_button.setVisible(self._may_write and closing.row.operation_id is not None)
        self.facts.show_facts(closing.facts)
        self._show_outcome()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_again(self, closing: Closing) -> None:
        if self._closing is not None and closing.row.id == self._closing.row.id:
            self._closing = closing
            self.facts.show_facts(closing.facts, self.facts.ticked())
            self._show_outcome()

    def _show_outcome(self) -> None:
        outcome = self.outcome.value()
        self.hint.setText(HINTS.get(outcome, "Choose what came of the request."))
        pages = {RequestState.ANSWERED: self.source, RequestState.NOTHING_KEPT: self.every}
        self._answer.setCurrentWidget(pages.get(outcome, self.reason))
        self._answer.setVisible(outcome is not None)
        self.facts.offer_unknown(outcome is RequestState.NOTHING_KEPT)

    def _close(self) -> None:
        if self._closing is None:
            return
        row, outcome = self._closing.row, self.outcome.value()
        done = {"done": self._on_closed, "failed": self._refuse}
        run: Any = self._background.run
        if outcome is RequestState.ANSWERED and self.source.currentData():
            run(self, close_answered, row.id, row.version, Source.from_code(self.source.currentData()), **done)
        elif outcome is RequestState.NOTHING_KEPT:
            run(self, close_nothing_kept, row.id, row.version, self.facts.ticked(), **done)
        elif outcome is RequestState.WITHDRAWN:
            run(self, withdraw_request, row.id, row.version, self.reason.text(), **done)
        elif outcome is RequestState.ANSWERED:
            self.messages.refuse("Not closed: choose which source it was, so that each fact can say so.")
            self.source.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.messages.refuse("Not closed: choose what came of the request.")
            self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_closed(self, row: RequestRow) -> None:
        self._closing = None
        self.closed.emit(row)

    def _ask_for_operation(self) -> None:
        if self._closing is not None and self._closing.row.operation_id is not None:
            self.operation_asked.emit(self._closing.row.operation_id)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
            if isinstance(error, RecordChanged):
                self.refresh()
        else:
            self._background.failed.emit(error)
