"""What stands at the left before anybody is signed in: the name, what it is for, whose practice this is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.kit.overriding import override
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, font, px

_SHARE = 0.3
_WIDEST = 420
_PURPOSE = "Breast revision surgery, from the first call to the last day of recovery."
_KEPT = "Records on this computer, encrypted."


class _Name(Text):
    """The one word that is larger than a title."""

    @override
    def setFont(self, letters: QFont | str | Sequence[str]) -> None:
        larger = QFont(letters)
        larger.setPixelSize(px(30))
        super().setFont(larger)


class BrandPanel(QFrame):
    """`steps` are the parts of something long; `show_step` says which one we are at."""

    def __init__(self, practice_name: str = "", steps: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self._names = tuple(steps)
        self.steps = [Text("", "body", tone="rail", wrap=True) for _step in steps]
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(48), px(SPACE_L), px(40))
        column.setSpacing(px(SPACE_S))
        name = _Name("Reprise", "title", tone="rail_selected")
        purpose = Text(_PURPOSE, "small", tone="rail", wrap=True)
        purpose.setMaximumWidth(px(230))
        column.addWidget(name)
        column.addWidget(purpose)
        column.addStretch(1)
        for step in self.steps:
            column.addWidget(step)
            column.addSpacing(px(SPACE_M))
        column.addStretch(2 if self.steps else 1)
        self.practice = Text(practice_name, "small", tone="rail_selected", wrap=True)
        if not practice_name:
            self.practice.hide()
        column.addWidget(self.practice)
        column.addWidget(Text(_KEPT, "small", tone="rail", wrap=True))

    def show_step(self, number: int) -> None:
        """Which step is being done, counted from 1; 0 while it has not begun."""
        for at, (words, name) in enumerate(zip(self.steps, self._names, strict=True), start=1):
            sign = "✓" if at < number else str(at)
            words.setText(f"{sign}   {name}")
            words.setFont(font("strong" if at == number else "body"))
            words.set_tone("rail_selected" if at == number else "rail")
            state = "done" if at < number else "now" if at == number else "to come"
            words.setAccessibleName(f"Step {at} of {len(self._names)}: {name}, {state}")

    def fit(self, window_width: int) -> None:
        """A share of the window, so that the form keeps its room at any scale."""
        self.setFixedWidth(min(px(_WIDEST), round(window_width * _SHARE)))
