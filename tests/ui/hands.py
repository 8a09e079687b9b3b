"""A window with a screen in it, and the hands on its keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.background import Background

NONE = Qt.KeyboardModifier.NoModifier


def settle(qtbot: QtBot, background: Background) -> None:
    """Until the store has answered everything, also what its answers led to."""
    qtbot.waitUntil(background.is_idle)
    QApplication.processEvents()
    qtbot.waitUntil(background.is_idle)


class Hands:
    def __init__(self, qtbot: QtBot, background: Background, window: QWidget, width: int, height: int) -> None:
        self.qtbot, self.background, self._window = qtbot, background, window
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        self.activate()

    def activate(self) -> None:
        """The window has the keyboard, as every desktop gives it back when one above it closes."""
        self._window.activateWindow()
        self.qtbot.waitUntil(self._window.isActiveWindow)

    def wait(self) -> None:
        settle(self.qtbot, self.background)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.focus(), key, held)

    def press_by_shortcut(self, button: QPushButton, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        """A button pressed by its shortcut shows it for a moment before it acts."""
        with self.qtbot.waitSignal(button.clicked):
            self.press(key, held)
        self.wait()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus(), text)

    def choose(self, label: str) -> None:
        box = self.focus()
        assert isinstance(box, QComboBox)
        while box.currentText() != label:
            before = box.currentIndex()
            self.press(Qt.Key.Key_Down)
            assert box.currentIndex() > before, f"there is no {label}"

    def tab_to(self, name: str) -> None:
        for _ in range(90):
            here = self.focus()
            if name in (here.objectName(), here.parentWidget().objectName() if here.parentWidget() else ""):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}")
