"""What is asked about a mark on the chest: several marks are one answer, which is drawn and told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.forms.form import ChoiceField, ListField, NumberField, SegmentField, TextField
from desktop.models.base import Attribute
from desktop.models.examination import ChestMark
from desktop.rules.chest_mark import LENGTH_MM, all_words, check_marks, read_marks
from desktop.rules.problem import Problem


class MarksField(ListField):
    def __init__(self, attribute: Attribute[Any], label: str) -> None:
        shortest, longest = LENGTH_MM
        columns = (
            SegmentField(ChestMark.side, "Side"),
            ChoiceField(ChestMark.kind, "What"),
            ChoiceField(ChestMark.place, "Place"),
            ChoiceField(ChestMark.direction, "Direction"),
            NumberField(ChestMark.across_permille, "Across"),
            NumberField(ChestMark.down_permille, "Down"),
            NumberField(ChestMark.length_mm, "Length", unit="mm", lowest=shortest, highest=longest),
            TextField(ChestMark.note, "Note"),
        )
        super().__init__(attribute, label, one="Mark", columns=columns)

    def show_known(self, value: tuple[Mapping[str, Any], ...]) -> str:
        return all_words(read_marks(value)) if value else ""

    def problems(self, value: Any) -> list[Problem]:
        return [*super().problems(value), *check_marks(value, self.name)]
