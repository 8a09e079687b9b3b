"""What the settings show of each entry of the catalogue: its name, what is known of it, how sure, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.rules.catalogue_entry import OWN, Entry, Kind
from desktop.services.catalogue import CataloguePage, read_catalogue_page
from desktop.ui.kit.tables import Column

ALL = 100_000
"""More entries than any list has: they are shown as one page."""

_SURE = {"V": "Read in a source", "K": "Well known", "U": "Uncertain", OWN: "Your own"}


@dataclass(frozen=True)
class Row:
    """An entry with what is said about it, ready to be shown."""

    entry: Entry
    is_retired: bool
    about: str


def _known(row: Row) -> str:
    is_maker = row.entry.kind is Kind.MAKER and row.entry.also
    return f"also {', '.join(row.entry.also)}" if is_maker else row.entry.detail


COLUMNS = (
    Column("Name", lambda row: row.entry.title),
    Column("What", lambda row: row.entry.kind.value, 130),
    Column("Known", _known, 360),
    Column("How sure", lambda row: "Offered no more" if row.is_retired else _SURE[row.entry.mark], 140),
)


def fetch_rows(session: Any, text: str, after: Row | None) -> Sequence[Row]:
    if after is not None:
        return ()
    page = read_catalogue_page(session)
    if text.strip():
        found = page.catalogue.suggest(text, frozenset(Kind), ALL)
        return [_row(page, entry) for entry in found]
    return [_row(page, entry) for entry in page.catalogue.entries] + [_row(page, each, True) for each in page.retired]


def _row(page: CataloguePage, entry: Entry, is_retired: bool = False) -> Row:
    about = [entry.note]
    sources = dict.fromkeys(entry.sources)
    if entry.also and entry.kind is not Kind.MAKER:
        about.insert(0, f"Also {', '.join(entry.also)}.")
    if entry.kind is Kind.MAKER:
        notes = page.catalogue.notes_about(entry.facts["manufacturer"])
        about += [f"{note.text} ({', '.join((_SURE[note.mark].lower(), *note.sources))})" for note in notes]
        sources |= dict.fromkeys(source for note in notes for source in note.sources)
    about += [f"Source {key}: {page.catalogue.sources[key]}" for key in sources]
    return Row(entry, is_retired, "\n".join(filter(None, about)))
