"""A patient whose signed plan and recovery checklist are there, for the tests that need one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from desktop.services.recovery import start_checklist
from desktop.services.recovery_view import ChecklistView, ItemLine
from tests.revision_story import Practice, add_augmentation, add_case, add_plan, sign_all_the_same

DAY_3 = dt.date(2026, 11, 20)
"""A day of surgery that makes today, Mon 23 Nov 2026, day 3."""


def add_operated_patient(
    practice: Practice,
    add_patient: Callable[..., int],
    surgery_on: dt.date | None = DAY_3,
    *,
    signed: bool = True,
    plan: dict[str, Any] | None = None,
    **patient: Any,
) -> tuple[int, int]:
    """A patient with her case; nobody has started her recovery yet."""
    patient_id = add_patient(no_known_allergies=True, responsible_adult_name="Grace Okafor", **patient)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        case = add_case(session, patient_id, surgery_on=surgery_on)
        assert case.id is not None
        drains = {"right.drain_count": 1, "left.drain_count": 0}
        saved = add_plan(session, patient_id, case.id, **(drains | (plan or {})))
        if signed:
            assert saved.id is not None
            assert saved.version is not None
            sign_all_the_same(session, saved.id, saved.version)
    return patient_id, case.id


def add_recovering_patient(
    practice: Practice, add_patient: Callable[..., int], surgery_on: dt.date = DAY_3, **more: Any
) -> tuple[int, ChecklistView]:
    patient_id, case_id = add_operated_patient(practice, add_patient, surgery_on, **more)
    with practice.database.unit_of_work(practice.actor) as session:
        return patient_id, start_checklist(session, case_id, surgery_on)


def line(view: ChecklistView, code: str, day: int) -> ItemLine:
    lines = [*view.limits, *(item for group in view.days for item in group.items)]
    return next(item for item in lines if item.code == code and item.start_day == day)
