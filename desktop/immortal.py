"""Keeps None, True and False alive under Python 3.11, whose references PySide6 6.12.0 gives back too often.

There, nearly every Qt call that answers nothing takes one reference away from None; after some thousand calls Python
would end the program. From 3.12 on Python itself makes these three immortal (PEP 683); this does the same by hand.
"""

from __future__ import annotations

import ctypes
import sys

_BEYOND_REACH = 1 << 40


def keep_constants_alive() -> None:
    """Once per process, before Qt is used; does nothing where Python does it itself."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > _BEYOND_REACH // 2:
        return
    for constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(constant)).value += _BEYOND_REACH
