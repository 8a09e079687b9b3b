"""How one table of a catalogue file is read: every fault is collected with its line, and nothing is passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from desktop.models.choices import (
    Choice,
    DeviceClass,
    Fill,
    MatrixKind,
    Port,
    Profile,
    Shape,
    Surface,
    SurfaceEdition,
)
from desktop.rules.catalogue_entry import OWN, Entry, Kind, loose_key
from desktop.rules.device_identifier import read_identifier
from desktop.rules.reading import Unreadable, clean_line
from desktop.rules.toml_lines import Place

MARKS: Final = ("V", "K", "U", OWN)
LONGEST_WORDS, LONGEST_TEXT = 200, 600
CHOICES: Final[Mapping[str, type[Choice]]] = {
    "device_class": DeviceClass,
    "fill": Fill,
    "shape": Shape,
    "surface": Surface,
    "surface_edition": SurfaceEdition,
    "profile": Profile,
    "port": Port,
    "kind": MatrixKind,
}


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, counted from 1, and what to write instead."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


class UnreadableCatalogue(Unreadable):
    """The file cannot be followed; `faults` names every line that is wrong, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(" ".join(map(str, self.faults)))


@dataclass
class File:
    """A file while it is read: where its tables and keys stand, the sources it names, and what is wrong with it."""

    lines: Mapping[Place, int]
    sources: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Part:
    """One table of the file; what is wrong with it is collected, so that all of it can be told at once."""

    file: File
    place: Place
    values: Mapping[str, Any]
    _asked: set[str] = field(default_factory=set)

    def line(self, key: str) -> int:
        own = self.file.lines.get(self.place, 1)
        return self.file.lines.get((*self.place, key), own)

    def complain(self, key: str, what: str) -> None:
        self.file.faults.append(Fault(self.line(key), f"{what}."))

    def words(self, key: str, needed: bool = True, longest: int = LONGEST_WORDS) -> str:
        value = self._get(key)
        if value is None:
            if needed:
                self.complain(key, f"{key} is missing: write {key} = and some words in quotation marks")
            return ""
        if not isinstance(value, str) or not clean_line(value):
            self.complain(key, f"{key} must be some words in quotation marks")
            return ""
        return self._short(key, clean_line(value), longest)

    def list_of_words(self, key: str) -> tuple[str, ...]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and clean_line(each) for each in value):
            self.complain(key, f'{key} must be a list of words, such as ["one", "two"]')
            return ()
        return tuple(self._short(key, clean_line(each)) for each in value)

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        value = self._get(key, known[0])
        if value not in known:
            self.complain(key, f"{key} must be {' or '.join(filter(None, known))}")
            return known[0]
        return str(value)

    def day(self, key: str) -> dt.date:
        value = self._get(key)
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self.complain(key, f"{key} must be the day of this edition without quotation marks, such as 2026-11-23")
            return dt.date.min
        return value

    def maker(self, key: str, makers: Mapping[str, str]) -> str:
        name = self.words(key)
        if name and loose_key(name) not in makers:
            self.complain(key, f"“{name}” is no maker of this file: correct it, or add it under [[makers]]")
        return makers.get(loose_key(name), name)

    def facts(
        self,
        names: tuple[str, ...],
        makers: Mapping[str, str],
        ranges: Mapping[str, tuple[int, int]],
        identified: bool = True,
    ) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for name in names:
            if name not in self.values:
                continue
            if name == "manufacturer":
                facts[name] = self.maker(name, makers)
            elif name in CHOICES:
                facts[name] = self._choice(name, CHOICES[name])
            elif name in ranges:
                facts[name] = self._number(name, ranges[name])
            else:
                facts[name] = self.words(name)
        if identified and "udi_di" in self.values:
            facts["udi_di"] = self._identifier()
        return {name: fact for name, fact in facts.items() if fact not in (None, "")}

    def needs(self, key: str, facts: Mapping[str, Any]) -> None:
        if key not in facts and key not in self.values:
            self.complain("", f"{key} is missing")

    def entry(self, kind: Kind, facts: Mapping[str, Any], **more: Any) -> Entry:
        mark, sources = self._get("mark"), self.list_of_words("sources")
        if mark not in MARKS:
            self.complain("mark", f"mark must be {', '.join(MARKS[:-1])} or {MARKS[-1]}: how sure this is")
        if mark == "V" and not sources:
            self.complain("mark", "what is marked V needs sources, where it was read")
        for source in sources:
            if source not in self.file.sources:
                self.complain("sources", f"“{source}” is not described under [sources]")
        self.done()
        return Entry(kind, facts, str(mark), sources, **more)

    def done(self) -> None:
        """Nothing may stand there that nobody reads: a misspelled key would be lost in silence."""
        for key in self.values:
            if key not in self._asked:
                self._asked.add(key)
                self.complain(key, f"“{key}” is not known here: correct it or take it out")

    def table(self, key: str) -> Part:
        value = self._get(key, {})
        if not isinstance(value, dict):
            self.complain(key, f"{key} must be a table, written [{key}]")
            value = {}
        return Part(self.file, (*self.place, key), value)

    def parts(self, key: str) -> list[Part]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.complain(key, f"{key} must be written as [[{key}]], once for each")
            return []
        inside = [(*self.place, key, at) for at in range(len(value))]
        own = {place: self.file.lines.get(place, self.line(key)) for place in inside}
        self.file.lines = {**own, **self.file.lines}
        return [Part(self.file, place, each) for place, each in zip(inside, value, strict=True)]

    def _get(self, key: str, otherwise: Any = None) -> Any:
        self._asked.add(key)
        return self.values.get(key, otherwise)

    def _short(self, key: str, text: str, longest: int = LONGEST_WORDS) -> str:
        if len(text) > longest:
            self.complain(key, f"{key} holds at most {longest} characters; this has {len(text)}")
        return text

    def _choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """`unknown` is a legal answer: nobody knows, so nothing is filled in."""
        code = self._get(key)
        if code == "unknown":
            return None
        found = next((choice for choice in choices if choice.value == code), None)
        if found is None:
            codes = ", ".join(choice.value for choice in choices)
            self.complain(key, f"{key} {_shown(code)} is not known: write one of {codes}, unknown")
        return found

    def _number(self, key: str, span: tuple[int, int]) -> int | Decimal | None:
        value = self._get(key)
        low, high = span
        whole = key != "thickness_mm"
        kinds = int if whole else int | float
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            noun = "a whole number" if whole else "a number"
            self.complain(key, f"{key} must be {noun} from {low:,} to {high:,}, without quotation marks and unit")
            return None
        return value if whole and isinstance(value, int) else Decimal(str(value))

    def _identifier(self) -> str:
        text = self.words("udi_di")
        try:
            return read_identifier(text) if text else ""
        except Unreadable as error:
            self.complain("udi_di", str(error).removesuffix("."))
            return ""


def _shown(code: Any) -> str:
    return f"“{code[:40]}”" if isinstance(code, str) else "is not in quotation marks and"
