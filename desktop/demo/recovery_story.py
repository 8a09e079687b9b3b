"""What is told about the recovery of one patient of the demo practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.demo.answers import Table
from desktop.demo.days import read_moment
from desktop.models.choices import RecoveryState

STARTED, CALLED = dt.time(14, 0), dt.time(9, 30)
"""When the checklist is made on the day of surgery, and when the nurse calls on the days after."""


@dataclass(frozen=True)
class AnswerStory:
    """What was answered on one day to the item of that code that begins on `start_day`."""

    code: str
    start_day: int
    state: RecoveryState
    reason: str | None


@dataclass(frozen=True)
class RedFlagStory:
    reported_at: dt.datetime
    code: str


@dataclass(frozen=True)
class RecoveryStory:
    """Everything up to `done_to` was done on its first day, except what `others` say."""

    started_at: dt.datetime
    done_to: int
    others: tuple[AnswerStory, ...]
    red_flags: tuple[RedFlagStory, ...]
    handout_at: dt.datetime | None


def read_recovery(table: Table, today: dt.date) -> RecoveryStory:
    raise ValueError("not yet")
