"""How a practice comes to be and is opened: the one place where keys, store and services meet."""

from __future__ import annotations

import logging
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import StoreUnavailable, UserError, describe_bug
from desktop.models.account import Account
from desktop.models.choices import Language, PaperSize, Role
from desktop.models.practice import Practice
from desktop.paths import resource
from desktop.rules.password import check_password, read_common_passwords
from desktop.rules.permission import Actor
from desktop.services.account import actor_for, roles_label
from desktop.services.audit import write_audit
from desktop.services.search_rebuild import refresh_search_index
from desktop.storage.attempts import RECOVERY, counted_try
from desktop.storage.audit_store import anchor_head
from desktop.storage.clock import Clock, utc_now
from desktop.storage.database import Database
from desktop.storage.faults import faults_told
from desktop.storage.key_slots import VaultSlots
from desktop.storage.store import create_store, open_store
from desktop.storage.vault import (
    FULL_COST,
    Cost,
    DataKey,
    SlotOwner,
    create_vault,
    read_vault,
    replace_slot,
    unlock,
    unlock_with_recovery,
    verify_recovery,
)

__all__ = [
    "FULL_COST",
    "Cost",
    "NewPractice",
    "OpenPractice",
    "PracticeInTheMaking",
    "open_with_key",
    "read_vault",
    "recover",
    "sign_in",
]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NewPractice:
    name: str
    address: str | None
    phone: str | None
    after_hours_phone: str | None
    emergency_number: str | None
    paper_size: PaperSize
    language: Language
    account_name: str
    display_name: str
    roles: tuple[Role, ...] = (Role.SURGEON, Role.ADMINISTRATOR)
    is_demo: bool = False


@dataclass(frozen=True)
class OpenPractice:
    """A practice whose store is unlocked for one person."""

    folder: Path
    database: Database
    actor: Actor
    account_name: str

    def close(self) -> None:
        """Anchor the audit chain outside the store and let go of the keys, also when the store has gone meanwhile."""
        try:
            with faults_told(), self.database.engine.connect() as connection:
                anchor_head(self.folder, connection, self.database.chain_key)
        except Exception as error:  # whatever became of the store, the keys are let go of
            log.warning("the audit chain could not be anchored\n%s", describe_bug(error))
        finally:
            self.database.close()


class PracticeInTheMaking:
    """Keys and an empty store beside the final folder; nothing of it counts before `finish`."""

    def __init__(
        self, folder: Path, practice: NewPractice, password: str, *, cost: Cost = FULL_COST, clock: Clock = utc_now
    ) -> None:
        with _making_told(folder):
            if folder.exists() and any(folder.iterdir()):
                raise StoreUnavailable(f"{folder} is not empty. Choose another folder for a new practice.")
        self._folder, self._clock, self._cost = folder, clock, cost
        self._draft = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(self._draft, ignore_errors=True)
        with _making_told(folder):
            self._draft.mkdir(parents=True, mode=0o700)
        self._practice = practice
        owner = SlotOwner(practice.account_name, practice.display_name, roles_label(practice.roles))
        self._key, self.recovery_code = create_vault(
            self._draft, practice.name, owner, password, is_demo=practice.is_demo, cost=cost
        )

    def proves(self, typed: str) -> bool:
        """Whether the recovery code was typed back as it was printed."""
        return verify_recovery(self._draft, typed)

    def finish(self) -> OpenPractice:
        with _making_told(self._folder):
            create_store(self._draft, self._key)
            database = open_store(self._draft, self._key, clock=self._clock)
            try:
                _first_rows(database, self._practice)
            finally:
                database.close()
            if self._folder.exists():
                self._folder.rmdir()
            self._draft.replace(self._folder)
        return open_with_key(self._folder, self._key, self._practice.account_name, clock=self._clock, cost=self._cost)

    def discard(self) -> None:
        shutil.rmtree(self._draft, ignore_errors=True)


@contextmanager
def _making_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(
            f"The practice could not be made in {folder} ({error.strerror}). Nothing was made. "
            "Check that the disk has room and that this computer's user may write there, then try again."
        ) from error


def sign_in(folder: Path, account_name: str, password: str, *, clock: Clock = utc_now) -> OpenPractice:
    """Unlock the practice; signing in *is* unlocking. Wrong passwords wait longer and longer."""
    read_vault(folder)  # nothing, not even a wrong try, is written into a folder that is no practice
    with counted_try(folder, account_name, clock=clock):
        key = unlock(folder, account_name, password)
    return open_with_key(folder, key, account_name, clock=clock)


def recover(folder: Path, code: str, account_name: str, new_password: str, *, clock: Clock = utc_now) -> OpenPractice:
    """Unlock with the recovery sheet and give the account a new password."""
    if reason := check_password(new_password, (account_name,), _common_passwords()):
        raise UserError(f"The new password was not taken. {reason}")
    read_vault(folder)
    with counted_try(folder, RECOVERY, clock=clock):
        key = unlock_with_recovery(folder, code)
    practice = open_with_key(folder, key, account_name, clock=clock)
    replace_slot(folder, key, account_name, new_password)
    with practice.database.unit_of_work(practice.actor) as session:
        account = session.get_one(Account, practice.actor.account_id)
        write_audit(session, "password_recovered", account)
    return practice


def _common_passwords() -> frozenset[str]:
    return read_common_passwords(resource("rules", "common_passwords.txt").read_text(encoding="utf-8"))


def open_with_key(
    folder: Path,
    key: DataKey,
    account_name: str,
    *,
    clock: Clock = utc_now,
    cost: Cost = FULL_COST,
) -> OpenPractice:
    database = open_store(folder, key, clock=clock)
    database.key_slots = VaultSlots(folder, key, cost)
    try:
        with database.unit_of_work() as session:
            refresh_search_index(session)
        with database.unit_of_work(None, writing=False) as session:
            actor = actor_for(session, account_name, platform.node() or "this computer")
        with database.unit_of_work(actor) as session:
            write_audit(session, "sign_in", session.get_one(Account, actor.account_id))
    except BaseException:
        database.close()
        raise
    return OpenPractice(folder, database, actor, account_name)


def _first_rows(database: Database, practice: NewPractice) -> None:
    with database.unit_of_work() as session:
        row = Practice(
            name=practice.name,
            address=practice.address,
            phone=practice.phone,
            after_hours_phone=practice.after_hours_phone,
            emergency_number=practice.emergency_number,
            paper_size=practice.paper_size,
            language=practice.language,
            is_demo=practice.is_demo,
        )
        account = Account(name=practice.account_name, display_name=practice.display_name, roles=practice.roles)
        session.add_all([row, account])
        session.flush()
        session.info["actor"] = Actor(account.id, account.display_name, frozenset(account.roles), platform.node())
        write_audit(session, "set_up", row)
        write_audit(session, "set_up", account)
