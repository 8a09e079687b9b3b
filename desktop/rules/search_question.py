"""What a text typed into the search may mean: names, the end of a phone number, a birth date, a number, a week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from desktop.rules.dates import MONTH_NUMBERS
from desktop.rules.reading import clean_line, plain_digits
from desktop.rules.search_dates import read_birth_dates, read_surgery_days
from desktop.rules.search_key import LONGEST_KEY, device_key, digits, name_key

FEWEST_DIGITS_OF_PHONE: Final = 3
FEWEST_OF_DEVICE: Final = 3
MOST_READINGS = 12
_MOST_PARTS = 8
_MOST_TOKENS_OF_DATE = 4
_MOST_DIGITS_OF_RECORD = 9
_TAIL_OF_LONG_PHONE = 8
"""Of a number written with its country or a 0 in its place: so many last digits are the same either way."""
_NUMBER = re.compile(r"[#(+…./\-]*\d[\d().+/\-–]*")
_TELLS_NO_NAME = re.compile(r"\d|\bweek\b|\b(?:today|tomorrow|yesterday)\b", re.IGNORECASE)
"""Without any of these a text can only be names; most are."""
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Word:
    """A part of a family, given or former name."""

    key: str


@dataclass(frozen=True)
class Born:
    """`as_read` says in which order an ambiguous date was read."""

    first: dt.date
    last: dt.date
    as_read: str = ""


@dataclass(frozen=True)
class Phone:
    tail: str


@dataclass(frozen=True)
class RecordNumber:
    digits: str


@dataclass(frozen=True)
class Device:
    """The beginning of a serial or lot, as `device_key` spells it."""

    key: str


@dataclass(frozen=True)
class Surgery:
    """An operation that was done or is planned in these days; `is_past_too` False: only what this office plans."""

    first: dt.date
    last: dt.date
    as_read: str = ""
    is_past_too: bool = True


Part = Word | Born | Phone | RecordNumber | Device | Surgery
Reading = tuple[Part, ...]
"""One meaning of the whole text; all its parts have to be true of a patient."""


def read_question(text: str, today: dt.date) -> tuple[Reading, ...]:
    """Every meaning of the text, the likeliest first; none where nothing can be looked for. Never raises.

    3/2/81 has both readings, 0142 may end a phone number or be a record number, and `may 1981` a month or somebody
    called May who was born in 1981.
    """
    plain = plain_digits(clean_line(text))
    tokens = [token for token in _BETWEEN.split(plain) if token][: 2 * _MOST_PARTS]
    if not _TELLS_NO_NAME.search(plain):
        return tuple(filter(None, (_all_words(tokens),)))
    readings: dict[Reading, None] = {}
    for joins_numbers, reads_months in ((True, True), (False, True), (True, False)):
        parts = list(_parts(tokens, today, joins_numbers, reads_months))[:_MOST_PARTS]
        for reading in product(*parts):
            readings[tuple(dict.fromkeys(reading))] = None
    found = [reading for reading in readings if _makes_sense(reading)]
    if not any(len(reading) == 1 and isinstance(reading[0], Born | Surgery) for reading in found):
        found += [reading for reading in _whole(tokens) if reading not in readings]
    return tuple(found[:MOST_READINGS])


def _makes_sense(reading: Reading) -> bool:
    """A caller tells one number and one date at most."""
    numbers = sum(isinstance(part, RecordNumber | Phone | Device) for part in reading)
    return bool(reading) and numbers <= 1 and sum(isinstance(part, Born | Surgery) for part in reading) <= 1


def _parts(tokens: list[str], today: dt.date, joins_numbers: bool, reads_months: bool) -> Iterator[tuple[Part, ...]]:
    """For each piece of the text what it may mean."""
    is_beside_name = any(map(_is_name, tokens))
    at = 0
    while at < len(tokens):
        count, meanings = _dates(tokens, at, today, reads_months)
        if not count and (count := _numbers(tokens, at)):
            count = count if joins_numbers else 1
            meanings = _of_number(tokens[at : at + count], today, is_beside_name)
        if count:
            yield meanings
        else:
            count = 1
            for word in name_key(tokens[at]).split():
                yield _of_word(word, tokens[at])
        at += count


def _dates(tokens: list[str], at: int, today: dt.date, reads_months: bool) -> tuple[int, tuple[Part, ...]]:
    """The longest run of tokens that is a date or week, and what it may be: beside a name it is a birth date.

    A month with one number beside it may also be a name: without `reads_months` it is one.
    """
    for count in range(min(_MOST_TOKENS_OF_DATE, len(tokens) - at), 0, -1):
        text = " ".join(tokens[at : at + count])
        if not reads_months and count <= 2 and MONTH_NUMBERS.keys() & set(text.casefold().split()):
            continue
        born = [Born(days.first, days.last, days.as_read) for days in read_birth_dates(text, today)]
        operated = [Surgery(days.first, days.last, days.as_read) for days in read_surgery_days(text, today)]
        if born or operated:
            number = _of_number([text], today, False) if text.isdecimal() else ()
            return count, (*number, *born, *(operated if count == len(tokens) or not born else ()))
    return 0, ()


def _numbers(tokens: list[str], at: int) -> int:
    """How many tokens from here on make one number."""
    count = 0
    while at + count < len(tokens) and _NUMBER.fullmatch(tokens[at + count]):
        count += 1
    return count


def _is_name(token: str) -> bool:
    """Two letters, or one sign of a script in which that is a name."""
    return sum(character.isalpha() for character in token) > 1 or not name_key(token).isascii()


def _of_number(tokens: list[str], today: dt.date, is_beside_name: bool) -> tuple[Part, ...]:
    """Two digits are a year of birth beside a name only: beside one letter or another number nobody means one."""
    number = digits("".join(tokens))
    meanings: list[Part] = []
    if len(number) <= _MOST_DIGITS_OF_RECORD:
        meanings.append(RecordNumber(number))
    if len(number) >= FEWEST_DIGITS_OF_PHONE:
        meanings.append(Phone(number))
        if len(number) > _TAIL_OF_LONG_PHONE and "".join(tokens).startswith(("+", "(+", "0", "(0")):
            meanings.append(Phone(number[-_TAIL_OF_LONG_PHONE:]))
    if len(number) == 4 or (is_beside_name and len(number) == 2):
        meanings += [Born(*years) for years in _years(number, today)]
    if len(number) >= FEWEST_OF_DEVICE:
        meanings.append(Device(device_key("".join(tokens))))
    return tuple(meanings)


def _years(number: str, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    centuries = ("",) if len(number) == 4 else ("19", "20")
    for century in centuries:
        year = int(century + number)
        if today.year - 120 <= year <= today.year:
            yield dt.date(year, 1, 1), dt.date(year, 12, 31)


def _of_word(word: str, token: str) -> tuple[Part, ...]:
    meanings: tuple[Part, ...] = (Word(word[:LONGEST_KEY]),)
    key = device_key(token)
    if len(key) >= FEWEST_OF_DEVICE and any(character.isdigit() for character in key):
        meanings += (Device(key),)
    return meanings


def _whole(tokens: list[str]) -> Iterator[Reading]:
    """All of it as one serial, or all of it as words: names and serials may have anything in them."""
    text = "".join(tokens)
    key = device_key(text)
    if 1 < len(tokens) <= _MOST_TOKENS_OF_DATE and len(key) > FEWEST_OF_DEVICE and any(c.isdigit() for c in key):
        yield (Device(key),)
    if any(character.isalpha() for character in text):
        yield _all_words(tokens)


def _all_words(tokens: list[str]) -> Reading:
    words = (Word(word[:LONGEST_KEY]) for token in tokens for word in name_key(token).split())
    return tuple(dict.fromkeys(words))[:_MOST_PARTS]
