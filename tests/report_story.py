"""A patient whose plan is signed, and the operative report of her revision, for the tests that need one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from desktop.forms.device import DEVICE_FORM
from desktop.models.choices import Side
from desktop.opening import OpenPractice
from desktop.rules.report_comparison import left_as_planned
from desktop.services.device import open_device, save_device
from desktop.services.label_place import as_stored
from desktop.services.operative_report import open_report, save_report, sign_report
from desktop.services.record import Snapshot
from desktop.services.report_file import ReportFile, read_report_file
from tests.revision_story import add_augmentation, add_case, add_plan, sign_all_the_same


def add_patient_to_operate_on(practice: OpenPractice, add_patient: Callable[..., int], **plan: Any) -> tuple[int, int]:
    """The patient and her case, its plan signed over whatever was open: exchange RIGHT, capsulorrhaphy LEFT."""
    patient_id = add_patient(no_known_allergies=True)
    with practice.database.unit_of_work(practice.actor) as session:
        add_augmentation(session, patient_id)
        case = add_case(session, patient_id)
        assert case.id is not None
        written = add_plan(session, patient_id, case.id, **plan)
        sign_all_the_same(session, written.id or 0, written.version or 0)
    return patient_id, case.id


def file_of(session: Session, patient_id: int, case_id: int) -> ReportFile:
    return read_report_file(session, patient_id, case_id)


def record_device(session: Session, operation_id: int, side: Side, **facts: Any) -> None:
    opened = open_device(session, operation_id, side)
    described = {"manufacturer": "Mentor", "line": "MemoryGel", "volume_ml": 300, "serial": f"S-{side.value}-1"}
    save_device(session, opened, {**as_stored(DEVICE_FORM, opened), **described, **facts}, operation_id, side)


def sign_newest_report(session: Session, patient_id: int, case_id: int) -> Snapshot:
    newest = file_of(session, patient_id, case_id).newest
    assert newest is not None
    report = open_report(session, newest.id)
    return sign_report(session, newest.id, report.version or 0)


def answer_as_planned(session: Session, patient_id: int, case_id: int, **others: Any) -> Snapshot:
    """Everything that is open, as it was planned; `others` are answers that differ."""
    file = file_of(session, patient_id, case_id)
    assert file.report is not None
    answers, _words = left_as_planned(file.facts)
    return save_report(session, file.report, {**file.report.values, **answers, **others}, patient_id)
