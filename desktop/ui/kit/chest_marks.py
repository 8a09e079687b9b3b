"""Draws what is marked on a chest, into a painter that draws one half, outward from the midline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.models.choices import Side
from desktop.rules.chest_mark import Mark
from desktop.rules.chest_symbol import SIZE, marks_of_side
from desktop.ui.kit.chest_strokes import paint_halo, paint_strokes
from desktop.ui.kit.theme import Theme


def paint_marks(painter: QPainter, marks: tuple[Mark, ...], side: Side, look: Theme, chosen: int | None = None) -> None:
    """`chosen` counts the marks of both sides; round that one lies a ring."""
    numbers = [number for number, mark in enumerate(marks) if mark.side is side]
    drawn = list(marks_of_side(marks, side))
    for _mark, _at, strokes in drawn:
        paint_halo(painter, strokes, look.surface)
    if chosen in numbers:
        _mark, at, _strokes = drawn[numbers.index(chosen)]
        painter.setPen(QPen(QColor(look.accent), 1.6))
        painter.setBrush(QColor(look.accent_soft))
        painter.drawEllipse(QPointF(*at), SIZE + 6, SIZE + 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    for _mark, _at, strokes in drawn:
        paint_strokes(painter, strokes, look)
