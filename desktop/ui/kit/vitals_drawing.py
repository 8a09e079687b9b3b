"""How the chart of vital signs and drugs is drawn: what was not measured is a gap, never a line."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.ui.kit.theme import font, px, theme
from desktop.ui.kit.vitals import DrugRow, VitalSigns, reading_words, unbroken

_LOWEST, _HIGHEST = 40, 180


class VitalsDrawing:
    """Everything in pixels for one size."""

    def __init__(
        self,
        rect: QRectF,
        drugs: Sequence[DrugRow],
        vitals: Sequence[VitalSigns],
        started_at: dt.datetime | None,
        until: dt.datetime | None,
        zone: dt.tzinfo | None,
    ) -> None:
        self._drugs, self._vitals, self._zone = drugs, vitals, zone
        moments = [each.at for each in vitals] + [dose.at for row in drugs for dose in row.doses]
        moments += [t for row in drugs for i in row.infusions for t in (i.started_at, i.ended_at) if t]
        moments += [t for t in (started_at, until) if t]
        self._now = until or max(moments)
        self._from = _floor(min(moments), 15)
        self._to = _floor(max(max(moments), self._from + dt.timedelta(minutes=45)), 15) + dt.timedelta(minutes=15)
        left = rect.left() + min(px(150), rect.width() * 0.3)
        self._label_left, self._foot = rect.left() + px(4), px(26)
        row_height, top = px(24), rect.top() + px(26)
        self._row_tops = [top + at * row_height for at in range(len(drugs))]
        self._row_height = row_height
        plot_top = top + len(drugs) * row_height + px(8)
        self._plot = QRectF(left, plot_top, rect.right() - left - px(24), rect.bottom() - self._foot - plot_top - px(6))
        self._time_top, self._detail = rect.top(), QRectF(left, rect.bottom() - self._foot, self._plot.width(), px(20))
        self._low, self._high = self._scale()

    def paint(self, painter: QPainter, pointed_at: VitalSigns | None) -> None:
        self._grid(painter)
        for row, top in zip(self._drugs, self._row_tops, strict=True):
            self._drug(painter, row, top)
        self._legend(painter)
        self._curves(painter)
        if pointed_at is not None:
            x = self._x(pointed_at.at)
            painter.setPen(QPen(QColor(theme().accent), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, self._plot.top()), QPointF(x, self._plot.bottom()))
            painter.setFont(font("muted", tabular=True))
            painter.setPen(QColor(theme().text))
            words = reading_words(pointed_at, self._zone)
            painter.drawText(self._detail, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _scale(self) -> tuple[int, int]:
        """40 to 180, wider where a value lies outside: no reading is ever cut off."""
        values = [
            value
            for each in self._vitals
            for value in (each.systolic_mmhg, each.diastolic_mmhg, each.pulse_per_min, each.spo2_percent)
            if value is not None
        ]
        low = min([_LOWEST, *(math.floor((value - 2) / 20) * 20 for value in values)])
        high = max([_HIGHEST, *(math.ceil((value + 2) / 20) * 20 for value in values)])
        return low, high

    def _x(self, at: dt.datetime) -> float:
        return self._plot.left() + (at - self._from) / (self._to - self._from) * self._plot.width()

    def _y(self, value: float) -> float:
        return self._plot.bottom() - (value - self._low) / (self._high - self._low) * self._plot.height()

    def _grid(self, painter: QPainter) -> None:
        minutes = (self._to - self._from).total_seconds() / 60
        steps = ((15, 5), (30, 10), (60, 15), (120, 30), (240, 60))
        label_step, line_step = next(
            (pair for pair in steps if pair[0] / minutes * self._plot.width() >= px(60)), steps[-1]
        )
        painter.setFont(font("muted", tabular=True))
        top = self._row_tops[0] - px(4) if self._row_tops else self._plot.top()
        for minute in range(0, int(minutes) + 1, 5):
            at = self._from + dt.timedelta(minutes=minute)
            x = self._x(at)
            wall = at.astimezone(self._zone)
            since_midnight = wall.hour * 60 + wall.minute
            if since_midnight % line_step == 0:
                painter.setPen(QColor(theme().line))
                painter.drawLine(QPointF(x, top), QPointF(x, self._plot.bottom()))
            if since_midnight % label_step == 0 and x <= self._plot.right() + 1:
                painter.setPen(QColor(theme().muted))
                box = QRectF(x - px(24), self._time_top, px(48), px(18))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, wall.strftime("%H:%M"))
        for value in range(self._low, self._high + 1, 20):
            painter.setPen(QColor(theme().line))
            painter.drawLine(QPointF(self._plot.left(), self._y(value)), QPointF(self._plot.right(), self._y(value)))
            painter.setPen(QColor(theme().muted))
            box = QRectF(self._plot.left() - px(46), self._y(value) - px(9), px(40), px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _drug(self, painter: QPainter, row: DrugRow, top: float) -> None:
        middle, height = top + self._row_height / 2 - px(4), self._row_height
        painter.setPen(QColor(theme().line))
        bottom = top + height - px(2)
        painter.drawLine(QPointF(self._label_left, bottom), QPointF(self._plot.right(), bottom))
        painter.setFont(font("muted"))
        painter.setPen(QColor(theme().text))
        box = QRectF(self._label_left, top - px(2), self._plot.left() - self._label_left - px(8), height)
        unit = f"  {row.unit}"
        room = int(box.width()) - painter.fontMetrics().horizontalAdvance(unit)
        label = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room) + unit
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)
        for infusion in row.infusions:
            left, right = self._x(infusion.started_at), self._x(infusion.ended_at or self._now)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().accent_soft))
            bar = QRectF(left, middle - px(4), max(right - left, px(4)), px(8))
            painter.drawRoundedRect(bar, px(3), px(3))
            self._chip(painter, infusion.rate, left, middle)
        free_from = -math.inf
        for dose in sorted(row.doses, key=lambda each: each.at):
            x = self._x(dose.at)
            painter.setPen(QPen(QColor(theme().accent), 2))
            painter.drawLine(QPointF(x, middle + px(9)), QPointF(x, top + height - px(3)))  # the true moment
            free_from = self._chip(painter, dose.amount, max(x, free_from), middle) + px(2)

    def _chip(self, painter: QPainter, words: str, left: float, middle: float) -> float:
        painter.setFont(font("muted", tabular=True))
        width = max(px(24), painter.fontMetrics().horizontalAdvance(words) + px(12))
        box = QRectF(min(left, self._plot.right() - width), middle - px(9), width, px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().accent_soft))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(QColor(theme().accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return float(box.right())

    def _legend(self, painter: QPainter) -> None:
        painter.setFont(font("muted"))
        at = QPointF(self._label_left, self._plot.top() + px(12))
        for words, colour, sign in (
            ("BP  mmHg", theme().text, "caret"),
            ("Pulse  /min", theme().danger, "dot"),
            ("SpO₂  %", theme().accent, "ring"),
        ):
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(at.x() + px(20), at.y() + px(4)), words)
            if sign == "caret":
                self._caret(painter, at.x() + px(6), at.y() - px(3), points_down=True)
                self._caret(painter, at.x() + px(6), at.y() + px(3), points_down=False)
            else:
                self._dot(painter, QPointF(at.x() + px(6), at.y()), colour, filled=sign == "dot")
            at += QPointF(0, px(20))

    def _curves(self, painter: QPainter) -> None:
        curves: tuple[tuple[Callable[[VitalSigns], float | None], str, bool], ...] = (
            (lambda reading: reading.spo2_percent, theme().accent, False),
            (lambda reading: reading.pulse_per_min, theme().danger, True),
        )
        for value, colour, filled in curves:
            for run in unbroken(self._vitals, value):
                points = [QPointF(self._x(each.at), self._y(float(value(each) or 0))) for each in run]
                painter.setPen(QPen(QColor(colour), 1.6))
                painter.drawPolyline(QPolygonF(points))
                for point in points:
                    self._dot(painter, point, colour, filled=filled)
        for each in self._vitals:
            if each.systolic_mmhg is not None:
                self._caret(painter, self._x(each.at), self._y(each.systolic_mmhg), points_down=True)
            if each.diastolic_mmhg is not None:
                self._caret(painter, self._x(each.at), self._y(each.diastolic_mmhg), points_down=False)

    @staticmethod
    def _dot(painter: QPainter, at: QPointF, colour: str, *, filled: bool) -> None:
        painter.setPen(QPen(QColor(colour), 1.6))
        painter.setBrush(QColor(colour if filled else theme().surface))
        painter.drawEllipse(at, px(3), px(3))

    @staticmethod
    def _caret(painter: QPainter, x: float, y: float, *, points_down: bool) -> None:
        """The tip stands at the value."""
        pen = QPen(QColor(theme().text), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        up = -px(5) if points_down else px(5)
        painter.drawPolyline(QPolygonF([QPointF(x - px(5), y + up), QPointF(x, y), QPointF(x + px(5), y + up)]))


def _floor(at: dt.datetime, minutes: int) -> dt.datetime:
    return at.replace(minute=at.minute - at.minute % minutes, second=0, microsecond=0)
