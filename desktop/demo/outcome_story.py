"""What is told about the complications of one patient of the demo practice, and the case that goes on from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_answers
from desktop.demo.days import read_moment
from desktop.forms.complication import COMPLICATION_FORM
from desktop.services.complication import read_complications, save_complication
from desktop.services.record import Snapshot

WRITTEN, STARTED = dt.time(18, 20), dt.time(10, 15)
OUTCOME: Final = ("safety", "complication", "reoperation")
"""The tables of a patient that tell what came of the operation."""


@dataclass(frozen=True)
class ComplicationStory:
    """It hangs on the newest operation, and on the newest device of its side."""

    written_at: dt.datetime
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class ReoperationStory:
    """The case that goes on; `for_complication` is the last one that was written."""

    started_at: dt.datetime
    for_complication: bool


def tell_complication(table: Table, today: dt.date) -> ComplicationStory:
    answers = read_answers(COMPLICATION_FORM, {key: told for key, told in table.items() if key != "on"}, today)
    return ComplicationStory(read_moment(table["on"], today, WRITTEN), answers)


def tell_reoperation(table: Table, today: dt.date) -> ReoperationStory:
    return ReoperationStory(read_moment(table["on"], today, STARTED), bool(table.get("for_complication", False)))


def write_complication(session: Session, patient_id: int, case_id: int, told: ComplicationStory) -> int | None:
    known = read_complications(session, patient_id, case_id)
    side = told.answers.get("side")
    devices = [link.id for link in known.devices if link.side is side]
    links = {
        "operation_id": known.operations[0].id if known.operations else None,
        "device_id": devices[0] if devices else None,
    }
    answers = COMPLICATION_FORM.empty() | dict(told.answers) | links
    return save_complication(session, Snapshot(None, None, {}), answers, patient_id, case_id).id
