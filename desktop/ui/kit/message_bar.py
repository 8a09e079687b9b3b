"""How a screen answers: quietly when it worked, loudly and kindly when it refused, with progress when it takes long."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPropertyAnimation, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button, button, icon_button
from desktop.ui.kit.icons import icon
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px

QUIET_MS = 6_000
_FADE_MS = 400


class MessageBar(QFrame):
    """One line at the foot of a screen. It keeps its place while empty, so nothing jumps when it speaks."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None, quiet_ms: int = QUIET_MS) -> None:
        super().__init__(parent)
        self.setProperty("kind", "message")
        self._actions: list[Button] = []
        self._cancel: Callable[[], object] | None = None
        self._sign = QLabel()
        self._sign.setAccessibleName("Warning")
        self.words = Text("", wrap=True, tone="muted")
        self.reason = Text("", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(px(220))
        self._stop = button("Cancel")
        self._stop.clicked.connect(self._cancelled)
        self._close = icon_button("close", "Close this message")
        self._close.clicked.connect(self._dismiss)

        column = QVBoxLayout()
        column.setSpacing(px(2))
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.reason)
        column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(px(SPACE_M))
        for widget in (self._sign, None, self._progress, self._stop, self._close):
            if widget is None:
                self._row.addLayout(column, 1)
            else:
                self._row.addWidget(widget)
        self.setMinimumHeight(px(48))

        self._timer = QTimer(self, singleShot=True, interval=quiet_ms)
        self._timer.timeout.connect(self._fade)
        self._veil = QGraphicsOpacityEffect(self.words)
        self._veil.setEnabled(False)
        self.words.setGraphicsEffect(self._veil)
        self._fading = QPropertyAnimation(self._veil, b"opacity", self)
        self._fading.setDuration(_FADE_MS)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.finished.connect(self.clear)
        self.clear()

    def say(self, text: str) -> None:
        """It worked; the words go by themselves."""
        self._show(text)
        self._timer.start()

    def note(self, text: str) -> None:
        """A standing remark, such as “Draft kept 09:41 · not saved yet”."""
        self._show(text)

    def refuse(
        self, what: str, why: str = "", what_now: str = "", actions: Sequence[tuple[str, Callable[[], object]]] = ()
    ) -> None:
        """It did not work: stays until it is closed, answered or replaced."""
        self._show(what, " ".join(part for part in (why, what_now) if part), loud=True)
        for words, act in actions:
            made = button(words)
            made.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(self._row.indexOf(self._close), made)
            self._actions.append(made)

    def work(self, text: str, cancel: Callable[[], object] | None = None) -> None:
        """Something long has begun; the bar moves without a measure until `advance` gives one."""
        self._show(text)
        self._cancel = cancel
        self._progress.setAccessibleName(text)
        self._progress.setRange(0, 0)
        self._progress.show()
        self._stop.setVisible(cancel is not None)

    def advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)

    def clear(self) -> None:
        self._show("")

    def is_loud(self) -> bool:
        return not self._sign.isHidden()

    def actions_shown(self) -> list[Button]:
        return list(self._actions)

    def _show(self, text: str, reason: str = "", *, loud: bool = False) -> None:
        self._timer.stop()
        self._fading.stop()
        self._veil.setEnabled(False)
        self._cancel = None
        for each in self._actions:
            self._row.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._actions = []
        self.words.setText(text)
        self.words.set_tone("danger" if loud else "muted")
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        if loud:
            self._sign.setPixmap(icon("warning", "danger").pixmap(px(20), px(20)))
        self._sign.setVisible(loud)
        self._close.setVisible(loud)
        self._progress.hide()
        self._stop.hide()
        self._row.setContentsMargins(px(SPACE_M) if loud else 0, px(SPACE_S), px(SPACE_S) if loud else 0, px(SPACE_S))
        self.setProperty("tone", "danger" if loud else "")
        self.style().unpolish(self)
        self.style().polish(self)
        if text:
            spoken = QAccessibleAnnouncementEvent(self, f"{text} {reason}".strip())
            if loud:
                spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(spoken)

    def _fade(self) -> None:
        self._veil.setEnabled(True)
        self._fading.start()

    def _cancelled(self) -> None:
        cancel, self._cancel = self._cancel, None
        self._stop.setEnabled(True)
        self.note("Stopping …")
        if cancel is not None:
            cancel()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()
