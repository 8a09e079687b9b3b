"""A day of the checklist: its date, how much of it is answered, and its lines when it is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import RecoveryState
from desktop.rules.dates import show_date
from desktop.rules.recovery import DayState
from desktop.ui.kit.cards import Card, Divider, Pill
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px
from desktop.ui.recovery.item_row import ItemRow

TONES: dict[DayState, Tone] = {
    DayState.NOTHING: "neutral",
    DayState.LATER: "neutral",
    DayState.DUE: "accent",
    DayState.DONE: "good",
    DayState.PARTLY: "warning",
    DayState.NOT_ANSWERED: "warning",
    DayState.RED_FLAG: "danger",
}


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DaySection(Card):
    toggled = Signal()

    def __init__(self, name: str, label: str, when: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.body.setContentsMargins(px(SPACE_S), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        self.body.setSpacing(0)
        self._label, self._when = label, when
        self.head = PickRow(label)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(px(SPACE_S), px(6), px(SPACE_M), px(6))
        row.setSpacing(px(SPACE_S))
        self._arrow = Text("▸", "muted")
        self._arrow.setFixedWidth(px(16))
        row.addWidget(self._arrow)
        row.addWidget(Text(label, "heading"))
        row.addWidget(Text(when, "muted"))
        row.addStretch(1)
        self._count = Text("", "muted", tabular=True)
        row.addWidget(self._count)
        self._pills = QHBoxLayout()
        row.addLayout(self._pills)
        self.add(self.head)
        self.content = QWidget()
        self.lines = QVBoxLayout(self.content)
        self.lines.setContentsMargins(px(SPACE_S), 0, 0, 0)
        self.lines.setSpacing(0)
        self.add(self.content)
        self.content.hide()
        self.head.opened.connect(self._toggle)

    def show_count(self, answered: int, total: int, state: DayState | None) -> None:
        self._count.setText(f"{answered} of {total} answered" if state is not None else "")
        while (item := self._pills.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        words = ""
        if state is not None:
            words = f"{state.sign} {state.word}".strip()
            self._pills.addWidget(Pill(words, TONES[state]))
        self._name(words)

    def is_open(self) -> bool:
        return not self.content.isHidden()

    def set_open(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self._arrow.setText("▾" if is_open else "▸")
        self._name("")

    def set_rows(self, rows: Sequence[ItemRow]) -> None:
        for at, row in enumerate(rows):
            if at:
                self.lines.addWidget(Divider())
            self.lines.addWidget(row)

    def focus_first(self) -> None:
        """The first line without an answer, else the first one."""
        rows = self.content.findChildren(ItemRow) if self.is_open() else []
        unanswered = (row for row in rows if row.item.state is RecoveryState.NOT_ANSWERED)
        target = next(unanswered, rows[0] if rows else self.head)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, state: str) -> None:
        opened = "open" if self.is_open() else "closed, Enter opens"
        spoken = (self._label, self._when, self._count.text(), state, opened)
        self.head.setAccessibleName(". ".join(filter(None, spoken)))

    def _toggle(self) -> None:
        self.set_open(not self.is_open())
        self.toggled.emit()


def written_out(date: dt.date) -> str:
    """`Monday 23 Nov 2026`."""
    return f"{_WEEKDAYS[date.weekday()]} {show_date(date)}"
