"""Run work on the store off the GUI thread and bring its answer back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.errors import UserError, describe_bug
from desktop.rules.permission import Actor
from desktop.storage.database import Database, changed_tables

T = TypeVar("T")
log = logging.getLogger(__name__)


class Background(QObject):
    """Two lanes with one thread each: *interactive* for screens, *long* for what takes more than a moment.

    `work` receives a session and returns plain values; `done` and `failed` run on the GUI thread, and only while
    `owner` is alive. What fails and is not handled by `failed` is announced by the signal of that name.
    """

    tables_changed = Signal(object)
    failed = Signal(object)
    _delivered = Signal(object)

    def __init__(self, database: Database, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actor = actor
        self._database = database
        self._interactive = ThreadPoolExecutor(max_workers=1, thread_name_prefix="interactive")
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="long")
        self._under_way = 0
        self._delivered.connect(self._call)

    def run(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Work that may write."""
        self._submit(self._interactive, True, owner, work, args, done, failed)

    def read(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Work that only reads, so that it never waits for a writer."""
        self._submit(self._interactive, False, owner, work, args, done, failed)

    def run_long(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        self._submit(self._long, True, owner, work, args, done, failed)

    def is_idle(self) -> bool:
        """Nothing asked for is still to be answered."""
        return self._under_way == 0

    def close(self) -> None:
        """Finish what was asked for, then stop; drafts handed over before this are written."""
        self._interactive.shutdown(wait=True)
        self._long.shutdown(wait=True)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        writing: bool,
        owner: QObject,
        work: Callable[..., T],
        args: tuple[Any, ...],
        done: Callable[[T], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        self._under_way += 1
        future = lane.submit(self._work, writing, work, args)
        future.add_done_callback(lambda f: self._announce(partial(self._finish, owner, f, done, failed)))

    def _announce(self, delivery: Callable[[], None]) -> None:
        if isValid(self):
            self._delivered.emit(delivery)

    def _work(self, writing: bool, work: Callable[..., T], args: tuple[Any, ...]) -> tuple[T, frozenset[str]]:
        with self._database.unit_of_work(self.actor, writing=writing) as session:
            result = work(session, *args)
            session.flush()
            changed = changed_tables(session)
        return result, changed

    def _call(self, delivery: Callable[[], None]) -> None:
        delivery()

    def _finish(
        self,
        owner: QObject,
        future: Future[tuple[Any, frozenset[str]]],
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        self._under_way -= 1
        error = future.exception()
        if error is None:
            result, changed = future.result()
            if done and isValid(owner):
                done(result)
            if changed:
                self.tables_changed.emit(changed)
        elif isinstance(error, Exception):
            if not isinstance(error, UserError):
                log.error("work failed\n%s", describe_bug(error))
            if failed and isValid(owner):
                failed(error)
            else:
                self.failed.emit(error)
        else:
            raise error
