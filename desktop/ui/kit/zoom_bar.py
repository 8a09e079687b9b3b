"""The line above what can be shown smaller and larger: what is seen of it, and three buttons with their keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.buttons import icon_button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

_STEP = 1.25


class ZoomBar(QWidget):
    """Ctrl+Plus and Ctrl+Minus zoom, Ctrl+0 fits again."""

    zoomed = Signal(float)
    """By this factor."""
    fit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.where = Text("", "muted", tabular=True)
        out = icon_button("zoom_out", "Smaller", "Ctrl+-")
        fit = icon_button("fit_width", "Fit the width", "Ctrl+0")
        into = icon_button("zoom_in", "Larger", "Ctrl++")
        out.clicked.connect(lambda: self.zoomed.emit(1 / _STEP))
        fit.clicked.connect(self.fit_asked)
        into.clicked.connect(lambda: self.zoomed.emit(_STEP))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SPACE_S))
        line.addWidget(self.where, 1)
        for each in (out, fit, into):
            line.addWidget(each)
