"""The key vault of a practice: who may sign in, and the data key wrapped once for each of them and for the sheet."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NewType

from desktop.errors import StoreUnavailable, UserError, WrongPassword
from desktop.storage.recovery_code import new_recovery_code, read_recovery_code
from desktop.storage.sealed_key import FULL_COST, Cost, seal, unseal
from desktop.storage.vault_file import FORMAT, VAULT_NAME, Slot, Vault, read_content, read_vault
from desktop.storage.whole_file import replace_file

__all__ = [
    "FULL_COST",
    "Cost",
    "DataKey",
    "Slot",
    "SlotOwner",
    "Vault",
    "add_slot",
    "create_vault",
    "put_slot",
    "read_vault",
    "remove_slot",
    "rename_practice",
    "renew_recovery",
    "replace_slot",
    "unlock",
    "unlock_with_recovery",
    "verify_recovery",
]

DataKey = NewType("DataKey", bytes)
"""32 random bytes that encrypt the store, followed by the 16 bytes of its cipher salt."""


@dataclass(frozen=True)
class SlotOwner:
    """For whom a slot is made."""

    name: str
    display_name: str
    roles_label: str


def create_vault(
    folder: Path,
    practice_name: str,
    account: SlotOwner,
    password: str,
    *,
    is_demo: bool = False,
    cost: Cost = FULL_COST,
) -> tuple[DataKey, str]:
    """Make the vault of a new practice; the recovery code is returned this once and kept nowhere."""
    path = folder / VAULT_NAME
    if path.exists():
        raise StoreUnavailable(f"{folder} already holds a practice. Open it, or choose another folder for a new one.")
    data_key = DataKey(secrets.token_bytes(48))
    code = new_recovery_code()
    content: dict[str, Any] = {
        "format": FORMAT,
        "vault_id": secrets.token_hex(16),
        "practice_name": practice_name,
        "is_demo": is_demo,
        "key_check": _key_check(data_key),
        "slots": [],
    }
    content["slots"].append(_new_slot(content, data_key, account, password, cost))
    content["recovery"] = seal(data_key, read_recovery_code(code), _recovery_purpose(content), cost)
    _write(path, content)
    return data_key, code


def unlock(folder: Path, account_name: str, password: str) -> DataKey:
    content = read_content(folder)
    slot = _slot_of(content, account_name)
    return DataKey(unseal(slot["sealed"], password, _slot_purpose(content, slot["account_name"])))


def unlock_with_recovery(folder: Path, code: str) -> DataKey:
    """Raises a plain `UserError` that names the group when it is mistyped, `WrongPassword` when it is another code."""
    secret = read_recovery_code(code)
    content = read_content(folder)
    try:
        return DataKey(unseal(content["recovery"], secret, _recovery_purpose(content)))
    except WrongPassword:
        raise WrongPassword(
            "This recovery code is written correctly but belongs to another practice or an older sheet."
        ) from None


def verify_recovery(folder: Path, code: str) -> bool:
    """Whether the code opens this vault; a mistyped code raises the `UserError` that names the group."""
    try:
        unlock_with_recovery(folder, code)
    except WrongPassword:
        return False
    return True


def add_slot(folder: Path, data_key: bytes, account: SlotOwner, password: str, *, cost: Cost = FULL_COST) -> None:
    with _edited(folder, data_key) as content:
        if any(slot["account_name"] == account.name for slot in content["slots"]):
            raise UserError(f"An account named {account.name} exists already. Choose another name.")
        content["slots"].append(_new_slot(content, data_key, account, password, cost))


def replace_slot(folder: Path, data_key: bytes, account_name: str, password: str, *, cost: Cost = FULL_COST) -> None:
    """Give an account a new password; the old one opens nothing any more."""
    with _edited(folder, data_key) as content:
        slot = _slot_of(content, account_name)
        slot["sealed"] = seal(data_key, password, _slot_purpose(content, account_name), cost)


def put_slot(folder: Path, data_key: bytes, account: SlotOwner, password: str, *, cost: Cost = FULL_COST) -> None:
    """The account's slot as told, whether it had one before or not."""
    with _edited(folder, data_key) as content:
        others = [slot for slot in content["slots"] if slot["account_name"] != account.name]
        content["slots"] = [*others, _new_slot(content, data_key, account, password, cost)]


def rename_practice(folder: Path, data_key: bytes, practice_name: str) -> None:
    """What the sign-in window calls the practice."""
    with _edited(folder, data_key) as content:
        content["practice_name"] = practice_name


def remove_slot(folder: Path, data_key: bytes, account_name: str) -> None:
    with _edited(folder, data_key) as content:
        content["slots"].remove(_slot_of(content, account_name))
        if not content["slots"]:
            raise UserError("This is the only account of the practice and stays. Make another one first.")


def renew_recovery(folder: Path, data_key: bytes, *, cost: Cost = FULL_COST) -> str:
    """A new code for a new sheet; the old sheet opens nothing any more."""
    code = new_recovery_code()
    with _edited(folder, data_key) as content:
        content["recovery"] = seal(data_key, read_recovery_code(code), _recovery_purpose(content), cost)
    return code


@contextmanager
def _edited(folder: Path, data_key: bytes) -> Iterator[dict[str, Any]]:
    content = read_content(folder)
    if not hmac.compare_digest(content["key_check"], _key_check(data_key)):
        raise ValueError("a key of another practice would lock this account out")
    yield content
    _write(folder / VAULT_NAME, content)


def _new_slot(
    content: Mapping[str, Any], data_key: bytes, account: SlotOwner, password: str, cost: Cost
) -> dict[str, Any]:
    return {
        "account_name": account.name,
        "display_name": account.display_name,
        "roles_label": account.roles_label,
        "sealed": seal(data_key, password, _slot_purpose(content, account.name), cost),
    }


def _slot_of(content: Mapping[str, Any], account_name: str) -> dict[str, Any]:
    slots: list[dict[str, Any]] = content["slots"]
    for slot in slots:
        if slot["account_name"] == account_name:
            return slot
    raise WrongPassword(f"There is no account named {account_name} in this practice.")


def _slot_purpose(content: Mapping[str, Any], account_name: str) -> tuple[str, ...]:
    return ("account", content["vault_id"], account_name)


def _recovery_purpose(content: Mapping[str, Any]) -> tuple[str, ...]:
    return ("recovery", content["vault_id"])


def _key_check(data_key: bytes) -> str:
    """Tells one data key from another without telling anything about it: the key itself is random."""
    return hashlib.sha256(b"reprise vault key check" + data_key).hexdigest()[:32]


def _write(path: Path, content: Mapping[str, Any]) -> None:
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
