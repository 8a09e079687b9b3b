"""How many entries each part of a question has in its index: what few have is walked, the rest is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from desktop.services.search_plan import Plan, beginning, walks_of
from desktop.services.search_walk import how_many

_MOST_OF_NAMES: Final = 1_000
_FEW_NUMBERS: Final = 200
"""So many numbers or days are compared name by name. Three digits end the phones of thousands: of those only who has a
word that begins so is found, and who merely sounds like it when one digit more is typed."""
_FEW_BORN: Final = 1_000
_FEW_WORDS: Final = 6_000

_Key = tuple[Any, ...]


class Counts:
    """All of them are counted in one statement, each only so far that it can be told from the others."""

    def __init__(self, connection: Connection, plans: Iterable[Plan]) -> None:
        most: dict[_Key, tuple[str, dict[str, Any]]] = {}
        for plan in plans:
            for source, asked, up_to in _weighed(plan):
                before = most.get(_key(source, asked))
                most[_key(source, asked)] = (source, asked | {"most": max(up_to, before[1]["most"] if before else 0)})
        self._counts: dict[_Key, int] = {}
        if most:
            keys = sorted(most, key=lambda key: str(key[0]))  # the same sources make the same statement
            each = [most[key] for key in keys]
            named = {f"{name}_{at}": value for at, (_, asked) in enumerate(each) for name, value in asked.items()}
            counts = connection.execute(how_many(tuple(source for source, _ in each)), named).one()
            self._counts = dict(zip(keys, counts, strict=True))

    def led(self, plan: Plan) -> Plan:
        """By the days of birth, when nobody was born then, or few were and so many names begin like each word."""
        if plan.lead is not None or plan.born is None or not plan.words:
            return plan
        born = sum(self._counts[_key(source, asked)] for source, asked in walks_of(plan.born))
        is_common = all(self._of(word) == _FEW_WORDS for word in plan.words)
        return replace(plan, born=None, lead=plan.born) if not born or (is_common and born < _FEW_BORN) else plan

    def rare(self, words: Sequence[str], source: str, asked: dict[str, Any]) -> frozenset[str]:
        """The words to read first, because more numbers begin so than can be compared name by name."""
        if not words or self._counts[_key(source, asked)] <= _FEW_NUMBERS:
            return frozenset()
        return frozenset(word for word in words if self._of(word) < _FEW_WORDS)

    def is_nobody(self, rare: Iterable[str]) -> bool:
        """Whether nobody at all has a word that begins like one of these, as of `feb` beside the digits of a year."""
        return any(self._of(word) == 0 for word in rare)

    def rarest(self, words: Sequence[str]) -> str:
        """The word with which the fewest entries begin."""
        return words[0] if len(words) == 1 else min(words, key=lambda word: (self._of(word), -len(word), word))

    def _of(self, word: str) -> int:
        return self._counts[_key("words", beginning(word))]


def _weighed(plan: Plan) -> Iterator[tuple[str, dict[str, Any], int]]:
    """What has to be counted for it, and how far: names alone only against one another."""
    days_or_number = plan.lead or plan.born
    if not plan.words or (days_or_number is None and len(plan.words) == 1):
        return
    for word in plan.words:
        yield "words", beginning(word), _MOST_OF_NAMES if days_or_number is None else _FEW_WORDS
    for source, asked in walks_of(days_or_number):
        yield source, asked, _FEW_NUMBERS + 1 if plan.lead else _FEW_BORN


def _key(source: str, asked: dict[str, Any]) -> _Key:
    return (source, *asked.values())
