"""What is asked about a person who will sign in: the name as printed, the sign-in name, the roles, a first password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Role
from desktop.rules.problem import Problem
from desktop.services.account import account_problems
from desktop.ui.kit.entry import Entry, LineEntry
from desktop.ui.kit.flow import FlowRow
from desktop.ui.kit.new_password_entry import NewPasswordEntry, common_passwords
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

_ORDER = (Role.SURGEON, Role.ANESTHESIA, Role.NURSE, Role.FRONT_DESK, Role.ADMINISTRATOR)
_TITLES = {"dr", "prof", "mr", "mrs", "ms", "miss", "sr", "frau", "herr"}
_SUFFIXES = {"md", "do", "phd", "facs", "frcs", "rn", "crna", "np", "pa", "jr", "ii", "iii"}


@dataclass(frozen=True)
class AccountAnswers:
    name: str
    display_name: str
    roles: tuple[Role, ...]
    password: str


class AccountForm(QWidget):
    """`fixed` roles are ticked and stay so. Enter in the password says that the answers are complete."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, roles: Iterable[Role] = (), fixed: Iterable[Role] = (), fixed_reason: str = "", password: str = "Password"
    ) -> None:
        super().__init__()
        self._start, self._fixed = set(roles) | set(fixed), set(fixed)
        self._was_suggested = True
        self.display_name = LineEntry("display_name", "Name as printed", "For example Dr. A. Marchetti")
        self.name = LineEntry("name", "Sign-in name", "Short, without capitals, for example marchetti")
        self.password = NewPasswordEntry("password", password, self._names)
        self.ticks = {role: QCheckBox(role.label) for role in _ORDER}
        row = FlowRow(*self.ticks.values(), spacing=int(SPACE_L))
        self.roles = Entry("roles", "Roles", row, fixed_reason)
        self.roles.setFocusProxy(next(iter(self.ticks.values())))
        for role, tick in self.ticks.items():
            tick.setObjectName(role.value)
            tick.setAccessibleName(f"Role: {role.label}")
            tick.clicked.connect(self._on_ticked)
        names = QHBoxLayout()
        names.setSpacing(px(SPACE_L))
        names.addWidget(self.display_name, 3)
        names.addWidget(self.name, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(names)
        column.addWidget(self.roles)
        column.addWidget(self.password)
        self._boxes: dict[str, Entry] = {
            "display_name": self.display_name,
            "name": self.name,
            "roles": self.roles,
            "password": self.password,
        }
        self.display_name.edited.connect(self._suggest_name)
        self.name.edited.connect(self._on_name_edited)
        self.password.edited.connect(self.edited)
        self.password.entered.connect(self.entered)
        for entry, following in ((self.display_name, self.name), (self.name, self.password)):
            entry.line.returnPressed.connect(lambda following=following: focus(following))
        self.clear()

    def answers(self) -> AccountAnswers:
        roles = tuple(role for role in _ORDER if self.ticks[role].isChecked())
        return AccountAnswers(self.name.words().casefold(), self.display_name.words(), roles, self.password.password())

    def problems(self) -> list[Problem]:
        given = self.answers()
        return account_problems(given.name, given.display_name, given.roles, given.password, common_passwords())

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong under each answer and lead to the first."""
        found: dict[str, str] = {}
        for problem in problems:
            found.setdefault(problem.field, problem.message)
        for field, box in self._boxes.items():
            if field in found:
                box.show_problem(found[field])
        first = next((box for field, box in self._boxes.items() if field in found), None)
        if first:
            focus(first)

    def clear(self) -> None:
        self._was_suggested = True
        for entry in (self.display_name, self.name):
            entry.set_words("")
            entry.show_problem("")
        for role, tick in self.ticks.items():
            tick.setChecked(role in self._start)
        self.roles.show_problem("")
        self.password.clear()

    def _names(self) -> tuple[str, str]:
        return self.name.words().casefold(), self.display_name.words()

    def _suggest_name(self) -> None:
        if self._was_suggested:
            self.name.set_words(suggested_sign_in_name(self.display_name.words()))
            self.name.show_problem("")
        self._on_edited()

    def _on_name_edited(self) -> None:
        self._was_suggested = not self.name.words()
        self._on_edited()

    def _on_ticked(self) -> None:
        for role in self._fixed:
            self.ticks[role].setChecked(True)
        self._on_edited()

    def _on_edited(self) -> None:
        self.roles.show_problem("")
        self.edited.emit()


def focus(entry: QWidget) -> None:
    entry.setFocus(Qt.FocusReason.TabFocusReason)


def suggested_sign_in_name(display_name: str) -> str:
    """The family name without titles, capitals and signs: `Dr. A. O'Neill, MD` signs in as `oneill`."""
    before_comma = display_name.partition(",")[0]
    words = ["".join(filter(str.isalnum, word)).casefold() for word in before_comma.split()]
    words = [word for word in words if word and word not in _TITLES and word not in _SUFFIXES]
    return words[-1] if words else ""
