"""The devices of both breasts over time, as a drawing to be walked and zoomed or as a table to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import Side
from desktop.services.timeline import Timeline
from desktop.services.timeline_fact import SpellFact
from desktop.ui.kit.buttons import button, icon_button
from desktop.ui.kit.lanes import DeviceLanes, Spell
from desktop.ui.kit.lanes_table import FactsTable
from desktop.ui.kit.preferences import keep_prefers_table, prefers_table
from desktop.ui.kit.tables import Column
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_XS, px
from desktop.ui.operation.lanes import lane_of

_COLUMNS = (
    Column("No.", lambda row: str(row.number), 44),
    Column("Side", lambda row: row.side.label, 62),
    Column("What", lambda row: row.what),
    Column("From", lambda row: row.since, 98),
    Column("To", lambda row: row.until, 116),
    Column("How long", lambda row: row.how_long, 88),
    Column("Plane", lambda row: row.plane, 112),
    Column("Source", lambda row: row.source, 132),
)
_KEYS = "Arrows walk · Enter opens · + − 0 zoom · R removal · D device · P print. Hatched: not known exactly."


class DeviceTimeline(QWidget):
    """Ctrl+T changes between drawing and table, and the choice is remembered. The two buttons stand in the heading of
    the card around it."""

    opened = Signal(int)
    """The operation somebody opened."""
    removal_asked = Signal(object, object)
    """The side, and the fact of the device in place that is to come out."""
    device_asked = Signal(int, object)
    """The operation that put the device in, and the side: its full record is wanted."""
    print_asked = Signal()
    table_shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self.lanes = DeviceLanes()
        self.lanes.chosen.connect(lambda key: self.opened.emit(key))
        self.lanes.removal_asked.connect(self._ask_removal)
        self.lanes.details_asked.connect(self._ask_device)
        self.lanes.told.connect(self._tell)
        self.table = FactsTable(_COLUMNS)
        self.table.setAccessibleName("Devices over time, as a table")
        self.table.setAccessibleDescription("Up and Down walk the facts in the order of time. Ctrl+C copies them.")
        self.table.opened.connect(self._open_row)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.lanes)
        self.pages.addWidget(self.table)
        self.told = Text("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        column.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_XS))
        foot.addWidget(self.told, 1)
        self.zoom_buttons = [
            icon_button("zoom_out", "See more years"),
            icon_button("fit_width", "See all years"),
            icon_button("zoom_in", "See fewer years"),
        ]
        acts = (lambda: self.lanes.zoom(1 / 1.5), self.lanes.fit, lambda: self.lanes.zoom(1.5))
        for made, act in zip(self.zoom_buttons, acts, strict=True):
            made.clicked.connect(act)
            foot.addWidget(made)
        column.addLayout(foot)
        self.table_button = button("As a table", shortcut="Ctrl+T")
        self.table_button.setObjectName("timeline_as_table")
        self.table_button.clicked.connect(self._change)
        self.print_button = button("Print", icon="print")
        self.print_button.setObjectName("print_timeline")
        self.print_button.setAccessibleName("Print the devices over time")
        self.print_button.clicked.connect(self.print_asked)
        self._arrange(prefers_table())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the drawing leaves alone comes here: a letter in a table goes to the row that begins with it."""
        if event.key() == Qt.Key.Key_P and self.print_button.isEnabled():
            self.print_asked.emit()
        else:
            super().keyPressEvent(event)

    def show_timeline(self, timeline: Timeline) -> None:
        if timeline == self._timeline:
            return
        self._timeline = timeline
        self.lanes.set_lanes(lane_of(timeline, Side.RIGHT), lane_of(timeline, Side.LEFT), timeline.as_of)
        self.table.facts.set_rows(())
        if self.is_table():
            self._fill_table()
        self.print_button.setEnabled(bool(timeline.rows))

    def _fill_table(self) -> None:
        """When it is first looked at: its rows are as high as their words, and to measure them takes long."""
        if self._timeline is not None and not self.table.facts.rowCount():
            self.table.facts.set_rows(self._timeline.rows)

    def is_table(self) -> bool:
        return self._page() is self.table

    def _change(self) -> None:
        self.show_table(not self.is_table())
        keep_prefers_table(self.is_table())

    def _page(self) -> QWidget:
        return self.lanes if self.pages.currentWidget() is self.lanes else self.table

    def take_focus(self) -> None:
        self._page().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_table(self, as_table: bool) -> None:
        """The focus goes along; where it was outside, it stays there."""
        has_focus = self._page().hasFocus()
        self._arrange(as_table)
        self.table_shown.emit(as_table)
        if has_focus:
            self._page().setFocus()

    def _arrange(self, as_table: bool) -> None:
        self.pages.setCurrentIndex(1 if as_table else 0)
        if as_table:
            self._fill_table()
        words = "As a drawing" if as_table else "As a table"
        self.table_button.setText(f"{words}  (Ctrl+T)")
        self.table_button.setShortcut("Ctrl+T")
        self.table_button.setAccessibleName(words)
        for each in self.zoom_buttons:
            each.setVisible(not as_table)
        self._tell("")

    def _tell(self, words: str) -> None:
        self.told.setText(words or ("Ctrl+C copies · Enter opens" if self.is_table() else _KEYS))

    def _open_row(self, number: int) -> None:
        operation_id = self.table.facts.row(number).operation_id
        if operation_id is not None:
            self.opened.emit(operation_id)

    def _ask_removal(self, spell: Spell) -> None:
        if (fact := self._fact(spell)) is not None:
            self.removal_asked.emit(fact.side, fact)

    def _ask_device(self, spell: Spell) -> None:
        fact = self._fact(spell)
        if fact is not None and fact.device.operation_id is not None:
            self.device_asked.emit(fact.device.operation_id, fact.side)

    def _fact(self, spell: Spell) -> SpellFact | None:
        if self._timeline is None:
            return None
        spells = (*self._timeline.right.spells, *self._timeline.left.spells)
        return next((fact for fact in spells if fact.number == spell.number), None)
