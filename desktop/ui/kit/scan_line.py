"""What a label scanner sends, told from what a person types: by its speed and by how it begins, wherever it falls."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from typing_extensions import override

from desktop.ui.kit.typed_before import TypedBefore, takes_text

FASTEST_MS: Final = 35
"""Between two characters of a scanner lie no more; few people's fingers are so quick, and nobody's eight times."""
SHORTEST: Final = 8
ENDING_MS: Final = 250
"""So long after a scan, Enter and Tab are still the scanner's, which may send both or be slow to."""
_SILENCE_MS: Final = 2 * FASTEST_MS

_BEGINS: Final = re.compile(
    r"""\x1d* (?:
        \][a-z][0-9a-z]                                        # a symbology prefix
      | \([0-9]{2}\)[^ ]                                       # GS1 for people
      | 01[0-9]{6} | 1[17][0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}    # GS1: a product, a date
      | \*?\+(?:[a-z$]|[0-9]{5})                               # HIBCC
      | = | &,1 | \\t\\,1                                      # ICCBBA
      | \[\)>                                                  # an envelope round several of them
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SEPARATOR: Final = "\x1d"
_FIRST: Final = frozenset("](01*+=&\\[" + _SEPARATOR)

_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS: Final = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
)
_CONTROLS: Final = {
    Qt.Key.Key_D: "\x04",
    Qt.Key.Key_Backslash: "\x1c",
    Qt.Key.Key_BracketRight: _SEPARATOR,
    Qt.Key.Key_AsciiCircum: "\x1e",
    Qt.Key.Key_Underscore: "\x1f",
}
"""How a keyboard sends the separators inside a label: with Ctrl, which on a Mac is the Meta key of Qt."""
_CTRL: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class ScanLine(QObject):
    """Listens to every window of the program while `listens()`; what a person types goes where it always goes.

    A character that may begin a label is watched. What follows faster than fingers is held back until it is known
    what it is: a scan, which nobody else sees, or typing, which goes on where it was going. Time is what stands in the
    events, so that a busy moment of the program parts no scan.
    """

    scanned = Signal(str)
    """Every character of the label as it was sent, separators included."""

    def __init__(self, listens: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listens = listens
        self._burst = ""
        self._last = self._ended = -2 * ENDING_MS
        self._is_scan = False
        self._releases = False
        self._held: list[QKeyEvent] = []
        self._before: TypedBefore | None = None
        self._window: QWindow | None = None
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._on_silence)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys come to the window before they come to any field or shortcut in it."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or self._releases:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if not self._listens():
            self._forget()
            return False
        if kind == QEvent.Type.ShortcutOverride:
            if self._is_of_scanner(event):
                event.accept()
                return True
            return False
        self._window = watched
        return self._press(event)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _is_of_scanner(self, event: QKeyEvent) -> bool:
        """Whether a key that comes now is no shortcut, whatever it is elsewhere."""
        if self._is_ending(event):
            return self._is_scan or self._is_just_over(event)
        return bool(self._burst) and self._is_quick(event) and (self._is_scan or _character(event) is not None)

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key was the scanner's, or is held back."""
        if event.key() in _MODIFIERS:
            return False
        if self._is_ending(event):
            return self._end(event)
        character = None if event.isAutoRepeat() else _character(event)
        is_quick = self._is_quick(event)
        if self._is_scan and is_quick:
            self._burst += character or ""
            self._last = event.timestamp()
            self._silence.start()
            return True
        if self._is_scan:
            self._finish(event.timestamp())
        if character is None or not is_quick:
            self._release()
            self._forget()
        if character is None:
            return False
        begins = not is_quick and character in _FIRST
        self._last = event.timestamp()
        return self._begin(event, character) if begins else bool(self._burst) and self._go_on(event, character)

    def _begin(self, event: QKeyEvent, character: str) -> bool:
        """The first character shows at once where text is typed; where it would be a command it waits."""
        self._burst, self._before = character, TypedBefore()
        self._silence.start()
        if takes_text(QApplication.focusWidget()):
            return False
        self._hold(event)
        return True

    def _go_on(self, event: QKeyEvent, character: str) -> bool:
        self._burst += character
        self._hold(event)
        self._silence.start()
        if len(self._burst.lstrip(_SEPARATOR)) < SHORTEST:
            return True
        if _BEGINS.match(self._burst):
            self._recognise()
        else:
            self._release()
            self._burst = ""
        return True

    def _recognise(self) -> None:
        self._is_scan = True
        self._held.clear()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        if self._before is not None:
            self._before.bring_back()

    def _end(self, event: QKeyEvent) -> bool:
        if self._is_scan:
            self._finish(event.timestamp())
            return True
        self._release()
        self._forget()
        return self._is_just_over(event)

    def _finish(self, at: int) -> None:
        """Announced after the key has been dealt with: whoever hears of it may close the window under it."""
        text, self._ended = self._burst, at
        self._forget()
        QTimer.singleShot(0, self, lambda: self.scanned.emit(text))

    def _on_silence(self) -> None:
        """Keys that wait already, because the program was busy, come before what the silence means."""
        QTimer.singleShot(0, self, self._after_silence)

    def _after_silence(self) -> None:
        if self._silence.isActive():
            return
        if self._is_scan:
            self._finish(self._last)
        else:
            self._release()  # what went on since is still remembered: the next key may show that it was a scan

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(
            QKeyEvent(
                QEvent.Type.KeyPress,
                event.key(),
                event.modifiers(),
                event.nativeScanCode(),
                event.nativeVirtualKey(),
                event.nativeModifiers(),
                event.text(),
            )
        )

    def _release(self) -> None:
        """It was typed: let it go where it was going."""
        held, self._held = self._held, []
        self._releases = True
        try:
            for event in held:
                if self._window is not None and isValid(self._window):
                    QCoreApplication.sendEvent(self._window, event)
        finally:
            self._releases = False

    def _forget(self) -> None:
        self._silence.stop()
        self._burst, self._before, self._is_scan = "", None, False
        self._held.clear()

    def _is_quick(self, event: QKeyEvent) -> bool:
        return 0 <= event.timestamp() - self._last <= FASTEST_MS

    def _is_just_over(self, event: QKeyEvent) -> bool:
        return 0 <= event.timestamp() - self._ended <= ENDING_MS

    def _is_ending(self, event: QKeyEvent) -> bool:
        return event.key() in _ENDS or event.text() in ("\r", "\n", "\t")


def _character(event: QKeyEvent) -> str | None:
    """The one character that a key stands for inside a label; None for a command."""
    text, held = event.text(), event.modifiers()
    has_alt = bool(held & Qt.KeyboardModifier.AltModifier)
    if held & _CTRL and not has_alt:
        return text if text in _CONTROLS.values() else _CONTROLS.get(Qt.Key(event.key()))
    if has_alt and not held & _CTRL:
        return None  # both together are the AltGr of some keyboards
    return text if len(text) == 1 and (text.isprintable() or text in _CONTROLS.values()) else None
