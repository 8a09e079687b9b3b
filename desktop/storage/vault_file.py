"""What stands readable in a practice's `vault.json`: whose it is and who may sign in.

Apart from the vault, because the first window asks only this, and what opens a vault takes longer to load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from desktop.errors import StoreUnavailable

VAULT_NAME = "vault.json"
FORMAT = 1


class Slot(NamedTuple):
    """What the sign-in window shows of an account; it says nothing about what the account may do."""

    account_name: str
    display_name: str
    roles_label: str


class Vault(NamedTuple):
    practice_name: str
    is_demo: bool
    slots: tuple[Slot, ...]


def read_vault(folder: Path) -> Vault:
    content = read_content(folder)
    slots = (Slot(s["account_name"], s["display_name"], s["roles_label"]) for s in content["slots"])
    return Vault(content["practice_name"], content["is_demo"], tuple(slots))


def read_content(folder: Path) -> dict[str, Any]:
    """The whole file, whose shape has been looked at; what is sealed in it stays sealed."""
    path = folder / VAULT_NAME
    try:
        content = json.loads(path.read_bytes())
        if content["format"] > FORMAT:
            raise StoreUnavailable("This practice was made by a newer Reprise. Update Reprise on this computer.")
        for slot in content["slots"]:
            _require_text(slot, "account_name", "display_name", "roles_label")
            slot["sealed"].keys()
        _require_text(content, "vault_id", "practice_name", "key_check")
        content["recovery"].keys()
        content["is_demo"] = bool(content["is_demo"])
        return dict(content)
    except FileNotFoundError:
        raise StoreUnavailable(
            f"There is no practice in {folder}: {VAULT_NAME} is missing. Choose the folder of the practice, or put the "
            "file back from a backup."
        ) from None
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreUnavailable(
            f"{path} is damaged, so nobody can sign in. Put this file back from a backup; the records are not touched."
        ) from None


def _require_text(part: Mapping[str, Any], *names: str) -> None:
    if not all(isinstance(part[name], str) for name in names):
        raise TypeError
