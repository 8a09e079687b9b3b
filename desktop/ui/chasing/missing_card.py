"""What is not known about each device, in words and in the order in which a next operation needs it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.missing_records import DeviceGaps, State
from desktop.ui.kit.cards import Card, EmptyState, Pill, SideHeading, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, Tone, px

NO_DEVICE = "No device is recorded for this patient. Whoever never had one needs nothing here."
NOT_YOURS = "Your role does not include the surgical history. A nurse or a surgeon sees what is missing."


class MissingCard(Card):
    def __init__(self) -> None:
        super().__init__("What is not known")
        self._column = QVBoxLayout()
        page = QWidget()
        page.setProperty("kind", "page")
        page.setLayout(self._column)
        self._column.setContentsMargins(0, 0, px(SPACE_S), 0)
        self._column.setSpacing(px(SPACE_S))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("What is not known")
        area.setWidget(page)
        self.add(area, 1)

    def show_devices(self, devices: Sequence[DeviceGaps] | None) -> None:
        """None: the person's role does not see them."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        boxes: list[QWidget] = [_device(found) for found in devices or ()]
        for box in boxes or [EmptyState(NOT_YOURS if devices is None else NO_DEVICE)]:
            self._column.addWidget(box)
            box.show()  # at once; the layout alone would show it a moment later
        if boxes:
            self._column.addStretch(1)


def _device(found: DeviceGaps) -> QWidget:
    box = SunkenBox()
    device = found.device
    tone: Tone = "good" if not found.gaps else "warning" if device.is_in_place else "neutral"
    head = QHBoxLayout()
    where = "in place today" if device.is_in_place else "no longer in place"
    head.addWidget(SideHeading("right" if device.side is Side.RIGHT else "left", where, sunken=True), 1)
    head.addWidget(Pill(found.completeness, tone))
    box.add(head)
    box.add(Text(device.title.replace(" mL", "\u00a0mL"), "strong", wrap=True))
    for state, words in ((State.NOT_ASKED, "Not asked"), (State.UNKNOWN, "Stated unknown"), (State.PARTLY, "In part")):
        gaps = [gap for gap in found.gaps if gap.state is state]
        if gaps:
            said = ", ".join(f"{gap.fact.label} ({gap.detail})" if gap.detail else gap.fact.label for gap in gaps)
            box.add(Text(f"{words}: {said}", "muted", wrap=True))
    return box
