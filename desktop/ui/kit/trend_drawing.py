"""How a trend is drawn: dates true to time, RIGHT a full line with dots, LEFT a broken line with squares."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.models.choices import Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.trend import Line, Reading, Trend
from desktop.ui.kit.theme import font, px, theme

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)


@dataclass(frozen=True)
class _Placed:
    """A change of device in pixels: from where to where it can have been, and where its words stand."""

    words: str
    sides: tuple[Side, ...]
    first: float
    last: float
    left: float
    row: int


class TrendDrawing:
    """Everything in pixels for one size."""

    def __init__(self, rect: QRectF, trend: Trend) -> None:
        self._trend = trend
        readings = [reading for line in trend.lines for reading in line.readings]
        days = [reading.on.toordinal() for reading in readings]
        self._marks = trend.subject.marks or marks_around([reading.value for reading in readings])
        self._first, self._last = min(days), max(max(days), min(days) + 1)
        self._rect = rect
        self._plot = rect.adjusted(px(46), px(26), -px(28), -px(26))
        self._changes = self._placed(_by_day(trend))
        rows = max((change.row + 1 for change in self._changes), default=0)
        self._plot.setTop(self._plot.top() + rows * px(15))

    def paint(self, painter: QPainter, pointed_at: dt.date | None) -> None:
        self._axes(painter)
        for change in self._changes:
            self._change(painter, change)
        if pointed_at is not None:
            x = self._x(pointed_at.toordinal())
            painter.setPen(QPen(QColor(theme().accent), px(1)))
            painter.drawLine(QPointF(x, self._plot.top()), QPointF(x, self._plot.bottom()))
        for line in self._trend.lines:
            self._line(painter, line)
        self._legend(painter)

    def _x(self, day: float) -> float:
        room = px(10)  # a sign on the first day leaves the numbers of the axis free
        width = self._plot.width() - 2 * room
        return self._plot.left() + room + (day - self._first) / (self._last - self._first) * width

    def _y(self, value: float) -> float:
        low, high = self._marks[0], self._marks[-1]
        return self._plot.bottom() - (value - low) / max(1, high - low) * self._plot.height()

    def _axes(self, painter: QPainter) -> None:
        painter.setFont(font("muted", tabular=True))
        for mark in self._marks:
            y = self._y(mark)
            painter.setPen(QColor(theme().line))
            painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))
            painter.setPen(QColor(theme().muted))
            box = QRectF(self._rect.left(), y - px(9), px(40), px(18))
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, end, self._trend.subject.show_value(mark))
        self._days(painter)

    def _days(self, painter: QPainter) -> None:
        """The day of each visit under the axis; where two would touch, the later one is left to the words."""
        free_from, newest_left = -math.inf, math.inf
        days = sorted({reading.on for line in self._trend.lines for reading in line.readings})
        for day in [*days[-1:], *days[:-1]]:  # the newest always
            x = self._x(day.toordinal())
            words = show_date(day)
            width = painter.fontMetrics().horizontalAdvance(words)
            left = min(max(x - width / 2, self._rect.left()), self._rect.right() - width)
            is_newest = day == days[-1]
            if not is_newest and (left < free_from or left + width + px(10) > newest_left):
                continue
            painter.setPen(QColor(theme().line))
            painter.drawLine(QPointF(x, self._plot.bottom()), QPointF(x, self._plot.bottom() + px(4)))
            painter.setPen(QColor(theme().muted))
            painter.drawText(QPointF(left, self._plot.bottom() + px(19)), words)
            if is_newest:
                newest_left = left
            else:
                free_from = left + width + px(10)

    def _placed(self, changes: dict[PartialDate, tuple[Side, ...]]) -> list[_Placed]:
        """From left to right, each in the first row in which its words have room."""
        metrics = QFontMetricsF(font("small"))
        found: list[_Placed] = []
        ends: list[float] = []
        for on, sides in sorted(changes.items(), key=lambda item: item[0].earliest):
            first, last = (self._x(day) for day in _within(on, self._first, self._last))
            words = f"{' and '.join(side.label for side in sides)}: device changed {show_partial_date(on)}"
            width = metrics.horizontalAdvance(words)
            left = max(self._rect.left(), min((first + last - width) / 2, self._rect.right() - width))
            row = next((at for at, end in enumerate(ends) if left > end + px(8)), len(ends))
            ends[row : row + 1] = [left + width]
            found.append(_Placed(words, sides, first, last, left, row))
        return found

    def _change(self, painter: QPainter, change: _Placed) -> None:
        """A line across the chart that says whose device changed; a band where the date is known in part."""
        colour = QColor(theme().muted if len(change.sides) > 1 else _colour(change.sides[0]))
        foot = self._rect.top() + px(34) + change.row * px(15)
        if change.last - change.first > px(2):
            ground = QColor(colour)
            ground.setAlphaF(0.12)
            band = QRectF(change.first, self._plot.top(), change.last - change.first, self._plot.height())
            painter.fillRect(band, ground)
        at = (change.first + change.last) / 2
        painter.setPen(QPen(colour, px(1.5), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at, self._plot.top() - px(3)), QPointF(at, self._plot.bottom()))
        painter.setFont(font("small"))
        painter.setPen(colour)
        painter.drawText(QPointF(change.left, foot), change.words)

    def _line(self, painter: QPainter, line: Line) -> None:
        colour = QColor(_colour(line.side))
        style = Qt.PenStyle.DashLine if line.side is Side.LEFT else Qt.PenStyle.SolidLine
        for run in line.runs:
            painter.setPen(QPen(colour, px(2), style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([self._point(reading) for reading in run]))
            for reading in run:
                self.mark(painter, self._point(reading), line.side)

    def _point(self, reading: Reading) -> QPointF:
        return QPointF(self._x(reading.on.toordinal()), self._y(reading.value))

    @staticmethod
    def mark(painter: QPainter, at: QPointF, side: Side | None) -> None:
        colour = QColor(_colour(side))
        painter.setPen(QPen(colour, px(2)))
        size = px(4)
        if side is Side.LEFT:  # hollow and larger, so that a dot of the other side is seen in it
            size = px(5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(at.x() - size, at.y() - size, size * 2, size * 2))
        else:
            painter.setBrush(colour)
            painter.drawEllipse(at, size, size)

    def _legend(self, painter: QPainter) -> None:
        """Which line is which; the words carry it, the sign and the colour help."""
        painter.setFont(font("label"))
        left, middle = self._plot.left(), self._rect.top() + px(9)
        for line in self._trend.lines:
            if line.side is None or not line.runs:
                continue
            style = Qt.PenStyle.DashLine if line.side is Side.LEFT else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(_colour(line.side)), px(2), style))
            painter.drawLine(QPointF(left, middle), QPointF(left + px(30), middle))
            self.mark(painter, QPointF(left + px(15), middle), line.side)
            painter.drawText(QPointF(left + px(38), middle + px(4)), line.side.label)
            left += px(54) + painter.fontMetrics().horizontalAdvance(line.side.label)


def marks_around(values: Sequence[int]) -> tuple[int, ...]:
    """Even steps below, through and above the values: three to six of them."""
    low, high = min(values), max(values)
    step = next((each for each in _STEPS if (high - low) / each <= 3), _STEPS[-1])
    first, last = math.floor(low / step) * step, math.ceil(high / step) * step
    return tuple(range(first if first < last else first - step, last + step, step))


def day_words(trend: Trend, day: dt.date) -> str:
    """`19 Nov 2026 · RIGHT III · LEFT I`"""
    told = [
        " ".join(filter(None, (line.side.label if line.side else "", reading.words)))
        for line in trend.lines
        for reading in line.readings
        if reading.on == day
    ]
    return " · ".join((show_date(day), *told))


def _by_day(trend: Trend) -> dict[PartialDate, tuple[Side, ...]]:
    """What parts a line that is drawn, with the sides of which it is said."""
    found: dict[PartialDate, tuple[Side, ...]] = {}
    for line in trend.lines:
        for change in line.changes:
            if change.on is not None and change.side not in found.get(change.on, ()):
                found[change.on] = (*found.get(change.on, ()), change.side)
    return found


def _within(on: PartialDate, first: int, last: int) -> tuple[int, int]:
    return max(first, min(on.earliest.toordinal(), last)), max(first, min(on.latest.toordinal(), last))


def _colour(side: Side | None) -> str:
    return theme().accent if side is None else theme().right if side is Side.RIGHT else theme().left
