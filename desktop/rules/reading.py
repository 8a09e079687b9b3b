"""How rules read what people type: one kind of refusal, and text made plain without losing a letter of any script."""

from __future__ import annotations

import unicodedata

_KEPT_FORMAT = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Joiners and direction marks belong to the spelling of many names; every other invisible sign goes."""


class Unreadable(ValueError):
    """What was typed cannot be read; the message is a sentence that says how to write it."""


def clean_line(text: str) -> str:
    """The text as one line: composed (NFC), trimmed, every run of white space and line breaks one space.

    Removes control characters, halves of surrogate pairs and the signs that override the direction of writing
    (they can make a name read as another one). Keeps combining marks, joiners and letters of every script.
    Source: clinical reference §8, traps 2 and 35.
    """
    kept = (character for character in text if character.isspace() or not _is_invisible(character))
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def is_one_line(text: str) -> bool:
    """Whether the text has no line break and no sign that `clean_line` would remove."""
    return not any(_is_invisible(character) or character in "\u2028\u2029" for character in text)


def plain_digits(text: str) -> str:
    """Decimal digits of every script as 0 to 9; ², ½ and ① are not decimal digits and stay as they are."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cc", "Cs") or (category == "Cf" and character not in _KEPT_FORMAT)
