"""What an ICCBBA (ISBT 128) label of a tissue says: elements of known length, each announced by two characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from desktop.exchange.label_dates import read_cyyjjj
from desktop.exchange.read_label import Part, ReadLabel
from desktop.models.choices import UdiIssuer
from desktop.rules.label import show_raw
from desktop.rules.reading import Unreadable


@dataclass(frozen=True)
class Element:
    """`name` is the fact it states, `read` makes that fact of its text."""

    code: str
    pattern: re.Pattern[str]
    title: str
    name: str
    read: Callable[[str], Any] = str


_ELEMENTS: Final = (
    Element("=/", re.compile(r"[A-Z0-9]{11}[A-Z][0-9]{4}"), "Device identifier", "device_identifier"),
    Element("=,", re.compile(r"[A-Z0-9]{6}"), "Serial number", "serial"),
    Element("=>", re.compile(r"[0-9]{6}"), "Expires on", "expires_on", read_cyyjjj),
    Element("=}", re.compile(r"[0-9]{6}"), "Made on", "made_on", read_cyyjjj),
    Element("&,1", re.compile(r"[A-Z0-9]{18}"), "Lot", "lot"),
    Element("=", re.compile(r"[A-NP-Z1-9][0-9]{12}[A-Z0-9]{2}"), "Donation number", "distinct_id"),
)
"""The last is announced by `=` alone. Source: clinical reference §2.8.3."""


def read_iccbba(text: str) -> ReadLabel:
    """Every element of the label; `Unreadable` unless each of its characters belongs to one.

    ISBT 128 has no check character in the text, and its dates carry their century.
    """
    text = text.replace("\\T\\", "&")  # as messages between hospital systems write it
    facts: dict[str, Any] = {}
    parts: list[Part] = []
    position = 0
    while position < len(text):
        element, value = _next(text[position:])
        fact = element.read(value)
        if facts.setdefault(element.name, fact) != fact:
            raise Unreadable(f"“{element.title}” stands on the label twice, and not the same.")
        parts.append(Part(element.code, element.title, value))
        position += len(element.code) + len(value)
    return ReadLabel(raw=text, issuer=UdiIssuer.ICCBBA, parts=tuple(parts), **facts)


def _next(text: str) -> tuple[Element, str]:
    for element in _ELEMENTS:
        if text.startswith(element.code) and (found := element.pattern.match(text, len(element.code))):
            return element, found[0]
    raise Unreadable(f"“{show_raw(text[:24])}” is no part of an ISBT 128 label.")
