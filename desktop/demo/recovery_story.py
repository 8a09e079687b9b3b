"""What is told about the recovery of one patient of the demo practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.demo.answers import Table, read_choice
from desktop.demo.days import read_moment
from desktop.models.choices import RecoveryState

MADE, GIVEN, CALLED = dt.time(11, 30), dt.time(12, 15), dt.time(9, 30)
MOVED, REPORTED = dt.time(14, 45), dt.time(8, 50)
"""When a checklist is made, the handout given, the nurse calls, a surgeon moves a day, a patient calls by herself."""


@dataclass(frozen=True)
class AnswerStory:
    """What was answered on one day to one item, where it was not simply done."""

    day: int
    code: str
    state: RecoveryState
    reason: str | None


@dataclass(frozen=True)
class OverrideStory:
    """A surgeon's own day for one item."""

    made_at: dt.datetime
    code: str
    new_day: int
    reason: str


@dataclass(frozen=True)
class RedFlagStory:
    reported_at: dt.datetime
    code: str


@dataclass(frozen=True)
class RecoveryStory:
    """On every day up to `answered_to` everything was done, except what `others` say; -1 is nothing answered yet."""

    surgery_on: dt.date
    started_at: dt.datetime
    handout_at: dt.datetime | None
    answered_to: int
    others: tuple[AnswerStory, ...]
    overrides: tuple[OverrideStory, ...]
    red_flags: tuple[RedFlagStory, ...]

    def others_on(self, day: int) -> dict[str, AnswerStory]:
        return {each.code: each for each in self.others if each.day == day}


def tell_recovery(table: Table, today: dt.date, surgery_on: object) -> RecoveryStory:
    if not isinstance(surgery_on, dt.date):
        raise ValueError("a recovery needs the case's day of surgery")
    if unasked := set(table) - {"started", "handout", "answered_to", "others", "overrides", "red_flags"}:
        raise ValueError(f"{', '.join(sorted(unasked))} is nothing a recovery is asked")

    def at(written: object, usual: dt.time) -> dt.datetime:
        return read_moment(written, today, usual)

    return RecoveryStory(
        surgery_on=surgery_on,
        started_at=at(table.get("started", surgery_on), MADE),
        handout_at=at(table["handout"], GIVEN) if "handout" in table else None,
        answered_to=table["answered_to"],
        others=tuple(
            AnswerStory(told["day"], told["code"], read_choice(RecoveryState, told["state"]), told.get("reason"))
            for told in table.get("others", ())
        ),
        overrides=tuple(
            OverrideStory(at(told["on"], MOVED), told["code"], told["new_day"], told["reason"])
            for told in table.get("overrides", ())
        ),
        red_flags=tuple(RedFlagStory(at(told["on"], REPORTED), told["code"]) for told in table.get("red_flags", ())),
    )
