"""Who may sign in: the list, a new account, another password, switched off and on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import Rejected
from desktop.rules.permission import Verb, may
from desktop.services.account import (
    AccountRow,
    add_account,
    change_password,
    list_accounts,
    roles_label,
    set_active,
)
from desktop.ui.kit.account_form import AccountForm, focus
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.new_password_entry import NewPasswordEntry, common_passwords
from desktop.ui.kit.scrolling import scrolling
from desktop.ui.kit.tables import Column, ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.office.account_page import AccountPage
from desktop.ui.office.section import OfficeSection

_NOT_YOURS = "Accounts are looked after by an administrator of the practice. Your own password is under My password."
_FIRST_PASSWORD = "Tell it in person. It can be changed under My password after signing in."
_PAGE = 1_000
COLUMNS = (
    Column("Name", lambda row: row.display_name),
    Column("Sign-in name", lambda row: row.name, 150),
    Column("Roles", lambda row: roles_label(row.roles), 240),
    Column("May sign in", lambda row: "Yes" if row.is_active else "Switched off", 120),
)


def _fetch(session: Any, _text: str, after: AccountRow | None) -> Sequence[AccountRow]:
    return list_accounts(session) if after is None else ()


class AccountsSection(OfficeSection):
    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._may = may(background.actor.roles, Verb.MANAGE_ACCOUNTS)
        if not self._may:
            self.fill(Text(_NOT_YOURS, "body", tone="muted", wrap=True))
            return
        self._of: AccountRow | None = None
        self._wanted_id: int | None = None
        self.model = PagedModel(COLUMNS, background, _fetch, _PAGE, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName("Accounts")
        self.form = AccountForm(password="First password")
        self.password = NewPasswordEntry("new_password", "New password", self._names)
        self.add_page = AccountPage("A new account", _FIRST_PASSWORD, self.form, "Add the account")
        self.password_page = AccountPage("A new password", _FIRST_PASSWORD, self.password, "Set the password")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._list_page())
        self._areas = {page: scrolling(page) for page in (self.add_page, self.password_page)}
        for area in self._areas.values():
            self.pages.addWidget(area)
        self.column.addWidget(self.pages, 1)
        self.column.addWidget(self.messages)
        for page, ask in ((self.add_page, self._add_account), (self.password_page, self._set_password)):
            page.asked.connect(ask)
            page.left.connect(self._show_list)
        self.form.entered.connect(self._add_account)
        self.password.entered.connect(self._set_password)
        self.model.loaded.connect(self._on_loaded)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_order())
        self.table.opened.connect(lambda _row: self.open_password())

    @override
    def refresh(self) -> None:
        if self._may:
            self.model.refresh()

    def open_add(self) -> None:
        self.messages.clear()
        self.form.clear()
        self.pages.setCurrentWidget(self._areas[self.add_page])
        focus(self.form.display_name)

    def open_password(self) -> None:
        self._of = self._chosen()
        if self._of is None:
            return
        self.messages.clear()
        self.password.clear()
        self.password_page.card.title.setText(f"A new password for {self._of.display_name}")
        self.pages.setCurrentWidget(self._areas[self.password_page])
        focus(self.password)

    def switch(self) -> None:
        """Off: nobody signs in with it any more, and what it did stays readable. On: it signs in again."""
        row = self._chosen()
        if row is not None:
            done = partial(self._on_switched, row)
            self.background.run(
                self, set_active, row.id, not row.is_active, done=lambda _none: done(), failed=self.say_problem
            )

    def _on_switched(self, row: AccountRow) -> None:
        if row.is_active:
            self._on_done(row.id, f"{row.display_name} can no longer sign in.")
            return
        self._on_done(row.id, f"{row.display_name} can sign in again with a new password.")
        self.open_password()

    def _add_account(self) -> None:
        problems = self.form.problems()
        self.form.show_problems(problems)
        if problems:
            return
        given = self.form.answers()
        self.background.run(
            self,
            add_account,
            given.name,
            given.display_name,
            given.roles,
            given.password,
            common_passwords(),
            done=lambda row: self._on_done(row.id, f"{row.display_name} can sign in as {row.name}."),
            failed=self._on_add_failed,
        )

    def _on_add_failed(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.form.show_problems(error.problems)
        else:
            self.say_problem(error)

    def _set_password(self) -> None:
        row, weak = self._of, self.password.problem()
        self.password.show_problem(weak)
        if row is None or weak:
            focus(self.password)
            return
        done = partial(self._on_done, row.id, f"{row.display_name} has a new password.")
        self.background.run(
            self,
            change_password,
            row.id,
            self.password.password(),
            common_passwords(),
            done=lambda _none: done(),
            failed=self.say_problem,
        )

    def _on_done(self, account_id: int, words: str) -> None:
        self._wanted_id = account_id
        self._show_list()
        self.messages.say(words)
        self.refresh()

    def _show_list(self) -> None:
        self.form.clear()
        self.password.clear()
        self.messages.clear()
        self.pages.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names(self) -> tuple[str, ...]:
        return (self._of.name, self._of.display_name) if self._of else ()

    def _chosen(self) -> AccountRow | None:
        at = self.table.currentIndex()
        return self.model.row(at.row()) if at.isValid() else None

    def _on_loaded(self) -> None:
        rows = [self.model.row(at) for at in range(self.model.rowCount())]
        at = next((at for at, row in enumerate(rows) if row.id == self._wanted_id), 0)
        self.table.selectRow(at)
        self._show_order()

    def _show_order(self) -> None:
        row = self._chosen()
        self.switch_button.setText("Switch on" if row and not row.is_active else "Switch off")
        self.switch_button.setAccessibleName(self.switch_button.text())
        is_own = row is not None and row.id == self.background.actor.account_id
        self.switch_button.setEnabled(row is not None and not is_own)
        self.password_button.setEnabled(row is not None)

    def _list_page(self) -> QWidget:
        self.add_button = button("Add an account", primary=True, icon="add_patient")
        self.password_button = button("New password …")
        self.switch_button = button("Switch off")
        self.add_button.clicked.connect(self.open_add)
        self.password_button.clicked.connect(self.open_password)
        self.switch_button.clicked.connect(self.switch)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addStretch(1)
        for each in (self.switch_button, self.password_button, self.add_button):
            line.addWidget(each)
        card = Card()
        card.add(self.table, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        column.addLayout(line)
        return page
