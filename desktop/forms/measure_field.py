"""A measurement of the chest as a question: its name, unit and definition come from the table of measurements."""

from __future__ import annotations

from typing import Any

from desktop.forms.form import NumberField
from desktop.models.base import Attribute
from desktop.rules.measurement import NAMED, Measurement, show_difference


class MeasureField(NumberField):
    """Lengths are stored in mm and shown in cm; what is unlikely or impossible is told by the rule of the form."""

    def __init__(self, attribute: Attribute[Any], **more: Any) -> None:
        self.measurement: Measurement = NAMED[attribute.key]
        super().__init__(
            attribute,
            self.measurement.label,
            unit=self.measurement.unit.value,
            hint=self.measurement.definition,
            **more,
        )

    def show_known(self, value: int) -> str:
        return self.measurement.show(value)

    def show_difference(self, right: int | None, left: int | None) -> str:
        """RIGHT minus LEFT with its sign, or nothing: what is missing is not zero."""
        return show_difference(self.measurement, right, left)
