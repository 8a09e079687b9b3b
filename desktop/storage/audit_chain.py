"""Chains the entries of the audit, so that one that was changed, taken out or cut off at the end is noticed."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.storage.whole_file import replace_file

ENTRY_COLUMNS = (
    "seq",
    "at",
    "account_id",
    "account_name",
    "workstation",
    "verb",
    "patient_id",
    "record",
    "record_id",
    "changes",
)
"""What an entry's code covers; `previous_mac` and `mac` are the chain itself."""

GENESIS = bytes(32)
"""Stands for the entry before the first."""

ANCHOR_NAME = "anchor.json"


@dataclass(frozen=True)
class Head:
    """The newest entry of the chain; `seq` 0 with `GENESIS` when there is none yet."""

    seq: int
    mac: bytes


@dataclass(frozen=True)
class ChainReport:
    entries: int
    first_broken_seq: int | None
    head: Head


def derive_chain_key(data_key: bytes) -> bytes:
    """A key of its own for the chain, so that it says nothing about the one that encrypts."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=data_key[32:], info=b"reprise audit chain 1").derive(data_key[:32])


def next_mac(chain_key: bytes, previous_mac: bytes, entry: Mapping[str, Any]) -> bytes:
    """The code of `entry`, which has a value for each of `ENTRY_COLUMNS`, as written or as read from the store."""
    return hmac.digest(chain_key, previous_mac + _canonical(entry), "sha256")


def _canonical(entry: Mapping[str, Any]) -> bytes:
    """The same bytes before an entry is written and after it is read back as the plain text of its columns."""
    values = {name: entry[name] for name in ENTRY_COLUMNS}
    at = values["at"] if isinstance(values["at"], dt.datetime) else dt.datetime.fromisoformat(values["at"])
    at = at.astimezone(dt.UTC) if at.tzinfo else at.replace(tzinfo=dt.UTC)  # moments are stored in UTC without zone
    values["at"] = at.isoformat(timespec="microseconds")
    if isinstance(values["changes"], str):
        values["changes"] = json.loads(values["changes"])
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def seal_anchor(folder: Path, chain_key: bytes, head: Head) -> None:
    """Write down outside the store how far the chain reached."""
    seal = _anchor_seal(chain_key, head)
    content = {"seq": head.seq, "mac": head.mac.hex(), "seal": seal.hex()}
    replace_file(folder / ANCHOR_NAME, json.dumps(content).encode())


def read_anchor(folder: Path, chain_key: bytes) -> Head | None:
    """None when the anchor is missing, damaged or not sealed with this practice's key."""
    try:
        content = json.loads((folder / ANCHOR_NAME).read_bytes())
        head = Head(int(content["seq"]), bytes.fromhex(content["mac"]))
        seal = bytes.fromhex(content["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return head if hmac.compare_digest(seal, _anchor_seal(chain_key, head)) else None


def _anchor_seal(chain_key: bytes, head: Head) -> bytes:
    return hmac.digest(chain_key, b"anchor" + head.seq.to_bytes(8) + head.mac, "sha256")
