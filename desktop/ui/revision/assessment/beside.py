"""What is known already beside the questions of one indication: never typed again, and said where it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.indication_beside import Known
from desktop.ui.kit.cards import Card, FactPair, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.revision.assessment.urgency import TierCard

WIDTH = 280


class BesideColumn(QScrollArea):
    """How soon, then what is known of device, examination and patient."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        page.setProperty("kind", "page")
        self.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, px(SPACE_S), 0)
        column.setSpacing(px(SPACE_M))
        self.tier = TierCard(page)
        self._known = Card("Known already", parent=page)
        self._boxes: list[SunkenBox] = []
        column.addWidget(self.tier)
        column.addWidget(self._known)
        column.addStretch(1)

    def show_known(self, known: tuple[Known, ...]) -> None:
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = [_box(group, self._known) for group in known]
        for box in self._boxes:
            self._known.add(box)

    def words(self) -> str:
        """Everything that is said, as it is read aloud."""
        return " · ".join(text.text() for box in self._boxes for text in box.findChildren(Text))


def _box(group: Known, parent: QWidget) -> SunkenBox:
    box = SunkenBox(parent)
    box.add(Text(group.title, "strong", wrap=True, parent=box))
    if group.detail:
        box.add(Text(group.detail, "muted", wrap=True, parent=box))
    for caption, value in group.facts:
        box.add(FactPair(caption, value, box))
    return box
