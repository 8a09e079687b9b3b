"""P4 and P8: the questions of `tests/scale/questions.py` to the big practice, and the same SQL by the bare driver."""

from __future__ import annotations

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from desktop.services.search import LIST_PAGE, PALETTE_ROWS, find_patients
from desktop.storage.connection import sqlcipher
from tests.bench.measure import Measure, against, median_of, milliseconds, percentile, took, within
from tests.bench.places import Places
from tests.scale.questions import Question, questions
from tests.scale.statements import ask_again, listening

ROUNDS = 20
LIMITS_MS = {
    **{f"prefix of {length}": 5.0 for length in range(1, 7)},
    "phone": 5.0,
    "birth date": 5.0,
    "record number": 5.0,
    "two words": 12.0,
}
"""P4, the ninety-ninth of a hundred; the other kinds stand in the table."""


Times = dict[Question, list[float]]


def measures(places: Places) -> Iterator[Measure]:
    practice = places.big
    palette: Times = defaultdict(list)
    page: Times = defaultdict(list)
    bare: Times = defaultdict(list)
    answers: dict[Question, int] = {}
    asked = questions()
    for number in range(ROUNDS + 1):
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            cursor = session.connection().connection.cursor()
            for question in asked:
                with listening(practice.database.engine) as heard:
                    answers[question] = len(find_patients(session, question.text))
                spent = (
                    took(find_patients, session, question.text, None, PALETTE_ROWS),
                    took(find_patients, session, question.text),
                    took(ask_again, cursor, heard),
                )
                if number:  # the first round only warms up
                    for times, one in zip((palette, page, bare), spent, strict=True):
                        times[question].append(one)
    title = f"{len(asked)} questions to {places.patients:,} patients, each asked {ROUNDS} times"
    places.tables.append((title, _table(asked, palette, page, answers)))
    for kind, limit in LIMITS_MS.items():
        yield within("P4", f"p99 of a question: {kind}", percentile(_of_kind(palette, kind), 99), limit)
    ours, theirs = (statistics.median(map(statistics.median, times.values())) for times in (page, bare))
    yield against("P4", f"warm question, {LIST_PAGE} rows, p50", ours, "bare driver", theirs, 2)
    yield from _recall(practice, _of_kind(palette, "serial") + _of_kind(palette, "lot"))


def _of_kind(times: Times, kind: str) -> list[float]:
    return [spent for question, seen in times.items() if question.kind == kind for spent in seen]


def _table(
    asked: tuple[Question, ...], palette: Times, page: Times, answers: dict[Question, int]
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            "kind of question",
            "questions",
            f"{PALETTE_ROWS} rows: p50",
            "p99",
            f"{LIST_PAGE} rows: p50",
            "p99",
            "answers",
        )
    ]
    for kind in dict.fromkeys(question.kind for question in asked):
        counts = [answers[question] for question in asked if question.kind == kind]
        cells = [
            milliseconds(percentile(_of_kind(times, kind), part)) for times in (palette, page) for part in (50, 99)
        ]
        rows.append((kind, str(len(counts)), *cells, f"{min(counts)} to {max(counts)}, {counts.count(0)} without"))
    return rows


def _recall(practice: Any, exact: list[float]) -> Iterator[Measure]:
    from sqlalchemy import select

    from desktop.models.device import Device
    from desktop.models.patient import Patient

    yield within("P8", "question by serial or lot, p50", statistics.median(exact), 1)
    recalled = (
        select(Device.lot, Device.serial, Patient.id, Patient.family_name, Patient.given_name, Patient.phone)
        .join(Patient, Patient.id == Device.patient_id)
        .where(Device.lot >= "2000", Device.lot < "2001")
        .order_by(Device.lot, Device.id)
    )
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        first = median_of(20, lambda: session.execute(recalled.limit(200)).all())
    yield within("P8", "first 200 devices of a recalled range", first, 10)
    yield within("P8", "a question let go of", statistics.median(_cancelled(practice) for _ in range(10)), 5)


def _cancelled(practice: Any) -> float:
    """How long a question that reads every patient goes on after it was interrupted."""
    with practice.database.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        started, ended = threading.Event(), []

        def tick(_number: int) -> int:
            started.set()
            return 1

        def ask() -> None:
            driver.create_function("tick", 1, tick)
            try:
                driver.execute("SELECT count(*) FROM patient AS a, patient AS b WHERE tick(a.id)").fetchall()
            except sqlcipher.OperationalError:
                ended.append(time.perf_counter())

        asking = threading.Thread(target=ask)
        asking.start()
        started.wait()
        began = time.perf_counter()
        driver.interrupt()
        asking.join()
        connection.invalidate()
        return (ended[0] - began) * 1000
