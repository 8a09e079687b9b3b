"""Puts generated patients into a store in bulk: in large transactions, and the indexes after the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Connection, Index, insert, update
from sqlalchemy.orm import Session

from desktop.models.practice import Practice
from desktop.services.search_rebuild import rebuild_search_index
from desktop.storage.database import Database
from desktop.storage.search_index import drop_search_index, install_search_index
from desktop.storage.triggers import drop_triggers, install_triggers
from tests.scale.generator import BLOCK, SEED, TABLES, Rows, blocks

BLOCKS_A_TRANSACTION = 50


def fill_store(database: Database, patients: int, seed: int = SEED) -> None:
    """Put `patients` and what finds them into an encrypted store, which is to have none yet."""
    with _in_a_hurry(database) as connection:
        indexes = [index for table in TABLES for index in table.indexes]
        with connection.begin():
            drop_triggers(connection)
            drop_search_index(connection)
            for index in indexes:
                index.drop(connection)
        waiting = blocks(patients, seed)
        for _ in range(0, patients, BLOCK * BLOCKS_A_TRANSACTION):
            with connection.begin():
                insert_blocks(connection, islice(waiting, BLOCKS_A_TRANSACTION))
        with connection.begin():
            make_indexes(connection, indexes)
            connection.execute(update(Practice).values(next_record_number=patients + 1))
            with Session(connection) as session:
                rebuild_search_index(session)
            install_search_index(connection)
            install_triggers(connection)
            connection.exec_driver_sql("ANALYZE")


def insert_blocks(connection: Connection, parts: Iterable[Rows]) -> None:
    for rows in parts:
        for table, found in rows.items():
            if found:
                connection.execute(insert(table), found)


def make_indexes(connection: Connection, indexes: Iterable[Index]) -> None:
    for index in indexes:
        index.create(connection)


@contextmanager
def _in_a_hurry(database: Database) -> Iterator[Connection]:
    """A connection of its own, which is closed after: nothing is lost when a half-made store is thrown away."""
    with database.engine.connect() as connection:
        connection.detach()
        cursor = connection.connection.cursor()
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -131072", "temp_store = FILE"):
            cursor.execute(f"PRAGMA {pragma}")
        yield connection
