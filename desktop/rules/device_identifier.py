"""How a product number is written so that two of them can be compared: GS1, HIBCC and ISBT 128."""

from __future__ import annotations

import re
from typing import Final

from desktop.rules.reading import Unreadable

_DIGITS: Final = re.compile(r"[0-9]+")
_HIBCC: Final = re.compile(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
_ISBT: Final = re.compile(r"[A-Z0-9]{11}[A-Z][0-9]{4}")
_LEADS: Final = ("=/", "+")
"""What announces the number on a label of HIBCC or ICCBBA."""


def check_digit(payload: str) -> str:
    """The digit that belongs behind `payload`: weights 3, 1, 3 … from the right. Source: clinical reference §2.8.1."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
    return str(-total % 10)


def identifier_key(text: str) -> str:
    """A number of 8 to 14 digits padded with zeros to 14; another one as it stands, capitals being capitals.

    Source: clinical reference §2.8.1 (GTIN-8, 12 and 13 are left-padded; a real one is printed with 11 digits).
    """
    text = text.strip()
    if _DIGITS.fullmatch(text) and 8 <= len(text) <= 14:
        return text.zfill(14)
    lead = next((lead for lead in _LEADS if text.startswith(lead)), "")
    return text.removeprefix(lead)


def read_identifier(text: str) -> str:
    """The key of a number that somebody wrote down; `Unreadable` when it cannot be one, its check digit included.

    Source: clinical reference §2.8.1, §2.8.2, §2.8.3.
    """
    key = identifier_key(text)
    if _DIGITS.fullmatch(key):
        if len(key) != 14:
            raise Unreadable(f"“{text}” has {len(key)} digits, and a GTIN has 8 to 14.")
        if key[-1] != (expected := check_digit(key[:-1])):
            raise Unreadable(f"The check digit of {text} is {key[-1]} and should be {expected}. Compare every digit.")
        return key
    if not (_HIBCC.fullmatch(key) or _ISBT.fullmatch(key)):
        raise Unreadable(f"“{text}” is no product number of GS1, HIBCC or ISBT 128. Write it as the label has it.")
    return key
