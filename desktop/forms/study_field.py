"""The question on which of the patient's imaging studies something rests."""

from __future__ import annotations

from desktop.forms.form import Field


class StudyField(Field[int]):
    """The number of a study; which ones there are to choose from is told by whoever shows the form."""

    def show_known(self, value: int) -> str:
        return f"Imaging study {value}"
