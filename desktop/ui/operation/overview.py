"""What stands over the form: the devices over time, what is in place today, and every operation."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import Side, SideEvent
from desktop.rules.dates import show_partial_date
from desktop.services.operation import OperationRow
from desktop.services.timeline import Timeline, in_place_words
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, SideHeading, SunkenBox
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.operation.timeline import DeviceTimeline

_NARROW = 760


class HistoryOverview(QWidget):
    """Bars and list are walked with the arrow keys; Enter opens the operation."""

    opened = Signal(int)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self.add_button = button("Add operation", shortcut="Ctrl+O")
        self.add_button.setObjectName("add_operation")
        self.add_button.clicked.connect(self.added)
        self.timeline = DeviceTimeline()
        tools = FlowRow(self.timeline.table_button, self.timeline.print_button, self.add_button)
        over_time = Card("Devices over time", tools)
        self.timeline.opened.connect(self.opened)
        self.timeline.table_shown.connect(self._make_room)
        self.lanes = self.timeline.lanes
        over_time.add(self.timeline, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(px(10))
        self.in_place: dict[Side, tuple[Text, Text]] = {}
        for side in (Side.RIGHT, Side.LEFT):
            boxes.addWidget(self._in_place_box(side), 1)
        over_time.add(boxes)
        row.addWidget(over_time, 3)
        self._has_list = False
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

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters on a small screen the list stands below, where its words have room."""
        super().resizeEvent(event)
        is_narrow = self.width() < px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
            self.card.setMinimumHeight(px(260) if is_narrow else 0)

    def show_timeline(self, timeline: Timeline, open_id: int | None, typed: Collection[int]) -> None:
        """`open_id` is the operation in the form below; `typed` are those with answers that are not saved yet."""
        history = timeline.history
        self.timeline.show_timeline(timeline)
        for side, (title, detail) in self.in_place.items():
            words = in_place_words(history, side, timeline.as_of)
            title.setText(words[0])
            detail.setText(words[1])
        self.list.set_entries([_entry(row, row.id == open_id, row.id in typed) for row in history.operations])
        self._has_list = bool(history.operations)
        self._make_room(self.timeline.is_table())

    def _make_room(self, is_table: bool) -> None:
        """The table tells every operation, and takes the room of their list."""
        self.card.setVisible(self._has_list and not is_table)

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
