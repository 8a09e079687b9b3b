"""What is in a side today and what the plan makes of it, at the head of each side's card while it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.plan_step import device_change
from desktop.rules.problem import Values
from desktop.services.operation import DeviceInSide
from desktop.ui.kit.cards import Card
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.text import Text


class DeviceLine(QWidget):
    def __init__(self, side: Side) -> None:
        super().__init__()
        self._side = side
        self.title = Text("", "muted", wrap=True)
        self.change = Text("", "strong", tabular=True, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.change)

    def show_change(self, device: DeviceInSide | None, plan: Values) -> None:
        self.title.setText(f"In place: {device.title}" if device else "No implant recorded in place")
        change = device_change(
            plan, self._side, has_device=device is not None, volume_now_ml=device.volume_ml if device else None
        )
        self.change.setText(change.words() if change.is_change or change.difference_ml is not None else "")


class DeviceLines:
    """Both lines of a plan's form; they follow what is typed."""

    def __init__(self, form: FormView, section: str) -> None:
        self._form = form
        self._devices: Mapping[Side, DeviceInSide | None] = {}
        self.lines = {side: DeviceLine(side) for side in Side}
        for card, line in zip(form.cards[section], self.lines.values(), strict=True):
            cast(Card, card).body.insertWidget(1, line)
        form.edited.connect(self.refresh)

    def show_devices(self, devices: Mapping[Side, DeviceInSide | None]) -> None:
        self._devices = devices
        self.refresh()

    def refresh(self) -> None:
        plan = self._form.values()
        for side, line in self.lines.items():
            line.show_change(self._devices.get(side), plan)
