"""How a new password is chosen: its length is counted while typing, and a refusal says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from unicodedata import normalize

from PySide6.QtWidgets import QWidget

from desktop.paths import resource
from desktop.rules.password import SHORTEST, check_password, read_common_passwords
from desktop.ui.kit.password_entry import PasswordEntry

RULES = f"At least {SHORTEST} characters. A sentence you remember is good; spaces and any script count."


class NewPasswordEntry(PasswordEntry):
    """`names` tells what belongs to the account and must not be its password."""

    def __init__(
        self, name: str, label: str, names: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, RULES, parent)
        self._names = names
        self.edited.connect(self.check)

    def problem(self) -> str:
        """Why this password is refused, or an empty sentence."""
        return check_password(self.password(), tuple(filter(None, self._names())), common_passwords()) or ""

    def check(self) -> None:
        """Say how far it is, without blame while it is still being typed."""
        length = len(normalize("NFC", self.password()))
        if length == 0:
            self.set_hint(RULES)
        elif length < SHORTEST:
            self.set_hint(f"{length} of at least {SHORTEST} characters.")
        elif reason := self.problem():
            self.show_problem(reason)
        else:
            self.set_hint(f"{length} characters. Good.", "good")

    def clear(self) -> None:
        super().clear()
        self.check()


@cache
def common_passwords() -> frozenset[str]:
    """Passwords that everybody tries first."""
    return read_common_passwords(resource("rules", "common_passwords.txt").read_text(encoding="utf-8"))
