"""How grades and measurements changed over all visits of a patient, as pictures and in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.rules.trend import Trend, trends
from desktop.services.examination import Visits
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, px
from desktop.ui.kit.trend_chart import TrendChart

NOTHING = "No grade, pain or measurement is recorded at any visit."
ONCE = "Recorded at one visit only"


class TrendsPage(QWidget):
    """Tab goes from picture to picture, the arrows from visit to visit; Escape leads back to the visit."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = button("Back to the visit", icon="back")
        self.back_button.setObjectName("back_to_visit")
        self.back_button.setAccessibleDescription("Shortcut Esc")
        self.back_button.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_M))
        head.addWidget(self.back_button)
        head.addWidget(Text("From visit to visit", "title"), 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def show_visits(self, visits: Visits) -> None:
        found = trends((visit.seen for visit in visits.rows), visits.changes)
        page = QWidget()
        page.setProperty("kind", "page")
        self._area.setWidget(page)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, px(SPACE_S), 0)
        grid.setSpacing(px(SPACE_L))
        drawn = [trend for trend in found if not trend.is_seen_once_at_most]
        for at, trend in enumerate(drawn):
            grid.addWidget(_trend_card(trend, page), at // 2, at % 2)
        once = [trend for trend in found if trend.is_seen_once_at_most]
        line = (len(drawn) + 1) // 2
        if once or not found:
            grid.addWidget(_once_card(once, page), line, 0, 1, 2)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(line + 1, 1)

    def charts(self) -> list[TrendChart]:
        return self._area.findChildren(TrendChart)

    def take_focus(self) -> None:
        to = next(iter(self.charts()), self.back_button)
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)


def _trend_card(trend: Trend, parent: QWidget) -> Card:
    unit = f", {trend.subject.unit}" if trend.subject.unit else ""
    card = Card(f"{trend.subject.title}{unit}", parent=parent)
    card.add(TrendChart(trend, card))
    for line in trend.lines:
        if line.words:
            card.add(Text(line.words, "muted", wrap=True, parent=card))
    card.body.addStretch(1)
    return card


def _once_card(once: list[Trend], parent: QWidget) -> Card:
    card = Card(ONCE if once else "Nothing to compare yet", parent=parent)
    words = [line.words for trend in once for line in trend.lines if line.words]
    for each in words or [NOTHING]:
        card.add(Text(each, "muted", wrap=True, parent=card))
    return card
