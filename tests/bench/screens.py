"""P5 and opening a file: from a key to the painted answer in the real window on the big practice."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from desktop.models.operation import Operation
from tests.bench.measure import Measure, milliseconds, percentile, within
from tests.bench.places import Places
from tests.scale.questions import questions

FRAME_MS = 16.7
TYPED = ("two words", "prefix of 6", "phone", "birth date", "accents", "mixed")
FILES = 12


def measures(places: Places) -> Iterator[Measure]:
    from desktop.ui.kit.background import Background
    from desktop.ui.kit.screen import Place
    from desktop.ui.main_window import MainWindow

    app, practice = places.app, places.big
    background = Background(practice.database, practice.actor)
    window = MainWindow(background, "Bench")
    window.resize(1440, 900)
    window.show()
    window.go(Place("patients"))
    wait = Wait(app, background)
    wait.until_painted()
    texts = [question.text for question in questions() if question.kind in TYPED and question.text.isascii()]
    patients: Any = window.screen_of("patients")
    yield from _typed("list of patients", texts, patients.search, wait)
    window.palette_box.open()
    yield from _typed("palette", texts, window.palette_box.line, wait)
    window.palette_box.close_palette()
    broken_off = statistics.median(_broken_off(background, patients, wait) for _ in range(10))
    yield within("P8", "key answered while an older question reads everybody, p50", broken_off, 5)
    spent = []
    for patient_id in _with_ten_operations(practice):
        began = time.perf_counter()
        window.go(Place("overview", patient_id))
        wait.until_painted()
        spent.append((time.perf_counter() - began) * 1000)
    places.tables.append(("Files opened", [("first", milliseconds(spent[0])), ("then", milliseconds(max(spent[1:])))]))
    yield within("P7", "file with ten operations opened, p50", statistics.median(spent[1:]), 50)
    window.hide()
    window.deleteLater()
    app.processEvents()
    background.close()


def _typed(where: str, texts: list[str], line: Any, wait: Wait) -> Iterator[Measure]:
    from PySide6.QtTest import QTest

    spent = []
    for text in texts:
        line.clear()
        wait.until_painted()
        for letter in text:
            began = time.perf_counter()
            QTest.keyClicks(line, letter)
            wait.until_painted()
            spent.append((time.perf_counter() - began) * 1000)
    line.clear()
    wait.until_painted()
    title = f"{len(spent)} keys in the {where} to the painted answer"
    yield within("P5", f"{title}, p99", percentile(spent, 99), FRAME_MS)
    yield within("P5", f"{title}, p50", statistics.median(spent), FRAME_MS)


def _broken_off(background: Any, owner: Any, wait: Wait) -> float:
    """From the new question to its answer; the older one would never end."""
    begun = threading.Event()
    answers: list[int] = []

    def endless(session: Session) -> None:
        connection = session.connection()
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.create_function("begun", 0, lambda: begun.set() or 1)
        connection.execute(
            sql("WITH RECURSIVE n(i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
        )

    background.ask(owner, endless)
    begun.wait()
    began = time.perf_counter()
    background.ask(owner, lambda session: session.scalar(sql("SELECT 1")), done=answers.append)
    wait.until(lambda: bool(answers))
    spent = (time.perf_counter() - began) * 1000
    wait.until_painted()
    return spent


class Wait:
    """Until what was asked is answered and drawn."""

    def __init__(self, app: Any, background: Any) -> None:
        from PySide6.QtCore import QEventLoop

        self._app, self._background = app, background
        self._flag = QEventLoop.ProcessEventsFlag.WaitForMoreEvents

    def until_painted(self) -> None:
        self.until(self._background.is_idle)
        self._app.processEvents()  # what was laid out and drawn anew by the last answer

    def until(self, is_done: Callable[[], bool]) -> None:
        self._app.processEvents()
        while not is_done():
            self._app.processEvents(self._flag)


def _with_ten_operations(practice: Any) -> list[int]:
    many = select(Operation.patient_id).group_by(Operation.patient_id).having(func.count() >= 10).limit(FILES)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        return list(session.scalars(many))
