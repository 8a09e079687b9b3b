"""The first and the last page: one thing that is usually wanted, and the demo practice beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.account_form import focus
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.set_up.step import Step


class ChoiceStep(Step):
    """Two buttons with a sentence each; the first is the primary one."""

    first_chosen = Signal()
    second_chosen = Signal()

    def __init__(self, title: str, words: str, first: tuple[str, str], second: tuple[str, str]) -> None:
        super().__init__(title, words)
        self.first, self.second = Button(first[0], "primary"), Button(second[0])
        form = QWidget()
        form.setMaximumWidth(px(440))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, px(SPACE_M), 0, 0)
        column.setSpacing(px(SPACE_S))
        for each, sentence, chosen in (
            (self.first, first[1], self.first_chosen),
            (self.second, second[1], self.second_chosen),
        ):
            each.setMinimumHeight(px(40))
            each.setAutoDefault(True)
            each.setAccessibleDescription(sentence)
            each.clicked.connect(lambda _checked=False, chosen=chosen: chosen.emit())
            column.addWidget(each)
            column.addWidget(Text(sentence, "muted", wrap=True))
            column.addSpacing(px(SPACE_M))
        self.body.addWidget(form, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(1)

    @override
    def focus_first(self) -> None:
        focus(self.first)
