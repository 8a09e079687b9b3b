"""One's own password."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop.errors import Rejected
from desktop.services.account import change_password
from desktop.ui.kit.account_form import focus
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.new_password_entry import NewPasswordEntry, common_passwords
from desktop.ui.kit.text import Text
from desktop.ui.office.section import OfficeSection

_WORDS = "The old password stops working at once. A password manager may paste the new one."


class PasswordSection(OfficeSection):
    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.password = NewPasswordEntry("own_password", "New password", lambda: (background.actor.name,))
        self.change = button("Change my password", primary=True, shortcut="Ctrl+S")
        self.change.setObjectName("change_password")
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.change)
        card = Card()
        card.add(Text(_WORDS, "muted", wrap=True))
        card.add(self.password)
        card.add(line)
        self.fill(card)
        self.password.entered.connect(self._change)
        self.change.clicked.connect(self._change)

    def _change(self) -> None:
        weak = self.password.problem()
        if weak:
            self.password.show_problem(weak)
            focus(self.password)
            return
        self.change.setEnabled(False)
        self.background.run(
            self,
            change_password,
            self.background.actor.account_id,
            self.password.password(),
            common_passwords(),
            done=lambda _none: self._on_changed(),
            failed=self._on_failed,
        )

    def _on_changed(self) -> None:
        self.change.setEnabled(True)
        self.password.clear()
        self.messages.say("Your password is changed. Use the new one from now on.")

    def _on_failed(self, error: Exception) -> None:
        self.change.setEnabled(True)
        if isinstance(error, Rejected):
            self.password.show_problem(error.problems[0].message)
            focus(self.password)
        else:
            self.say_problem(error)
