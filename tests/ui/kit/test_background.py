from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged
from desktop.services.draft import DraftOf, keep_draft
from desktop.ui.kit.background import Background


def test_that_work_runs_off_the_gui_thread_and_answers_on_it(qtbot: QtBot, background: Background) -> None:
    seen: dict[str, object] = {}
    owner = QObject()

    def work(_session: Session) -> int:
        seen["worked on"] = threading.current_thread().name
        return 42

    def done(answer: int) -> None:
        seen["answer"], seen["on the GUI thread"] = answer, threading.current_thread() is threading.main_thread()

    background.run(owner, work, done=done)
    qtbot.waitUntil(lambda: "answer" in seen)
    assert seen == {"worked on": "interactive", "answer": 42, "on the GUI thread": True}


def test_that_long_work_does_not_hold_up_the_screens(qtbot: QtBot, background: Background) -> None:
    gate, answered = threading.Event(), []
    owner = QObject()
    background.read_long(owner, lambda _session: gate.wait(20))
    background.read(owner, lambda _session: "now", done=answered.append)
    qtbot.waitUntil(lambda: answered == ["now"])
    gate.set()
    qtbot.waitUntil(background.is_idle)


def test_that_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, answered, gate = QObject(), [], threading.Event()
    background.run(owner, lambda _session: gate.wait(20), done=answered.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(background.is_idle)
    assert answered == []


def test_that_a_failure_nobody_handles_is_announced(qtbot: QtBot, background: Background) -> None:
    def work(_session: Session) -> None:
        raise RecordChanged

    with qtbot.waitSignal(background.failed) as announced:
        background.run(QObject(background), work)
    assert isinstance(announced.args[0], RecordChanged)


def test_that_what_was_written_before_a_failure_is_taken_back(qtbot: QtBot, background: Background) -> None:
    found: list[Any] = []

    def work(session: Session) -> None:
        keep_draft(session, DraftOf("patient", "new"), {"family_name": "Oka"}, None)
        raise RecordChanged

    from desktop.services.draft import list_drafts

    background.run(background, work, failed=found.append)
    background.read(background, list_drafts, done=found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[1] == ()


def test_that_changed_tables_are_announced_once(qtbot: QtBot, background: Background) -> None:
    announced: list[frozenset[str]] = []
    background.tables_changed.connect(announced.append)
    background.run(background, keep_draft, DraftOf("patient", "new"), {"family_name": "Oka"}, None)
    qtbot.waitUntil(background.is_idle)
    assert announced == [frozenset({"draft"})]


def test_that_closing_finishes_what_was_asked_for(qtbot: QtBot, background: Background) -> None:
    written: list[int] = []
    for number in range(20):
        background.run(background, lambda _session, number=number: written.append(number))
    background.close()
    assert written == list(range(20))


def test_that_nothing_is_collected_outside_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    collected_in: set[str] = set()

    def watch(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            collected_in.add(threading.current_thread().name)

    def make_garbage(_session: Session) -> None:
        for _ in range(20_000):
            cycle: list[Any] = []
            cycle.append(cycle)

    gc.callbacks.append(watch)
    try:
        background.run(background, make_garbage)
        qtbot.waitUntil(lambda: background.is_idle() and "MainThread" in collected_in, timeout=5_000)
    finally:
        gc.callbacks.remove(watch)
    assert collected_in == {"MainThread"}


def test_that_a_widget_only_its_work_refers_to_is_destroyed_on_the_gui_thread(
    qtbot: QtBot, background: Background
) -> None:
    destroyed_in: list[str] = []

    class Watched(QWidget):
        def __del__(self) -> None:
            destroyed_in.append(threading.current_thread().name)

    def ask() -> Callable[[Session], str]:
        widget = Watched()
        return lambda _session: widget.objectName()

    for _ in range(200):
        background.run(background, ask())
    qtbot.waitUntil(background.is_idle)
    background.close()
    assert set(destroyed_in) == {"MainThread"}


NEVER_ENDING = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) SELECT max(n) FROM counted"


def never_ending(session: Session, began: threading.Event) -> None:
    connection = session.connection()
    began.set()
    connection.exec_driver_sql(NEVER_ENDING)


def test_that_a_new_question_breaks_off_the_old_one_and_nobody_hears_of_it(
    qtbot: QtBot, background: Background
) -> None:
    owner, began, answered = QObject(), threading.Event(), []
    failures: list[Exception] = []
    background.failed.connect(failures.append)
    background.ask(owner, never_ending, began, done=answered.append, failed=failures.append)
    assert began.wait(20)
    for number in range(5):
        background.ask(owner, lambda _session, number=number: number, done=answered.append)
    qtbot.waitUntil(background.is_idle, timeout=20_000)
    assert (answered, failures) == ([4], [])


def test_that_a_question_that_waits_is_not_even_begun_once_a_newer_one_is_asked(
    qtbot: QtBot, background: Background
) -> None:
    owner, gate, begun = QObject(), threading.Event(), []
    background.read(background, lambda _session: gate.wait(20))
    for number in range(5):
        background.ask(owner, lambda _session, number=number: begun.append(number))
    gate.set()
    qtbot.waitUntil(background.is_idle)
    assert begun == [4]


def test_that_a_question_of_somebody_else_and_any_other_work_go_on(qtbot: QtBot, background: Background) -> None:
    one, other, answered = QObject(), QObject(), []
    gate = threading.Event()
    background.read(one, lambda _session: gate.wait(20))
    background.ask(one, lambda _session: "one", done=answered.append)
    background.read(one, lambda _session: "read", done=answered.append)
    background.run(one, lambda _session: "run", done=answered.append)
    background.ask(other, lambda _session: "other", done=answered.append)
    gate.set()
    qtbot.waitUntil(background.is_idle)
    assert answered == ["one", "read", "run", "other"]


def test_that_a_save_after_a_question_that_was_broken_off_is_kept(qtbot: QtBot, background: Background) -> None:
    from desktop.services.draft import list_drafts

    owner, found = QObject(), []
    for number in range(20):
        began = threading.Event()
        background.ask(owner, never_ending, began)
        assert began.wait(20)
        background.run(owner, keep_draft, DraftOf("patient", f"new {number}"), {"family_name": "Oka"}, None)
        background.ask(owner, lambda _session: None)
    background.read(owner, list_drafts, done=found.append)
    qtbot.waitUntil(background.is_idle, timeout=20_000)
    assert len(found[0]) == 20
