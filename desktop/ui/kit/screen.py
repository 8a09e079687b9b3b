"""What every screen is: a widget that shows one subject, asks to go elsewhere, and can be left at any moment."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.background import Background


@dataclass(frozen=True)
class Place:
    """Where to go. `name` is a screen; the rest says about whom and what."""

    name: str
    patient_id: int | None = None
    record_id: int | None = None
    text: str = ""


class Screen(QWidget):
    """`went` asks the window to show another place; `header_changed` says that the patient's banner is out of date."""

    went = Signal(object)
    header_changed = Signal()

    watches: frozenset[str] = frozenset()
    """Tables whose change makes this screen read again."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.background = background
        background.tables_changed.connect(self._on_tables_changed)

    def refresh(self) -> None:
        """Read again what the screen shows; what is being typed is never touched."""

    def go_to(self, place: Place) -> None:
        """Lead on to what the place names beyond this screen: a record of its subject, or what its text says."""

    def help_page(self) -> str:
        """Which page of the help is about what is shown now; nothing where that follows from the place."""
        return ""

    def keep_drafts(self) -> None:
        """Store what is typed but not saved; asked before the screen is left, locked or closed."""

    def _on_tables_changed(self, tables: frozenset[str]) -> None:
        if self.isVisible() and self.watches & tables:
            self.refresh()
