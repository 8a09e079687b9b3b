"""P16: a key's question to a PostgreSQL of this run, against the shortest question there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import create_engine, text

import database_server
from desktop.services.search import PALETTE_ROWS, find_patients
from tests.bench.measure import Measure, against, in_turn
from tests.bench.places import FEW, Places
from tests.postgres.practice import ServerPractice
from tests.postgres.server import running_server
from tests.scale.questions import questions

TYPED = ("prefix of 1", "prefix of 2", "prefix of 3", "prefix of 4")
"""Longer ones name too few of so few patients, and are looked for in other ways too."""


def measures(_places: Places) -> Iterator[Measure]:
    programs = database_server.find_programs()
    if programs is None:
        raise SystemExit(f"P16 needs a PostgreSQL: sudo apt install {database_server.PACKAGE}")
    texts = [question.text for question in questions() if question.kind in TYPED]
    with running_server(programs) as url:
        engine = create_engine(url)
        practice = ServerPractice(engine, lambda: dt.datetime.now(dt.UTC))
        practice.fill(FEW)
        one = text("SELECT 1")

        def key(number: int) -> None:
            with practice.unit_of_work(practice.actor, writing=False) as session:
                find_patients(session, texts[number % len(texts)], None, PALETTE_ROWS)

        def nothing(_number: int) -> None:
            with practice.unit_of_work(practice.actor, writing=False) as session:
                session.execute(one).all()

        ours, least = in_turn(key, nothing, 8 * len(texts))
        engine.dispose()
    yield against("P16", f"key on PostgreSQL with {FEW:,} patients, p50", ours, "select 1", least, 3)
