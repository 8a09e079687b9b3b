"""The one question that is open in the middle of the page, and the draft of what is typed into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.services.draft import DraftOf, drop_draft, keep_draft
from desktop.ui.kit.background import Background
from desktop.ui.recovery.inline_entry import InlineEntry

DRAFT_AFTER_MS = 2_000


@dataclass(frozen=True)
class Asked:
    """What the question is about: `kind` is skip, move or routine; the rest names the line."""

    kind: str
    code: str
    start_day: int = 0


class Question(QObject):
    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.entry: InlineEntry | None = None
        self._asked: Asked | None = None
        self._draft_of: DraftOf | None = None
        self._version: int | None = None
        self._remove: Callable[[], None] = lambda: None
        self._timer = QTimer(self, interval=DRAFT_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.keep_draft)

    def ask(
        self,
        asked: Asked,
        entry: InlineEntry,
        place: tuple[Callable[[InlineEntry], None], Callable[[], None]],
        draft_of: DraftOf,
        version: int,
    ) -> None:
        """Put `entry` in its place (how it is put there, how it is taken away); the one before it goes."""
        self.close()
        self._asked, self.entry, self._draft_of, self._version = asked, entry, draft_of, version
        put, self._remove = place
        entry.cancelled.connect(self.cancel)
        entry.edited.connect(self._timer.start)
        put(entry)

    def is_about(self, kind: str, code: str, start_day: int) -> bool:
        return self._asked == Asked(kind, code, start_day)

    def held(self) -> dict[str, Any] | None:
        """What is asked and what is typed, while a question is open."""
        if self.entry is None or self._asked is None:
            return None
        return {**vars(self._asked), **self.entry.typed()}

    def keep_draft(self) -> None:
        self._timer.stop()
        held = self.held()
        if held is not None and (held["day"].strip() or held["reason"].strip()):
            self._background.run(self, keep_draft, self._draft_of, held, self._version)

    def cancel(self) -> None:
        """Somebody thought better of it: the question goes, and its draft with it."""
        if self._draft_of is not None:
            self._background.run(self, drop_draft, self._draft_of)
        self.close()

    def close(self) -> None:
        self._timer.stop()
        self.entry = self._asked = self._draft_of = None
        remove, self._remove = self._remove, lambda: None
        remove()
