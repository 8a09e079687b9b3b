"""Who are you, and your password."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.entry import Entry
from desktop.ui.kit.password_entry import PasswordEntry
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.sign_in.waiting_button import WaitingButton

_WELCOME = "Sign in to open the practice's records."
_ROOM_FOR_A_SECOND_LINE = 24
"""Kept free at the foot, so that a long refusal moves nothing that stands above it."""


class SignInPage(QWidget):
    sign_in_asked = Signal(str, str)
    recovery_asked = Signal()

    def __init__(
        self, accounts: Sequence[tuple[str, str]], greeting: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.greeting = Text(greeting, "title", wrap=True)
        self.words = Text(_WELCOME, "body", tone="muted", wrap=True)
        self.who = QComboBox()
        for name, description in accounts:
            self.who.addItem(description, name)
        self.who.setMaxVisibleItems(14)
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who_entry = Entry("account", "Who are you?", self.who, parent=self)
        self.password = PasswordEntry("password", "Password", parent=self)
        self.button = WaitingButton("Sign in")
        self.button.setObjectName("sign_in")
        self.button.setMinimumHeight(px(40))
        self.forgotten = Button("Forgotten? Use the recovery sheet", "quiet")
        self.forgotten.setAccessibleDescription("Shortcut Ctrl+R")
        self.forgotten.setAutoDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(-px(6), px(SPACE_S), 0, 0)  # its words, not its edge, stand in line with the rest
        foot.addWidget(self.forgotten)
        foot.addStretch(1)
        foot.addWidget(Text("Ctrl+R", "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addWidget(self.greeting)
        column.addWidget(self.words)
        column.addSpacing(px(SPACE_S))
        for each in (self.who_entry, self.password, self.button):
            column.addWidget(each)
        column.addLayout(foot)
        self.hint = Text(hint, "muted", wrap=True)
        if not hint:
            self.hint.hide()
        column.addWidget(self.hint)
        column.addStretch(1)
        self.setMinimumHeight(self.sizeHint().height() + px(_ROOM_FOR_A_SECOND_LINE))
        self.who.currentIndexChanged.connect(self._on_account_chosen)
        self.who.activated.connect(lambda _index: self.focus_password())
        self.password.entered.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.forgotten.clicked.connect(self.recovery_asked)
        self._on_account_chosen()

    def name(self) -> str:
        return str(self.who.currentData() or "")

    def select(self, name: str) -> None:
        self.who.setCurrentIndex(max(0, self.who.findData(name)))

    def set_busy(self, is_busy: bool) -> None:
        self.button.set_busy("Opening …" if is_busy else "")

    def submit(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.password.password():
            self.password.show_problem("Type your password.")
            self.focus_password()
            return
        self.password.show_problem("")
        self.sign_in_asked.emit(self.name(), self.password.password())

    def refuse(self, message: str, wait_seconds: int) -> None:
        self.set_busy(False)
        self.password.clear()
        self.password.show_problem(message)
        if wait_seconds > 0:
            self.button.wait(self.name(), wait_seconds)
        self.focus_password()

    def focus_password(self) -> None:
        self.password.setFocus()

    def _on_account_chosen(self) -> None:
        """What was typed for one account is never tried on another."""
        self.password.clear()
        self.password.show_problem("")
        self.button.watch(self.name())
