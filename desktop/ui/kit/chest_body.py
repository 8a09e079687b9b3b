"""The body the chest diagram is drawn on: neck, shoulders, arms and flanks in one calm line."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from desktop.rules.chest_figure import BODY_HALF, BODY_MIDDLE
from desktop.ui.kit.chest_strokes import paint_strokes
from desktop.ui.kit.theme import Theme


def paint_body(painter: QPainter, look: Theme) -> None:
    for outward in (-1.0, 1.0):
        painter.save()
        painter.scale(outward, 1.0)
        paint_strokes(painter, BODY_HALF, look)
        painter.restore()
    paint_strokes(painter, BODY_MIDDLE, look)
