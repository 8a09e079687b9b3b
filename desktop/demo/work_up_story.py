"""What is told about the work-up of a late seroma of one patient of the demo practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_answers, read_choice
from desktop.demo.days import read_moment
from desktop.forms.seroma_work_up import SEROMA_WORK_UP_FORM
from desktop.models.choices import Side
from desktop.services.seroma_work_up import open_work_up, save_work_up

WRITTEN = dt.time(9, 30)


@dataclass(frozen=True)
class WorkUpStory:
    written_at: dt.datetime
    side: Side
    answers: Mapping[str, Any]


def tell_work_up(table: Table, today: dt.date) -> WorkUpStory:
    answers = {key: told for key, told in table.items() if key not in ("on", "side")}
    return WorkUpStory(
        written_at=read_moment(table["on"], today, WRITTEN),
        side=read_choice(Side, table["side"]),
        answers=read_answers(SEROMA_WORK_UP_FORM, answers, today),
    )


def write_work_up(session: Session, patient_id: int, case_id: int, work_up: WorkUpStory) -> None:
    """What was written before stays; a later story adds to it."""
    opened = open_work_up(session, case_id, work_up.side)
    answers = dict(opened.values) | dict(work_up.answers)
    save_work_up(session, opened, answers, patient_id, case_id, work_up.side)
