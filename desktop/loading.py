"""How the heavy modules are loaded: after the first window is painted, on a thread of their own, quickly."""

from __future__ import annotations

import builtins
import gc
import importlib
from collections.abc import Iterable

_plain_import = builtins.__import__
"""Python's own import. PySide6 puts a slower one in its place to watch for `from __feature__`, which nobody here
writes; this module is therefore imported before PySide6 is."""

HEAVY = ("desktop.opening", "desktop.ui.main_window")


def load_heavy(names: Iterable[str] = HEAVY) -> None:
    """Import the modules; collecting garbage in between would only walk what is being made."""
    watched = builtins.__import__
    collects = gc.isenabled()
    gc.disable()
    builtins.__import__ = _plain_import
    try:
        for name in names:
            importlib.import_module(name)
    finally:
        builtins.__import__ = watched
        if collects:
            gc.enable()
    gc.freeze()
