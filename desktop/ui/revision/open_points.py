"""What is open before signing in its three groups, and the versions there are; filled anew, never made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.open_point import OpenPoint
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.history import HistoryEntry, HistoryList
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, Tone, px

GROUPS: tuple[tuple[str, Tone, Callable[[OpenPoint], bool]], ...] = (
    ("Settle before signing", "danger", lambda point: point.blocks),
    ("Open: settle it, or sign over it with a reason", "warning", lambda point: point.needs_reason),
    ("To know", "neutral", lambda point: point.to_know and not point.blocks),
)
OPEN_TODAY = "Open today"


class OpenPoints(QWidget):
    version_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(SPACE_S), 0)
        column.setSpacing(px(SPACE_M))
        self._groups = [(Text(title, "caption", wrap=True), AttentionList()) for title, _tone, _belongs in GROUPS]
        self._nothing = Text("Nothing is open.", "muted", wrap=True)
        self._versions_title = Text("Versions of the plan", "label")
        self._versions = HistoryList()
        self._versions.opened.connect(lambda key: self.version_asked.emit(int(key)))
        for title, points in self._groups:
            column.addWidget(title)
            column.addWidget(points)
        for rest in (self._nothing, self._versions_title, self._versions):
            column.addWidget(rest)
        column.addStretch(1)

    def show_points(
        self, points: Iterable[OpenPoint], versions: list[HistoryEntry], *, is_signed: bool = False
    ) -> None:
        """`is_signed`: nothing is to be settled for a signature any more, it is only what stands open today."""
        told = list(points)
        self._groups[1][0].setText(OPEN_TODAY if is_signed else GROUPS[1][0])
        for (title, shown), (_title, tone, belongs) in zip(self._groups, GROUPS, strict=True):
            chosen = [AttentionPoint(point.text, point.detail, tone) for point in told if belongs(point)]
            shown.show_points(chosen)
            title.setVisible(bool(chosen))
            shown.setVisible(bool(chosen))
        self._nothing.setVisible(not told)
        self._versions.set_entries(versions)
        self._versions_title.setVisible(bool(versions))
        self._versions.setVisible(bool(versions))

    def say(self, point: AttentionPoint) -> None:
        """One sentence instead of a list."""
        self.show_points((), [])
        self._nothing.hide()
        title, shown = self._groups[1]
        shown.show_points([point])
        title.hide()
        shown.show()
