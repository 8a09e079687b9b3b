"""What is told about one phase of the safety checklist in the demo practice, and how it is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_choice
from desktop.demo.days import read_moment
from desktop.models.choices import SafetyAgain, SafetyItem, SafetyMoment, SafetyReply, Side
from desktop.services.safety import answer_item, call_again, finish_phase, name_present, read_safety
from desktop.services.safety_file import PhaseKey

BEGUN = dt.time(9, 0)


@dataclass(frozen=True)
class PhaseStory:
    """Everything is answered with yes but what `others` say; `up_to` many items where it is not finished."""

    begun_at: dt.datetime
    led_by: str
    moment: SafetyMoment
    again: SafetyAgain | None
    side: Side | None
    present: str
    up_to: int | None
    others: Mapping[SafetyItem, tuple[SafetyReply, str]]


def tell_phase(table: Table, today: dt.date) -> PhaseStory:
    return PhaseStory(
        begun_at=read_moment(table["on"], today, BEGUN),
        led_by=table.get("led_by", "marchetti"),
        moment=read_choice(SafetyMoment, table["moment"]),
        again=read_choice(SafetyAgain, table["again"]) if "again" in table else None,
        side=read_choice(Side, table["side"]) if "side" in table else None,
        present=table["present"],
        up_to=table.get("up_to"),
        others={
            read_choice(SafetyItem, row["item"]): (read_choice(SafetyReply, row["reply"]), row.get("comment", ""))
            for row in table.get("others", ())
        },
    )


def run_phase(session: Session, patient_id: int, case_id: int, told: PhaseStory) -> None:
    key = PhaseKey(told.moment)
    if told.again is not None:
        called = call_again(session, case_id, told.again, told.side)
        key = next(phase.key for phase in reversed(called.phases) if phase.key.moment is told.moment)
    for line in read_safety(session, patient_id, case_id).phase(key).lines[: told.up_to]:
        reply, comment = told.others.get(line.line.item, (SafetyReply.YES, ""))
        answer_item(session, case_id, key, line.line, reply, comment, line.text)
    phase = name_present(session, case_id, key, told.present).phase(key)
    if told.up_to is None:
        finish_phase(session, case_id, key, phase.version or 0)
