from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from desktop.errors import StoreUnavailable
from desktop.models.tables import Base
from desktop.storage.database import Database
from desktop.storage.schema import known_revisions
from desktop.storage.search_index import compared_with_models
from desktop.storage.store import create_store, open_store
from desktop.storage.triggers import missing_triggers
from tests.storage.conftest import SetClock
from tests.storage.shelf import KEY

FIRST = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade():
    op.create_table(
        "box",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("label", sa.String(10), nullable=True),
        sa.Column("signed_at", sa.DateTime, nullable=True),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("box_id", sa.Integer, sa.ForeignKey("box.id", ondelete="CASCADE"), nullable=False),
    )
"""
SECOND = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade():
    with op.batch_alter_table("box") as batch:
        batch.alter_column("label", existing_type=sa.String(10), type_=sa.String(200), nullable=False)
        batch.add_column(sa.Column("note", sa.Text, nullable=True))
    op.execute("UPDATE box SET note = 'moved'")
"""
THIRD = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade():
    {statement}
"""


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "0001_first.py").write_text(FIRST, encoding="utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path, versions: Path) -> Path:
    """The folder of a practice made by an earlier program, with rows in it, one of them signed."""
    folder = tmp_path / "old"
    folder.mkdir()
    create_store(folder, KEY, versions=versions)
    database = open_store(folder, KEY, versions=versions)
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO box VALUES (1, 'one', NULL), (2, 'two', '2026-01-01 00:00:00')"))
        session.execute(text("INSERT INTO paper VALUES (1, 1), (2, 1), (3, 2)"))
    database.close()
    return folder


def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.unit_of_work(writing=False) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_that_the_schema_from_migrations_equals_the_models(tmp_path: Path) -> None:
    create_store(tmp_path, KEY)
    database = open_store(tmp_path, KEY)
    with database.engine.connect() as connection:
        compared = compared_with_models(connection)
        options = {"compare_type": True, "render_as_batch": True, "include_name": compared}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        assert missing_triggers(connection) == []
    database.close()


def test_that_a_new_store_is_made_whole_under_its_name_and_never_over_another(tmp_path: Path) -> None:
    create_store(tmp_path, KEY)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["anchor.json", "reprise.db"]
    before = (tmp_path / "reprise.db").read_bytes()
    with pytest.raises(StoreUnavailable, match="already holds a practice"):
        create_store(tmp_path, KEY)
    assert (tmp_path / "reprise.db").read_bytes() == before


def test_that_what_a_broken_off_attempt_left_does_not_matter(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"reprise.db.new{ending}").write_bytes(b"left over" * 1_000)
    create_store(tmp_path, KEY)
    open_store(tmp_path, KEY).close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["anchor.json", "reprise.db"]


def test_that_an_attempt_that_fails_leaves_no_store(tmp_path: Path, versions: Path) -> None:
    (versions / "0002_second.py").write_text("raise RuntimeError\n", encoding="utf-8")
    with pytest.raises(RuntimeError):
        create_store(tmp_path, KEY, versions=versions)
    assert not (tmp_path / "reprise.db").exists()


def test_that_an_older_store_is_backed_up_and_brought_forward_without_losing_a_row(
    old: Path, versions: Path, clock: SetClock
) -> None:
    (versions / "0002_second.py").write_text(SECOND, encoding="utf-8")
    database = open_store(old, KEY, clock=clock, versions=versions)
    assert rows(database, "SELECT id, label, note FROM box") == [(1, "one", "moved"), (2, "two", "moved")]
    assert rows(database, "SELECT count(*) FROM paper") == [(3,)]
    assert rows(database, "SELECT version_num FROM alembic_version") == [("0002",)]
    with database.engine.connect() as connection:
        assert missing_triggers(connection) == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()

    backups = list((old / "backups").iterdir())
    assert [file.name for file in backups] == ["before-upgrade-from-0001-20260302T090000Z.db"]
    copy = Database(backups[0], KEY)
    assert rows(copy, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows(copy, "SELECT count(*) FROM paper") == [(3,)]
    copy.close()


@pytest.mark.parametrize(
    ("statement", "places"),
    [
        ('op.execute("DELETE FROM paper WHERE id = 3")', r"\(paper\)"),
        ('op.execute("UPDATE paper SET box_id = 99 WHERE id = 1")', r"\(paper\)"),
    ],
)
def test_that_a_migration_that_would_lose_records_is_undone(
    old: Path, versions: Path, statement: str, places: str
) -> None:
    (versions / "0002_second.py").write_text(SECOND, encoding="utf-8")
    (versions / "0003_third.py").write_text(THIRD.format(statement=statement), encoding="utf-8")
    with pytest.raises(StoreUnavailable, match=f"records would be lost {places}"):
        open_store(old, KEY, versions=versions)
    unchanged(old, versions)


def test_that_a_migration_that_breaks_off_leaves_the_store_as_it_was(old: Path, versions: Path) -> None:
    (versions / "0002_second.py").write_text(SECOND, encoding="utf-8")
    (versions / "0003_third.py").write_text(THIRD.format(statement="raise KeyError"), encoding="utf-8")
    with pytest.raises(KeyError):
        open_store(old, KEY, versions=versions)
    unchanged(old, versions)


def unchanged(old: Path, versions: Path) -> None:
    (versions / "0002_second.py").unlink()
    (versions / "0003_third.py").unlink()
    database = open_store(old, KEY, versions=versions)
    assert rows(database, "SELECT * FROM box") == [(1, "one", None), (2, "two", "2026-01-01 00:00:00")]
    assert rows(database, "SELECT * FROM paper") == [(1, 1), (2, 1), (3, 2)]
    with database.engine.connect() as connection:
        assert missing_triggers(connection) == []
    database.close()


def test_that_a_store_of_a_newer_program_is_refused_and_not_touched(practice: Path) -> None:
    database = open_store(practice, KEY)
    with database.unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = (practice / "reprise.db").read_bytes()
    with pytest.raises(StoreUnavailable, match=r"newer Reprise\. Nothing was changed"):
        open_store(practice, KEY)
    assert (practice / "reprise.db").read_bytes() == before


def test_that_a_store_that_no_migration_made_is_refused(store: Path) -> None:
    with pytest.raises(StoreUnavailable, match="not the store of a practice"):
        open_store(store.parent, KEY)
    assert [file.name for file in store.parent.iterdir()] == ["reprise.db"]


def test_that_the_names_of_the_migrations_tell_their_order(versions: Path) -> None:
    (versions / "0010_tenth.py").touch()
    (versions / "0009_ninth.py").touch()
    (versions / "readme.py").touch()
    assert known_revisions(versions) == ["0001", "0009", "0010"]


def test_that_opening_a_current_store_does_not_load_alembic(practice: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from desktop.storage.store import open_store\n"
        f"open_store(Path({str(practice)!r}), bytes(range(48))).close()\n"
        "sys.exit(' '.join({'alembic', 'argon2', 'psycopg'} & set(sys.modules)) or 0)"
    )
    root = Path(__file__).parents[2]
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (loaded.returncode, loaded.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_that_only_its_owner_may_read_a_new_store(tmp_path: Path) -> None:
    create_store(tmp_path, KEY)
    database = open_store(tmp_path, KEY)
    with database.unit_of_work() as session:
        session.execute(text("CREATE TABLE scrap (id INTEGER)"))
    rights = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.glob("reprise.db*")}
    database.close()
    assert len(rights) > 1
    assert set(rights.values()) == {0}
