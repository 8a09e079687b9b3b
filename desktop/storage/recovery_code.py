"""The recovery code as it is printed and as people type it: eight groups of five, the last sign of each a check."""

from __future__ import annotations

import secrets
import unicodedata

from desktop.errors import UserError

GROUPS = 8
_DATA_SIGNS = 4
_SIGNS = _DATA_SIGNS + 1
_SECRET_BYTES = GROUPS * _DATA_SIGNS * 5 // 8

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: without I, L and O, which look like digits, and without U."""

_READ_AS = str.maketrans("OILU", "011V")
_BETWEEN_GROUPS = frozenset("-_.,;:/|")


def new_recovery_code() -> str:
    """160 random bits, written for a sheet of paper: `7K2QX-…`."""
    return write_recovery_code(secrets.token_bytes(_SECRET_BYTES))


def write_recovery_code(secret: bytes) -> str:
    number = int.from_bytes(secret)
    signs = [(number >> 5 * place) & 31 for place in reversed(range(GROUPS * _DATA_SIGNS))]
    groups = [signs[i : i + _DATA_SIGNS] for i in range(0, len(signs), _DATA_SIGNS)]
    return "-".join(
        "".join(_ALPHABET[sign] for sign in (*group, _check_sign(group, place))) for place, group in enumerate(groups)
    )


def read_recovery_code(typed: str) -> bytes:
    """The secret behind what was typed; letter case, spaces, hyphens, O for 0, I or L for 1 do not matter."""
    groups = _split(typed)
    wrong = [place + 1 for place, group in enumerate(groups) if not _is_right(group, place)]
    if wrong:
        raise UserError(_sentence(wrong))
    number = 0
    for group in groups:
        for sign in group[:_DATA_SIGNS]:
            number = number << 5 | _ALPHABET.index(sign)
    return number.to_bytes(_SECRET_BYTES)


def _split(typed: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    spaced = "".join(" " if _separates(sign) else sign for sign in plain)
    groups = spaced.split()
    if len(groups) == GROUPS:
        return groups  # as on the sheet: a group that lacks a sign can be named
    signs = "".join(groups)
    if len(signs) != GROUPS * _SIGNS:
        raise UserError(
            f"A recovery code has {GROUPS} groups of {_SIGNS} letters and digits, {GROUPS * _SIGNS} in all; "
            f"you typed {len(signs)}. Compare it with the sheet, group by group."
        )
    return [signs[i : i + _SIGNS] for i in range(0, len(signs), _SIGNS)]


def _separates(sign: str) -> bool:
    return sign.isspace() or sign in _BETWEEN_GROUPS or unicodedata.category(sign) in ("Pd", "Cf", "Cc")


def _is_right(group: str, place: int) -> bool:
    if len(group) != _SIGNS or not set(group) <= set(_ALPHABET):
        return False
    *data, check = (_ALPHABET.index(sign) for sign in group)
    return check == _check_sign(data, place)


def _check_sign(data: list[int], place: int) -> int:
    """Reveals every single wrong sign, any two exchanged signs of a group, and a group in another's place.

    Each sign is weighed with its own power of x in the field of 32 elements; the group's place is added.
    """
    check = place + 1
    for sign in data:
        check ^= sign
        check = check << 1 ^ (0b100101 if check & 16 else 0)
    return check


def _sentence(wrong: list[int]) -> str:
    if len(wrong) == 1:
        return f"Group {wrong[0]} of the recovery code is not as on the sheet. Compare its {_SIGNS} signs one by one."
    places = ", ".join(str(place) for place in wrong[:-1])
    return f"Groups {places} and {wrong[-1]} of the recovery code are not as on the sheet. Compare them sign by sign."
