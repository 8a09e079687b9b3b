"""What the code on a device card holds: the device's own identifier as GS1 writes it, or as the label had it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import UdiIssuer
from desktop.rules.device_identifier import read_identifier
from desktop.rules.reading import Unreadable

_CHARACTERS: Final = re.compile(r"[!-\"%-'*-?A-Z_a-z]{1,20}")
"""GS1's character set 82 without the parentheses that part its elements; at most 20 of lot and serial (§2.8.1)."""


@dataclass(frozen=True)
class CardCode:
    """`text` is what a reader of people sees below the code; with `is_gs1` each element begins with its (number)."""

    text: str
    is_gs1: bool


def code_of(
    *, device_identifier: str | None, issuer: UdiIssuer | None, serial: str | None, lot: str | None, label: str | None
) -> CardCode | None:
    """The code for one device, or None when no identifier is known: nothing is made up from a serial number alone.

    `label` is the text of the label as it was scanned. Source: clinical reference §2.8.1 to §2.8.3.
    """
    if issuer is UdiIssuer.GS1 or (issuer is None and device_identifier is not None and device_identifier.isdigit()):
        return _gs1(device_identifier, serial, lot)
    scanned = label is not None and issuer is not None and label.isprintable() and label.isascii()
    written = label if scanned else device_identifier
    return CardCode(written, is_gs1=False) if written and written.strip() else None


def _gs1(device_identifier: str | None, serial: str | None, lot: str | None) -> CardCode | None:
    try:
        key = read_identifier(device_identifier or "")
    except Unreadable:
        return None
    numbers = (("10", lot), ("21", serial))
    said = (f"({number}){value}" for number, value in numbers if value and _CHARACTERS.fullmatch(value))
    return CardCode("".join((f"(01){key}", *said)), is_gs1=True)
