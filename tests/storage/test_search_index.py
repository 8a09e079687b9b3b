"""What the engine keeps for the search stays whole, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from desktop.storage.backup import copy_store, ordinary_tables, row_counts
from desktop.storage.check import check_store
from desktop.storage.connection import connect
from desktop.storage.database import Database
from desktop.storage.schema import upgrade
from desktop.storage.search_index import drop_search_index, install_search_index, missing_search_index
from desktop.storage.store import open_store
from tests.storage.shelf import KEY


@pytest.fixture
def database(practice: Path) -> Iterator[Database]:
    database = open_store(practice, KEY)
    yield database
    database.close()


def add_words(connection: Connection, *words: str) -> None:
    for word in words:
        connection.execute(text("INSERT INTO name_word (word, sound) VALUES (:word, '')"), {"word": word})


def words_with(connection: Connection, part: str) -> list[str]:
    found = text("SELECT word FROM name_trigram WHERE word LIKE :pattern ORDER BY word")
    return list(connection.execute(found, {"pattern": f"%{part}%"}).scalars())


def test_that_the_inside_of_words_follows_the_words_in_the_same_transaction(database: Database) -> None:
    with database.engine.begin() as connection:
        add_words(connection, "okafor", "rosalind", "王小明")
        assert words_with(connection, "kafo") == ["okafor"]
        assert words_with(connection, "osali") == ["rosalind"]
        connection.execute(text("DELETE FROM name_word WHERE word = 'okafor'"))
        assert words_with(connection, "kafo") == []
    with database.engine.connect() as connection, connection.begin() as taken_back:
        add_words(connection, "haddad")
        taken_back.rollback()
    with database.engine.connect() as connection:
        assert words_with(connection, "addad") == []
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_that_a_part_that_is_missing_is_found_and_put_back_with_what_stands_in_the_store(
    database: Database, practice: Path
) -> None:
    with database.engine.begin() as connection:
        assert missing_search_index(connection) == []
        connection.execute(text("DROP TRIGGER search_word_added"))
        add_words(connection, "okafor")
        assert missing_search_index(connection) == ["search_word_added"]
    (finding,) = [finding for finding in check_store(database, practice) if not finding.ok]
    assert (finding.what, finding.detail) == ("Search", "search_word_added is missing")
    with database.engine.begin() as connection:
        install_search_index(connection)
        assert missing_search_index(connection) == []
        assert words_with(connection, "kafo") == ["okafor"]
        drop_search_index(connection)
        assert len(missing_search_index(connection)) == 4


def test_that_an_upgrade_puts_it_in_place_anew(database: Database) -> None:
    with database.engine.begin() as connection:
        add_words(connection, "okafor")
        drop_search_index(connection)
    upgrade(database)
    with database.engine.connect() as connection:
        assert missing_search_index(connection) == []
        assert words_with(connection, "kafo") == ["okafor"]


def test_that_only_tables_with_rows_of_their_own_are_counted_and_a_backup_finds_inside_words_too(
    database: Database, practice: Path
) -> None:
    with database.engine.begin() as connection:
        add_words(connection, "okafor")
        connection.execute(text("ANALYZE"))  # which makes a table of the engine's own
        names = ordinary_tables(connection.connection.dbapi_connection)
        assert {"patient", "name_word", "search_index"} <= names
        assert not {name for name in names if name.startswith(("name_trigram", "sqlite_"))}
    target = practice / "backups" / "copy.db"
    copy_store(database.path, KEY, target)
    copy = connect(target, KEY)
    try:
        assert row_counts(copy)["name_word"] == 1
        assert copy.execute("SELECT word FROM name_trigram WHERE word LIKE '%kafo%'").fetchall() == [("okafor",)]
    finally:
        copy.close()
