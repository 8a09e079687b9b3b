"""A real PostgreSQL for the tests of this folder, started once and stopped for certain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

import database_server
from tests.postgres.server import running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    programs = database_server.find_programs()
    if programs is None:
        pytest.skip(f"PostgreSQL is not installed and could not be: sudo apt install {database_server.PACKAGE}")
    with running_server(programs) as url:
        engine = create_engine(url, hide_parameters=True)
        yield engine
        engine.dispose()
