"""What the catalogue knows about makers and their products, and how an entry of it is found: exactly, never nearly."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

from desktop.rules.catalogue_entry import OWN, Entry, Kind, Note, loose_key, spoken_words
from desktop.rules.device_identifier import identifier_key
from desktop.rules.search_key import name_key
from desktop.rules.style_code import read_inspira, style_key, without_size

MOST_SUGGESTED: Final = 12
_ORDER: Final = {kind: at for at, kind in enumerate(Kind)}

PICKED: Final = frozenset(Kind) - {Kind.SURFACE}
"""What somebody can pick; a surface is only a name to be suggested."""


@dataclass(frozen=True)
class Catalogue:
    """One edition. `as_of` is the day whose knowledge it holds."""

    name: str
    as_of: dt.date
    sources: Mapping[str, str]
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...] = ()

    def with_own(self, own: Iterable[Entry]) -> Catalogue:
        """The practice's own products first; where both know a product, the practice's word stands."""
        own = tuple(own)
        known = {self.identity(entry) for entry in own}
        return replace(self, entries=own + tuple(entry for entry in self.entries if self.identity(entry) not in known))

    def identity(self, entry: Entry) -> tuple[str, ...]:
        """What the entry is about, whichever of its maker's names it uses."""
        maker, *others = entry.identity
        return (loose_key(self._makers.get(maker, maker)), *others)

    def maker(self, name: str) -> str | None:
        """The maker's name for any spelling of it or of one of its former names; never for a similar one."""
        return self._makers.get(loose_key(name))

    def by_identifier(self, device_identifier: str) -> Entry | None:
        """The product of a GTIN (any length), of a HIBCC labeler and product code, or of an ISBT 128 identifier."""
        return self._identifiers.get(identifier_key(device_identifier))

    def by_style(self, maker: str, style: str) -> Entry | None:
        """The style as one whole token, a size behind it or not; `10` is never found in `110`."""
        known = self.maker(maker)
        for key in (style_key(style), without_size(style)):
            if entry := self._styles.get((known or loose_key(maker), key)):
                return entry
        read = (_read_style(line, style) for line in self._telling if line.facts["manufacturer"] == known)
        return next(filter(None, read), None)

    def suggest(self, text: str, kinds: frozenset[Kind] = PICKED, most: int = MOST_SUGGESTED) -> tuple[Entry, ...]:
        """The entries of which each typed word begins a word: those with whole words first, then the shortest title.

        A size behind a style (“TCF-400”) is looked away from where nothing is found with it, and fills nothing.
        """
        typed = spoken_words(text)
        if (product := self.by_identifier(text)) is not None:
            return (product,)
        found = self._found(typed) or self._found(spoken_words(without_size(text))) or tuple(self._read_codes(text))
        wanted = [entry for entry in found if entry.kind in kinds]
        return tuple(sorted(wanted, key=lambda entry: _rank(entry, typed, text))[:most])

    def notes_about(self, maker: str) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.about == maker)

    @cached_property
    def _makers(self) -> Mapping[str, str]:
        makers = [entry for entry in self.entries if entry.kind is Kind.MAKER]
        own = {entry.facts["manufacturer"] for entry in self.entries if entry.mark == OWN} - {None}
        known = {loose_key(name): entry.facts["manufacturer"] for entry in makers for name in _all_names(entry)}
        return {loose_key(name): name for name in own} | known

    @cached_property
    def _identifiers(self) -> Mapping[str, Entry]:
        return {identifier_key(e.facts["udi_di"]): e for e in reversed(self.entries) if e.facts.get("udi_di")}

    @cached_property
    def _styles(self) -> Mapping[tuple[str, str], Entry]:
        """The entries of a style alone before the products of that style."""
        found: dict[tuple[str, str], Entry] = {}
        for entry in sorted(self.entries, key=lambda entry: entry.kind is Kind.PRODUCT):
            maker = str(entry.facts.get("manufacturer") or "")
            for name in (entry.facts.get("style"), entry.facts.get("catalogue_no")):
                if name and entry.kind in (Kind.STYLE, Kind.PRODUCT):
                    found.setdefault((self.maker(maker) or loose_key(maker), style_key(name)), entry)
        return found

    @cached_property
    def _telling(self) -> tuple[Entry, ...]:
        """The lines of which the letters of a style tell more."""
        return tuple(entry for entry in self.entries if entry.letters_tell and entry.kind is Kind.LINE)

    @cached_property
    def _index(self) -> list[tuple[str, int]]:
        return sorted((word, at) for at, entry in enumerate(self.entries) for word in self._words_of(entry))

    def _words_of(self, entry: Entry) -> Iterable[str]:
        """A product is found under every name of its maker."""
        maker = self._maker_words.get(loose_key(str(entry.facts.get("manufacturer") or "")), frozenset())
        return entry.words | maker

    @cached_property
    def _maker_words(self) -> Mapping[str, frozenset[str]]:
        makers = (entry for entry in self.entries if entry.kind is Kind.MAKER)
        return {loose_key(entry.facts["manufacturer"]): entry.words for entry in makers}

    def _found(self, typed: tuple[str, ...]) -> tuple[Entry, ...]:
        if not typed:
            return ()
        meeting: set[int] = set.intersection(*map(self._beginning, typed))
        return tuple(self.entries[at] for at in sorted(meeting))

    def _beginning(self, word: str) -> set[int]:
        start, end = (bisect_left(self._index, (end, -1)) for end in (word, word + chr(0x10FFFF)))
        return {at for _word, at in self._index[start:end]}

    def _read_codes(self, text: str) -> Iterator[Entry]:
        """Styles that stand in no list and whose letters tell what they are."""
        words = without_size(text).split()
        for line in self._telling:
            around = self._words_of(line)
            for at, code in enumerate(words):
                others = [key for word in words[:at] + words[at + 1 :] for key in spoken_words(word)]
                if read_inspira(code) and all(any(word.startswith(other) for word in around) for other in others):
                    yield from filter(None, (_read_style(line, code),))


def _all_names(maker: Entry) -> tuple[str, ...]:
    return (maker.facts["manufacturer"], *maker.also)


def _read_style(line: Entry, style: str) -> Entry | None:
    """An entry for a style of the line that its letters describe; None when they describe nothing."""
    facts = read_inspira(style)
    told = {**line.facts, "style": without_size(style), **facts}
    return replace(line, kind=Kind.STYLE, facts=MappingProxyType(told), letters_tell=False) if facts else None


def _rank(entry: Entry, typed: tuple[str, ...], text: str) -> tuple[int, ...]:
    """First those found by whole words, then by a name, then makers, lines and styles, then the most closely named.

    The signs that no key holds decide last: “HSC+” is not “HSC”.
    """
    title = name_key(" ".join((entry.title, *entry.also))).split()
    elsewhere = sum(not any(name.startswith(word) for name in title) for word in typed)
    beginnings = sum(word not in entry.words for word in typed)
    untyped = sum(word not in typed for word in title)
    spelled = sum(word not in entry.spelled for word in text.casefold().split())
    return beginnings, elsewhere, _ORDER[entry.kind], untyped, spelled
