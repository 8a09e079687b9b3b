"""The operating-room sheet and the letter about a case, from a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import DocumentIncomplete, PermissionDenied, RecordMissing
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.models.audit import AuditEntry
from desktop.models.choices import ContingencyWhen, DeviceRole, DocumentKind, OrderState, PlanStep, Role, Side
from desktop.models.document import IssuedDocument
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.case_letter import LetterTo, issue_case_letter, preview_case_letter
from desktop.services.device_order import save_order
from desktop.services.handout import list_documents, reprint
from desktop.services.operating_sheet import operating_sheet
from desktop.services.record import Snapshot
from tests.documents.conftest import Printed, read_pdf
from tests.revision_story import NOTHING_YET, add_planned_patient, sign_all_the_same

__all__ = ["read_pdf"]

AddPatient = Callable[..., int]
Read = Callable[[bytes], Printed]
TO = LetterTo("Dr. Ines Calder", "4 Mill Lane\nPortland", "She would like to hear from you.")
CONTINGENCY = {
    "side": Side.RIGHT,
    "happens": ContingencyWhen.RUPTURED,
    "detail": None,
    "steps": (PlanStep.WASHOUT_DRAIN,),
    "then": "send the gel away",
}


def planned(practice: OpenPractice, add_patient: AddPatient, **plan: Any) -> tuple[int, int, Snapshot]:
    return add_planned_patient(practice, add_patient, **{"contingency_list": (CONTINGENCY,), **plan})


def order(session: Session, patient_id: int, case_id: int) -> None:
    answers = {
        "side": Side.RIGHT,
        "role": DeviceRole.FIRST_CHOICE,
        "manufacturer": "Mentor",
        "line": "MemoryGel",
        "volume_ml": 300,
        "state": OrderState.HERE,
        "arrived_on": dt.date(2026, 11, 20),
        "lot": "6748213",
        "expires_on": dt.date(2029, 5, 31),
    }
    save_order(session, NOTHING_YET, DEVICE_ORDER_FORM.empty() | answers, patient_id, case_id)


def test_that_the_sheet_shows_the_plan_as_it_was_signed_with_the_reasons_and_what_lies_here(
    practice: OpenPractice, add_patient: AddPatient, read_pdf: Read
) -> None:
    patient_id, case_id, plan = planned(practice, add_patient)
    assert plan.id is not None
    with practice.database.unit_of_work(practice.actor) as session:
        order(session, patient_id, case_id)
        assert "Draft, not signed" in read_pdf(operating_sheet(session, plan.id)).text
        sign_all_the_same(session, plan.id, plan.version or 0)
    with practice.database.unit_of_work(practice.actor) as session:
        printed = read_pdf(operating_sheet(session, plan.id))
        verbs = set(session.scalars(select(AuditEntry.verb)))
    assert len(printed.pages) == 1
    for expected in (
        "Friday 4 December 2026", "Total capsulectomy", "Implant exchange", "Volume: 325 → 300 mL, −25 mL",
        "If it is ruptured", "Washout and drain. send the gel away", "6748213", "31 May 2029",
        "Capsulorrhaphy, inferior", "If ruptured, total capsulectomy LEFT too.", "Dr. A. Marchetti",
        "Escort not named: Discussed with the patient.",
    ):  # fmt: skip
        assert expected in printed.text
    assert "print_operating_sheet" in verbs


def test_that_a_letter_tells_the_case_and_only_a_signed_plan(
    practice: OpenPractice, add_patient: AddPatient, read_pdf: Read
) -> None:
    patient_id, case_id, plan = planned(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        before = read_pdf(preview_case_letter(session, patient_id, case_id, TO)).text
        sign_all_the_same(session, plan.id or 0, plan.version or 0)
        after = read_pdf(preview_case_letter(session, patient_id, case_id, TO)).text
    for expected in ("Dear Dr. Ines Calder", "Capsular contracture", "Mentor MemoryGel", "12 May 2014", "Baker III"):
        assert expected in before
    assert "Implant exchange" not in before
    assert "Implant exchange" in after


def test_that_a_letter_is_kept_as_it_went_out(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id, case_id, _plan = planned(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        pdf = preview_case_letter(session, patient_id, case_id, TO)
        issue_case_letter(session, patient_id, case_id, TO, pdf)
        kept = session.execute(select(IssuedDocument.kind, IssuedDocument.pdf, IssuedDocument.title)).one()
    assert kept == (DocumentKind.CASE_LETTER, pdf, "Letter about a breast revision, to Dr. Ines Calder")


def test_that_who_may_not_see_the_case_does_not_read_its_letter_among_the_documents(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, _plan = planned(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        given = issue_case_letter(
            session, patient_id, case_id, TO, preview_case_letter(session, patient_id, case_id, TO)
        )
        assert reprint(session, given.id) == given.pdf
    desk = Actor(99, "L. Duarte", frozenset({Role.FRONT_DESK}), "Front desk")
    with practice.database.unit_of_work(desk) as session:
        assert [row.title for row in list_documents(session, patient_id)] == [given.title]
        with pytest.raises(PermissionDenied):
            reprint(session, given.id)


def test_that_a_letter_to_nobody_or_about_somebody_else_is_refused(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id, _plan = planned(practice, add_patient)
    other = add_patient(family_name="Novak")
    with practice.database.unit_of_work(practice.actor) as session:
        with pytest.raises(DocumentIncomplete):
            preview_case_letter(session, patient_id, case_id, LetterTo(" "))
        with pytest.raises(RecordMissing):
            preview_case_letter(session, other, case_id, TO)
        with pytest.raises(RecordMissing):
            issue_case_letter(session, other, case_id, TO, b"%PDF-1.7")
