"""One entry of the catalogue of devices: what it is about, what is known of it, and how sure that is."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from desktop.models.choices import Choice, DeviceClass
from desktop.rules.reading import clean_line
from desktop.rules.search_key import name_key
from desktop.rules.style_code import style_key

OWN: Final = "own"
"""The mark of what the practice itself entered."""

_NAMES: Final = ("manufacturer", "line", "product", "style", "catalogue_no")
_DETAILS: Final = ("kind", "device_class", "volume_ml", "profile_name", "gel", "fill", "shape", "surface_name")
_SIGNS: Final = str.maketrans(dict.fromkeys("®™©", " "))


class Kind(enum.Enum):
    """What an entry is about; the value is the word for it."""

    MAKER = "Maker"
    LINE = "Line"
    STYLE = "Style"
    PRODUCT = "Product"
    MATRIX = "Matrix or mesh"
    SURFACE = "Surface"


@dataclass(frozen=True)
class Note:
    """What is said about a maker for information; it may be out of date."""

    about: str
    text: str
    mark: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """`facts` are answers by the field names of a device or of a matrix; what nobody knows is not among them.

    `mark` is how sure the fact is (V read in a source, K well known, U uncertain, own), `sources` are its keys.
    """

    kind: Kind
    facts: Mapping[str, Any]
    mark: str
    sources: tuple[str, ...] = ()
    note: str = ""
    also: tuple[str, ...] = ()
    letters_tell: bool = False
    product_id: int | None = None

    @property
    def title(self) -> str:
        names = {name: str(self.facts[name]) for name in _NAMES if self.facts.get(name)}
        style = names.get("style", "")
        if style and names.get("catalogue_no", "").startswith(f"{style}-"):
            del names["style"]  # 10-180 is of style 10
        if style and names.get("line", "").endswith(f" {style.partition(' ')[0]}"):
            names["line"] = names["line"].rpartition(" ")[0]  # 410 FM is of line Natrelle 410
        named = [*names.values(), str(self.facts["surface_name"])] if self.kind is Kind.SURFACE else names.values()
        return " ".join(named)

    @property
    def detail(self) -> str:
        """What is known of it, in words."""
        if self.kind is Kind.SURFACE:
            return ""
        told = [name for name in _DETAILS if name in self.facts and self.facts[name] is not DeviceClass.IMPLANT]
        return " · ".join(_in_words(name, self.facts[name]) for name in told)

    @property
    def identity(self) -> tuple[str, ...]:
        """Two entries with the same one are about the same thing; the maker stands first, by its loose key."""
        told = (*_NAMES[1:], "profile_name", "surface_name", "gel", "volume_ml")
        maker = loose_key(str(self.facts.get("manufacturer", "")))
        return (maker, self.kind.value, *(clean_line(str(self.facts.get(name, ""))).casefold() for name in told))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words under which it is found."""
        names = [show_fact(name, fact) for name, fact in self.facts.items() if name in (*_NAMES, *_DETAILS)]
        return frozenset(word for text in (*names, *self.also) for word in _words(text))

    @cached_property
    def spelled(self) -> frozenset[str]:
        """Its words as they are written, capitals aside."""
        texts = (str(fact) for fact in self.facts.values())
        return frozenset(word for text in texts for word in text.casefold().split())


def facts_of(entry: Entry) -> Mapping[str, Any]:
    """What picking the entry tells, by the field names of the device or the matrix.

    Its product number is not among it: that is read from the label of the one device in hand.
    """
    return MappingProxyType({name: fact for name, fact in entry.facts.items() if name != "udi_di"})


def kind_of(facts: Mapping[str, Any]) -> Kind:
    """What an entry about a device is about, told from the most exact of its facts."""
    if {"catalogue_no", "udi_di", "volume_ml"} & set(facts):
        return Kind.PRODUCT
    return Kind.STYLE if "style" in facts else Kind.LINE


def show_fact(field: str, fact: Any) -> str:
    """A fact in words: `300 mL`, `Silicone gel`."""
    if isinstance(fact, Choice):
        return fact.label
    unit = "mL" if field.endswith("_ml") else "mm" if field.endswith("_mm") else ""
    return f"{fact:,} {unit}" if unit else str(fact)


def loose_key(name: str) -> str:
    """A name without case, accents, blanks, punctuation and ® ™: “McGhan” is “MC GHAN”."""
    return name_key(name.translate(_SIGNS)).replace(" ", "")


def _in_words(field: str, fact: Any) -> str:
    """Alone, “High” would not say what is high."""
    words = show_fact(field, fact)
    if field == "profile_name" and "profile" not in words.casefold():
        return f"{words} profile"
    return words if field in ("profile_name", "gel", "surface_name") else words[:1].lower() + words[1:]


def spoken_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are looked for."""
    return tuple(key for word in text.translate(_SIGNS).split() for key in name_key(word).split())


def _words(text: str) -> Iterator[str]:
    """`410 FM` is found under 410, FM and 410FM; `10-180` under 10, 180 and 10180."""
    plain = text.translate(_SIGNS)
    for spelled in (plain, plain.replace("-", " "), style_key(plain)):
        yield from name_key(spelled).split()
