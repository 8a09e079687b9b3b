"""How a name or number is spelled for finding it, however somebody types it."""

from __future__ import annotations

import unicodedata

from desktop.rules.reading import plain_digits

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "æ": "ae", "œ": "oe",
     "þ": "th", "ə": "e", "ſ": "s", "ـ": ""}
)  # fmt: skip
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_JOINS_LETTERS = frozenset("'’‘ʼʻ`´ʹʾʿ.·-‐‑‒–—־·")
"""Apostrophes, full stops and hyphens of every kind: O'Brien, Anne-Marie and St.John are one word each."""


def name_key(text: str) -> str:
    """Letters and digits only: no case, no accents, no apostrophes or hyphens, single spaces between words.

    ß is ss, ø is o, ł is l, æ is ae. Two texts that are equal to the eye of a caller have the same key, and the key
    of a key is itself. Source: performance goals P4 and P5 (an ordered walk of an index of keys).
    """
    return _key(text)


def name_keys(text: str) -> tuple[str, ...]:
    """The keys under which a name may be looked for: ä as a first, then ä as ae, ö as oe, ü as ue, å as aa."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return tuple(dict.fromkeys((_key(text), _key(composed.translate(_SPELLED_OUT)))))


def digits(text: str) -> str:
    """Only the digits, of whatever script, as 0 to 9: `(555) 0142` is `5550142`."""
    return "".join(character for character in plain_digits(text) if "0" <= character <= "9")


def _key(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character)).translate(_LETTERS)
    composed = unicodedata.normalize("NFKC", plain_digits(bare).casefold())
    spaced = "".join(_letter_or_space(character) for character in composed)
    return " ".join(spaced.split())


def _letter_or_space(character: str) -> str:
    if character in _JOINS_LETTERS or unicodedata.category(character) in ("Cf", "Mn", "Cc", "Cs"):
        return " " if character.isspace() else ""
    return character if character.isalnum() or unicodedata.category(character) == "Mc" else " "
