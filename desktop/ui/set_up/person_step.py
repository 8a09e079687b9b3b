"""Step 2: who sets the practice up, and the password that opens it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from desktop.models.choices import Role
from desktop.ui.kit.account_form import AccountForm, focus
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Text
from desktop.ui.set_up.step import Step

_REASON = "The first account is an administrator: it makes the others."
_KEY = (
    "Your password is the key to the records: they are encrypted with it. Nobody can look it up for you. A password "
    "manager may paste it."
)


class PersonStep(Step):
    def __init__(self) -> None:
        super().__init__("You", "The first person who can sign in. Colleagues are added later, in Settings.")
        self.account = AccountForm((Role.SURGEON,), (Role.ADMINISTRATOR,), _REASON)
        self.problem = Text("", "body", tone="danger", wrap=True)
        self.problem.setObjectName("refusal")
        self.problem.hide()
        card = Card()
        card.add(self.account)
        card.add(Text(_KEY, "muted", wrap=True))
        column = QVBoxLayout()
        column.addWidget(card)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.body.addLayout(column, 1)
        self.account.entered.connect(self.entered)
        self.account.edited.connect(self.problem.hide)

    @override
    def is_complete(self) -> bool:
        self.problem.hide()
        problems = self.account.problems()
        self.account.show_problems(problems)
        return not problems

    @override
    def focus_first(self) -> None:
        focus(self.account.display_name)

    def refuse(self, message: str) -> None:
        """The practice could not be begun; what was typed is kept."""
        self.problem.setText(message)
        self.problem.show()
