"""Escape belongs to the page or the question that has the keyboard, before it belongs to the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def left_by_escape(event: QEvent, leave: Callable[[], object]) -> bool:
    """Asked first in a widget's `event`: for Escape it calls `leave`, and the window's shortcut stays out of it."""
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
        return False
    if event.type() == QEvent.Type.ShortcutOverride:
        event.accept()
        return True
    if event.type() == QEvent.Type.KeyPress:
        leave()
        return True
    return False
