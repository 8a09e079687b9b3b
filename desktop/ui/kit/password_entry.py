"""How a password is typed: hidden or shown on request, pasted at will, with a word when Caps Lock is on."""

from __future__ import annotations

import sys

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.entry import Entry
from desktop.ui.kit.overriding import override
from desktop.ui.kit.theme import SPACE_XS, px

CAPS_LOCK = "Caps Lock is on."


class PasswordEntry(Entry):
    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        hints = "ImhSensitiveData|ImhNoPredictiveText|ImhNoAutoUppercase"
        self.line.setProperty("inputMethodHints", hints)  # in words, see theme.py
        super().__init__(name, label, self.line, hint, parent)
        self._is_quiet = True
        self.toggle = Button("", "quiet", self.line)
        self.toggle.setObjectName(f"{name}_shown")
        self.toggle.setCheckable(True)
        self.toggle.setAutoDefault(True)  # Enter presses it, rather than the field behind it
        self.toggle.toggled.connect(self._show_password)
        row = QHBoxLayout(self.line)
        row.setContentsMargins(0, px(2), px(SPACE_XS), px(2))
        row.addStretch(1)
        row.addWidget(self.toggle)
        self._show_password(False)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)

    def password(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        self.line.clear()
        self.toggle.setChecked(False)

    @override
    def show_problem(self, sentence: str) -> None:
        self._is_quiet = not sentence
        super().show_problem(sentence)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._notice_caps_lock(event)
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        if not self._is_quiet:
            self.show_problem("")
        self.edited.emit()

    def _show_password(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.toggle.setText("Hide" if shown else "Show")
        self.toggle.setAccessibleName("Hide password" if shown else "Show password")
        wider = max(self.toggle.fontMetrics().horizontalAdvance(words) for words in ("Hide", "Show"))
        self.toggle.setFixedWidth(wider + px(16))
        self.line.setTextMargins(0, 0, self.toggle.width(), 0)

    def _notice_caps_lock(self, event: QKeyEvent) -> None:
        """No toolkit tells; a capital typed without Shift does."""
        typed = event.text()
        if event.key() == QtCore.Qt.Key.Key_CapsLock:
            self._show_caps_lock(False)  # it was switched now; the next letter shows which way
        elif len(typed) == 1 and typed.upper() != typed.lower():
            has_shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            lowers = has_shift and sys.platform != "darwin"  # there, Shift does not undo Caps Lock
            self._show_caps_lock(typed.islower() if lowers else typed.isupper() and not has_shift)

    def _show_caps_lock(self, is_on: bool) -> None:
        if is_on:
            self._say(CAPS_LOCK, "warning")
        elif self.note.text() == CAPS_LOCK:
            self._say(self._hint, "muted")
