"""A patient whose records were asked for, for the screens that chase them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from desktop.models.practice import Practice
from desktop.models.records_request import RecordsRequest
from desktop.opening import OpenPractice
from desktop.services.missing_records import read_missing
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from desktop.services.records_request import Made, make_request, new_request
from tests.factories import operation_values

NEW = Snapshot(None, None, {})
DUE_ON = dt.date(2026, 12, 7)


class Printer:
    """In place of the printer."""

    def __init__(self, answer: Any = True) -> None:
        self.answer = answer
        self.printed: list[bytes] = []

    def __call__(self, pdf: bytes, *_args: Any, **_named: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        self.printed.append(pdf)
        return self.answer


def ask(practice: OpenPractice, work: Callable[..., Any], *args: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return work(session, *args)


def operate(practice: OpenPractice, patient_id: int, **facts: Any) -> int:
    """An operation elsewhere, of which serial and lot were never asked; its number."""
    saved = ask(practice, save_operation, NEW, operation_values(facility="Quay Clinic", **facts), patient_id)
    return int(saved.id)


def request(practice: OpenPractice, patient_id: int, operation_id: int, due_on: dt.date = DUE_ON) -> Made:
    """Made until `due_on`, also when that day is over by now."""
    whom = ask(practice, read_missing, patient_id).to_ask[0]
    values = {**ask(practice, new_request, whom).values, "due_on": DUE_ON}
    made: Made = ask(practice, make_request, NEW, values, patient_id, operation_id)
    if due_on != DUE_ON:
        with practice.database.unit_of_work(practice.actor) as session:
            session.get_one(RecordsRequest, made.row.id).due_on = due_on
    return made


def set_due_days(practice: OpenPractice, days: int) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        session.scalars(select(Practice)).one().records_due_days = days
