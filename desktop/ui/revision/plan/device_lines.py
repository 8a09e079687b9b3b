"""What is in a side today and what the plan makes of it, at the head of each side's card; between the sides above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.rules.plan_change import COMPARED, SIZES, WORDS, asymmetries, changes
from desktop.rules.problem import Values
from desktop.services.operation import DeviceInSide
from desktop.ui.kit.cards import Card
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

NOTHING_IN_PLACE = "No implant recorded in place"


class DeviceLine(QWidget):
    """Today and planned, a line for each answer that is known of either; the difference stands at its end."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self._side = side
        self.title = Text("", "muted", wrap=True)
        self._rows: dict[str, tuple[Text, Text]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(SPACE_M))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(COMPARED):
            label = Text(SIZES[name][0] if name in SIZES else WORDS[name], "caption", parent=self)
            words = Text("", "strong" if name == "volume_ml" else "body", tabular=True, wrap=True, parent=self)
            grid.addWidget(label, at, 0)
            grid.addWidget(words, at, 1)
            self._rows[name] = (label, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(SPACE_S))
        column.setSpacing(px(2))
        column.addWidget(self.title)
        column.addLayout(grid)

    def words(self, name: str = "volume_ml") -> str:
        """What is said of one answer, or nothing."""
        label, words = self._rows[name]
        return "" if label.isHidden() else words.text()

    def show_change(self, device: DeviceInSide | None, plan: Values) -> None:
        self.title.setText(f"In place: {device.title}" if device else NOTHING_IN_PLACE)
        told = {change.name: change for change in changes(device.facts if device else None, plan, self._side)}
        says_something = any(change.is_change or change.difference for change in told.values())
        for name, (label, words) in self._rows.items():
            change = told.get(name) if says_something else None
            label.setVisible(change is not None)
            words.setVisible(change is not None)
            if change is not None and words.text() != change.words():
                words.setText(change.words())
                words.set_tone(None if change.is_change else "muted")


class BetweenSides(QWidget):
    """How the sides differ in size today, and how they would after the plan."""

    def __init__(self) -> None:
        super().__init__()
        self.today = Text("", "small", tone="muted", wrap=True)
        self.planned = Text("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.today)
        column.addWidget(self.planned)

    def show_asymmetry(self, devices: Mapping[Side, DeviceInSide | None], plan: Values) -> None:
        facts = {side: device.facts if device else None for side, device in devices.items()}
        told = asymmetries(facts, plan)
        self.setVisible(bool(told))
        today = " · ".join(f"{each.label}: {each.today}" for each in told)
        planned = " · ".join(f"{each.label}: {each.planned}" for each in told)
        self.today.setText(f"Between the sides today — {today}")
        self.planned.setText(f"Between the sides as planned — {planned}")


class DeviceLines:
    """Both lines of a plan's form; they follow what is typed."""

    def __init__(self, form: FormView, section: str) -> None:
        self._form = form
        self._devices: Mapping[Side, DeviceInSide | None] = {}
        self.lines = {side: DeviceLine(side) for side in Side}
        self.between = BetweenSides()
        for card, line in zip(form.cards[section], self.lines.values(), strict=True):
            cast(Card, card).body.insertWidget(1, line)
        form.add_above(self.between)
        form.edited.connect(self.refresh)

    def show_devices(self, devices: Mapping[Side, DeviceInSide | None], *, plan_is_here: bool) -> None:
        """Compared with the plan as soon as that is here: what still stands in the form is another one."""
        if devices != self._devices:
            self._devices = devices
            if plan_is_here:
                self.refresh()

    def refresh(self) -> None:
        plan = self._form.values()
        for side, line in self.lines.items():
            line.show_change(self._devices.get(side), plan)
        self.between.show_asymmetry(self._devices, plan)
