"""Which small drawing stands beside which word; the icon font is loaded when the first one is painted."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from desktop.ui.kit.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

_GLYPHS: Mapping[str, str] = {
    "today": "sun-horizon",
    "patients": "users-three",
    "schedule": "calendar-blank",
    "worklists": "list-bullets",
    "devices": "barcode",
    "handouts": "file-text",
    "reports": "chart-line",
    "settings": "gear-six",
    "lock": "lock-simple",
    "print": "printer",
    "save": "floppy-disk",
    "download": "download-simple",
    "add_patient": "user-plus",
    "scan": "barcode",
    "add": "plus",
    "remove": "trash",
    "edit": "pencil-simple",
    "sign": "pen-nib",
    "search": "magnifying-glass",
    "warning": "warning",
    "done": "check",
    "good": "check-circle",
    "information": "info",
    "unknown": "question",
    "close": "x",
    "back": "arrow-left",
    "next": "caret-right",
    "previous": "caret-left",
    "open": "caret-down",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
    "fit_width": "arrows-out-line-horizontal",
    "phone": "phone",
    "visit": "calendar-plus",
    "anesthesia": "activity",
    "recovery": "calendar-check",
    "operation": "first-aid-kit",
    "photos": "camera",
    "history": "clock-counter-clockwise",
    "user": "user-circle",
    "sign_out": "sign-out",
    "backup": "database",
    "key": "key",
    "refresh": "arrows-clockwise",
    "note": "note-pencil",
    "medicine": "pill",
    "help": "lifebuoy",
}
NAMES = frozenset(_GLYPHS)
_OF_HEIGHT = 0.875
"""Letters of this font are as wide as they are high; the rest is the room around them."""


def icon(name: str, color: str | None = None) -> QIcon:
    """The drawing for a semantic name. `color` is a token of the theme or `#rrggbb`; it is looked up at every paint,
    so a drawing follows a change of theme by itself."""
    if name not in _GLYPHS:
        raise KeyError(f"No icon is called {name!r}")
    return QIcon(_Engine(name, color or "text"))


def load_icons() -> None:
    """Fetch the icon font now, so that the first paint does not wait for it."""
    _letters()


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
        family, letters = _letters()
        font = QFont(family)
        font.setPixelSize(round(_OF_HEIGHT * rect.height()))
        painter.save()
        painter.setPen(QColor(resolved))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters[self._name])
        painter.restore()

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
def _letters() -> tuple[str, Mapping[str, str]]:
    """The family of the icon font and the letter of each drawing.

    QtAwesome is asked for its files only: to import it loads ten fonts and another wrapper of Qt, which take 39 MB.
    """
    found = importlib.util.find_spec("qtawesome")
    assert found is not None
    assert found.origin is not None
    fonts = Path(found.origin).parent / "fonts"
    (font,), (codes,) = fonts.glob("phosphor-[0-9]*.ttf"), fonts.glob("phosphor-charmap-*.json")
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]
    code_of = json.loads(codes.read_text(encoding="utf-8"))
    return family, {name: chr(int(code_of[glyph], 16)) for name, glyph in _GLYPHS.items()}
