"""What exactly a person signs: one spelling of a record's content, its hash, and what differs from another."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from desktop.models.choices import UNKNOWN
from desktop.models.partial_date import PartialDate
from desktop.rules.numbers import show_decimal
from desktop.rules.scanned_label import ScannedLabel


def canonical_json(content: Mapping[str, Any]) -> bytes:
    """The same bytes for the same content, whatever the order of its keys: UTF-8 JSON, keys sorted, no spaces.

    Dates are ISO 8601, instants in UTC, decimals their exact text without zeros at the end, choices their code,
    UNKNOWN is `{"unknown":true}`, sets are sorted. TypeError for floats, which have no exact text, and for anything
    else that is not an answer; ValueError for instants without a time zone. Source: clinical reference §8, trap 26.
    """
    text = json.dumps(_plain(content), ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Field, old and new value, in the order of the fields of `after`; a field that one side lacks is None there."""
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if _plain(old) != _plain(new)]


def _plain(value: Any) -> Any:
    if value is UNKNOWN:
        return {"unknown": True}
    if isinstance(value, enum.Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return _exact(value)
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, ScannedLabel):
        return value.plain
    if isinstance(value, dt.datetime):
        return _utc(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=json.dumps)
    raise TypeError(f"{type(value).__name__} is not an answer that can be signed")


def _key(key: Any) -> str:
    plain = key.value if isinstance(key, enum.Enum) else key
    if not isinstance(plain, str):
        raise TypeError("the keys of what is signed are text")
    return plain


def _exact(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("a number that is signed is finite")
    return show_decimal(value)


def _utc(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(dt.UTC).isoformat()
