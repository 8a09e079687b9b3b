"""What happened to a patient, newest first; each line leads to the tab that tells it in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.services.overview import Happened
from desktop.ui.kit.cards import Card, EmptyState
from desktop.ui.kit.history import HistoryEntry, HistoryList


class HappenedCard(Card):
    opened = Signal(str)
    """The tab that tells what somebody opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", parent=parent)
        self._nothing = EmptyState("Operations, visits to the plan and documents appear here.", parent=self)
        self.add(self._nothing, 1)
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list = HistoryList()
        self.list.opened.connect(self.opened)
        area.setWidget(self.list)
        self.add(area, 1)

    def show_happened(self, happened: Sequence[Happened]) -> None:
        self.list.set_entries(
            [
                HistoryEntry(
                    line.when, line.title, line.detail, key=line.place, tone="accent" if at == 0 else "neutral"
                )
                for at, line in enumerate(happened)
            ]
        )
        self._nothing.setVisible(not happened)
        self._area.setVisible(bool(happened))

    def show_top(self) -> None:
        """Wherever another patient's history was scrolled to."""
        self._area.verticalScrollBar().setValue(0)
