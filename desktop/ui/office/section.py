"""What every part of the settings is: a page that reads again when it is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import Rejected, UserError
from desktop.ui.kit.background import Background
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.theme import SPACE_M, px

WIDEST = 760
"""A line of answers is read best when it is no longer than this."""


class OfficeSection(QWidget):
    def __init__(self, background: Background) -> None:
        super().__init__()
        self.background = background
        self.messages = MessageBar()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(SPACE_M))

    def refresh(self) -> None:
        """Read again; what is being typed stays."""

    def keep_drafts(self) -> None:
        """Store what is typed and may be stored: never a password."""

    def say_problem(self, error: Exception) -> None:
        """A refusal in words under the page; a bug goes where bugs go."""
        if isinstance(error, Rejected):
            self.messages.refuse(" ".join(problem.message for problem in error.problems))
        elif isinstance(error, UserError):
            self.messages.refuse(str(error))
        else:
            self.background.failed.emit(error)

    def fill(self, content: QWidget) -> None:
        """The content at the top, what there is to say at the foot."""
        content.setMaximumWidth(px(WIDEST))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        column.addStretch(1)
        self.column.addWidget(scrolling(page), 1)
        self.column.addWidget(self.messages)
