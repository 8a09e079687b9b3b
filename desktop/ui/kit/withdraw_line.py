"""Why a record is taken out that was made by mistake: one line in the page, no dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop.ui.kit.buttons import button
from desktop.ui.kit.entry import LINE_LENGTH
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


class WithdrawLine(QWidget):
    """Enter goes on, Escape steps back; without a reason nothing happens but that it is asked for."""

    given = Signal(str)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLineEdit()
        self.reason.setObjectName("withdraw_reason")
        self.reason.setMaxLength(LINE_LENGTH)
        self.reason.setPlaceholderText("Why? It is kept with what was written.")
        self.reason.setAccessibleName(f"Why {what} is taken out")
        self.reason.returnPressed.connect(self._give)
        label = Text(f"Take {what} out of the record?", "label")
        label.setBuddy(self.reason)
        self.go_button = button("Take it out")
        self.go_button.setObjectName("withdraw_now")
        self.go_button.clicked.connect(self._give)
        back = button("Keep it")
        back.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        row.addWidget(label)
        row.addWidget(self.reason, 1)
        row.addWidget(self.go_button)
        row.addWidget(back)
        self.hide()

    def ask(self) -> None:
        self.reason.clear()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: bring_into_view(self))  # once it has its place

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.hide) or super().event(event)

    def _give(self) -> None:
        if self.reason.text().strip():
            self.given.emit(self.reason.text().strip())
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
