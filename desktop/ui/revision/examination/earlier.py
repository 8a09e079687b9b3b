"""What earlier visits found, said beside the fields: looked at, never carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop.forms.form import Field, ListField, NoteField
from desktop.forms.measure_field import MeasureField
from desktop.rules.dates import show_date
from desktop.rules.trend import Change, parts
from desktop.services.examination import Visit
from desktop.ui.kit.clock import today

_NOT_SAID = ("examined_on", "examined_by", "baker_scale")


def earlier_words(field: Field[object], before: Sequence[Visit], changes: Sequence[Change], until: dt.date) -> str:
    """`19 Nov: 9.5` of the newest visit `before` that tells it; with the year unless it is this one, and with a word
    where the side has held another device between that visit and the day `until`."""
    if field.key in _NOT_SAID or isinstance(field, NoteField | ListField):
        return ""
    found = next((visit for visit in before if visit.values.get(field.name) is not None), None)
    if found is None or found.examined_on is None:
        return ""
    value = found.values[field.name]
    shown = field.measurement.show_number(value) if isinstance(field, MeasureField) else field.show(value)
    on = show_date(found.examined_on).removesuffix(f" {today().year}")
    is_another = any(each.side is field.side and parts(each, found.examined_on, until) for each in changes)
    return f"{on}{', another device' if is_another else ''}: {shown}"
