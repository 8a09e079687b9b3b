"""A label scanner: it types like a keyboard, into whatever window has the keyboard, and faster than anybody."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.kit.scan_line import ENDING_MS

GS = "\x1d"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Scanner:
    """Sends keys to the window that has the keyboard, with moments of its own: no clock is waited for."""

    def __init__(self) -> None:
        self.at = 100_000
        self.shortcuts: list[Qt.Key] = []

    def key(
        self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = NONE, after: int = 5, repeat: bool = False
    ) -> None:
        self.at += after
        window = QApplication.focusWindow()
        assert window is not None
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text, repeat)
            event.setTimestamp(self.at)
            QCoreApplication.sendEvent(window, event)
            if kind == QEvent.Type.ShortcutOverride and not event.isAccepted():
                self.shortcuts.append(key)

    def send(self, text: str, after: int = 5) -> None:
        for character in text:
            if character == GS:
                self.key(Qt.Key.Key_Control, held=CTRL, after=after)
                self.key(Qt.Key.Key_BracketRight, GS, CTRL, after=0)
            else:
                if character.isupper():
                    self.key(Qt.Key.Key_Shift, held=SHIFT, after=after)
                self.key(Qt.Key(ord(character.upper())), character, after=after)

    def scan(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        self.pause()
        self.send(text)
        if end is not None:
            self.key(end, "\t" if end == Qt.Key.Key_Tab else "\r")

    def pause(self) -> None:
        self.at += 2 * ENDING_MS
