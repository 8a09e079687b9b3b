"""Who may sign in, and with which roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import PermissionDenied, Rejected, UserError
from desktop.models.account import Account
from desktop.models.choices import Role
from desktop.rules.password import check_password
from desktop.rules.permission import Actor, Verb
from desktop.rules.problem import Problem
from desktop.rules.reading import clean_line
from desktop.services.audit import write_audit
from desktop.services.context import actor_of, require
from desktop.services.record import get_record

_IN_ORDER = (Role.SURGEON, Role.ANESTHESIA, Role.NURSE, Role.FRONT_DESK, Role.ADMINISTRATOR)


class KeySlots(Protocol):
    """The key vault as a service sees it: one slot for each person who may sign in."""

    def add(self, name: str, display_name: str, roles_label: str, password: str) -> None: ...

    def put(self, name: str, display_name: str, roles_label: str, password: str) -> None: ...

    def remove(self, name: str) -> None: ...

    def rename_practice(self, practice_name: str) -> None: ...


@dataclass(frozen=True)
class AccountRow:
    id: int
    name: str
    display_name: str
    roles: tuple[Role, ...]
    is_active: bool


def actor_for(session: Session, name: str, workstation: str) -> Actor:
    """The person whose slot was opened; asked once after unlocking."""
    account = session.scalars(select(Account).where(Account.name == name)).one_or_none()
    if account is None or not account.is_active:
        raise PermissionDenied("This account is switched off. Ask an administrator of the practice to switch it on.")
    return Actor(account.id, account.display_name, frozenset(account.roles), workstation)


def list_accounts(session: Session) -> tuple[AccountRow, ...]:
    require(session, Verb.MANAGE_ACCOUNTS)
    rows = session.scalars(select(Account).order_by(Account.display_name))
    return tuple(AccountRow(a.id, a.name, a.display_name, a.roles, a.is_active) for a in rows)


def roles_label(roles: Iterable[Role]) -> str:
    """The roles as they stand beside a name, the clinical ones first."""
    chosen = set(roles)
    return ", ".join(role.label for role in _IN_ORDER if role in chosen)


def add_account(
    session: Session,
    name: str,
    display_name: str,
    roles: tuple[Role, ...],
    password: str,
    common_passwords: frozenset[str],
) -> AccountRow:
    """A person who may sign in from now on: a row in the store and a slot in the key vault, or neither."""
    require(session, Verb.MANAGE_ACCOUNTS)
    name, display_name = clean_line(name).casefold(), clean_line(display_name)
    problems = account_problems(name, display_name, roles, password, common_passwords)
    if session.scalar(select(Account.id).where(Account.name == name)) is not None:
        problems.insert(0, Problem("name", f"Somebody already signs in as {name}. Choose another sign-in name."))
    if problems:
        raise Rejected(problems)
    account = Account(name=name, display_name=display_name, roles=roles)
    session.add(account)
    write_audit(session, Verb.MANAGE_ACCOUNTS, account, {"roles": [None, list(roles)]})
    session.flush()
    key_slots(session).add(name, display_name, roles_label(roles), password)
    return AccountRow(account.id, name, display_name, roles, True)


def account_problems(
    name: str, display_name: str, roles: tuple[Role, ...], password: str, common_passwords: frozenset[str]
) -> list[Problem]:
    problems = []
    if not name:
        problems.append(Problem("name", "A sign-in name is needed, for example marchetti."))
    if not display_name:
        problems.append(Problem("display_name", "Write the name as it is printed, for example Dr. A. Marchetti."))
    if not roles:
        problems.append(Problem("roles", "Choose at least one role."))
    if reason := check_password(password, (name, display_name), common_passwords):
        problems.append(Problem("password", reason))
    return problems


def set_active(session: Session, account_id: int, is_active: bool) -> None:
    """Switch an account on or off; its history stays readable.

    Off, its key slot is gone, so that its password opens nothing any more. On again, it needs a new password.
    """
    actor = require(session, Verb.MANAGE_ACCOUNTS)
    if account_id == actor.account_id and not is_active:
        raise UserError("You cannot switch off the account you are signed in with. Ask another administrator.")
    account = get_record(session, Account, account_id)
    account.is_active = is_active
    write_audit(session, Verb.MANAGE_ACCOUNTS, account, {"is_active": [not is_active, is_active]})
    session.flush()
    if not is_active:
        key_slots(session).remove(account.name)


def change_password(session: Session, account_id: int, password: str, common_passwords: frozenset[str]) -> None:
    """One's own password, or anybody's by an administrator."""
    account = get_record(session, Account, account_id)
    actor = actor_of(session)
    if actor.account_id != account_id:
        require(session, Verb.MANAGE_ACCOUNTS)
    if reason := check_password(password, (account.name, account.display_name), common_passwords):
        raise Rejected([Problem("password", reason)])
    write_audit(session, "change_password", account)
    session.flush()
    key_slots(session).put(account.name, account.display_name, roles_label(account.roles), password)


def key_slots(session: Session) -> KeySlots:
    slots: KeySlots = session.info["key_slots"]
    return slots
