"""Keeps back what the platform that paints into memory says of windows and letters that it does not have."""

from __future__ import annotations

import sys
from typing import Any

KNOWN = ("propagateSizeHints", "OpenType support missing")


def keep_hints_back() -> None:
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_say)


def _say(_kind: Any, _context: Any, words: str) -> None:
    if not any(known in words for known in KNOWN):
        print(words, file=sys.stderr)
