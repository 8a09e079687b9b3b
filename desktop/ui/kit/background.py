"""Run work on the store off the GUI thread and bring its answer back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.errors import UserError, describe_bug
from desktop.rules.permission import Actor
from desktop.storage.database import Database, breakable, changed_tables
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
    is_question: bool = False
    is_dropped: bool = False
    break_off: Callable[[], None] | None = None
    """Set while the store works on a question, and called only while the lane's lock is held."""
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

    def ask(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """A reading in whose answer nobody is interested any more as soon as `owner` asks again.

        The older question is broken off where it stands, and neither its answer nor its failure is heard of.
        """
        self._interactive.drop_questions(owner)
        self._ask(self._interactive, _Job(owner, work, args, done, failed, writing=False, is_question=True))

    def read_long(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """What takes more than a moment and writes nothing, so that nobody's saving waits for it."""
        self._ask(self._long, _Job(owner, work, args, done, failed, writing=False))

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
        lane.put(job)

    def _work(self, job: _Job, lane: _Lane) -> None:
        """On the lane's thread."""
        try:
            if not job.is_dropped:
                self._do(job, lane)
        except BaseException as error:
            job.error = error
        if isValid(self):
            self._finished.emit(job)

    def _do(self, job: _Job, lane: _Lane) -> None:
        with self._database.unit_of_work(self.actor, writing=job.writing) as session:
            if job.is_question:
                with breakable(session) as break_off, lane.breaking_off(job, break_off):
                    job.result = job.work(session, *job.args)
            else:
                job.result = job.work(session, *job.args)
            session.flush()
            job.changed = changed_tables(session)

    def _finish(self, job: _Job) -> None:
        """On the GUI thread. A job is held until its lane has let go of it: the last one to let go destroys what the
        job refers to, and that may be a widget."""
        self._held = [each for each in self._held if not each.let_go.is_set()]
        self._held.append(job)
        self._under_way -= 1
        if job.is_dropped:
            return
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

    def __init__(self, name: str, work: Callable[[_Job, _Lane], None]) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._questions: list[_Job] = []
        self._thread = threading.Thread(target=self._go, args=(work,), name=name)
        self._thread.start()

    def put(self, job: _Job) -> None:
        if job.is_question:
            with self._lock:
                self._questions.append(job)
        self._jobs.put(job)

    def drop_questions(self, owner: QObject) -> None:
        """What `owner` asked before and is not answered yet: on its way it is broken off, waiting it is not begun."""
        with self._lock:
            for job in self._questions:
                if job.owner is owner:
                    job.is_dropped = True
                    if job.break_off is not None:
                        job.break_off()

    @contextmanager
    def breaking_off(self, job: _Job, break_off: Callable[[], None]) -> Iterator[None]:
        """Within, the job can be broken off; outside, the same connection may be at work for somebody else."""
        with self._lock:
            job.break_off = break_off
            if job.is_dropped:
                break_off()
        try:
            yield
        finally:
            with self._lock:
                job.break_off = None

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _go(self, work: Callable[[_Job, _Lane], None]) -> None:
        while (job := self._jobs.get()) is not None:
            let_go = job.let_go
            work(job, self)
            with self._lock:
                if job.is_question:
                    self._questions.remove(job)
            del job
            let_go.set()
