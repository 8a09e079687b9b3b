"""What a person sees when the practice cannot be opened: what, why, what now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px

_WIDTH = 480
_KEPT = "Nothing was changed and nothing new was made in its place."


class StoreProblemScreen(QWidget):
    """`message` says what happened, why, and what to do now; a person may copy it for whoever helps."""

    retry_asked = Signal()
    quit_asked = Signal()

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text(message, "body", wrap=True)
        self.words.setObjectName("message")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.retry = button("Try again", primary=True)
        self.retry.setObjectName("retry")
        self.quit = button("Quit", shortcut="Ctrl+Q")
        for each, asked in ((self.retry, self.retry_asked), (self.quit, self.quit_asked)):
            each.setAutoDefault(True)
            each.clicked.connect(lambda _checked=False, asked=asked: asked.emit())
        buttons = QHBoxLayout()
        buttons.setSpacing(px(SPACE_S))
        buttons.addWidget(self.retry)
        buttons.addWidget(self.quit)
        buttons.addStretch(1)
        form = QWidget()
        form.setMaximumWidth(px(_WIDTH))
        column = QVBoxLayout(form)
        column.setSpacing(px(SPACE_M))
        column.addWidget(Text("The practice cannot be opened", "title", wrap=True))
        column.addWidget(self.words)
        column.addWidget(Text(_KEPT, "body", tone="muted", wrap=True))
        column.addSpacing(px(SPACE_S))
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SPACE_L), px(SPACE_L), px(SPACE_L), px(SPACE_L))
        row.addStretch(1)
        row.addWidget(form, 100, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setFocusProxy(self.retry)
