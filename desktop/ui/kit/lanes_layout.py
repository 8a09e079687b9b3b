"""Where each bar, mark and label of the device timeline stands: no two labels meet and none leaves the widget."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.ui.kit.theme import Tone, font, px

_YEAR = 365.2425


@dataclass(frozen=True)
class Span:
    """A date as precise as it is known: no earlier and no later than."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def of(cls, day: dt.date) -> Span:
        return cls(day, day)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


@dataclass(frozen=True)
class Spell:
    """One device in one breast. `start` or `end` None: not known when; `is_in_place`: not ended. `said` tells the
    dates in words."""

    label: str
    start: Span | None
    end: Span | None = None
    is_in_place: bool = False
    said: str = ""
    key: Any = None

    @property
    def is_exact(self) -> bool:
        start = self.start is not None and self.start.is_exact
        return start and (self.is_in_place or (self.end is not None and self.end.is_exact))

    def words(self) -> str:
        state = "in place" if self.is_in_place else "no longer in place"
        return ", ".join(part for part in (self.label, self.said, state) if part)


@dataclass(frozen=True)
class LaneEvent:
    """What happened or was found; `said` is the date in words."""

    on: dt.date
    label: str
    tone: Tone = "warning"
    said: str = ""

    def words(self) -> str:
        return f"{self.label} ({self.said or self.on.year})"


@dataclass(frozen=True)
class Lane:
    spells: tuple[Spell, ...] = ()
    events: tuple[LaneEvent, ...] = ()

    def words(self) -> str:
        told = [spell.words() for spell in self.spells] or ["no device recorded"]
        found = ", ".join(event.words() for event in self.events)
        return "; ".join(told) + (f". Events: {found}." if found else ".")


@dataclass(frozen=True)
class Bar:
    spell: Spell
    box: QRectF
    label: str


@dataclass(frozen=True)
class Mark:
    event: LaneEvent
    at: QPointF
    box: QRectF
    label: str


@dataclass(frozen=True)
class YearTick:
    x: float
    box: QRectF
    label: str


class LanesLayout:
    """Everything in pixels for one width."""

    def __init__(self, right: Lane, left: Lane, today: dt.date, width: float) -> None:
        self.width, self.lanes, self.today = width, (right, left), today
        self._small = QFontMetricsF(font("muted"))
        self.plot_left, self.plot_right = float(px(66)), width - px(14)
        self._first, self._last = self._range()
        self.names: list[QRectF] = []
        self.bars: list[list[Bar]] = []
        self.marks: list[list[Mark]] = []
        top = self.plot_top = px(26) + 0.0
        for lane in self.lanes:
            bar = QRectF(self.plot_left, top, self.plot_right - self.plot_left, px(40))
            self.names.append(QRectF(0, top, self.plot_left - px(8), bar.height()))
            self.bars.append([self._bar(spell, bar) for spell in lane.spells])
            marks, rows = self._marks(lane, bar.bottom())
            self.marks.append(marks)
            top = bar.bottom() + px(10) + rows * self.row_height + px(10)
        self.plot_bottom = top
        self.years = self._years()
        self.today_x = self.x_of(today)
        self.today_box = self._label_box("today", self.today_x, 0)
        self.detail = QRectF(0, self.plot_bottom + self._small.height() + px(10), width, self._small.height() + px(4))
        self.height = round(self.detail.bottom() + px(2))

    @property
    def row_height(self) -> float:
        return self._small.height() + px(2)

    def x_of(self, day: dt.date) -> float:
        share = (day - self._first).days / max(1, (self._last - self._first).days)
        return self.plot_left + share * (self.plot_right - self.plot_left)

    def _range(self) -> tuple[dt.date, dt.date]:
        days = [self.today]
        for lane in self.lanes:
            days += [event.on for event in lane.events]
            for spell in lane.spells:
                days += [day for span in (spell.start, spell.end) if span for day in (span.earliest, span.latest)]
        first, last = min(days), max(days)
        years = max(4.0, (last - first).days / _YEAR)
        after = last + dt.timedelta(days=int(years * 0.03 * _YEAR))
        return dt.date(max(1, min(first.year, int(last.year - years)) - 1), 1, 1), after

    def _bar(self, spell: Spell, lane: QRectF) -> Bar:
        left = self.x_of(spell.start.earliest) if spell.start else lane.left()
        if spell.is_in_place:
            right = self.x_of(self.today)
        else:
            right = self.x_of(spell.end.latest) if spell.end else self.x_of(self.today)
        box = QRectF(left, lane.top(), max(right - left, px(6)), lane.height())
        room = box.width() - px(18)
        label = self._small.elidedText(spell.label, Qt.TextElideMode.ElideRight, room)
        return Bar(spell, box, label if room > px(28) else "")

    def _marks(self, lane: Lane, bottom: float) -> tuple[list[Mark], int]:
        ends: list[float] = []
        marks = []
        for event in sorted(lane.events, key=lambda each: each.on):
            x = self.x_of(event.on)
            most = (self.plot_right - self.plot_left) * 0.4
            label = self._small.elidedText(event.label, Qt.TextElideMode.ElideRight, most)
            box = self._label_box(label, x, 0)
            row = next((at for at, end in enumerate(ends) if end + px(8) <= box.left()), len(ends))
            ends[row : row + 1] = [box.right()]
            box.moveTop(bottom + px(9) + row * self.row_height)
            marks.append(Mark(event, QPointF(x, bottom), box, label))
        return marks, max(1, len(ends))

    def _label_box(self, words: str, middle: float, top: float) -> QRectF:
        width = self._small.horizontalAdvance(words) + 4
        left = min(max(middle - width / 2, 0.0), self.width - width - 1)
        return QRectF(left, top, width, self._small.height())

    def _years(self) -> list[YearTick]:
        least = self._small.horizontalAdvance("2000") + px(34)
        per_year = (self.plot_right - self.plot_left) / max(1.0, (self._last - self._first).days / _YEAR)
        step = next((each for each in (1, 2, 5, 10, 20, 50) if each * per_year >= least), 100)
        ticks = []
        for year in range(self._first.year, self._last.year + 1):
            if year % step == 0 and dt.date(year, 1, 1) >= self._first:
                x = self.x_of(dt.date(year, 1, 1))
                ticks.append(YearTick(x, self._label_box(str(year), x, self.plot_bottom + px(4)), str(year)))
        return ticks
