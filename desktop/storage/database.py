"""Opens the encrypted store and hands out one session per unit of work."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.schema import Table

from desktop.errors import RecordChanged, UserError
from desktop.storage.audit_chain import derive_chain_key
from desktop.storage.audit_store import chain_new_entries
from desktop.storage.clock import Clock, utc_now
from desktop.storage.connection import connect, refuse_unfit_file, sqlcipher
from desktop.storage.faults import faults_told
from desktop.storage.key_slots import VaultSlots
from desktop.storage.location import refuse_unsafe_location
from desktop.storage.signed_guard import refuse_changes_to_signed

_INSTRUCTIONS_BETWEEN_LOOKS = 10_000
"""Of the engine: a fraction of a millisecond."""


class Database:
    def __init__(
        self, path: Path, key: bytes, *, clock: Clock = utc_now, create: bool = False, patience_ms: int = 5_000
    ) -> None:
        """Open the store at `path`, or say in a sentence why not; only `create` makes one that is not there."""
        refuse_unsafe_location(path.resolve())
        if not create:
            refuse_unfit_file(path, key)
        self.path = path
        self.clock = clock
        self.chain_key = derive_chain_key(key)
        self.key_slots = VaultSlots(path.parent, key)
        self.engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(path)),
            module=sqlcipher,
            creator=partial(connect, path, key, create=create, patience_ms=patience_ms),
            poolclass=QueuePool,
            pool_size=2,  # one for each lane of the background; each keeps its cache of pages
            max_overflow=14,
            pool_use_lifo=True,
            hide_parameters=True,
        )
        event.listen(self.engine, "begin", _begin)
        self._reading = self.engine.execution_options(writing=False)
        self._sessions = sessionmaker(expire_on_commit=False)
        event.listen(self._sessions, "before_flush", _refuse_writing_while_reading)
        event.listen(self._sessions, "before_flush", refuse_changes_to_signed)
        event.listen(self._sessions, "before_flush", chain_new_entries)
        event.listen(self._sessions, "after_flush", _remember_flushed_tables)
        event.listen(self._sessions, "do_orm_execute", _remember_written_table)
        try:
            with faults_told(), self.engine.begin():
                pass  # a store that is damaged, locked or read-only says so now, not at the first save
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def unit_of_work(self, actor: object = None, writing: bool = True) -> Iterator[Session]:
        """Commit when the block succeeds, roll back when it raises.

        With `writing` the first statement takes the right to write, so that what the block reads is still true when
        it writes; without, the block sees one moment of the store and waits for nobody.
        """
        info = {
            "actor": actor,
            "now": self.clock,
            "chain_key": self.chain_key,
            "key_slots": self.key_slots,
            "writing": writing,
        }
        bind = self.engine if writing else self._reading
        try:
            with faults_told(), self._sessions(bind=bind, info=info) as session, session.begin():
                yield session
        except StaleDataError as stale:
            raise RecordChanged from stale

    def close(self) -> None:
        # A disk that is full or gone must not keep the program open.
        with contextlib.suppress(sqlcipher.Error, SQLAlchemyError, UserError):
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA optimize")
            finally:
                connection.close()
        self.engine.dispose()


@contextmanager
def breakable(session: Session) -> Iterator[Callable[[], None]]:
    """Gives what breaks off, from any thread, the statement that runs for this session; a later one ends as it begins.

    The engine forgets an interruption that comes between two statements, so it is asked to look at ours as well.
    """
    driver: Any = session.connection().connection.dbapi_connection
    if not hasattr(driver, "interrupt"):
        yield driver.cancel
        return
    is_broken = threading.Event()

    def break_off() -> None:
        is_broken.set()
        driver.interrupt()

    driver.set_progress_handler(is_broken.is_set, _INSTRUCTIONS_BETWEEN_LOOKS)
    try:
        yield break_off
    finally:
        driver.set_progress_handler(None, 0)


def changed_tables(session: Session) -> frozenset[str]:
    """The names of the tables this session wrote to, also after its unit of work has ended."""
    return frozenset(session.info.get("changed_tables", ()))


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _refuse_writing_while_reading(session: Session, _context: object, _instances: object) -> None:
    if not session.info["writing"] and (session.new or session.deleted or any(map(session.is_modified, session.dirty))):
        raise RuntimeError("a unit of work that was begun for reading has something to write")


def _remember_flushed_tables(session: Session, _context: object) -> None:
    touched = {*session.new, *session.deleted, *filter(session.is_modified, session.dirty)}
    for mapper in {inspect(record).mapper for record in touched}:
        _remember(session, (table.name for table in mapper.tables if isinstance(table, Table)))


def _remember_written_table(execution: ORMExecuteState) -> None:
    statement = execution.statement
    if not isinstance(statement, UpdateBase):
        return
    if not execution.session.info["writing"]:
        raise RuntimeError("a unit of work that was begun for reading has something to write")
    if isinstance(statement.table, Table):
        _remember(execution.session, (statement.table.name,))


def _remember(session: Session, names: Iterator[str] | tuple[str, ...]) -> None:
    session.info.setdefault("changed_tables", set()).update(names)
