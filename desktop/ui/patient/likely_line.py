"""A quiet line while somebody is being registered: who is much like her, as soon as enough is typed to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.rules.dates import show_date
from desktop.services.duplicate import LikelySame, find_likely_same
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

PAUSE_MS = 600


class LikelyLine(QWidget):
    """It keeps its place while it says nothing, so that nothing jumps."""

    compare_asked = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._ticket = 0
        self._typed: Callable[[], Mapping[str, Any]] = dict
        self.likely: tuple[LikelySame, ...] = ()
        self.words = Text("", tone="warning", elide=True)
        self.compare = button("Compare", shortcut="F4")
        self.compare.setObjectName("compare")
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self.likely))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.words, 1)
        row.addWidget(self.compare)
        policy = self.compare.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.compare.setSizePolicy(policy)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.forget()

    def look_for(self, typed: Callable[[], Mapping[str, Any]]) -> None:
        """Ask after a pause about what is typed by then; an answer to what was typed before is dropped."""
        self._typed = typed
        self._ticket += 1
        self._pause.start()

    def forget(self) -> None:
        self._ticket += 1
        self._pause.stop()
        self._show(())

    def _ask(self) -> None:
        ticket = self._ticket

        def show(likely: tuple[LikelySame, ...]) -> None:
            if ticket == self._ticket:
                self._show(likely)

        self._background.read(self, find_likely_same, self._typed(), done=show)

    def _show(self, likely: tuple[LikelySame, ...]) -> None:
        self.likely = likely
        self.words.setText(_told(likely))
        self.compare.setVisible(bool(likely))


def _told(likely: tuple[LikelySame, ...]) -> str:
    if not likely:
        return ""
    first = likely[0]
    more = f", and {len(likely) - 1} more" if len(likely) > 1 else ""
    reasons = ", ".join((*first.likeness.reasons, *first.likeness.doubts))
    return (
        f"Perhaps registered already: {first.name}, born {show_date(first.birth_date)}, record {first.record_number} "
        f"({reasons}){more}"
    )
