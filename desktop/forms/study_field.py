"""The question on which of the patient's imaging studies something rests."""

from __future__ import annotations

from typing_extensions import override

from desktop.forms.link_field import LinkField


class StudyField(LinkField):
    @override
    def show_known(self, value: int) -> str:
        return f"Imaging study {value}"
