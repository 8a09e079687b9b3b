"""The question that only a scanner answers: the text of a device's label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from desktop.forms.form import Field
from desktop.rules.label import show_raw
from desktop.rules.scanned_label import ScannedLabel


class LabelField(Field[ScannedLabel]):
    """Named after the column of the text; who issued it and how it came in stand in the columns beside it.

    It is never typed: what a person reads off a label has fields of its own.
    """

    @override
    def read(self, row: Any) -> ScannedLabel | None:
        return None if row.udi_raw is None else ScannedLabel(row.udi_raw, row.udi_issuer, row.udi_entry)

    @override
    def columns_of(self, value: ScannedLabel | None) -> Mapping[str, Any]:
        if value is None:
            return {"udi_raw": None, "udi_issuer": None, "udi_entry": None}
        return {"udi_raw": value.raw, "udi_issuer": value.issuer, "udi_entry": value.entry}

    @override
    def show_known(self, value: ScannedLabel) -> str:
        return show_raw(value.raw)
