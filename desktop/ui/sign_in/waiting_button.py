"""The button that opens the practice: it says when it works, and counts down after too many wrong tries."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer

from desktop.ui.kit.buttons import Button


class WaitingButton(Button):
    def __init__(self, words: str) -> None:
        super().__init__(words, "primary")
        self._idle_words = words
        self._busy_words = ""
        self._waits_ms: dict[str, int] = {}
        self._for = ""
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self._show)

    def set_busy(self, words: str) -> None:
        """Empty words: the work is over."""
        self._busy_words = words
        self._show()

    def is_busy(self) -> bool:
        return bool(self._busy_words)

    def wait(self, whose: str, seconds: int) -> None:
        """Each account waits for itself, so that a colleague can sign in meanwhile."""
        self._waits_ms[whose] = self._clock.elapsed() + seconds * 1_000
        self.watch(whose)

    def watch(self, whose: str) -> None:
        """Whose wait this button shows and keeps."""
        self._for = whose
        self._show()

    def _show(self) -> None:
        left_ms = self._waits_ms.get(self._for, 0) - self._clock.elapsed()
        if left_ms > 0:
            minutes, seconds = divmod(-(-left_ms // 1_000), 60)
            self.setText(self._busy_words or f"Wait {minutes}:{seconds:02}" if minutes else f"Wait {seconds} s")
            self._timer.start()
        else:
            self._timer.stop()
            self.setText(self._busy_words or self._idle_words)
        self.setEnabled(left_ms <= 0 and not self._busy_words)
        self.setAccessibleName(self.text())
