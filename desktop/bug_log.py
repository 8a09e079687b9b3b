"""What the program writes down about its own mistakes: where they happened, never what they say.

The words of an error may hold a patient's values; the places where it happened cannot.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from desktop.errors import describe_bug
from desktop.paths import log_folder

log = logging.getLogger(__name__)


def tell_of_bugs(show: Callable[[Exception], object]) -> None:
    """Log and show what nobody caught, by its places alone: its words may hold a patient's values."""

    def on_gui_thread(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("nobody caught this\n%s", describe_bug(error))
        try:
            show(error)
        except Exception as worse:
            log.error("and it could not be shown\n%s", describe_bug(worse))

    def on_another_thread(met: threading.ExceptHookArgs) -> None:
        if met.exc_value is not None:
            log.error("nobody caught this on its thread\n%s", describe_bug(met.exc_value))

    sys.excepthook, threading.excepthook = on_gui_thread, on_another_thread


class PlacesOnly(logging.Formatter):
    """Also what a library logs of an exception is where it happened, not what it says."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        return describe_bug(ei[1])


def log_handlers() -> list[logging.Handler]:
    """A file in the log folder, or the terminal where that cannot be written."""
    handler: logging.Handler
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log_folder() / "reprise.log", encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return [handler]
