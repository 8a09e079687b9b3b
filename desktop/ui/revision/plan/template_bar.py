"""Begin from a template: offered while nothing is planned yet, what suits the case's indications first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.plan_template import TemplateRow
from desktop.ui.kit.buttons import button
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

NOT_ALL = "Not everything in this template could be used."
SUITS = " · suits this case"


class TemplateBar(QFrame):
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self.box = ChoiceBox()
        self.box.setObjectName("template")
        self.box.setAccessibleName("Begin from a template")
        self.box.setMinimumContentsLength(24)
        self.use_button = button("Begin with it")
        self.use_button.setObjectName("use_template")
        self.use_button.clicked.connect(self._use)
        label = Text("Begin from a template", "label")
        label.setBuddy(self.box)
        self._line = QWidget(self)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(label)
        row.addWidget(self.box, 1)
        row.addWidget(self.use_button)
        self.lost = Text("", wrap=True, tone="warning", parent=self)
        self.lost.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SPACE_M), px(SPACE_S), px(SPACE_S), px(SPACE_S))
        column.addWidget(self._line)
        column.addWidget(self.lost)
        self._offered: tuple[TemplateRow, ...] = ()
        self.hide()

    def show_templates(self, offered: tuple[TemplateRow, ...]) -> None:
        if offered == self._offered:
            return
        self._offered = offered
        self.box.clear()
        for row in offered:
            self.box.addItem(f"{row.name}{SUITS if row.suits_case else ''}", row.id)
        self.box.setCurrentIndex(0 if offered else -1)

    def offer(self, is_wanted: bool) -> None:
        self._line.setVisible(is_wanted and bool(self._offered))
        self.lost.setVisible(bool(self.lost.text()))
        self.setVisible(not self._line.isHidden() or not self.lost.isHidden())

    def say_lost(self, sentences: tuple[str, ...]) -> None:
        """What in the template could not be used stays in sight until another plan is shown."""
        self.lost.setText(" ".join((NOT_ALL, *sentences)) if sentences else "")
        self.lost.setVisible(bool(sentences))

    def _use(self) -> None:
        if self.box.currentIndex() >= 0:
            self.chosen.emit(int(self.box.currentData()))
