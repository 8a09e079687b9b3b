"""Which passwords are refused, and why, in the sense of NIST SP 800-63B: long, not common, and no other demands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

SHORTEST = 15
LONGEST = 128
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_SHORTEST_STRETCH = 4


def check_password(password: str, names: Iterable[str], common: frozenset[str]) -> str | None:
    """Why this password is refused, or None. `common` holds common ones in lower case without spaces.

    Any character counts, spaces too; nothing is asked about kinds of characters.
    """
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        return f"Too short: {len(text)} of at least {SHORTEST} characters. A sentence you remember is good."
    if len(text) > LONGEST:
        return f"Too long: {len(text)} of at most {LONGEST} characters."
    plain = "".join(text.casefold().split())
    if len(set(plain)) < 5:
        return "It repeats only a few characters, which is guessed at once. Use several words."
    if plain in common or _stripped(plain) in common:
        return "It is on the list of passwords that are tried first. Use words of your own."
    if _repeats(plain):
        return "It is one short piece repeated, which is guessed at once. Use several different words."
    if _follows_runs(plain):
        return "It follows the order of the alphabet, the digits or the keyboard. Use several words."
    for name in names:
        piece = "".join(name.casefold().split())
        if len(piece) >= 4 and piece in plain and len(plain) - len(piece) < 8:
            return f"It is little more than the name “{name}”. Add words that nobody connects with you."
    return None


def read_common_passwords(text: str) -> frozenset[str]:
    """One a line; `#` begins a remark."""
    lines = (line.strip().casefold() for line in text.splitlines())
    return frozenset("".join(line.split()) for line in lines if line and not line.startswith("#"))


def _stripped(plain: str) -> str:
    """Without the digits and signs that people put at the end to please a rule."""
    return plain.rstrip("0123456789!?.#$*-_+")


def _repeats(plain: str) -> bool:
    longest = len(plain) // 2
    return any(plain == (plain[:size] * (len(plain) // size + 1))[: len(plain)] for size in range(1, longest + 1))


def _follows_runs(plain: str) -> bool:
    """Whether it is nothing but stretches of a run, forwards or backwards, with at most a few characters after them."""
    position = 0
    while len(plain) - position >= _SHORTEST_STRETCH:
        stretch = max(_stretch(plain, position, run) for row in _RUNS for run in (row * 2, row[::-1] * 2))
        if stretch < _SHORTEST_STRETCH:
            return False
        position += stretch
    return True


def _stretch(plain: str, start: int, run: str) -> int:
    """How many characters from `start` on stand in `run` in the same order."""
    length = 0
    while start + length < len(plain) and plain[start : start + length + 1] in run:
        length += 1
    return length
