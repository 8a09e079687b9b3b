"""A measurement as it is typed: read in its own unit, and said back in words where it could be mistaken."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from desktop.forms.measure_field import MeasureField
from desktop.rules.measurement import Measurement
from desktop.rules.measurement_text import read_measurement
from desktop.ui.kit.editors import LineEditor, Lookup, editor_for


class MeasureEditor(LineEditor):
    widget: QLineEdit

    def __init__(self, measurement: Measurement) -> None:
        super().__init__(
            lambda text: read_measurement(measurement, text), measurement.show_number, measurement.unit.value
        )
        self._measurement = measurement

    @override
    def echo(self) -> str:
        value = self.value()
        if value is None:
            return ""
        shown, direction = self._measurement.show_number(value), self._measurement.direction
        if self.typed().strip() not in (shown, shown.removesuffix(".0")):
            return self._measurement.show(value)
        return direction.of(value) if direction else ""


@editor_for.register
def _(field: MeasureField, lookup: Lookup) -> MeasureEditor:
    return MeasureEditor(field.measurement)
