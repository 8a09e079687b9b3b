"""What every step of setting up is: a heading, a sentence, something to do; the wizard holds the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px


class Step(QWidget):
    """`entered` asks to go on, as Enter in its last answer does."""

    entered = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(SPACE_M))
        heading = QVBoxLayout()
        heading.setSpacing(px(SPACE_S))
        heading.addWidget(Text(title, "title", wrap=True))
        self.words = Text(words, "body", tone="muted", wrap=True)
        heading.addWidget(self.words)
        self.body.addLayout(heading)

    def is_complete(self) -> bool:
        """Whether one may go on; otherwise it has said why not, where it is."""
        return True

    def focus_first(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
