"""Two hundred things that somebody types into the search box, most of them about patients of the generator."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.rules.search_key import digits, name_key
from tests.scale.generator import BLOCK, SEED, TABLES, TODAY, blocks

COUNT = 200


@dataclass(frozen=True)
class Question:
    kind: str
    text: str


INSIDE = ("mith", "ohns", "ülle", "ulle", "rodrig", "owsk", "sson", "field", "berg", "anov", "guy", "cart")
ACCENTS = (
    "obrien", "o'brien", "O’BRIEN", "mueller", "muller", "müller", "nunez", "Núñez", "goncalves", "soendergaard",
    "lukasiewicz", "celik", "strauss", "oeztuerk", "nguyen", "suilleabhain",
)  # fmt: skip
OTHER_SCRIPTS = (
    "小明", "王", "王小明", "欧阳", "佐藤", "花子", "さくら", "김서연", "서연", "Иванова", "анна", "ФЁКЛА", "فاطمة",
    "ελενη", "नेहा", "くら",
)  # fmt: skip
SOUNDS_ALIKE = ("smyth", "jonson", "rodrigez", "kowalski", "clarke", "philips", "katherine", "fitsgerald", "macarthy")
NONSENSE = ("zzzzqq", "qxj", "asdfghjkl", "999999999999", "1", "xyzzy plugh", "0")
HOSTILE = (
    "' OR 1=1 --", '" OR ""="', "%", "_", "%smith%", "smith*", '"smith"', "smith NEAR jones", "family:smith", "a AND b",
    "NOT a", "(", "\\", "\x00", "smith\x00", "'; DROP TABLE patient; --", "<b>smith</b>", "{}[]^$", "\u202esmith",
    "a" * 200, "smith " * 30, "\U0010ffff", "ﬁ", "İ", "- - -", "٣",
)  # fmt: skip


def questions(seed: int = SEED) -> tuple[Question, ...]:
    """The same for every store of the same seed that holds at least a thousand patients."""
    people = _People(seed)
    asked = [
        *_each("prefix of 1", 10, lambda: people.key()[:1]),
        *_each("prefix of 2", 10, lambda: people.key()[:2]),
        *_each("prefix of 3", 10, lambda: people.key()[:3]),
        *_each("prefix of 4", 8, lambda: people.key()[:4]),
        *_each("prefix of 5", 6, lambda: people.key()[:5]),
        *_each("prefix of 6", 6, lambda: people.key()[:6]),
        *_each("two words", 18, people.two_words),
        *(Question("inside a word", text) for text in INSIDE),
        *(Question("accents", text) for text in ACCENTS),
        *(Question("other scripts", text) for text in OTHER_SCRIPTS),
        *(Question("sounds alike", text) for text in SOUNDS_ALIKE),
        *(Question("phone", text) for text in people.phones()),
        *(Question("birth date", text) for text in people.birth_dates()),
        *(Question("record number", text) for text in ("000001", "1 000", "000 999", "0042", "42", "417")),
        *(Question("serial", text) for text in people.devices("serial", 4)),
        *(Question("lot", text) for text in people.devices("lot", 3)),
        *(Question("week of surgery", text) for text in _weeks()),
        *(Question("mixed", text) for text in people.mixed()),
    ]
    asked += [Question("nonsense", text) for text in NONSENSE]
    asked += [Question("hostile", text) for text in HOSTILE]
    if len(asked) != COUNT:
        raise ValueError(f"{len(asked)} questions instead of {COUNT}")
    return tuple(asked)


def _each(kind: str, count: int, make: Callable[[], str]) -> list[Question]:
    found: dict[str, Question] = {}
    while len(found) < count:
        text = make()
        found[text] = Question(kind, text)
    return list(found.values())


def _weeks() -> tuple[str, ...]:
    monday = TODAY - dt.timedelta(days=TODAY.weekday())
    year, week, _ = monday.isocalendar()
    return (f"{year}-W{week}", f"week {week}", f"W{week + 1}", f"wk {week - 1} {year}", "this week", "next week")


class _People:
    """The first thousand patients, drawn from with dice of their own."""

    def __init__(self, seed: int) -> None:
        rows = next(blocks(BLOCK, seed))
        self._dice = random.Random(f"questions {seed}")
        self._patients, self._devices = rows[TABLES[0]], rows[TABLES[4]]

    def _somebody(self, *known: str) -> dict[str, Any]:
        while True:
            person = self._dice.choice(self._patients)
            if (
                all(person[name] for name in known)
                and person["family_key"].isascii()
                and len(person["family_key"]) >= 6
            ):
                return person

    def key(self) -> str:
        """A family or given name of six letters or more as somebody without accents types it."""
        person = self._somebody("given_name")
        given: str = person["given_key"]
        family: str = person["family_key"]
        return given if len(given) >= 6 and given.isascii() and self._dice.random() < 0.4 else family

    def two_words(self) -> str:
        person = self._somebody("given_name", "former_name")
        family, given, former = person["family_key"], person["given_key"], name_key(person["former_name"])
        return self._dice.choice(
            (
                f"{given} {family}",
                f"{family} {given}",
                f"{family[:3]} {given[:2]}",
                f"{given} {former}",
                f"{person['family_name']}, {person['given_name']}",
                f"{given[:1]} {family[:1]}",
            )
        )

    def phones(self) -> list[str]:
        numbers = [self._somebody("phone")["phone"] for _ in range(6)]
        tails = [digits(self._somebody("mobile_phone")["mobile_phone"])[-length:] for length in (4, 4, 5, 6, 7)]
        return [*numbers, *tails, f"…{tails[0]}"]

    def birth_dates(self) -> list[str]:
        born = [self._somebody()["birth_date"] for _ in range(4)]
        texts = [f"{born[0]:%Y-%m-%d}", f"{born[1]:%d.%m.%Y}", f"{born[2].day} {born[2]:%b %Y}".lower()]
        texts += [f"{born[3]:%B} {born[3].day}, {born[3].year}", f"{born[3]:%d%b%Y}"]
        # Both readings hold for these.
        return [*texts, "3/2/81", "3/2/1981", "02.03.1975", "4-5-68", "1981", "feb 1981", "30/2/1981"]

    def devices(self, column: str, count: int) -> list[str]:
        return self._dice.sample(sorted(device[column] for device in self._devices if device[column]), count)

    def mixed(self) -> list[str]:
        one, two = self._somebody("phone", "given_name"), self._somebody("given_name")
        return [
            f"{one['family_key']} {digits(one['phone'])[-4:]}",
            f"{two['family_key']} {two['birth_date']:%Y-%m-%d}",
            f"{two['given_key']} {two['record_number']}",
        ]
