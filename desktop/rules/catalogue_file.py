"""What a file of the catalogue says: read strictly, every fault with its line, and written so that it reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from desktop.models.choices import Choice
from desktop.rules.catalogue import Catalogue
from desktop.rules.catalogue_entry import OWN, Entry, Kind, Note, kind_of, loose_key
from desktop.rules.catalogue_part import LONGEST_TEXT, Fault, File, Part, UnreadableCatalogue
from desktop.rules.reading import clean_line
from desktop.rules.style_code import read_inspira
from desktop.rules.toml_lines import BadLine, read_toml

VOLUME_ML, DIMENSION_MM, _SHEET_MM, _THICKNESS_MM = (10, 2000), (1, 999), (1, 999), (0, 20)
"""What can be meant at all. Source of the volume: clinical reference §2.2; of the others: our own choice [P]."""
_NUMBERS: Final = {
    "volume_ml": VOLUME_ML,
    "fill_least_ml": VOLUME_ML,
    "fill_most_ml": VOLUME_ML,
    "diameter_mm": DIMENSION_MM,
    "width_mm": DIMENSION_MM,
    "height_mm": DIMENSION_MM,
    "projection_mm": DIMENSION_MM,
}
_SHEET: Final = {"length_mm": _SHEET_MM, "width_mm": _SHEET_MM, "thickness_mm": _THICKNESS_MM}

DEVICE_FIELDS: Final = (
    "manufacturer", "line", "style", "catalogue_no", "device_class", "volume_ml", "fill", "fill_least_ml",
    "fill_most_ml", "gel", "shape", "surface", "surface_edition", "surface_name", "profile", "profile_name",
    "diameter_mm", "width_mm", "height_mm", "projection_mm", "port",
)  # fmt: skip
MATRIX_FIELDS: Final = ("manufacturer", "product", "catalogue_no", "kind", "length_mm", "width_mm", "thickness_mm")
"""What the file may say of a device and of a matrix or mesh, by the names of their columns."""


def decode_catalogue(file: bytes) -> str:
    """The text of a file; `UnreadableCatalogue` with the line of the first byte that is no text."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        message = "This is no text as UTF-8 writes it: save the file as UTF-8, and choose a text file."
        raise UnreadableCatalogue([Fault(line, message)]) from None


def parse_catalogue(text: str) -> Catalogue:
    """One edition of the catalogue; `UnreadableCatalogue` for anything that is not understood whole.

    Volumes in mL (10–2,000), dimensions in mm. Sources: clinical reference §2.1, §2.2, §2.3, §2.7, §3.2.
    """
    try:
        top, lines = read_toml(text)
    except BadLine as error:
        raise UnreadableCatalogue([Fault(error.line, str(error))]) from None
    file = File(lines, {})
    edition = Part(file, (), top)
    sources = edition.table("sources")
    file.sources = {key: sources.words(key, longest=LONGEST_TEXT) for key in sources.values}
    makers = list(_makers(edition))
    known = _names_of_makers(makers)
    read = [
        *makers,
        *(pair for part in edition.parts("devices") for pair in _devices(part, known)),
        *((part, _matrix(part, known)) for part in edition.parts("matrices")),
        *((part, _surface(part, known)) for part in edition.parts("surfaces")),
    ]
    notes = tuple(_note(part, known) for part in edition.parts("notes"))
    catalogue = Catalogue(
        name=edition.words("name"),
        as_of=edition.day("as_of"),
        sources=MappingProxyType(file.sources),
        entries=tuple(entry for _part, entry in read),
        notes=notes,
    )
    edition.done()
    sources.done()
    _refuse_doubles(read)
    if not makers:
        edition.complain("", "there is no [[makers]]: a catalogue begins with the makers and their other names")
    if file.faults:
        raise UnreadableCatalogue(file.faults)
    return catalogue


def write_entries(entries: Iterable[Entry], edition: Catalogue) -> str:
    """What is to stand behind the text of an edition, so that it holds these entries too, with makers it lacks."""
    entries = tuple(entries)
    makers = {loose_key(name): name for entry in entries if (name := entry.facts.get("manufacturer"))}
    unknown = [name for name in makers.values() if edition.maker(name) is None]
    added = [f'\n[[makers]]\nname = {_as_toml(name)}\nmark = "{OWN}"\n' for name in unknown]
    return "".join((*added, *(_written(entry) for entry in entries)))


def _makers(edition: Part) -> Iterator[tuple[Part, Entry]]:
    for part in edition.parts("makers"):
        facts = MappingProxyType({"manufacturer": part.words("name")})
        yield part, part.entry(Kind.MAKER, facts, also=part.list_of_words("aliases"))


