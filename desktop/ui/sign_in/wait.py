"""What a person sees while the practice is being made ready."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px


class WaitScreen(QWidget):
    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(Text(words, "heading"), 0, Qt.AlignmentFlag.AlignHCenter)
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setTextVisible(False)
        progress.setFixedWidth(px(260))
        progress.setAccessibleName(words)
        column.addWidget(progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
