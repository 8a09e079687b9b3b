"""What is asked in the middle of the checklist: a reason, and for an override the new day before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.problem import Problem
from desktop.ui.kit.buttons import button
from desktop.ui.kit.entry import LineEntry
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.theme import SPACE_S, px


class InlineEntry(QWidget):
    """Enter goes on, Esc leaves; `confirmed` carries the day's number as it was typed (or "") and the reason."""

    confirmed = Signal(str, str)
    cancelled = Signal()
    edited = Signal()

    def __init__(self, action: str, day_label: str = "", day_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = LineEntry("new_day", day_label, day_hint) if day_label else None
        self.reason = LineEntry("reason", "Why", "one line; it stays readable beside the answer")
        self._go = button(action)
        self._go.setObjectName("confirm")
        leave = button("Cancel")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        entries = [entry for entry in (self.day, self.reason) if entry is not None]
        for entry in entries:
            row.addWidget(entry, 1 if entry is self.day else 3)
            entry.edited.connect(self.edited)
            entry.line.returnPressed.connect(self._confirm)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addSpacing(self.reason.label.sizeHint().height() + px(4))
        pressed = QHBoxLayout()
        pressed.setSpacing(px(SPACE_S))
        pressed.addWidget(self._go)
        pressed.addWidget(leave)
        column.addLayout(pressed)
        column.addStretch(1)
        row.addLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px(SPACE_S), 0, 0)
        whole.addLayout(row)
        self._go.clicked.connect(self._confirm)
        leave.clicked.connect(self.cancelled)

    def focus_first(self) -> None:
        (self.day or self.reason).line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        entry = self.day if problem.field == "new_day" and self.day else self.reason
        entry.show_problem(problem.message)
        entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> dict[str, str]:
        return {"day": self.day.line.text() if self.day else "", "reason": self.reason.line.text()}

    def restore(self, typed: Mapping[str, Any]) -> None:
        self.reason.set_words(str(typed.get("reason", "")))
        if self.day is not None:
            self.day.set_words(str(typed.get("day", "")))

    def _confirm(self) -> None:
        self.confirmed.emit(self.day.words() if self.day else "", self.reason.words())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Once it has its place, also far down a page, it is to be seen with its buttons."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: bring_into_view(self))

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.cancelled.emit) or super().event(event)
