"""The parts of the search index that each engine has in its own way: put in place anew after every upgrade.

What stands in them is kept by the engine itself, in the transaction that changes the rows they are about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, inspect, text

from desktop.storage.backup import ordinary_tables

PREFIX: Final = "search_"
"""Every index and trigger made here begins so; the models know nothing of them."""

_ABOUT = ("name_word", "patient")
_TRIGRAMS = "name_trigram"
_LISTED = (
    "family_key, given_key, id, family_name, given_name, former_name, birth_date, record_number, phone, mobile_phone, "
    "merged_into_id"
)

# The words are kept in their own table only; here stand their trigrams, which point to it.
_SQLITE: Final = {
    _TRIGRAMS: f"CREATE VIRTUAL TABLE {_TRIGRAMS} USING fts5(word, content='name_word', content_rowid='id', "
    "tokenize='trigram', detail=none, columnsize=0)",
    "search_word_added": "CREATE TRIGGER search_word_added AFTER INSERT ON name_word BEGIN "
    f"INSERT INTO {_TRIGRAMS} (rowid, word) VALUES (NEW.id, NEW.word); END",
    "search_word_removed": "CREATE TRIGGER search_word_removed AFTER DELETE ON name_word BEGIN "
    f"INSERT INTO {_TRIGRAMS} ({_TRIGRAMS}, rowid, word) VALUES ('delete', OLD.id, OLD.word); END",
    # All that a line of the list shows, so that a page of it is read from the index alone.
    "search_patients_listed": f"CREATE INDEX search_patients_listed ON patient ({_LISTED})",
}
_POSTGRESQL: Final = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS search_inside_words ON name_word USING gin (word gin_trgm_ops)",
    f"CREATE OR REPLACE VIEW {_TRIGRAMS} AS SELECT word FROM name_word",
    "CREATE INDEX IF NOT EXISTS search_patients_listed ON patient (family_key, given_key, id)",
)


def install_search_index(connection: Connection) -> None:
    """For the tables as they are now; the words that stand there are taken in."""
    if not set(_ABOUT) <= set(inspect(connection).get_table_names()):
        return
    if connection.dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            connection.execute(text(statement))
        return
    drop_search_index(connection)
    for statement in _SQLITE.values():
        connection.execute(text(statement))
    connection.execute(text(f"INSERT INTO {_TRIGRAMS} ({_TRIGRAMS}) VALUES ('rebuild')"))


def drop_search_index(connection: Connection) -> None:
    """Out of the way of a migration, which may have to make the tables anew that it is about."""
    for name, kind in _present(connection).items():
        connection.execute(text(f"DROP {kind.upper()} {name}"))


def missing_search_index(connection: Connection) -> list[str]:
    """The parts that are not there."""
    return sorted(_SQLITE.keys() - _present(connection))


def compared_with_models(connection: Connection) -> Callable[[str | None, str, object], bool]:
    """For Alembic: whether the models know of a table or index at all, or the engine has it for the search alone."""
    tables = ordinary_tables(connection.connection.dbapi_connection)

    def is_compared(name: str | None, kind: str, _parents: object) -> bool:
        if kind == "index":
            return not (name or "").startswith(PREFIX)
        return kind != "table" or name in tables

    return is_compared


def _present(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, type FROM sqlite_master ORDER BY type DESC"))  # triggers first
    return {
        name: kind
        for name, kind in rows
        if name == _TRIGRAMS or (kind in ("index", "trigger") and name.startswith(PREFIX))
    }
