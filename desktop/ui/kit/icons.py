"""Which small drawing stands beside which word; the icon fonts are loaded when the first one is painted."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from desktop.ui.kit.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

_GLYPHS: Mapping[str, str] = {
    "today": "ph.sun-horizon",
    "patients": "ph.users-three",
    "schedule": "ph.calendar-blank",
    "worklists": "ph.list-bullets",
    "devices": "ph.barcode",
    "handouts": "ph.file-text",
    "reports": "ph.chart-line",
    "settings": "ph.gear-six",
    "lock": "ph.lock-simple",
    "print": "ph.printer",
    "save": "ph.floppy-disk",
    "download": "ph.download-simple",
    "add_patient": "ph.user-plus",
    "scan": "ph.barcode",
    "add": "ph.plus",
    "remove": "ph.trash",
    "edit": "ph.pencil-simple",
    "sign": "ph.pen-nib",
    "search": "ph.magnifying-glass",
    "warning": "ph.warning",
    "done": "ph.check",
    "good": "ph.check-circle",
    "information": "ph.info",
    "unknown": "ph.question",
    "close": "ph.x",
    "back": "ph.arrow-left",
    "next": "ph.caret-right",
    "previous": "ph.caret-left",
    "open": "ph.caret-down",
    "zoom_in": "ph.magnifying-glass-plus",
    "zoom_out": "ph.magnifying-glass-minus",
    "fit_width": "ph.arrows-out-line-horizontal",
    "phone": "ph.phone",
    "visit": "ph.calendar-plus",
    "anesthesia": "ph.activity",
    "recovery": "ph.calendar-check",
    "operation": "ph.first-aid-kit",
    "photos": "ph.camera",
    "history": "ph.clock-counter-clockwise",
    "user": "ph.user-circle",
    "sign_out": "ph.sign-out",
    "backup": "ph.database",
    "key": "ph.key",
    "refresh": "ph.arrows-clockwise",
    "note": "ph.note-pencil",
    "medicine": "ph.pill",
    "help": "ph.lifebuoy",
}
NAMES = frozenset(_GLYPHS)


def icon(name: str, color: str | None = None) -> QIcon:
    """The drawing for a semantic name. `color` is a token of the theme or `#rrggbb`; it is looked up at every paint,
    so a drawing follows a change of theme by itself."""
    if name not in _GLYPHS:
        raise KeyError(f"No icon is called {name!r}")
    return QIcon(_Engine(name, color or "text"))


def load_icons() -> None:
    """Fetch the icon fonts now, so that the first paint does not wait for them."""
    _drawing("today", theme().text).pixmap(16, 16)


class _Engine(QIconEngine):
    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name, self._color = name, color

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = "faint" if mode == QIcon.Mode.Disabled else self._color
        if state == QIcon.State.On and color == "rail_text":
            color = "rail_text_selected"
        resolved = color if color.startswith("#") else str(getattr(theme(), color))
        _drawing(self._name, resolved).paint(painter, rect)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        try:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        finally:
            painter.end()
        return made

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color)


@cache
def _drawing(name: str, color: str) -> QIcon:
    qtawesome = import_module("qtawesome")  # late: it costs more than painting the sign-in window
    made: QIcon = qtawesome.icon(_GLYPHS[name], color=color)
    return made
