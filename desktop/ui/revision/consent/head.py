"""What stands over one consent: which it is, how it stands, what it lacks, and what can be done with it as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px


class ConsentHead(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.back_button = button("Back to the consents", icon="back")
        self.back_button.setAccessibleDescription("Shortcut Esc")
        self.back_button.setObjectName("back")
        self.heading, self.facts = Text("", "title", wrap=True), Text("", "muted", wrap=True)
        self._state = FlowRow()
        self.print_button = button("Print …", icon="print")
        self.print_button.setObjectName("print_consent")
        self.withdraw_button = button("Withdraw …")
        self.withdraw_button.setObjectName("withdraw_consent")
        self.withdraw_button.setAccessibleName("The patient takes it back")
        self.file_button = button("File …", icon="sign")
        self.file_button.setObjectName("file_consent")
        title = QHBoxLayout()
        title.setSpacing(px(SPACE_M))
        title.addWidget(self.heading, 1)
        title.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addLayout(title)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for each in (self.print_button, self.withdraw_button, self.file_button):
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)

    def show_state(self, state: tuple[str, Tone] | None) -> None:
        self._state.clear()
        if state is not None:
            self._state.add(Pill(*state))

    def tell(self, words: str) -> None:
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
