"""What stands beside the form: for each part of the note its own cards, above them the signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.anesthesia import KnownFacts
from desktop.ui.anesthesia.facts_card import FactsCard
from desktop.ui.anesthesia.signature import SignatureCard, SignQuestion
from desktop.ui.anesthesia.told import (
    event_lines,
    fasting_lines,
    local_lines,
    record_lines,
    score_lines,
    sedation_lines,
)
from desktop.ui.kit.theme import px

_WIDTH = 312


class SideColumn(QScrollArea):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = SignQuestion()
        self.signature = SignatureCard()
        self.from_record = FactsCard("From the record", two_columns=True)
        self.fasting = FactsCard("Fasting")
        self.local = FactsCard("Local anesthetic total")
        self.sedation = FactsCard("Sedation depth", two_columns=True)
        self.events = FactsCard("Events")
        self.score = FactsCard("Recovery score")
        self._parts = ((self.from_record, self.fasting), (self.local, self.sedation, self.events), (self.score,))
        page = QWidget()
        page.setProperty("kind", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        for card in (self.question, self.signature, *(card for cards in self._parts for card in cards)):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(px(_WIDTH))
        self.setWidget(page)

    def tell(self, part: int, known: KnownFacts, values: Mapping[str, Any], now: dt.datetime) -> None:
        """Show the cards of one part and what they tell now."""
        for number, cards in enumerate(self._parts):
            for card in cards:
                card.setVisible(number == part)
        if part == 0:
            self.from_record.tell(record_lines(known, values))
            self.fasting.tell(fasting_lines(values, now))
        elif part == 1:
            self.local.tell(local_lines(values))
            self.sedation.tell(sedation_lines(values, now))
            self.events.tell(event_lines(values))
        else:
            self.score.tell(score_lines(values))
