"""How alike two people are, and in which words: enough to ask a person, never enough to decide for her.

Source: clinical reference §8, traps 2 and 35 (phonetic and birth date only suggest; nobody is merged by themselves).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.rules.search_key import digits, name_keys

WORTH_ASKING: Final = 55
"""From this score on a person is asked. The weights are ours: two of name, birth date and phone have to agree, or
nearly; neither a birth date nor a phone number alone says that two records are one person."""

_SAME_BIRTH, _SWAPPED_BIRTH, _SLIPPED_BIRTH, _OTHER_BIRTH = 35, 26, 24, -25
_PHONE, _EMAIL = 25, 25
_PHONE_TAIL: Final = 7
"""So many last digits make two numbers the same, however country and area are written before them."""
_ONE_SLIP_FROM, _TWO_SLIPS_FROM = 4, 8
"""Letters a name must have before one or two different ones are a slip and not another name."""


@dataclass(frozen=True)
class Person:
    """What tells people apart; what is not known is empty."""

    family_name: str = ""
    given_name: str = ""
    former_name: str = ""
    birth_date: dt.date | None = None
    phone: str = ""
    mobile_phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Likeness:
    """`reasons` are words for what agrees or nearly does; `doubts` for what speaks against it."""

    score: int
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def is_worth_asking(self) -> bool:
        return self.score >= WORTH_ASKING


def likeness(one: Person, other: Person) -> Likeness:
    """How alike two people are, 0 to about 150, and why. It is the same whichever of them comes first."""
    family, given, words = _compare_names(one, other)
    born, birth_words = _compare_births(one.birth_date, other.birth_date)
    reached, phone_words = _compare_contacts(one, other)
    doubts = []
    if born == _OTHER_BIRTH:
        doubts.append("another birth date: a relative with the same phone?" if reached else "another birth date")
        born = 0 if reached else born  # a mother and her daughter are shown too, for a person to tell apart
    if family > 0 and born == _SAME_BIRTH and given == 0 and one.given_name and other.given_name:
        doubts.append("another given name: a twin?")
    if given > 0 and family == 0:
        doubts.append("another family name: did it change?")
    score = max(0, family + given + born + reached)
    return Likeness(score, (*words, *birth_words, *phone_words), tuple(doubts))


def near_birth_dates(born: dt.date) -> tuple[dt.date, ...]:
    """The date, day and month the other way round, and every date that differs by one slip of a digit."""
    found = {born}
    text = _digits_of(born)
    slips = [text[:at] + digit + text[at + 1 :] for at in range(8) for digit in "0123456789"]
    slips += [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(7)]
    for slip in slips:
        found |= _date_of(slip)
    return tuple(sorted(found | _swapped(born)))


@lru_cache(maxsize=512)
def phone_tails(*numbers: str) -> tuple[str, ...]:
    """The last digits of each number that has enough of them to be compared."""
    tails = (digits(number)[-_PHONE_TAIL:] for number in numbers)
    return tuple(dict.fromkeys(tail for tail in tails if len(tail) == _PHONE_TAIL))


def _compare_names(one: Person, other: Person) -> tuple[int, int, list[str]]:
    """Points for the family name and for the given name, and the words for them."""
    if _is_swapped(one, other):
        return 28, 22, ["family name and given name the other way round"]
    family, family_words = _compare_family(one, other)
    given, given_words = _compare(one.given_name, other.given_name, "given name", (25, 18, 12))
    return family, given, [*family_words, *given_words]


def _compare_family(one: Person, other: Person) -> tuple[int, list[str]]:
    points, words = _compare(one.family_name, other.family_name, "family name", (30, 24, 20))
    if points == 30:
        return points, words
    for former, name, said in (
        (one.former_name, other.family_name, "former name here is the family name there"),
        (other.former_name, one.family_name, "family name here is the former name there"),
        (one.former_name, other.former_name, "same former name"),
    ):
        if _keys(former) & _keys(name):
            return 28, [said]
    if points <= 20 and _parts(one.family_name) & _parts(other.family_name):
        return 20, ["a part of the family name is the same"]
    return points, words


def _compare(one: str, other: str, what: str, points: tuple[int, int, int]) -> tuple[int, list[str]]:
    """Points when two names are the same, one or two letters apart, or sound alike."""
    keys, other_keys = _keys(one), _keys(other)
    if not keys or not other_keys:
        return 0, []
    if keys & other_keys:
        return points[0], [f"same {what}"]
    slips = min(_slips(mine, theirs) for mine in keys for theirs in other_keys)
    shortest = min(len(key) for key in keys | other_keys)
    if (slips == 1 and shortest >= _ONE_SLIP_FROM) or (slips == 2 and shortest >= _TWO_SLIPS_FROM):
        return points[1], [f"{what} {'one letter' if slips == 1 else 'two letters'} different"]
    if any(_sound_alike(mine, theirs) for mine in keys for theirs in other_keys):
        return points[2], [f"{what} sounds alike"]
    return 0, []


def _is_swapped(one: Person, other: Person) -> bool:
    if _keys(one.family_name) & _keys(other.family_name):
        return False
    crossed = (_keys(one.family_name) & _keys(other.given_name), _keys(one.given_name) & _keys(other.family_name))
    return all(crossed)


def _compare_births(one: dt.date | None, other: dt.date | None) -> tuple[int, list[str]]:
    if one is None or other is None:
        return 0, []
    if one == other:
        return _SAME_BIRTH, ["same birth date"]
    if other in _swapped(one):
        return _SWAPPED_BIRTH, ["birth date with day and month the other way round"]
    if _slips(_digits_of(one), _digits_of(other)) == 1:
        return _SLIPPED_BIRTH, ["birth date one digit different"]
    return _OTHER_BIRTH, []


def _compare_contacts(one: Person, other: Person) -> tuple[int, list[str]]:
    words = []
    if set(phone_tails(one.mobile_phone)) & set(phone_tails(other.mobile_phone)):
        words.append("same mobile number")
    elif set(phone_tails(one.phone, one.mobile_phone)) & set(phone_tails(other.phone, other.mobile_phone)):
        words.append("same phone number")
    points = _PHONE if words else 0
    if one.email.strip() and one.email.strip().casefold() == other.email.strip().casefold():
        words.append("same e-mail address")
        points += _EMAIL
    return points, words


@lru_cache(maxsize=512)  # the names that are typed are compared with many
def _keys(name: str) -> frozenset[str]:
    return frozenset(key.replace(" ", "") for key in name_keys(name)) - {""}


def _parts(name: str) -> frozenset[str]:
    """The parts of a double name, but for short ones such as de and van."""
    apart = re.split(r"[\s\-‐‑–—/]+", name)
    return frozenset(key for part in apart for key in name_keys(part) if len(key) >= _ONE_SLIP_FROM)


def _slips(one: str, other: str) -> int:
    """Letters typed wrong, left out, typed twice or in the wrong order; 3 stands for all that is more than two."""
    from rapidfuzz.distance import OSA  # late: nothing of it loads before somebody registers

    return OSA.distance(one, other, score_cutoff=2)


def _sound_alike(one: str, other: str) -> bool:
    from jellyfish import match_rating_comparison, metaphone  # late, as above; they know Latin letters only

    if not all(key.isascii() and key.isalpha() for key in (one, other)):
        return False
    is_long = min(len(one), len(other)) >= _ONE_SLIP_FROM  # the comparison takes all short names for one another
    return metaphone(one) == metaphone(other) or (is_long and match_rating_comparison(one, other) is True)


def _swapped(born: dt.date) -> set[dt.date]:
    return _date_of(f"{born.year:04}{born.day:02}{born.month:02}")


def _digits_of(born: dt.date) -> str:
    return born.isoformat().replace("-", "")


def _date_of(text: str) -> set[dt.date]:
    try:
        return {dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))}
    except ValueError:
        return set()
