"""One thing about an account at a time: a form in a card, the order to do it, and Esc to leave it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.office.section import WIDEST


class AccountPage(QWidget):
    asked = Signal()
    left = Signal()

    def __init__(self, title: str, words: str, form: QWidget, order: str) -> None:
        super().__init__()
        self.card = Card(title)
        self.card.add(Text(words, "muted", wrap=True))
        self.card.add(form)
        self.order = button(order, primary=True, shortcut="Ctrl+S")
        self.order.setObjectName("order")
        self.order.clicked.connect(self.asked)
        cancel = button("Cancel  (Esc)")
        cancel.setAccessibleName("Cancel")
        cancel.clicked.connect(self.left)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.order)
        self.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addLayout(line)
        column.addStretch(1)

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)
