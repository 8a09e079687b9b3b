"""The cases in which something waits for a decision, the longest wait first; each opened by Enter, left to the next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.case_review import CaseFilter, Waiting
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb, may
from desktop.services.case_review import CaseLine, NamedFilter, forget_filter, keep_filter, list_cases, list_filters
from desktop.ui.kit.background import Background
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.clock import today
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.tables import Column, ColumnsModel, ListTable
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, px
from desktop.ui.review.filter_row import FilterRow

KEYS = "↑↓ choose · Enter opens the case · F8 there goes on to the next one"
NOTHING = "No case waits for a decision."
NOTHING_LIKE_THIS = "No case that waits is like this. Choose “All cases” to see every one."
NOT_YOURS = "Your role does not include the revision cases."


def _surgery(line: CaseLine) -> str:
    return show_date(line.surgery_on) if line.surgery_on else "no day yet"


def _since(line: CaseLine) -> str:
    days = (today() - line.since).days
    return f"{show_date(line.since)}, {days:,} day{'' if days == 1 else 's'}"


COLUMNS = (
    Column("Waiting since", _since, 150),
    Column("Patient", lambda line: line.patient_name, 150),
    Column("Record", lambda line: line.record_number, 72),
    Column("What waits", lambda line: " · ".join(what.label for what, _since in line.waits), 190),
    Column("Urgency", lambda line: line.tier.label, 105),
    Column("Indications", lambda line: line.reasons),
    Column("Surgery", _surgery, 95),
)


class CasesModel(ColumnsModel):
    def show_lines(self, lines: tuple[CaseLine, ...]) -> None:
        self.beginResetModel()
        self._rows = list(lines)
        self.endResetModel()


class ReviewScreen(Screen):
    """`opened` tells the cases of the list and which of them is opened, so that one can go on from there."""

    watches = frozenset(
        {"revision_case", "case_indication", "indication_finding", "revision_plan", "plan_side", "operative_report"}
        | {"complication", "case_filter", "patient"}
    )
    opened = Signal(object, int)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._arrives = True
        self._may = may(background.actor.roles, Verb.VIEW_CASE)
        self.model = CasesModel(COLUMNS, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName(f"Cases to decide. {KEYS}")
        self.table.opened.connect(self._open)
        self.nothing = EmptyState(NOTHING if self._may else NOT_YOURS)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.table)
        self.filter_row = FilterRow()
        self.filter_row.changed.connect(self.refresh)
        self.filter_row.kept.connect(self._keep)
        self.filter_row.forgotten.connect(self._forget)
        self.count, self.keys = Text("", "muted"), Text("", "muted")
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_L))
        head.addWidget(Text("Cases to decide", "title"))
        head.addStretch(1)
        head.addWidget(self.count)
        card = Card()
        card.add(self._stack, 1)
        self.messages = MessageBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addLayout(head)
        column.addWidget(self.filter_row)
        column.addWidget(card, 1)
        column.addWidget(self.keys)
        column.addWidget(self.messages)
        self.filter_row.setVisible(self._may)

    def lines(self) -> tuple[CaseLine, ...]:
        return tuple(self.model.row(at) for at in range(self.model.rowCount()))

    @override
    def refresh(self) -> None:
        if not self._may:
            return
        wanted = self.filter_row.wanted()

        def read(session: Any) -> tuple[tuple[CaseLine, ...], tuple[NamedFilter, ...]]:
            return list_cases(session, wanted), list_filters(session)

        self.background.read(self, read, done=lambda found: self._show(wanted, *found))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._arrives = True  # the keyboard is on the list as soon as it is there
        super().showEvent(event)

    def _show(self, wanted: CaseFilter, lines: tuple[CaseLine, ...], named: tuple[NamedFilter, ...]) -> None:
        if wanted != self.filter_row.wanted():
            return
        chosen = self._chosen_case()
        self.filter_row.show_filters(named)
        self.model.show_lines(lines)
        self.nothing.words.setText(NOTHING if wanted == CaseFilter() else NOTHING_LIKE_THIS)
        self._stack.setCurrentWidget(self.table if lines else self.nothing)
        self.keys.setText(KEYS if lines else "")
        self.count.setText(_count(lines))
        at = next((at for at, line in enumerate(lines) if line.case_id == chosen), 0)
        if lines:
            self.table.selectRow(at)
        if lines and self._arrives:
            self._arrives = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_case(self) -> int | None:
        at = self.table.currentIndex().row()
        return self.model.row(at).case_id if 0 <= at < self.model.rowCount() else None

    def _open(self, row: int) -> None:
        self.opened.emit(self.lines(), row)

    def _keep(self, name: str) -> None:
        def kept(named: NamedFilter) -> None:
            self.filter_row.end_naming()
            self.messages.say(f"Kept as “{named.name}”.")
            self.background.read(
                self, list_filters, done=lambda filters: self.filter_row.show_filters(filters, named.id)
            )
            self.filter_row.chosen.box.setFocus(Qt.FocusReason.OtherFocusReason)

        self.background.run(self, keep_filter, name, self.filter_row.wanted(), done=kept, failed=self._refuse)

    def _forget(self, filter_id: int) -> None:
        def gone(_nothing: None) -> None:
            self.filter_row.chosen.set_value(None)
            self.messages.say("The filter is forgotten; the cases stay as they are.")
            self.refresh()
            self.filter_row.chosen.box.setFocus(Qt.FocusReason.OtherFocusReason)

        self.background.run(self, forget_filter, filter_id, done=gone, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)


def place_of(line: CaseLine) -> Place:
    """Where what waits is decided: the part of the case that it is about."""
    return Place("revision", line.patient_id, line.case_id, _PART.get(line.waits[0][0], "assessment"))


_PART = {
    Waiting.NOT_PLANNED: "plan",
    Waiting.NOT_SIGNED: "plan",
    Waiting.AMENDMENT_NOT_SIGNED: "plan",
    Waiting.NOT_REPORTED: "surgery",
    Waiting.REPORT_NOT_SIGNED: "surgery",
    Waiting.NOT_GRADED: "outcome",
}


def _count(lines: tuple[CaseLine, ...]) -> str:
    if not lines:
        return ""
    return f"{len(lines):,} case{'' if len(lines) == 1 else 's'}"
