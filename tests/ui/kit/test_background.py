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
    background.run_long(owner, lambda _session: gate.wait(20))
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
