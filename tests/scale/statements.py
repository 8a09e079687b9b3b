"""Listens to what an engine is asked, so that the same can be asked again without us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Statement:
    text: str
    values: Any


@contextmanager
def listening(engine: Engine) -> Iterator[list[Statement]]:
    """What is asked meanwhile, without the beginnings and ends of transactions."""
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, text: str, values: Any, _context: Any, _many: bool) -> None:
        if not text.startswith("BEGIN"):
            heard.append(Statement(text, values))

    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def ask_again(cursor: Any, statements: list[Statement]) -> None:
    """With the bare driver, down to the last row."""
    for statement in statements:
        cursor.execute(statement.text, statement.values).fetchall()
