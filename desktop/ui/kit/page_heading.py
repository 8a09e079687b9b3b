"""Whose screen this is: a heading, or the banner of a person with the facts in one line, alerts and actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.cards import Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, font, px, theme

_LEAST_FACTS = 330
"""Who she is comes before the alerts when there is little room: those may take a second line."""


class _Initials(QWidget):
    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = letters
        self.setFixedSize(px(46), px(46))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().accent_soft))
        painter.drawEllipse(self.rect())
        painter.setFont(font("heading"))
        painter.setPen(QColor(theme().accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.letters)


class PageHeading(QWidget):
    """The heading of a screen, or the banner of a person: who, the facts in one line, alerts as pills, actions."""

    def __init__(self, title: str, facts: str = "", initials: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_M))
        if initials:
            row.addWidget(_Initials(initials))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        self.title = Text(title, "title", elide=True)
        self.facts = Text(facts, "muted", wrap=True)
        self.facts.setVisible(bool(facts))
        self.facts.setMinimumWidth(px(_LEAST_FACTS))
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        self.pills = FlowRow()
        row.addWidget(self.pills, 0, Qt.AlignmentFlag.AlignVCenter)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(px(SPACE_M))
        row.addLayout(self._actions)

    def set_words(self, title: str, facts: str = "") -> None:
        self.title.setText(title)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))

    def set_pills(self, pills: Sequence[Pill]) -> None:
        self.pills.clear()
        for pill in pills:
            self.pills.add(pill)

    def add_action(self, action: QWidget) -> None:
        self._actions.addWidget(action)
