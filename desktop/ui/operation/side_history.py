"""What stands in one side's column beside its questions: what was there before, and the pages about its device."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.spell import TAKES_OUT
from desktop.services.operation import DeviceInSide, History
from desktop.services.operation_parts import OperationParts
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, SPACE_XS, px

TAKE_OUT_KEYS = {Side.RIGHT: "Ctrl+Shift+R", Side.LEFT: "Ctrl+Shift+L"}


class BeforeLine(QWidget):
    """What was in this side before the operation, and one key that takes it out."""

    taken_out = Signal()

    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Text("", "muted", wrap=True)
        self.take_button = Button(f"Take it out here  ({TAKE_OUT_KEYS[side]})", "link")
        self.take_button.setObjectName(f"take_out_{side.label.lower()}")
        self.take_button.setAccessibleName(f"Take it out of {side.label} in this operation")
        self.take_button.setShortcut(TAKE_OUT_KEYS[side])
        self.take_button.clicked.connect(self.taken_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_before(self, before: DeviceInSide | None, event: SideEvent | None, read_only: bool) -> None:
        if before is None:
            self.words.setText("Nothing is known to have been in place before.")
        else:
            since = before.occupation.since
            when = f", since {show_partial_date(since)}" if since else ""
            leads = "Came out" if event in TAKES_OUT else "In place before"
            self.words.setText(f"{leads}: {before.title}{when}".replace(" mL", "\u00a0mL"))
        self.take_button.setVisible(before is not None and event not in TAKES_OUT and not read_only)


class PageButtons(QWidget):
    """The pages about one side: everything about the device that went in, and what came out."""

    device_asked = Signal()
    removal_asked = Signal()

    def __init__(self, side: Side, parent: QWidget) -> None:
        super().__init__(parent)
        self.device_button = button("Everything about this device")
        self.device_button.setObjectName(f"device_{side.label.lower()}")
        self.device_button.setAccessibleName(f"Everything about the device in {side.label}")
        self.device_button.setAccessibleDescription("Shortcut Ctrl+D")
        self.device_button.setToolTip("Everything about this device  (Ctrl+D)")
        self.device_button.clicked.connect(self.device_asked)
        self.removal_button = button("What came out")
        self.removal_button.setObjectName(f"removal_{side.label.lower()}")
        self.removal_button.setAccessibleName(f"What came out of {side.label}")
        self.removal_button.clicked.connect(self.removal_asked)
        self.recorded = Text("", "small", tone="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.device_button)
        row.addWidget(self.removal_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        column.addLayout(row)
        column.addWidget(self.recorded)

    def show_pages(self, side: Side, parts: OperationParts, stored_event: SideEvent | None) -> None:
        """What was saved decides: a page belongs to what is in the record, not to what is being typed."""
        came_out = stored_event in TAKES_OUT
        self.device_button.setVisible(side in parts.devices)
        self.removal_button.setVisible(came_out)
        words = f"Came out: {parts.removals.get(side, 'not described yet')}"
        self.recorded.setText(words if came_out else "")
        self.setVisible(came_out or side in parts.devices)


def found_before(
    history: History, side: Side, operation_id: int | None, happened_on: PartialDate | None
) -> DeviceInSide | None:
    """What an operation met in a side: what it took out, else what had been there before its day."""
    came_out = (each for each in history.chain(side) if operation_id is not None and _removed_by(each) == operation_id)
    if (device := next(came_out, None)) is not None:
        return device
    device = history.in_place_before(side, happened_on.earliest if happened_on else None)
    is_its_own = device is not None and operation_id is not None and device.operation_id == operation_id
    return None if is_its_own else device


def _removed_by(device: DeviceInSide) -> int | None:
    return device.occupation.removed_by
