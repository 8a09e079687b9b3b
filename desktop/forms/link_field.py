"""The question to which record of the patient something belongs, or on which it rests."""

from __future__ import annotations

from desktop.forms.form import Field


class LinkField(Field[int]):
    """The number of a record; which ones there are to choose from is told by whoever shows the form."""

    def show_known(self, value: int) -> str:
        return f"Record {value}"
