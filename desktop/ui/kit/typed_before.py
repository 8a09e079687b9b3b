"""What stood in the field with the keyboard before something was typed into it, and how it is brought back."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from desktop.ui.kit.field_box import FieldBox

_Texts = (QPlainTextEdit, QTextEdit)


def takes_text(widget: QWidget | None) -> bool:
    """Whether letters that are typed now become text of this widget."""
    return isinstance(widget, (QLineEdit, *_Texts)) and not widget.isReadOnly()


class TypedBefore:
    """What was typed since goes by undoing it, so that Ctrl+Z brings none of it back and all from before."""

    def __init__(self) -> None:
        self._widget = widget = QApplication.focusWidget()
        self._text = _text_of(widget)
        self._place = _place_of(widget)
        self._box = _box_around(widget)
        self._typed: Any = self._box.editor.typed() if self._box is not None else None

    def bring_back(self) -> None:
        widget = self._widget
        if widget is None or not isValid(widget):
            return
        if _text_of(widget) != self._text:
            _undo(widget)
            if (now := _text_of(widget)) != self._text:  # what was typed before it was undone along with it
                _rewrite(widget, now, self._text)
        if isinstance(widget, _Texts):
            widget.document().clearUndoRedoStacks(QTextDocument.Stacks.RedoStack)
        _go_to(widget, self._place)
        if self._box is not None and isValid(self._box) and self._box.editor.typed() != self._typed:
            self._box.editor.retype(self._typed)  # it was not only text: “Unknown”, or an answer of a list
            self._box.editor.edited.emit()


def _box_around(widget: QWidget | None) -> FieldBox | None:
    while widget is not None and not isinstance(widget, FieldBox):
        widget = widget.parentWidget()
    return widget


def _text_of(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, _Texts) else ""


def _place_of(widget: QWidget | None) -> tuple[int, int]:
    """Where the selection begins and where the cursor is."""
    if isinstance(widget, QLineEdit):
        at = widget.cursorPosition()
        if not widget.hasSelectedText():
            return at, at
        start, end = widget.selectionStart(), widget.selectionEnd()
        return (end, start) if at == start else (start, end)
    if isinstance(widget, _Texts):
        cursor = widget.textCursor()
        return cursor.anchor(), cursor.position()
    return 0, 0


def _go_to(widget: QWidget, place: tuple[int, int]) -> None:
    anchor, at = place
    if isinstance(widget, QLineEdit):
        widget.setSelection(anchor, at - anchor) if anchor != at else widget.setCursorPosition(at)
    elif isinstance(widget, _Texts):
        cursor = widget.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(at, QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)


def _undo(widget: QWidget) -> None:
    if isinstance(widget, (QLineEdit, *_Texts)):
        widget.undo()


def _rewrite(widget: QWidget, now: str, wanted: str) -> None:
    """The one insertion that makes one text of the other, as an edit that can be undone."""
    start = next((at for at, (one, other) in enumerate(zip(now, wanted, strict=False)) if one != other), None)
    start = min(len(now), len(wanted)) if start is None else start
    room = min(len(now), len(wanted)) - start
    tail = next((n for n in range(room) if now[-1 - n] != wanted[-1 - n]), room)
    _go_to(widget, (start, len(now) - tail))
    piece = wanted[start : len(wanted) - tail]
    if isinstance(widget, QLineEdit):
        widget.insert(piece) if piece else widget.del_()
    elif isinstance(widget, _Texts):
        widget.textCursor().insertText(piece)
