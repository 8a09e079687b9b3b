"""What every part of a case has in common beside its assessment and its plan."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.revision import CaseFile
from desktop.ui.kit.background import Background


class CasePart(QWidget):
    """Made when somebody goes there for the first time; `key` names it in the bar, `help_topic` its page of help."""

    key: ClassVar[str]
    title: ClassVar[str]
    help_topic: ClassVar[str] = "planning"

    went = Signal(object)
    """A `Place` somewhere else."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.background = background

    def open_case(self, patient_id: int, file: CaseFile) -> None:
        """Show this case; nothing of the one before stays in sight."""
        raise NotImplementedError

    def update_case(self, file: CaseFile) -> None:
        """The same case, after something in the store changed; what is being typed stays."""
        raise NotImplementedError

    def keep_drafts(self) -> None:
        """Keep what is typed and not saved."""

    def focus_first(self) -> None:
        """Where the keyboard goes when somebody comes here."""
        self.setFocus()
