"""The two lists of what the office waits for: requests for records, and what operations left to be chased."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from desktop.rules.dates import show_date
from desktop.rules.records_request import show_due
from desktop.services.outstanding import PAGE, Outstanding, list_outstanding
from desktop.services.records_request import RequestRow, list_waiting
from desktop.ui.kit.clock import today
from desktop.ui.kit.tables import Column, ListTable


def _wanted_by(row: RequestRow) -> str:
    return f"{show_date(row.due_on)}, {row.due_words}" if row.due_on else row.due_words


def since_words(row: Outstanding) -> str:
    """A warranty runs out, a specimen has been away since."""
    if row.kind == "warranty":
        return f"claim by {show_date(row.on)}, {show_due(row.on, today())}"
    days = (today() - row.on).days
    waited = "today" if days == 0 else "1 day ago" if days == 1 else f"{days:,} days ago"
    return f"sent {show_date(row.on)}, {waited}, no result yet"


REQUEST_COLUMNS = (
    Column("Patient", lambda row: row.patient_name, 180),
    Column("Record", lambda row: row.record_number, 80),
    Column("Asked", lambda row: f"{row.recipient_name} ({row.recipient_kind.label.lower()})", 230),
    Column("For", lambda row: row.facts_words),
    Column("Answer wanted by", _wanted_by, 210),
    Column("Reminded", lambda row: show_date(row.reminded_on) if row.reminded_on else "", 105),
)
OUTSTANDING_COLUMNS = (
    Column("Patient", lambda row: row.patient_name, 180),
    Column("Record", lambda row: row.record_number, 80),
    Column("What", lambda row: f"{row.side.label}: {row.what}", 260),
    Column("At", lambda row: row.whom),
    Column("Since or until", since_words, 330),
)


def fetch_requests(session: Any, _text: str, after: RequestRow | None) -> tuple[RequestRow, ...]:
    return list_waiting(session, after)


def fetch_outstanding(session: Any, _text: str, after: Outstanding | None) -> tuple[Outstanding, ...]:
    return list_outstanding(session, after.key if after else None, most=PAGE)


class WaitingTable(ListTable):
    """P and C act on the chosen row."""

    reminder_asked = Signal(int)
    closing_asked = Signal(int)

    def __init__(self, model: QAbstractTableModel) -> None:
        super().__init__(model, REQUEST_COLUMNS)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_P and row >= 0:
            self.reminder_asked.emit(row)
        elif event.key() == Qt.Key.Key_C and row >= 0:
            self.closing_asked.emit(row)
        else:
            super().keyPressEvent(event)
