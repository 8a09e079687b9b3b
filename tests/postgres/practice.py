"""A practice on PostgreSQL, with as much of `storage/database.py` as the services need to run there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, func, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from desktop.models.account import Account
from desktop.models.choices import Language, PaperSize, Role
from desktop.models.practice import Practice
from desktop.models.tables import Base
from desktop.rules.permission import Actor
from desktop.services.search_rebuild import rebuild_search_index
from desktop.storage.audit_store import chain_new_entries
from desktop.storage.search_index import install_search_index
from desktop.storage.signed_guard import refuse_changes_to_signed
from tests.scale.generator import SEED, TABLES, blocks
from tests.scale.loading import insert_blocks


class ServerPractice:
    """Its tables are made from the models, in a database that is to be empty; the surgeon is signed in."""

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime]) -> None:
        self.engine, self._clock = engine, clock
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        event.listen(self._sessions, "before_flush", refuse_changes_to_signed)
        event.listen(self._sessions, "before_flush", chain_new_entries)
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            install_search_index(connection)
        roles = (Role.SURGEON, Role.ADMINISTRATOR)
        with self._sessions.begin() as session:
            account = Account(name="marchetti", display_name="Dr. A. Marchetti", roles=roles)
            practice = Practice(name="Harbour Plastic Surgery", paper_size=PaperSize.A4, language=Language.ENGLISH)
            session.add_all([practice, account])
            session.flush()
            self.actor = Actor(account.id, account.display_name, frozenset(roles), "test")

    @contextmanager
    def unit_of_work(self, actor: Actor, writing: bool = True) -> Iterator[Session]:
        info = {"actor": actor, "now": self._clock, "chain_key": bytes(32), "writing": writing}
        with self._sessions(info=info) as session, session.begin():
            yield session

    def fill(self, patients: int, seed: int = SEED) -> None:
        """The same rows as `fill_store` puts into an encrypted store."""
        with self.engine.begin() as connection:
            insert_blocks(connection, blocks(patients, seed))
            connection.execute(update(Practice).values(next_record_number=patients + 1))
            with Session(connection) as session:
                rebuild_search_index(session)
            for table in TABLES:  # the numbers were given by us, so the sequences have not moved
                last = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
