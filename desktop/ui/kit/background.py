"""Run work on the store off the GUI thread and bring its answer back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.errors import UserError, describe_bug
from desktop.rules.permission import Actor
from desktop.storage.database import Database, changed_tables
from desktop.ui.kit.collector import collect_on_gui_thread

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Job:
    owner: QObject
    work: Callable[..., Any]
    args: tuple[Any, ...]
    done: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    writing: bool
    result: Any = None
    error: BaseException | None = None
    changed: frozenset[str] = frozenset()
    let_go: threading.Event = field(default_factory=threading.Event)


class Background(QObject):
    """Two lanes with one thread each: *interactive* for screens, *long* for what takes more than a moment.

    `work` receives a session and returns plain values; `done` and `failed` run on the GUI thread, and only while
    `owner` is alive. What fails and is not handled by `failed` is announced by the signal of that name.
    """

    tables_changed = Signal(object)
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, database: Database, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        collect_on_gui_thread()
        self.actor = actor
        self._database = database
        self._under_way = 0
        self._held: list[_Job] = []
        self._finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._interactive, self._long = _Lane("interactive", self._work), _Lane("long", self._work)

    def run(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Work that may write."""
        self._ask(self._interactive, _Job(owner, work, args, done, failed, writing=True))

    def read(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Work that only reads, so that it never waits for a writer."""
        self._ask(self._interactive, _Job(owner, work, args, done, failed, writing=False))

    def run_long(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        self._ask(self._long, _Job(owner, work, args, done, failed, writing=True))

    def is_idle(self) -> bool:
        """Nothing asked for is still to be answered."""
        return self._under_way == 0

    def close(self) -> None:
        """Finish what was asked for, then stop; drafts handed over before this are written."""
        self._interactive.close()
        self._long.close()
        self._held.clear()

    def _ask(self, lane: _Lane, job: _Job) -> None:
        self._under_way += 1
        lane.jobs.put(job)

    def _work(self, job: _Job) -> None:
        """On the lane's thread."""
        try:
            with self._database.unit_of_work(self.actor, writing=job.writing) as session:
                job.result = job.work(session, *job.args)
                session.flush()
                job.changed = changed_tables(session)
        except BaseException as error:
            job.error = error
        if isValid(self):
            self._finished.emit(job)

    def _finish(self, job: _Job) -> None:
        """On the GUI thread. A job is held until its lane has let go of it: the last one to let go destroys what the
        job refers to, and that may be a widget."""
        self._held = [each for each in self._held if not each.let_go.is_set()]
        self._held.append(job)
        self._under_way -= 1
        if job.error is None:
            if job.done and isValid(job.owner):
                job.done(job.result)
            if job.changed:
                self.tables_changed.emit(job.changed)
        elif isinstance(job.error, Exception):
            if not isinstance(job.error, UserError):
                log.error("work failed\n%s", describe_bug(job.error))
            if job.failed and isValid(job.owner):
                job.failed(job.error)
            else:
                self.failed.emit(job.error)
        else:
            raise job.error


class _Lane:
    """One thread that does its jobs in the order in which they were asked for."""

    def __init__(self, name: str, work: Callable[[_Job], None]) -> None:
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._go, args=(work,), name=name)
        self._thread.start()

    def close(self) -> None:
        self.jobs.put(None)
        self._thread.join()

    def _go(self, work: Callable[[_Job], None]) -> None:
        while (job := self.jobs.get()) is not None:
            let_go = job.let_go
            work(job)
            del job
            let_go.set()
