"""What stands over the form: the devices over time, what is in place today, and every operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.choices import Side, SideEvent
from desktop.rules.dates import show_partial_date
from desktop.services.operation import History, OperationRow
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, SideHeading, SunkenBox
from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.lanes import DeviceLanes
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.operation.lanes import in_place_words, lane_of


class HistoryOverview(QWidget):
    """Bars and list are walked with the arrow keys; Enter opens the operation."""

    opened = Signal(int)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self.add_button = button("Add operation", shortcut="Ctrl+O")
        self.add_button.setObjectName("add_operation")
        self.add_button.clicked.connect(self.added)
        over_time = Card("Devices over time", self.add_button)
        self.lanes = DeviceLanes()
        self.lanes.chosen.connect(lambda key: self.opened.emit(key))
        over_time.add(self.lanes, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(px(10))
        self.in_place: dict[Side, tuple[Text, Text]] = {}
        for side in (Side.RIGHT, Side.LEFT):
            boxes.addWidget(self._in_place_box(side), 1)
        over_time.add(boxes)
        row.addWidget(over_time, 3)
        self.card = Card("Operations")
        self.list = HistoryList()
        self.list.opened.connect(lambda key: self.opened.emit(int(key)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("kind", "page")
        area.setWidget(self.list)
        self.card.add(area, 1)
        row.addWidget(self.card, 1)

    def show_history(self, history: History, today: dt.date, open_id: int | None, typed: Collection[int]) -> None:
        """`open_id` is the operation in the form below; `typed` are those with answers that are not saved yet."""
        right, left = (lane_of(history, side, today) for side in (Side.RIGHT, Side.LEFT))
        self.lanes.set_lanes(right, left, today)
        for side, (title, detail) in self.in_place.items():
            words = in_place_words(history, side, today)
            title.setText(words[0])
            detail.setText(words[1])
        self.list.set_entries([_entry(row, row.id == open_id, row.id in typed) for row in history.operations])
        self.card.setVisible(bool(history.operations))

    def _in_place_box(self, side: Side) -> SunkenBox:
        box = SunkenBox()
        line = QVBoxLayout()
        line.setSpacing(px(SPACE_S) // 4)
        heading = SideHeading("right" if side is Side.RIGHT else "left", "in place today", sunken=True)
        title, detail = Text("", "strong", wrap=True), Text("", "muted", wrap=True)
        for each in (heading, title, detail):
            line.addWidget(each)
        box.add(line)
        self.in_place[side] = (title, detail)
        return box


def _entry(row: OperationRow, is_open: bool, is_typed: bool) -> HistoryEntry:
    when = show_partial_date(row.happened_on) if row.happened_on else "Date unknown"
    where = " · ".join(filter(None, (row.surgeon, "elsewhere" if row.was_elsewhere else "")))
    unsaved = "typed, not saved yet" if is_typed else ""
    detail = "\n".join(filter(None, (where, _sides(row), unsaved)))
    return HistoryEntry(when, row.kind.label, detail, "accent" if is_open else "neutral", key=str(row.id))


def _sides(row: OperationRow) -> str:
    if row.right is row.left:
        return f"RIGHT and LEFT: {row.right.label.lower()}"
    sides = (("RIGHT", row.right), ("LEFT", row.left))
    return "\n".join(f"{name}: {event.label.lower()}" for name, event in sides if event is not SideEvent.NONE)