def _names_of_makers(makers: list[tuple[Part, Entry]]) -> Mapping[str, str]:
    """The maker of each of its names; two makers cannot share one."""
    known: dict[str, str] = {}
    lines: dict[str, int] = {}
    for part, entry in makers:
        names = [("name", entry.facts["manufacturer"]), *(("aliases", name) for name in entry.also)]
        for key, name in names:
            spelled = loose_key(name)
            if spelled in known:
                before = f"“{name}” stands on line {lines[spelled]} already"
                part.complain(key, f"{before}: give each name to one maker, and only once")
            elif spelled:
                known[spelled], lines[spelled] = entry.facts["manufacturer"], part.line(key)
    return known


def _devices(part: Part, makers: Mapping[str, str]) -> Iterator[tuple[Part, Entry]]:
    """One entry, or one for each of its `styles`, which share everything else."""
    facts = part.facts(DEVICE_FIELDS, makers, _NUMBERS)
    letters_tell = part.one_of("letters", ("", "inspira")) == "inspira"
    styles = part.list_of_words("styles")
    part.needs("manufacturer", facts)
    if styles and "style" in facts:
        part.complain("style", "write either style or styles")
    if not styles and not {"line", "style", "catalogue_no"} & set(facts):
        part.complain("", "a device needs a line, a style or a catalogue_no beside its manufacturer")
    if "surface" in facts and "surface_edition" not in facts:
        part.complain("surface", "a class of surface needs surface_edition, by which the maker states it")
    if facts.get("fill_least_ml", 0) > facts.get("fill_most_ml", VOLUME_ML[1]):
        part.complain("fill_most_ml", "the most it may be filled with is below the least")
    also, note = part.list_of_words("aliases"), part.words("note", needed=False, longest=LONGEST_TEXT)
    for style in styles or (facts.get("style"),):
        told = dict(facts) | ({"style": style} if style else {})
        if letters_tell and style:
            told = {**read_inspira(style), **told}
        yield part, part.entry(kind_of(told), MappingProxyType(told), also=also, note=note, letters_tell=letters_tell)


def _matrix(part: Part, makers: Mapping[str, str]) -> Entry:
    facts = part.facts(MATRIX_FIELDS, makers, _SHEET)
    part.needs("product", facts)
    part.needs("kind", facts)
    also, note = part.list_of_words("aliases"), part.words("note", needed=False, longest=LONGEST_TEXT)
    return part.entry(Kind.MATRIX, MappingProxyType(facts), also=also, note=note)


def _surface(part: Part, makers: Mapping[str, str]) -> Entry:
    facts = part.facts(("manufacturer",), makers, {}, identified=False) | {"surface_name": part.words("name")}
    return part.entry(
        Kind.SURFACE,
        MappingProxyType(facts),
        also=part.list_of_words("aliases"),
        note=part.words("note", needed=False, longest=LONGEST_TEXT),
    )


def _note(part: Part, makers: Mapping[str, str]) -> Note:
    about = part.maker("about", makers)
    entry = part.entry(Kind.MAKER, MappingProxyType({}), note=part.words("text", longest=LONGEST_TEXT))
    return Note(about, entry.note, entry.mark, entry.sources)


def _refuse_doubles(read: list[tuple[Part, Entry]]) -> None:
    first: dict[tuple[str, ...], int] = {}
    numbers: dict[str, int] = {}
    for part, entry in read:
        if (before := first.setdefault(entry.identity, part.line(""))) != part.line(""):
            part.complain("", f"“{entry.title}” stands on line {before} already, with nothing that tells them apart")
        number = entry.facts.get("udi_di")
        if number and (before := numbers.setdefault(number, part.line("udi_di"))) != part.line("udi_di"):
            part.complain("udi_di", f"{number} is the product number of line {before} already")


def _written(entry: Entry) -> str:
    table = "matrices" if entry.kind is Kind.MATRIX else "devices"
    lines = [f"{name} = {_as_toml(fact)}" for name, fact in entry.facts.items()]
    lines += [f"note = {_as_toml(entry.note)}"] if entry.note else []
    return "\n".join((f"\n[[{table}]]", *lines, f'mark = "{entry.mark}"', ""))


def _as_toml(fact: Any) -> str:
    if isinstance(fact, str):
        return json.dumps(clean_line(str(fact.value if isinstance(fact, Choice) else fact)), ensure_ascii=False)
    return str(fact)
