"""In which order the Tab key goes; Qt goes by when a widget was made."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stop_before(widget: QWidget) -> QWidget:
    """The stop of the Tab key before this one; Qt takes a container for the last stop inside it."""
    before = widget.previousInFocusChain()
    while before is not None and before is not widget and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    return before or widget


def stand_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """One after the other behind `before`; what followed it follows them."""
    for each in widgets:
        QWidget.setTabOrder(before, each)
        before = each


def stand_for(widget: QWidget, stop: QWidget | None) -> None:
    """What takes the keyboard for `widget`; None while that is hidden: a hidden one would hold the Tab key fast."""
    # Qt takes None here, its stubs do not say so.
    widget.setFocusProxy(stop)  # type: ignore[arg-type]
