"""Draws the strokes of a chest with any painter; where its half lies, the painter was told before."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.rules.chest_figure import Path, Stroke
from desktop.ui.kit.theme import Theme

_HALO = 4.0


def paint_strokes(painter: QPainter, strokes: Iterable[Stroke], look: Theme) -> None:
    for stroke in strokes:
        painter.setPen(_pen(stroke, str(getattr(look, stroke.ink)), stroke.weight))
        painter.setBrush(QColor(str(getattr(look, stroke.ink))) if stroke.is_filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(outline_of(stroke.path))


def paint_halo(painter: QPainter, strokes: Iterable[Stroke], ground: str) -> None:
    """A rim of the ground's color, so that a symbol stays legible on what it lies on."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        pen = _pen(stroke, ground, stroke.weight + _HALO)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawPath(outline_of(stroke.path))


def outline_of(path: Path) -> QPainterPath:
    start, *parts = path
    drawn = QPainterPath(QPointF(*start))
    for part in parts:
        if len(part) == 2:
            drawn.lineTo(*part)
        elif len(part) == 4:
            drawn.quadTo(*part)
        else:
            drawn.cubicTo(*part)
    return drawn


def _pen(stroke: Stroke, color: str, weight: float) -> QPen:
    pen = QPen(QColor(color), weight)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if stroke.is_dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.4, 2.2])
    return pen
