"""Where somebody stands in the timeline, and where a step leads: along a lane in the order of time, or across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from desktop.ui.kit.lanes_model import Item, Lane, Spell


@dataclass(frozen=True)
class Walk:
    """`lane` is 0 for RIGHT and 1 for LEFT, `at` counts what the lane holds."""

    lanes: tuple[Lane, Lane]
    lane: int
    at: int

    @classmethod
    def begun(cls, lanes: tuple[Lane, Lane]) -> Self | None:
        """With the last device, in RIGHT where there is anything."""
        for lane, each in enumerate(lanes):
            if items := each.items():
                spells = [at for at, item in enumerate(items) if isinstance(item, Spell)]
                return cls(lanes, lane, spells[-1] if spells else len(items) - 1)
        return None

    @classmethod
    def at_item(cls, lanes: tuple[Lane, Lane], lane: int, item: Item) -> Self | None:
        """At the very same thing, else at what is told in the same way."""
        items = lanes[lane].items()
        at = next((n for n, each in enumerate(items) if each is item), None)
        if at is None and item in items:
            at = items.index(item)
        return None if at is None else cls(lanes, lane, at)

    @property
    def item(self) -> Item:
        return self.lanes[self.lane].items()[self.at]

    def along(self, steps: int) -> Walk:
        return self._to(self.lane, self.at + steps)

    def to_end(self, *, first: bool) -> Walk:
        return self._to(self.lane, 0 if first else len(self.lanes[self.lane].items()))

    def across(self, lane: int) -> Walk:
        """To what lies nearest in time in that lane; where it holds nothing, one stays."""
        items, day = self.lanes[lane].items(), self.item.begins_on
        if not items or lane == self.lane:
            return self
        return self._to(lane, min(range(len(items)), key=lambda at: abs(items[at].begins_on - day)))

    def _to(self, lane: int, at: int) -> Walk:
        return Walk(self.lanes, lane, max(0, min(len(self.lanes[lane].items()) - 1, at)))


def next_of(found: Sequence[Item], now: Item | None) -> Item:
    """Of several things in one place the one after `now`, so that each is reached by pressing again."""
    at = next((n for n, each in enumerate(found) if each is now), -1)
    return found[(at + 1) % len(found)]
