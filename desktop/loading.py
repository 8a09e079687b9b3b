"""How Qt and the heavy modules are loaded: Qt at once, the rest on a thread of its own behind the first window."""

from __future__ import annotations

import builtins
import gc
import importlib
import sys
from collections.abc import Iterable
from typing import Any

_plain_import = builtins.__import__
"""Python's own import. PySide6 puts a slower one in its place, which watches for `from __feature__`, which nobody here
writes, and finds what `from PySide6.QtCore import *` means, which libraries write. This module is therefore imported
before PySide6 is, and gives PySide6's import back once our own modules are loaded."""

HEAVY = ("desktop.opening", "desktop.ui.main_window")

_TURN_SECONDS = 0.001
"""How long the loading thread may keep Python to itself while the person types; usually it is five times as long."""


class _Hurry:
    """PySide6's import, while a start in a hurry goes without it."""

    watching: Any = None


_hurry = _Hurry()


def load_qt() -> None:
    """Import Qt for a start in a hurry, which ends with `load_heavy`. Garbage is looked for no more from here on:
    `ui/kit/collector.py` does, on the GUI thread."""
    gc.disable()
    importlib.import_module("PySide6.QtWidgets")
    _hurry.watching, builtins.__import__ = builtins.__import__, _plain_import


def load_heavy(names: Iterable[str] = HEAVY) -> None:
    """Import the modules; collecting garbage in between would only walk what is being made."""
    watching, turn, collects = _hurry.watching or builtins.__import__, sys.getswitchinterval(), gc.isenabled()
    gc.disable()
    builtins.__import__ = _plain_import
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        for name in names:
            importlib.import_module(name)
    finally:
        sys.setswitchinterval(turn)
        _hurry.watching, builtins.__import__ = None, watching
        gc.freeze()
        if collects:
            gc.enable()
