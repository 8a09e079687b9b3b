"""Where each bar, mark and label of the device timeline stands: no two labels meet and none leaves the widget."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.rules.lane_span import Span
from desktop.rules.time_axis import TimeAxis
from desktop.ui.kit.lanes_labels import MarkLabel, Room, place_labels
from desktop.ui.kit.lanes_model import Gap, Lane, LaneEvent, Spell
from desktop.ui.kit.theme import font, px

_MOST_ROWS = 3
"""How many rows of words stand below a lane; what has no room there is gathered, and told apart by going nearer."""
_FAR = 4000.0


@dataclass(frozen=True)
class Bar:
    """`box` may reach out of sight; `shown` is what is seen of it. Between `sure_from` and `sure_to` it was there for
    certain; where the first is not before the second, all of it is a guess. Without function it has a thin bar."""

    spell: Spell
    box: QRectF
    shown: QRectF
    sure_from: float
    sure_to: float
    label: str
    is_thin: bool = False


@dataclass(frozen=True)
class Mark:
    """`reach` is how far left and right the date may lie; a mark without a date stands left of the axis."""

    event: LaneEvent
    at: QPointF
    reach: tuple[float, float]


@dataclass(frozen=True)
class Worded:
    """Words in a box: a gap, or a line of the axis at `x`."""

    box: QRectF
    words: str
    x: float = 0.0


@dataclass(frozen=True)
class LaneLayout:
    name: QRectF
    bars: tuple[Bar, ...]
    gaps: tuple[Worded, ...]
    marks: tuple[Mark, ...]
    labels: tuple[MarkLabel, ...]
    rows: int
    bottom: float


class LanesLayout:
    """Everything in pixels for one width and one view. `rows` of words are kept free below each lane, so that nothing
    jumps while somebody goes nearer; None takes what there is to say."""

    def __init__(
        self,
        right: Lane,
        left: Lane,
        today: dt.date,
        width: float,
        view: TimeAxis | None = None,
        rows: tuple[int, int] | None = None,
    ) -> None:
        self.width, self.today = width, today
        self.view = view or TimeAxis.whole((*right.spans(), *left.spans()), today)
        self._small = QFontMetricsF(font("muted"))
        has_undated = any(_has_undated(lane) for lane in (right, left))
        gutter = self._small.horizontalAdvance("undated") + px(8) if has_undated else 0.0
        self.gutter_left = px(66) + 0.0
        self.plot_left = self.gutter_left + gutter + (px(6) if has_undated else 0)
        self.plot_right = width - px(14)
        self.plot_top = px(26) + 0.0
        first = self._lane(right, self.plot_top, rows and rows[0])
        second = self._lane(left, first.bottom, rows and rows[1])
        self.lanes = (first, second)
        self.plot_bottom = second.bottom
        self.undated = QRectF(self.gutter_left, self.plot_top, gutter, self.plot_bottom - self.plot_top)
        self.undated_box = QRectF(self.gutter_left, self.plot_bottom + px(4), gutter, self._small.height())
        self.ticks = self._ticks()
        self.today_x = self.x_at(today.toordinal())
        self.shows_today = self.plot_left <= self.today_x <= self.plot_right
        self.today_box = self._label_box("today", self.today_x, 0)
        self.height = round(self.plot_bottom + self._small.height() + px(6))

    def x_at(self, day: float) -> float:
        share = (day - self.view.first) / self.view.days
        return self.plot_left + share * (self.plot_right - self.plot_left)

    def day_at(self, x: float) -> float:
        share = (x - self.plot_left) / max(1.0, self.plot_right - self.plot_left)
        return self.view.first + share * self.view.days

    def _lane(self, lane: Lane, top: float, rows: int | None) -> LaneLayout:
        main = QRectF(self.plot_left, top, self.plot_right - self.plot_left, px(40))
        bars = [bar for spell in lane.spells if (bar := self._bar(spell, main)) is not None]
        thin = [each for each in lane.spells if each.is_functionless]
        bottom = main.bottom()
        for spell in thin:
            row = QRectF(main.left(), bottom + px(5), main.width(), px(20))
            bottom = row.bottom()
            if (bar := self._thin_bar(spell, row)) is not None:
                bars.append(bar)
        marks = self._marks(lane, bottom)
        labels = place_labels([mark.at.x() for mark in marks], [mark.event.label for mark in marks], self._room(),
                              _MOST_ROWS if rows is None else rows)  # fmt: skip
        height = self._room().row_height
        needed = max((round(label.box.top() / height) for label in labels), default=0) + 1
        under = bottom + px(9)
        return LaneLayout(
            name=QRectF(0, top, self.gutter_left - px(6), main.height()),
            bars=tuple(bars),
            gaps=tuple(gap for each in lane.gaps if (gap := self._gap(each, main)) is not None),
            marks=tuple(marks),
            labels=tuple(MarkLabel(label.box.translated(0, under), label.words, label.marks) for label in labels),
            rows=needed,
            bottom=under + (needed if rows is None else rows) * height + px(11),
        )

    def _bar(self, spell: Spell, lane: QRectF) -> Bar | None:
        end = spell.end or Span.of(self.today)
        return self._made(spell, spell.start, end, lane, is_thin=False)

    def _thin_bar(self, spell: Spell, row: QRectF) -> Bar | None:
        """From where it stopped working; of a device nobody can date, from the beginning."""
        return self._made(spell, spell.end, spell.lies_until or Span.of(self.today), row, is_thin=True)

    def _made(self, spell: Spell, start: Span | None, end: Span, lane: QRectF, *, is_thin: bool) -> Bar | None:
        left = self._x(start.earliest) if start else self.gutter_left
        box = QRectF(left, lane.top(), max(self._x(end.latest) - left, px(6)), lane.height())
        shown = box.intersected(QRectF(self.gutter_left if start is None else lane.left(), 0, lane.right(), 1e6))
        shown.setRight(min(shown.right(), lane.right()))
        if shown.width() < 1:
            return None
        sure_from = self._x(start.latest) if start else box.right()
        words = ("without function",) if is_thin else (spell.label, *spell.short)
        label = next((each for each in words if self._fits(each, shown, px(18))), None)
        if label is None:
            label = str(spell.number) if spell.number and self._fits(str(spell.number), shown, px(4)) else ""
        return Bar(spell, box, shown, sure_from, self._x(end.earliest), label, is_thin)

    def _fits(self, words: str, box: QRectF, margin: float) -> bool:
        return self._small.horizontalAdvance(words) + margin <= box.width()

    def _gap(self, gap: Gap, lane: QRectF) -> Worded | None:
        left, right = self._x(gap.start.latest), self._x((gap.end or Span.of(self.today)).earliest)
        box = QRectF(left, lane.top(), right - left, lane.height()).intersected(lane)
        if box.width() < px(6):
            return None
        return Worded(box, next((each for each in gap.labels if self._fits(each, box, px(12))), ""))

    def _marks(self, lane: Lane, bottom: float) -> list[Mark]:
        marks = []
        for event in sorted(lane.events, key=lambda each: each.begins_on):
            if event.on is None:
                x = (self.gutter_left + self.plot_left) / 2
                marks.append(Mark(event, QPointF(x, bottom), (x, x)))
                continue
            first, last = self._x(event.on.earliest), self._x(event.on.latest)
            x = (first + last) / 2
            if self.plot_left <= x <= self.plot_right:
                reach = (max(first, self.plot_left), min(last, self.plot_right))
                marks.append(Mark(event, QPointF(x, bottom), reach))
        return sorted(marks, key=lambda mark: mark.at.x())

    def _x(self, day: dt.date) -> float:
        """Kept near enough for a painter to count with."""
        return min(self.plot_right + _FAR, max(self.plot_left - _FAR, self.x_at(day.toordinal())))

    def _room(self) -> Room:
        return Room(
            left=0.0,
            right=self.width - 1,
            row_height=self._small.height() + px(2),
            apart=float(px(8)),
            width_of=self._small.horizontalAdvance,
            shortened=lambda words, most: self._small.elidedText(words, Qt.TextElideMode.ElideRight, most),
        )

    def _label_box(self, words: str, middle: float, top: float) -> QRectF:
        width = self._small.horizontalAdvance(words) + 4
        left = min(max(middle - width / 2, 0.0), self.width - width - 1)
        return QRectF(left, top, width, self._small.height())

    def _ticks(self) -> list[Worded]:
        """A label that would reach over the axis on the left is left out; its line stays."""
        least = (self._small.horizontalAdvance("Sep 2000") + px(28)) / max(1.0, self.plot_right - self.plot_left)
        ticks = []
        for day, words in self.view.ticks(least):
            x = self.x_at(day.toordinal())
            box = self._label_box(words, x, self.plot_bottom + px(4))
            fits = box.left() >= (self.plot_left if self.undated_box.width() else 0)
            ticks.append(Worded(box, words if fits else "", x))
        return ticks


def _has_undated(lane: Lane) -> bool:
    return any(spell.start is None for spell in lane.spells) or any(event.on is None for event in lane.events)
