"""Everyone between the day of surgery and week 6: what was done on each day of the first week, and what is next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.dates import show_date
from desktop.rules.recovery import FIRST_WEEK, DayState
from desktop.services.recovery_board import Board, BoardRow, read_board
from desktop.services.recovery_protocol import ProtocolFile, approve_protocol
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, Divider, EmptyState, Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import WalkedList
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, Tone, px
from desktop.ui.recovery.board_row import CELL, GAP, BoardRowView, cells_width, next_column
from desktop.ui.recovery.protocol_page import ProtocolPage

_SIGNS = (DayState.DONE, DayState.DUE, DayState.PARTLY, DayState.NOT_ANSWERED, DayState.RED_FLAG)
LEGEND = "  ".join(f"{state.sign} {state.word}" for state in _SIGNS)
KEYS = "↑ ↓ or ← → another patient · Enter opens the recovery · P the page to print"


class RecoveryBoard(Screen):
    watches = frozenset(
        {"recovery_checklist", "recovery_item", "red_flag_report", "protocol_approval", "patient", "revision_plan"}
    )

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self._board: Board | None = None
        self.protocol_page: ProtocolPage | None = None
        self._arrives = True
        self.rows: list[BoardRowView] = []
        self._pills = FlowRow()
        head = QHBoxLayout()
        head.addWidget(Text("Recovery", "title"))
        head.addStretch(1)
        head.addWidget(self._pills)
        self._example = Text("", "muted", wrap=True)
        self.read_button = button("Read and approve")
        self.read_button.setObjectName("read_protocol")
        self.read_button.clicked.connect(self._read_protocol)
        example = QHBoxLayout()
        example.setSpacing(px(SPACE_L))
        example.addWidget(self._example, 1)
        example.addWidget(self.read_button)
        self._list = WalkedList()
        self._list.column.setContentsMargins(0, 0, px(SPACE_S), 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._list)
        self._table = QWidget()
        table = QVBoxLayout(self._table)
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(px(SPACE_S))
        table.addWidget(_header())
        table.addWidget(Divider())
        table.addWidget(area, 1)
        self.nobody = EmptyState(
            "Nobody is between the day of surgery and week 6. Whoever has a checklist started on the recovery page "
            "appears here from the day of surgery on."
        )
        card = Card()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self.nobody)
        card.add(self._stack, 1)
        self._legend = Text(f"{LEGEND}     {KEYS}", "muted", wrap=True)
        self.messages = MessageBar()
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addLayout(head)
        column.addLayout(example)
        column.addWidget(card, 1)
        column.addWidget(self._legend)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.messages)
        self._page.hide()

    @override
    def refresh(self) -> None:
        self.background.read(self, read_board, done=self._show, failed=self._refuse)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._arrives = True  # the keyboard is on the list from the start
        super().showEvent(event)

    def _show(self, board: Board) -> None:
        if self.protocol_page is None:
            self._page.show()
        if self._arrives or self._board is None or self._board.rows != board.rows:
            self._show_rows(board.rows)
        self._board = board
        flags = sum(row.next.tone == "danger" for row in board.rows)
        due = sum(row.next.tone in ("accent", "warning") for row in board.rows)
        self._pills.clear()
        counts: tuple[tuple[str, int, Tone], ...] = (
            ("Recovering", len(board.rows), "neutral"),
            ("Due now", due, "accent" if due else "neutral"),
            ("Red flags today", flags, "danger" if flags else "neutral"),
        )
        for words, count, tone in counts:
            self._pills.add(Pill(f"{words} {count}", tone))
        self._show_protocol(board.protocol)

    def _show_rows(self, rows: tuple[BoardRow, ...]) -> None:
        focused = next((view.row.patient_id for view in self.rows if view.hasFocus()), None)
        self._list.clear()
        self.rows = []
        for at, row in enumerate(rows):
            if at:
                self._list.add(Divider())
            view = BoardRowView(row)
            view.opened.connect(lambda who=row.patient_id: self.went.emit(Place("recovery", who)))
            view.handout_asked.connect(lambda who=row.patient_id: self.went.emit(Place("documents", who)))
            self._list.add(view)
            self.rows.append(view)
        self._list.column.addStretch(1)
        self._stack.setCurrentWidget(self._table if rows else self.nobody)
        self._legend.setVisible(bool(rows))
        again = next((view for view in self.rows if view.row.patient_id == focused), None)
        if focused is not None or self._arrives:
            self._arrives = False
            first = again or next(iter(self.rows), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_protocol(self, file: ProtocolFile) -> None:
        name, approval = f"{file.protocol.name}, version {file.protocol.version}", file.approval
        self.read_button.setVisible(approval.approved_by is None and file.may_approve)
        if approval.approved_by is None or approval.approved_at is None:
            who = (
                "read and approve it, and your name stands on the pages"
                if file.may_approve
                else "a surgeon approves it"
            )
            self._example.setText(f"Example protocol “{name}”, not approved yet: {who}.")
        else:
            on = show_date(approval.approved_at.astimezone().date())
            self._example.setText(f"Protocol “{name}”, approved by {approval.approved_by} on {on}.")

    def _read_protocol(self) -> None:
        if self._board is None:
            return
        file = self._board.protocol
        page = ProtocolPage(file, self.background.actor.name)
        page.left.connect(self._leave_protocol)
        page.approved.connect(
            lambda: self.background.run(
                self, approve_protocol, file.content_hash, done=self._on_approved, failed=self._refuse
            )
        )
        self.protocol_page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_approved(self, file: ProtocolFile) -> None:
        self._leave_protocol()
        self.messages.say(f"Approved: {file.protocol.name}, version {file.protocol.version}")

    def _leave_protocol(self) -> None:
        if self.protocol_page is not None:
            self._pages.removeWidget(self.protocol_page)
            self.protocol_page.deleteLater()
            self.protocol_page = None
        self._pages.setCurrentWidget(self._page)
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)


def _header() -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(px(10), 0, px(4) + px(SPACE_S), 0)
    row.setSpacing(px(SPACE_M))
    row.addWidget(Text("Patient", "caption"), 1)
    days = QWidget()
    days.setFixedWidth(px(cells_width()))
    cells = QHBoxLayout(days)
    cells.setContentsMargins(0, 0, 0, 0)
    cells.setSpacing(px(GAP))
    for day in FIRST_WEEK:
        label = Text(f"Day {day}", "caption")
        label.setFixedWidth(px(CELL))
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cells.addWidget(label)
    row.addWidget(days)
    row.addWidget(next_column(Text("Next", "caption")))
    return made
