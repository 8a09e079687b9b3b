from __future__ import annotations

import datetime as dt
import enum
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import MetaData, Table

from desktop.storage.migrations.generate import generate
from desktop.storage.migrations.rendering import render_plain
from desktop.storage.schema import VERSIONS
from desktop.storage.store import create_store, open_store
from tests.storage.shelf import KEY


class Colour(enum.Enum):
    RED = "red"


class Shouted(sa.types.TypeDecorator[str]):
    impl = sa.String(20)
    cache_ok = True


class ShoutedTwice(sa.types.TypeDecorator[str]):
    impl = Shouted
    cache_ok = True


@pytest.mark.parametrize(
    ("column_type", "written"),
    [
        (Shouted(), "sa.String(length=20)"),
        (ShoutedTwice(), "sa.String(length=20)"),
        (sa.Enum(Colour, native_enum=False, length=40), "sa.String(length=40)"),
        (sa.JSON(), "sa.JSON()"),
        (sa.Text(), "sa.Text()"),
        (sa.LargeBinary(), "sa.LargeBinary()"),
    ],
)
def test_that_a_migration_names_only_plain_types(column_type: object, written: str) -> None:
    assert render_plain("type", column_type, None) == written
    assert render_plain("server_default", column_type, None) is False


def metadata() -> MetaData:
    known = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})
    Table(
        "box",
        known,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("label", Shouted, nullable=False, index=True),
        sa.Column("colour", sa.Enum(Colour, native_enum=False, length=40)),
    )
    return known


def test_that_generated_migrations_make_what_the_models_say_and_then_have_nothing_to_add(tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    known = metadata()
    assert generate("First box", known, versions).name == "0001_first_box.py"
    known.tables["box"].append_column(sa.Column("packed_on", sa.Date))
    second = generate("Packed on", known, versions)
    assert second.name == "0002_packed_on.py"
    assert "packed_on" in second.read_text(encoding="utf-8")
    assert "op." not in generate("Nothing", known, versions).read_text(encoding="utf-8")

    folder = tmp_path / "practice"
    folder.mkdir()
    create_store(folder, KEY, versions=versions)
    database = open_store(folder, KEY, versions=versions)
    with database.unit_of_work() as session:
        session.execute(
            known.tables["box"].insert(), {"label": "a", "colour": Colour.RED, "packed_on": dt.date(2026, 1, 2)}
        )
    database.close()


def test_that_no_migration_imports_the_program() -> None:
    for file in VERSIONS.glob("*.py"):
        content = file.read_text(encoding="utf-8")
        assert "desktop" not in content


def test_that_the_generator_explains_itself() -> None:
    helped = subprocess.run(
        [sys.executable, "-m", "desktop.storage.migrations.generate", "--help"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "what changes" in helped.stdout
