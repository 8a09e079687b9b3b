"""What a person can copy when the program made a mistake: where it happened, and no patient's values."""

from __future__ import annotations

import platform

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import button
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px
from desktop.version import VERSION


class BugReport(QDialog):
    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Details of the mistake")
        self.resize(px(620), px(420))
        self.details = QPlainTextEdit(f"Reprise {VERSION} · {platform.platform()}\n\n{details}")
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details of the mistake")
        copy = button("Copy", primary=True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        column = QVBoxLayout(self)
        column.addWidget(Text("These lines say where it happened. They hold no patient's data.", wrap=True))
        column.addWidget(self.details, 1)
        column.addWidget(copy)
