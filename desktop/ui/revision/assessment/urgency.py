"""How soon, in the office's own words, and what the findings suggest; the program triages nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.choices import UrgencyTier
from desktop.rules.indication_finding import SuggestedTier
from desktop.services.indication import Assessment
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card, Pill
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_XS, Tone, px

TONES: Final[Mapping[UrgencyTier, Tone]] = {
    UrgencyTier.U0: "danger",
    UrgencyTier.U1: "danger",
    UrgencyTier.U2: "warning",
    UrgencyTier.U3: "neutral",
}


class CaseUrgency(QWidget):
    """The most urgent tier of a case over its form; nothing while nobody named an indication."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_XS))
        self._pill = FlowRow(parent=self)
        self.because = Text("", "muted", wrap=True, parent=self)
        self.suggestions = Text("", "body", wrap=True, tone="warning", parent=self)
        for each in (self._pill, self.because, self.suggestions):
            column.addWidget(each)
        self.hide()

    def words(self) -> str:
        return " ".join(pill.text() for pill in self._pill.findChildren(Pill) if not pill.isHidden())

    def show_assessment(self, assessment: Assessment) -> None:
        urgent = assessment.most_urgent
        self.setVisible(urgent is not None)
        self._pill.clear()
        if urgent is None:
            return
        self._pill.add(Pill(assessment.words[urgent], TONES[urgent], self))
        why = [row for row in assessment.rows.values() if row.tier is urgent]
        named = dict.fromkeys(f"{row.side.label} {row.indication.label}" for row in why)
        self.because.setText(f"{urgent.label}: {', '.join(named)}")
        self.because.setVisible(urgent is not UrgencyTier.U3)
        suggested = [
            f"{row.side.label} {row.indication.label}: {row.suggested.because} suggests "
            f"“{row.suggested.tier.label}”, it stands at “{row.tier.label}”."
            for row in assessment.rows.values()
            if row.suggested
        ]
        self.suggestions.setText(" ".join(suggested))
        self.suggestions.setVisible(bool(suggested))


class TierCard(Card):
    """On the page of one indication: the tier with the office's words, and a suggestion to take or to leave."""

    taken = Signal(object)
    """The tier that somebody takes over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How soon", parent=parent)
        self._pills = FlowRow(parent=self)
        self.because = Text("", "small", wrap=True, parent=self)
        self.suggestion = Text("", "body", wrap=True, tone="warning", parent=self)
        self.take_button = Button("Take it over", "link", self)
        self.take_button.setObjectName("take_tier")
        self.take_button.clicked.connect(self._take)
        self._suggested: UrgencyTier | None = None
        for each in (self._pills, self.because, self.suggestion, FlowRow(self.take_button, parent=self)):
            self.add(each)

    def show_tier(
        self,
        tier: UrgencyTier,
        words: str,
        *,
        is_chosen: bool,
        suggested: SuggestedTier | None,
        may_take: bool,
    ) -> None:
        self._pills.clear()
        self._pills.add(Pill(words, TONES[tier], self))
        whose = "The surgeon's own tier" if is_chosen else "The tier of this indication"
        self.because.setText(whose if words == tier.label else f"{whose}: {tier.label.lower()}")
        other = suggested if suggested and suggested.tier is not tier else None
        self._suggested = other.tier if other else None
        self.suggestion.setText(f"Suggested: {other.tier.label}, because {other.because}." if other else "")
        self.suggestion.setVisible(other is not None)
        self.take_button.setVisible(other is not None and may_take)

    def _take(self) -> None:
        if self._suggested is not None:
            self.taken.emit(self._suggested)
