"""Where the drawing of a chest lies in a widget: from a point of one side to the screen, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.models.choices import Side
from desktop.rules.chest_figure import HALF_WIDTH, HEIGHT, Point

OUTWARD = {Side.RIGHT: -1.0, Side.LEFT: 1.0}
"""Which way on the screen is outward: the patient faces us, her right is on the left of the screen."""


@dataclass(frozen=True)
class ChestFrame:
    """`middle` is where the midline meets the top of the drawing, `factor` how large a unit is."""

    middle: QPointF
    factor: float

    @classmethod
    def within(cls, rect: QRectF, foot: float = 0.0) -> Self:
        """As large as fits, with so much room kept free beneath for words."""
        factor = min(rect.width() / (2 * HALF_WIDTH), (rect.height() - foot) / HEIGHT)
        top = rect.center().y() - (factor * HEIGHT + foot) / 2
        return cls(QPointF(rect.center().x(), top), factor)

    @property
    def bottom(self) -> float:
        return self.middle.y() + self.factor * HEIGHT

    @contextmanager
    def drawn_into(self, painter: QPainter) -> Iterator[None]:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.middle)
        painter.scale(self.factor, self.factor)
        yield
        painter.restore()

    def to_screen(self, side: Side, units: Point) -> QPointF:
        return self.middle + QPointF(OUTWARD[side] * units[0], units[1]) * self.factor

    def side_at(self, point: QPointF) -> Side:
        return Side.RIGHT if point.x() < self.middle.x() else Side.LEFT

    def to_units(self, side: Side, point: QPointF) -> Point:
        """Beyond the midline the outward distance is negative: the point is told as of the side that was asked."""
        off = (point - self.middle) / self.factor
        return OUTWARD[side] * off.x(), off.y()


@contextmanager
def half_of(painter: QPainter, side: Side) -> Iterator[None]:
    """Where what is drawn is told outward from the midline."""
    painter.save()
    painter.scale(OUTWARD[side], 1.0)
    yield
    painter.restore()
