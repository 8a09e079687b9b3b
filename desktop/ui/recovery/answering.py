"""Send answers to the store one after the other, so that a quick second thought is no conflict with the first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.errors import RecordChanged
from desktop.models.choices import RecoveryState
from desktop.services.recovery import answer_item
from desktop.services.recovery_view import ItemLine
from desktop.ui.kit.background import Background


class Answering(QObject):
    """`stored` carries the line as it is now; `refused` the line that stands, whose it is, and the error."""

    stored = Signal(object)
    refused = Signal(object, bool, object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._waiting: set[int] = set()
        self._next: dict[int, tuple[RecoveryState, str | None]] = {}

    def answer(self, item: ItemLine, wish: RecoveryState, reason: str | None = None) -> None:
        if item.id in self._waiting:
            self._next[item.id] = (wish, reason)
            return
        self._waiting.add(item.id)
        self._background.run(
            self,
            answer_item,
            item.id,
            wish,
            reason,
            item.version,
            done=self._on_stored,
            failed=lambda error: self._on_refused(item, error),
        )

    def _on_stored(self, item: ItemLine) -> None:
        self._waiting.discard(item.id)
        self.stored.emit(item)
        if item.id in self._next:
            self.answer(item, *self._next.pop(item.id))

    def _on_refused(self, item: ItemLine, error: Exception) -> None:
        self._waiting.discard(item.id)
        self._next.pop(item.id, None)
        theirs = error.theirs if isinstance(error, RecordChanged) else None
        is_theirs = isinstance(theirs, ItemLine)
        self.refused.emit(theirs if is_theirs else item, is_theirs, error)
