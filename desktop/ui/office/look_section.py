"""How Reprise looks on this computer: light or dark, and how large the letters are."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Segmented
from desktop.ui.kit.cards import Card
from desktop.ui.kit.entry import Entry
from desktop.ui.kit.preferences import Preferences, apply_preferences, keep_preferences, load_preferences
from desktop.ui.office.section import OfficeSection

_MODES = (("system", "As this computer"), ("light", "Light"), ("dark", "Dark"))
_PERCENTS = (100, 125, 150, 175, 200)
_DISTANCES = "Letters change at once; the space around them follows when you sign in the next time."
_NOT_KEPT = "This look holds until Reprise is closed: the file for it cannot be written on this computer."


class LookSection(OfficeSection):
    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.mode = Segmented("Colours", _MODES)
        self.percent = Segmented("Size of letters", [(percent, f"{percent} %") for percent in _PERCENTS])
        card = Card()
        card.add(Entry("mode", "Colours", self.mode))
        card.add(Entry("text_percent", "Size of letters", self.percent, _DISTANCES))
        self.fill(card)
        for each in (self.mode, self.percent):
            each.changed.connect(lambda _value: self._on_changed())

    @override
    def refresh(self) -> None:
        kept = load_preferences()
        self.mode.set_value(kept.mode)
        self.percent.set_value(min(_PERCENTS, key=lambda percent: abs(percent - kept.text_percent)))

    def _on_changed(self) -> None:
        start = Preferences()
        wanted = Preferences(self.mode.value() or start.mode, self.percent.value() or start.text_percent)
        self.mode.set_value(wanted.mode)
        self.percent.set_value(wanted.text_percent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_preferences(app, wanted)
        if keep_preferences(wanted):
            self.messages.clear()
        else:
            self.messages.refuse(_NOT_KEPT)
