"""What is told about asking others for the records of one patient of the demo practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.demo.answers import Table, read_choice
from desktop.demo.days import read_day, read_moment
from desktop.models.choices import RecipientKind, RequestState, Source

ASKED, REMINDED, ANSWERED = dt.time(10, 20), dt.time(9, 40), dt.time(14, 10)
"""When letters are written, reminders sent, and the post is gone through."""


@dataclass(frozen=True)
class RequestStory:
    """`source` is what an answer was, `reason` why the records are no longer needed."""

    asked_at: dt.datetime
    to: RecipientKind
    address: str
    due_on: dt.date
    reminded_at: dt.datetime | None
    closed_at: dt.datetime | None
    came_of_it: RequestState
    source: Source | None
    reason: str


def tell_request(table: Table, today: dt.date) -> RequestStory:
    known = {"on", "to", "address", "due", "reminded", "closed", "came_of_it", "source", "reason"}
    if unasked := set(table) - known:
        raise ValueError(f"{', '.join(sorted(unasked))} is nothing a request is asked")
    return RequestStory(
        asked_at=read_moment(table["on"], today, ASKED),
        to=read_choice(RecipientKind, table["to"]),
        address=table["address"],
        due_on=read_day(table["due"], today),
        reminded_at=read_moment(table["reminded"], today, REMINDED) if "reminded" in table else None,
        closed_at=read_moment(table["closed"], today, ANSWERED) if "closed" in table else None,
        came_of_it=read_choice(RequestState, table.get("came_of_it", RequestState.OPEN.value)),
        source=read_choice(Source, table["source"]) if "source" in table else None,
        reason=table.get("reason", ""),
    )
