"""One line for whoever can be asked, and one for every request that was made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from desktop.models.choices import RequestState
from desktop.rules.dates import show_date
from desktop.rules.missing_records import WhomToAsk
from desktop.services.outstanding import Outstanding
from desktop.services.records_request import RequestRow, asked_words
from desktop.ui.chasing.lists import since_words
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.pick_row import PickRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, Tone, px


class _Row(PickRow):
    def __init__(self, title: str, details: tuple[str, ...], pill: Pill | None) -> None:
        state = pill.text() if pill else ""
        super().__init__(". ".join(filter(None, (title, state, *details))))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(8), px(10), px(8))
        row.setSpacing(px(SPACE_S))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Text(title, "strong", wrap=True))
        for detail in filter(None, details):
            words.addWidget(Text(detail, "muted", wrap=True))
        row.addLayout(words, 1)
        if pill is not None:
            row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)


class WhomRow(_Row):
    """Somebody to write to; `waiting` is the request that already asks them about the same operation."""

    def __init__(self, whom: WhomToAsk, waiting: RequestRow | None) -> None:
        self.whom, self.is_waiting = whom, waiting is not None
        kind = whom.kind.label if whom.kind else ""
        count = len({name.rpartition(".")[2] for name in whom.asked_for})
        facts = "1 fact" if count == 1 else f"{count} facts"
        asked = f"asked on {show_date(waiting.asked_on)}" if waiting and waiting.asked_on else ""
        pill = Pill("Waiting", "accent") if waiting else Pill(facts, "neutral")
        super().__init__(whom.name, (" · ".join(filter(None, (kind, whom.why, asked))),), pill)
        self.setObjectName(f"whom {kind.lower()} {whom.operation_id}")


class RequestRowView(_Row):
    """Enter opens what it asked for, P prints a reminder, C closes it."""

    reminder_asked = Signal()
    closing_asked = Signal()

    def __init__(self, row: RequestRow) -> None:
        self.row = row
        super().__init__(row.recipient_name, tuple(_details(row)), Pill(*_state(row)))
        self.setObjectName(f"request {row.id}")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open = self.row.state is RequestState.OPEN
        if is_open and event.key() == Qt.Key.Key_P:
            self.reminder_asked.emit()
        elif is_open and event.key() == Qt.Key.Key_C:
            self.closing_asked.emit()
        else:
            super().keyPressEvent(event)


class OutstandingRow(_Row):
    """A specimen or a warranty; Enter opens the operation it comes from."""

    def __init__(self, found: Outstanding) -> None:
        self.found = found
        super().__init__(f"{found.side.label}: {found.what}", (found.whom, since_words(found)), None)
        self.setObjectName(f"{found.kind} {found.id}")


def _state(row: RequestRow) -> tuple[str, Tone]:
    if row.state is RequestState.OPEN:
        return row.due_words, "danger" if row.is_overdue else "accent"
    return row.state.label, "good" if row.state is RequestState.ANSWERED else "neutral"


def _details(row: RequestRow) -> list[str]:
    dates = [f"asked {show_date(row.asked_on)}"] if row.asked_on else []
    if row.state is RequestState.OPEN and row.due_on:
        dates.append(f"answer wanted by {show_date(row.due_on)}")
    if row.reminded_on:
        dates.append(f"reminded {show_date(row.reminded_on)}")
    if row.closed_on:
        dates.append(f"closed {show_date(row.closed_on)} by {row.closed_by}")
    if row.closed_source:
        dates.append(row.closed_source.label)
    return [" · ".join(dates), asked_words(row.asked_for), row.closed_note or ""]
