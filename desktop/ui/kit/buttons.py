"""What a person can press: buttons that say their shortcut, icon buttons that say their name, and a row of choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets  # for what the first window does without, see theme.py
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.kit.overriding import override
from desktop.ui.kit.theme import font, px, theme


class Button(QPushButton):
    """A push button whose focus is a ring inside its border, visible on every ground."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text.replace("&", "&&"))  # an ampersand is a letter here, not a mark
        self._kind = kind
        self.setProperty("kind", kind)
        self.setIconSize(QSize(px(16), px(16)))
        self.setFont(self._letters())
        self.setAccessibleName(text)
        self.setAutoDefault(True)  # Enter presses it as Space does, outside of a dialog too

    @override
    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QtGui.QPainter(self)
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            painter.setPen(QtGui.QPen(QtGui.QColor(self._ring_colour()), px(2)))
            inset = px(1) if self._kind == "link" else px(2) + 0.5  # a link is as high as its words
            painter.drawRoundedRect(QtCore.QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(6), px(6))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(self._letters())
            self.setIconSize(QSize(px(16), px(16)))
        super().changeEvent(event)

    def _letters(self) -> QFont:
        return font("strong" if self._kind == "primary" or self.isChecked() else "body")

    def _ring_colour(self) -> str:
        if self._kind == "primary":
            return theme().on_accent
        return theme().rail_text_selected if self._kind == "rail" else theme().accent


def button(text: str, primary: bool = False, icon: str | None = None, shortcut: str | None = None) -> Button:
    """`button("Save", primary=True, shortcut="Ctrl+S")` reads “Save  (Ctrl+S)” and answers to it."""
    keys = QtGui.QKeySequence(shortcut).toString(QtGui.QKeySequence.SequenceFormat.NativeText) if shortcut else ""
    keys = keys.replace("Return", "Enter")  # as it is called everywhere else
    words = f"{text}  ({keys})" if keys else text
    made = Button(f" {words}" if icon else words, "primary" if primary else "")  # the blank parts icon and word
    made.setAccessibleName(text)
    if icon:
        from desktop.ui.kit.icons import icon as icon_of  # late: the first window has none

        made.setIcon(icon_of(icon, "on_accent" if primary else "text"))
    if shortcut:
        made.setShortcut(QtGui.QKeySequence(shortcut))
        made.setAccessibleDescription(f"Shortcut {keys}")
    return made


def icon_button(name: str, accessible_name: str, shortcut: str | None = None) -> Button:
    """A button without words on it; its name is spoken and shown as a tool tip."""
    from desktop.ui.kit.icons import icon as icon_of  # late: the first window has none

    made = Button("", "quiet")
    made.setIcon(icon_of(name))
    made.setAccessibleName(accessible_name)
    if shortcut:
        made.setShortcut(QtGui.QKeySequence(shortcut))
        accessible_name += f"  ({made.shortcut().toString(QtGui.QKeySequence.SequenceFormat.NativeText)})"
    made.setToolTip(accessible_name)
    return made


class Segmented(QWidget):
    """Exclusive choices side by side; one tab stop, arrows choose, Delete takes the answer back."""

    changed = Signal(object)

    def __init__(self, label: str, choices: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for value, _words in choices]
        self._buttons: list[Button] = []
        self._chosen: int | None = None
        row = QtWidgets.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (_value, words) in enumerate(choices):
            made = Button(words)
            made.setProperty("segment", self._place_of(index, len(choices)))
            made.setCheckable(True)
            made.setAutoDefault(False)  # Enter goes on; it answers nothing
            made.setAccessibleName(f"{label}: {words}")
            made.installEventFilter(self)
            made.clicked.connect(lambda _checked=False, at=index: self._pick(at))
            row.addWidget(made)
            self._buttons.append(made)
        row.addStretch(1)
        self.setAccessibleName(label)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed)
        self._show()

    def value(self) -> Any:
        """The chosen value, or None while nothing is chosen."""
        return None if self._chosen is None else self._values[self._chosen]

    def set_value(self, value: Any) -> None:
        """Choose without announcing it; None, or a value that is not offered, chooses nothing."""
        self._chosen = self._values.index(value) if value in self._values else None
        self._show()

    @override
    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(event, QtGui.QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._buttons:
            at, last = self._buttons.index(watched), len(self._buttons) - 1
            step = {
                QtCore.Qt.Key.Key_Right: 1,
                QtCore.Qt.Key.Key_Down: 1,
                QtCore.Qt.Key.Key_Left: -1,
                QtCore.Qt.Key.Key_Up: -1,
            }.get(QtCore.Qt.Key(event.key()))
            if step is not None:
                start = at if self._chosen is not None else at - max(0, step)
                self._pick(min(last, max(0, start + step)))
                return True
            if event.key() in (QtCore.Qt.Key.Key_Delete, QtCore.Qt.Key.Key_Backspace):
                self._pick(None)
                return True
        return super().eventFilter(watched, event)

    def _pick(self, at: int | None) -> None:
        moved = at != self._chosen
        self._chosen = at
        self._show()
        self._buttons[at or 0].setFocus(QtCore.Qt.FocusReason.TabFocusReason)
        if moved:
            self.changed.emit(self.value())

    def _show(self) -> None:
        for index, each in enumerate(self._buttons):
            each.setChecked(index == self._chosen)
            each.setFont(font("strong" if index == self._chosen else "body"))
            stop = index == (self._chosen or 0)
            each.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus if stop else QtCore.Qt.FocusPolicy.ClickFocus)
        if self._buttons:
            self.setFocusProxy(self._buttons[self._chosen or 0])

    @staticmethod
    def _place_of(index: int, count: int) -> str:
        if count == 1:
            return "only"
        return "first" if index == 0 else "last" if index == count - 1 else "middle"
