"""What each grade means and an example of each, beside the choice; the chosen one stands out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from desktop.models.choices import ClavienDindo
from desktop.rules.complication import MEANINGS
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px


class Meanings(Card):
    def __init__(self) -> None:
        super().__init__("What the grades mean")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(SPACE_M))
        grid.setVerticalSpacing(px(SPACE_S))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        self._rows: dict[ClavienDindo, tuple[Text, Text]] = {}
        top = Qt.AlignmentFlag.AlignTop
        for at, each in enumerate(MEANINGS):
            grade, meaning = Text(each.grade.label, "strong"), Text(each.meaning, wrap=True)
            example = Text(each.example, "muted", wrap=True)
            for column, words in enumerate((grade, meaning, example)):
                words.setAlignment(top)
                grid.addWidget(words, at, column)
            self._rows[each.grade] = (grade, meaning)
        self.add(grid)

    def show_grade(self, chosen: ClavienDindo | None) -> None:
        for grade, words in self._rows.items():
            for each in words:
                each.set_tone("accent" if grade is chosen else None)
