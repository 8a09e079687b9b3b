"""Brings a store to the schema of this program, and says when it belongs to a newer one."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from desktop.errors import StoreUnavailable
from desktop.storage.backup import row_counts
from desktop.storage.database import Database
from desktop.storage.faults import faults_told
from desktop.storage.search_index import drop_search_index, install_search_index
from desktop.storage.triggers import drop_triggers, install_triggers

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = MIGRATIONS / "versions"
_VERSION = text("SELECT version_num FROM alembic_version")


class SchemaState(enum.Enum):
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


def known_revisions(versions: Path = VERSIONS) -> list[str]:
    """In order, told from the names of the files, so that Alembic need not be loaded to know the newest."""
    return sorted(file.name.split("_")[0] for file in versions.glob("[0-9]*_*.py"))


def stored_revision(connection: Connection) -> str | None:
    """None for a store that no migration has made."""
    try:
        revision: str | None = connection.execute(_VERSION).scalar_one_or_none()
    except OperationalError as error:
        if "no such table" in str(error.orig):
            return None
        raise
    return revision


def schema_state(database: Database, versions: Path = VERSIONS) -> SchemaState:
    with faults_told(), database.engine.connect() as connection:
        revision = stored_revision(connection)
    known = known_revisions(versions)
    if revision is not None and revision == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision is None or revision in known else SchemaState.NEWER


def refuse_newer_schema(database: Database, versions: Path = VERSIONS) -> None:
    if schema_state(database, versions) is SchemaState.NEWER:
        raise StoreUnavailable(
            "This practice was last opened with a newer Reprise. Nothing was changed. "
            "Update Reprise on this computer, then open the practice again."
        )


def upgrade(database: Database, versions: Path = VERSIONS) -> None:
    """Run the migrations that are missing, all in one transaction: the schema changes wholly or not at all."""
    from alembic import command

    with _unchecked(database) as connection, connection.begin():
        settings = alembic_settings(versions)
        settings.attributes["connection"] = connection
        before = row_counts(connection.connection.dbapi_connection)
        drop_triggers(connection)
        drop_search_index(connection)
        command.upgrade(settings, "head")
        install_search_index(connection)
        install_triggers(connection)
        _refuse_losses(connection, before)


def alembic_settings(versions: Path = VERSIONS) -> Config:
    from alembic.config import Config

    settings = Config()
    for name, value in (
        ("script_location", str(MIGRATIONS)),
        ("version_locations", str(versions)),
        ("path_separator", "newline"),
        ("file_template", "%(rev)s_%(slug)s"),
    ):
        settings.set_main_option(name, value.replace("%", "%%"))
    return settings


@contextmanager
def _unchecked(database: Database) -> Iterator[Connection]:
    """A connection of its own without foreign keys: rebuilding a table would otherwise empty those that refer to it.

    They cannot be switched inside a transaction, and the connection is closed rather than used for anything else.
    """
    with faults_told(), database.engine.connect() as connection:
        connection.detach()
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        yield connection


def _refuse_losses(connection: Connection, before: dict[str, int]) -> None:
    after = row_counts(connection.connection.dbapi_connection)
    fewer = [name for name in before if name in after and name != "alembic_version" and before[name] > after[name]]
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    if fewer or dangling:
        places = ", ".join(sorted({*fewer, *(row[0] for row in dangling)}))
        raise StoreUnavailable(
            f"The practice was not brought to this version of Reprise, because records would be lost ({places}). "
            "Nothing was changed; go on with the version you used before and report this."
        )
