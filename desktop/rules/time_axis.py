"""Which stretch of time a timeline shows, and where its axis has a line: years from afar, months from near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.lane_span import Span

YEAR: Final = 365.2425
_LEAST_DAYS: Final = 75.0
"""As near as one can go: a few months fill the picture."""
_LEAST_YEARS_AT_FIRST: Final = 4.0
_MONTH_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600)


@dataclass(frozen=True)
class TimeAxis:
    """From the day `first` to the day `last`, counted as `date.toordinal` counts; the bounds of the whole stay."""

    first: float
    last: float
    whole_first: float
    whole_last: float

    @classmethod
    def whole(cls, spans: Iterable[Span | None], today: dt.date) -> Self:
        """Everything that is dated, today, and a little room on both sides."""
        days = [today, *(day for span in spans if span is not None for day in (span.earliest, span.latest))]
        first, last = min(days), max(days)
        years = max(_LEAST_YEARS_AT_FIRST, (last - first).days / YEAR)
        after = last.toordinal() + years * 0.03 * YEAR
        before = dt.date(max(2, min(first.year, int(last.year - years))) - 1, 1, 1).toordinal()
        return cls(float(before), after, float(before), after)

    def share(self, day: dt.date) -> float:
        """Where the day stands: 0 at the beginning, 1 at the end, beyond them where it is out of sight."""
        return (day.toordinal() - self.first) / self.days

    @property
    def days(self) -> float:
        return self.last - self.first

    @property
    def is_whole(self) -> bool:
        return (self.first, self.last) == (self.whole_first, self.whole_last)

    def zoomed(self, factor: float, about: float) -> TimeAxis:
        """Nearer by `factor`; the day `about` stays where it is, unless that would show what lies outside."""
        days = min(self.whole_last - self.whole_first, max(_LEAST_DAYS, self.days / factor))
        share = (about - self.first) / self.days
        return self._from(about - share * days, days)

    def moved(self, days: float) -> TimeAxis:
        return self._from(self.first + days, self.days)

    def showing(self, span: Span) -> TimeAxis:
        """Moved as little as brings the span into sight; its beginning where there is no room for all of it."""
        first, last = float(span.earliest.toordinal()), float(span.latest.toordinal())
        margin = self.days * 0.06
        if first < self.first:
            return self.moved(first - margin - self.first)
        if last > self.last:
            return self.moved(min(last + margin - self.last, first - margin - self.first))
        return self

    def fitted(self) -> TimeAxis:
        return TimeAxis(self.whole_first, self.whole_last, self.whole_first, self.whole_last)

    def ticks(self, least_share: float) -> Iterator[tuple[dt.date, str]]:
        """Days for lines on the axis, no closer to each other than this share of its width."""
        least = least_share * self.days
        months = next((each for each in _MONTH_STEPS if each * YEAR / 12 >= least), _MONTH_STEPS[-1])
        day = dt.date.fromordinal(max(1, int(self.first)))
        at = (day.year * 12 + day.month - 1) // months * months
        while (shown := dt.date(max(1, at // 12), at % 12 + 1, 1)).toordinal() <= self.last:
            if shown.toordinal() >= self.first:
                yield shown, show_partial_date(PartialDate(shown.year, None if months >= 12 else shown.month))
            at += months

    def _from(self, first: float, days: float) -> TimeAxis:
        first = min(self.whole_last - days, max(self.whole_first, first))
        return TimeAxis(first, first + days, self.whole_first, self.whole_last)
