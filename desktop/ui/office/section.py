"""What every part of the settings is: a page with a heading that reads again when it is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.errors import Rejected, UserError
from desktop.ui.kit.background import Background
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, px


class OfficeSection(QWidget):
    def __init__(self, title: str, background: Background) -> None:
        super().__init__()
        self.background = background
        self.messages = MessageBar()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(SPACE_M))
        self.column.addWidget(Text(title, "title"))

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

    def fill(self, content: QWidget | QLayout) -> None:
        """The content at the top, what there is to say at the foot."""
        if isinstance(content, QWidget):
            self.column.addWidget(content)
        else:
            self.column.addLayout(content)
        self.column.addStretch(1)
        self.column.addWidget(self.messages)
