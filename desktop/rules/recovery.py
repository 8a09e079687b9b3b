"""Which day of a recovery it is, what that day holds, what a surgeon may still move, and what comes next.

Day 0 is the calendar day of surgery and day n the date n days later: calendar days, not 24 hours, so that a change of
the clocks moves nothing. Source: clinical reference §5.2, §5.5, §5.8.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desktop.models.choices import RecoveryState
from desktop.rules.dates import show_date
from desktop.rules.problem import Problem
from desktop.rules.recovery_protocol import LAST_DAY, Protocol, ProtocolItem

FIRST_WEEK = range(8)
"""The days a board shows one by one."""

BOARD_DAYS = range(43)
"""How long somebody stays on the board: from the day of surgery to week 6."""

WEEKS = {14: 2, 28: 4, 42: 6}

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DONE = frozenset({RecoveryState.DONE, RecoveryState.NOT_APPLICABLE})


class DayState(enum.Enum):
    """What became of a day: a sign and its word, which always stand together."""

    NOTHING = "", "nothing to do"
    LATER = "", "later"
    DUE = "●", "due"
    DONE = "✓", "done"
    PARTLY = "–", "partly"
    NOT_ANSWERED = "?", "not answered"
    RED_FLAG = "!", "red flag"

    @property
    def sign(self) -> str:
        return str(self.value[0])

    @property
    def word(self) -> str:
        return str(self.value[1])


def date_of(surgery_on: dt.date, day: int) -> dt.date:
    return surgery_on + dt.timedelta(days=day)


def day_of(surgery_on: dt.date, date: dt.date) -> int:
    """Which day a date is; negative before surgery."""
    return (date - surgery_on).days


def day_label(day: int) -> str:
    if day == 0:
        return "Surgery day"
    return f"Week {WEEKS[day]}" if day in WEEKS else f"Day {day}"


def show_day(surgery_on: dt.date, day: int) -> str:
    """`Fri 18 Dec 2026`: nobody has to count."""
    date = date_of(surgery_on, day)
    return f"{_WEEKDAYS[date.weekday()]} {show_date(date)}"


def worded(text: str, surgery_on: dt.date, rule_day: int) -> str:
    """The text of a line with the last day of its limit written out."""
    return text.replace("{until}", f"{show_day(surgery_on, rule_day)} (day {rule_day})")


def items_for(protocol: Protocol, has_drains: bool | None) -> tuple[ProtocolItem, ...]:
    """What applies. Unknown drains count as possible: to leave them out would be to say that there are none."""
    return tuple(item for item in protocol.items if item.applies_to == "always" or has_drains is not False)


@dataclass(frozen=True)
class Stretch:
    """The days one line of a checklist stands for; `key` is None for a line that is to be made.

    `rule_day` is the day that the rule named while the line stood.
    """

    start_day: int
    end_day: int
    rule_day: int
    key: int | None = None
    is_answered: bool = False


def stretches(item: ProtocolItem) -> tuple[Stretch, ...]:
    """A limit is one line for all its days; everything else is asked on each of its days."""
    if item.is_limit:
        return (Stretch(item.start_day, item.end_day, item.end_day),)
    return tuple(Stretch(day, day, day) for day in range(item.start_day, item.end_day + 1))


def movable_day(lines: Sequence[Stretch]) -> int:
    """The day an override of these lines changes: the day itself, or the last one of several."""
    return max(lines, key=lambda line: line.start_day).rule_day


def check_move(
    lines: Sequence[Stretch], is_limit: bool, new_day: int, today: int, followers: Sequence[Stretch] = ()
) -> list[Problem]:
    """Why the day of these lines cannot become `new_day`; `today` is the number of today's day.

    `lines` are all lines of one item and `followers` those of the limits that begin when it ends.
    """
    current = max(lines, key=lambda line: line.start_day)
    first = min(line.start_day for line in lines)
    moves_as_one = len(lines) == 1 and not is_limit
    sentences = {
        f"Write a day from 0 to {LAST_DAY}.": not 0 <= new_day <= LAST_DAY,
        f"It is day {new_day} already.": new_day == current.rule_day,
        f"It would end before it begins, which is day {first}.": not moves_as_one and new_day < first,
        f"Today is day {today}: only days to come can be changed.": new_day < today
        or (moves_as_one and (new_day == today or current.start_day <= today)),
        "It is answered already and stays as it was answered.": moves_as_one and current.is_answered,
        "The limit that follows it has begun already. Change that one instead.": any(
            line.start_day <= today for line in followers
        ),
        "The limit that follows it would end before it begins. Change that one first.": any(
            line.end_day <= new_day for line in followers
        ),
    }
    return [Problem("new_day", sentence) for sentence, is_broken in sentences.items() if is_broken][:1]


def move(lines: Sequence[Stretch], is_limit: bool, new_day: int, today: int) -> tuple[Stretch, ...]:
    """What is to stand instead; a stretch whose key is missing goes. Days up to today keep what stood on them.

    Only after `check_move` found nothing.
    """
    if is_limit:
        return _moved_limit(lines, new_day, today)
    if len(lines) == 1:
        return (replace(lines[0], start_day=new_day, end_day=new_day, rule_day=new_day),)
    kept = [line for line in lines if line.is_answered or line.start_day <= max(new_day, today)]
    last = max(line.start_day for line in kept)
    return (*kept, *(Stretch(day, day, day) for day in range(max(last, today) + 1, new_day + 1)))


def follow(line: Stretch, new_day: int) -> Stretch:
    """A limit that begins when another one ends."""
    return replace(line, start_day=new_day + 1)


def _moved_limit(lines: Sequence[Stretch], new_day: int, today: int) -> tuple[Stretch, ...]:
    *past, current = sorted(lines, key=lambda line: line.start_day)
    if today < current.start_day:
        is_undone = new_day < current.start_day  # what was added today is taken back today
        return (*past,) if is_undone else (*past, replace(current, end_day=new_day, rule_day=new_day))
    kept = replace(current, end_day=min(current.end_day, today))
    if new_day <= today:
        return (*past, kept)
    return (*past, kept, Stretch(today + 1, new_day, new_day))


def day_state(answers: Collection[RecoveryState], day: int, today: int, has_red_flag: bool = False) -> DayState:
    """Done only when every line is done or does not apply: an unanswered or skipped one is never counted as done."""
    if has_red_flag:
        return DayState.RED_FLAG
    if not answers:
        return DayState.NOTHING
    if all(answer in _DONE for answer in answers):
        return DayState.DONE
    is_open = RecoveryState.NOT_ANSWERED in answers
    if day > today:
        return DayState.LATER
    if day == today and is_open:
        return DayState.DUE
    return DayState.PARTLY if set(answers) != {RecoveryState.NOT_ANSWERED} else DayState.NOT_ANSWERED


@dataclass(frozen=True)
class Next:
    """What comes next for one person, and how much it presses."""

    text: str
    tone: Literal["neutral", "accent", "warning", "danger"]


def next_step(open_titles: Mapping[int, Sequence[str]], today: int, red_flag: str | None = None) -> Next:
    """`open_titles` are the unanswered lines of each day; `red_flag` is the action for one reported today."""
    if red_flag:
        return Next(red_flag, "danger")
    missed = [day for day in sorted(open_titles) if day < today and open_titles[day]]
    if missed:
        return Next(f"Catch up: {_named_days(missed)}", "warning")
    if todays := open_titles.get(today):
        return Next(f"Today: {todays[0] if len(todays) == 1 else f'{len(todays)} to answer'}", "accent")
    later = [day for day in sorted(open_titles) if day > today and open_titles[day]]
    if not later:
        return Next("Everything answered", "neutral")
    return Next(f"{day_label(later[0])}: {open_titles[later[0]][0]}", "neutral")


def _named_days(days: Iterable[int]) -> str:
    names = [day_label(day).lower() for day in days]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
