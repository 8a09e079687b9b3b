"""Wraps the practice's data key with a password, so that only who knows the password can unwrap it."""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.errors import StoreUnavailable, WrongPassword


@dataclass(frozen=True)
class Cost:
    """What one guess costs (Argon2id); only tests ask for less than the default."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


FULL_COST = Cost()
_HIGHEST_COST = Cost(memory_kib=1024 * 1024, passes=20, lanes=16)
"""More than this in a vault file is damage or an attempt to exhaust the computer."""


def seal(data_key: bytes, secret: str | bytes, purpose: tuple[str, ...], cost: Cost) -> dict[str, Any]:
    """Only the same secret and the same purpose open it again; `purpose` keeps slots from being exchanged."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_stretch(secret, salt, cost)).encrypt(nonce, data_key, _associated(purpose))
    return {
        "kind": "argon2id+aes-256-gcm",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
    }


def unseal(sealed: Mapping[str, Any], secret: str | bytes, purpose: tuple[str, ...]) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        cost = Cost(int(sealed["memory_kib"]), int(sealed["passes"]), int(sealed["lanes"]))
        salt, nonce, wrapped = (bytes.fromhex(sealed[part]) for part in ("salt", "nonce", "wrapped"))
        within = 1 <= cost.lanes <= _HIGHEST_COST.lanes and 1 <= cost.passes <= _HIGHEST_COST.passes
        within = within and 8 * cost.lanes <= cost.memory_kib <= _HIGHEST_COST.memory_kib
        if not within or len(salt) != 16 or len(nonce) != 12:
            raise ValueError
    except (KeyError, TypeError, ValueError) as error:
        raise StoreUnavailable(
            "The key of this account is damaged in vault.json. Sign in with another account or the recovery code, "
            "or restore vault.json from a backup."
        ) from error
    try:
        return AESGCM(_stretch(secret, salt, cost)).decrypt(nonce, wrapped, _associated(purpose))
    except InvalidTag:
        raise WrongPassword("This is not the password of this account.") from None


def _stretch(secret: str | bytes, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # The same password arrives composed or decomposed, depending on keyboard and system.
    known = unicodedata.normalize("NFKC", secret).encode() if isinstance(secret, str) else secret
    return hash_secret_raw(
        known,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _associated(purpose: tuple[str, ...]) -> bytes:
    return json.dumps(purpose).encode()
