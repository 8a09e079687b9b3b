"""What is not known about a patient's devices beside whom to ask, and beneath it what was asked already."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.choices import RequestState
from desktop.services.missing_records import MissingRecords
from desktop.services.outstanding import Outstanding
from desktop.services.records_request import RequestRow
from desktop.ui.chasing.missing_card import MissingCard
from desktop.ui.chasing.request_rows import OutstandingRow, RequestRowView, WhomRow
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.pick_row import PickRow, WalkedList
from desktop.ui.kit.screen import Place
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px

NOTHING_ASKED = "Nobody was asked for records yet."
NOTHING_MISSING = "Everything a next operation needs is known."
NO_DEVICE = "As long as no device is recorded there is nobody to ask about it."
NOT_YOURS = "Your role does not include asking others for records."
KEYS = "Enter opens a request · P prints a reminder · C closes"


@dataclass(frozen=True)
class Found:
    """None: the person's role does not see it."""

    missing: MissingRecords | None
    requests: tuple[RequestRow, ...] | None
    outstanding: tuple[Outstanding, ...]


class RecordsOverview(QWidget):
    """`rows` are all that can be picked, in the order of the Tab key."""

    whom_chosen = Signal(object)
    request_chosen = Signal(int)
    reminder_asked = Signal(object)
    went = Signal(object)

    def __init__(self, *, may_see: bool, may_chase: bool) -> None:
        super().__init__()
        self.rows: list[PickRow] = []
        self.missing_card = MissingCard()
        self.ask_button = button("Request records", primary=True, icon="print", shortcut="Ctrl+R")
        self.ask_button.setObjectName("request_records")
        self.whom_card = Card("Whom to ask", self.ask_button)
        self._whom = WalkedList()
        self.whom_card.add(_scrolled(self._whom), 1)
        requests_card = Card("Asked for and waited for", Text(KEYS if may_chase else "", "muted"))
        self._requests = WalkedList()
        requests_card.add(_scrolled(self._requests), 1)
        right = QVBoxLayout()
        right.setSpacing(px(14))
        right.addWidget(self.whom_card, 1)
        right.addWidget(requests_card, 1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(px(14))
        both.addWidget(self.missing_card, 1)
        both.addLayout(right, 1)
        self.whom_card.setVisible(may_see and may_chase)

    def show_found(self, found: Found) -> None:
        self.rows = []
        self.missing_card.show_devices(found.missing.devices if found.missing else None)
        self._show_whom(found)
        self._show_requests(found)

    def _show_whom(self, found: Found) -> None:
        waiting = {(r.operation_id, r.recipient_name): r for r in found.requests or () if r.state is RequestState.OPEN}
        self._whom.clear()
        advice = []
        for whom in found.missing.to_ask if found.missing else ():
            if whom.kind is None:
                advice.append(AttentionPoint(whom.why, tone="neutral"))
                continue
            row = WhomRow(whom, waiting.get((whom.operation_id, whom.name)))
            row.opened.connect(lambda chosen=whom: self.whom_chosen.emit(chosen))
            self._whom.add(row)
            self.rows.append(row)
        if advice:
            self._whom.add(AttentionList(advice))
        if not advice and not self.rows:
            has_devices = found.missing is not None and found.missing.devices
            self._whom.add(Text(NOTHING_MISSING if has_devices else NO_DEVICE, "muted", wrap=True))
        self._whom.column.addStretch(1)

    def _show_requests(self, found: Found) -> None:
        self._requests.clear()
        for outstanding in found.outstanding:
            line = OutstandingRow(outstanding)
            place = Place("history", outstanding.patient_id, outstanding.operation_id)
            line.opened.connect(lambda to=place: self.went.emit(to))
            self._add(line)
        for request in found.requests or ():
            row = RequestRowView(request)
            if request.state is RequestState.OPEN:
                row.opened.connect(lambda number=request.id: self.request_chosen.emit(number))
                row.closing_asked.connect(lambda number=request.id: self.request_chosen.emit(number))
                row.reminder_asked.connect(lambda chosen=request: self.reminder_asked.emit(chosen))
            self._add(row)
        if not found.requests:
            self._requests.add(Text(NOT_YOURS if found.requests is None else NOTHING_ASKED, "muted", wrap=True))
        self._requests.column.addStretch(1)

    def _add(self, row: PickRow) -> None:
        self._requests.add(row)
        self.rows.append(row)


def _scrolled(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
