"""The devices of an operation in both sides: what went in, what came out, and where each is recorded."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.dates import show_date
from desktop.rules.report_comparison import is_spare, mismatches
from desktop.rules.report_facts import CameOut, DeviceFacts, PlannedSide, ReportFacts
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, px


class DeviceCards(QWidget):
    scan_asked = Signal()
    device_asked = Signal(object)
    """The side whose new device somebody wants to type or to look at."""
    operation_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SPACE_L))
        self.sides = {side: _SideDevices(side, self) for side in Side}
        for side, card in self.sides.items():
            line.addWidget(card, 1)
            card.scan.clicked.connect(self.scan_asked)
            card.write.clicked.connect(lambda _checked=False, side=side: self.device_asked.emit(side))
            card.out.clicked.connect(self.operation_asked)

    def show_facts(self, facts: ReportFacts, *, may_write: bool) -> None:
        for side, card in self.sides.items():
            planned = facts.planned.get(side, PlannedSide())
            card.show_side(planned, facts.put_in.get(side), facts.came_out.get(side), may_write=may_write)


class _SideDevices(Card):
    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(f"{side.label} · devices", parent=parent)
        self.title.set_tone(side.label.lower())
        name = side.label.lower()
        self._went_in = Text("", "strong", wrap=True, parent=self)
        self._detail = Text("", wrap=True, tabular=True, parent=self)
        self._differs = Text("", wrap=True, tone="warning", parent=self)
        self.scan, self.write = Button("Scan its label (Ctrl+B)"), Button("Type or see all of it")
        self.scan.setObjectName(f"{name}.scan")
        self.scan.setAccessibleName(f"{side.label}: scan the label of the new device")
        self.write.setObjectName(f"{name}.device")
        self.write.setAccessibleName(f"{side.label}: everything about the new device")
        self._in_buttons = FlowRow(self.scan, self.write, parent=self)
        self._came_out = Text("", "strong", wrap=True, parent=self)
        self._out_detail = Text("", wrap=True, parent=self)
        self.out = Button("What came out …")
        self.out.setObjectName(f"{name}.removal")
        self.out.setAccessibleName(f"{side.label}: what is recorded of the device that came out")
        self._out_buttons = FlowRow(self.out, parent=self)
        for text in (self._went_in, self._detail, self._differs, self._came_out, self._out_detail):
            text.setMinimumWidth(1)  # a serial number without end never widens the page
        for each in (self._went_in, self._detail, self._differs, self._in_buttons):
            self.add(each)
        for each in (self._came_out, self._out_detail, self._out_buttons):
            self.add(each)
        self.body.addStretch(1)

    def show_side(
        self, planned: PlannedSide, put_in: DeviceFacts | None, came_out: CameOut | None, *, may_write: bool
    ) -> None:
        if put_in is None:
            self._went_in.setText("No device goes in")
        else:
            self._went_in.setText(f"In: {put_in.title}" if put_in.is_described else "In: not recorded yet")
        self._say(self._detail, _numbers(put_in))
        self._say(self._differs, _difference(planned, put_in))
        self._in_buttons.setVisible(put_in is not None)
        self.scan.setVisible(may_write)
        self._came_out.setText(f"Out: {came_out.title}" if came_out else "No device comes out")
        self._say(self._out_detail, _findings(came_out))
        self._out_buttons.setVisible(came_out is not None)

    def _say(self, text: Text, words: str) -> None:
        text.setText(words)
        text.setVisible(bool(words))


def _numbers(put_in: DeviceFacts | None) -> str:
    if put_in is None or not put_in.is_described:
        return ""
    expires = f"usable through {show_date(put_in.expires_on)}" if put_in.expires_on else "expiry not recorded"
    serial, lot = put_in.serial or "not recorded", put_in.lot or "not recorded"
    return f"Serial {serial} · lot {lot} · {expires}"


def _difference(planned: PlannedSide, put_in: DeviceFacts | None) -> str:
    if put_in is None or not mismatches(planned.device, put_in):
        return ""
    if is_spare(planned, put_in):
        return f"A spare size. First choice: {planned.device.title_or('device')}."
    return f"Not the planned device: {planned.device.title_or('device')}. Write why, above."


def _findings(came_out: CameOut | None) -> str:
    if came_out is None:
        return ""
    if not came_out.is_recorded:
        return "Its condition is not recorded yet."
    conditions = ", ".join(each.label for each in came_out.conditions) or "Condition not recorded"
    went = came_out.disposition.label.lower() if came_out.disposition else "where it went is not recorded"
    return f"{conditions} · {went}"
