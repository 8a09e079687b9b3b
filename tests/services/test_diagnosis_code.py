"""The diagnosis codes of an office and of a case in a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import Rejected, UserError
from desktop.forms.form import confirmed
from desktop.models.choices import Side
from desktop.models.indication import CaseCode
from desktop.opening import OpenPractice
from desktop.services.diagnosis_code import import_codes, read_codes, use_shipped_codes
from desktop.services.record import Snapshot
from desktop.services.revision import open_case, save_case
from tests.factories import case_values

AddPatient = Callable[..., int]
NEW = Snapshot(None, None, {})

OWN = """
edition = "ICD-10-CM, fiscal year 2027"
[[codes]]
code = "N64.81"
text = "Ptosis of breast"
valid_to = 2026-11-30
[[codes]]
code = "N60.19"
text = "Mastopathy"
"""


def do(practice: OpenPractice, verb: Callable[..., Any], *given: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return verb(session, *given)


def coded(*codes: str, **more: Any) -> dict[str, Any]:
    rows = tuple({"id": None, "side": Side.RIGHT, "code": code, "text": f"Text of {code}"} for code in codes)
    return case_values(codes=rows, surgery_on=dt.date(2026, 12, 4)) | more


def test_that_a_code_is_kept_as_its_list_spells_it_with_edition_and_day(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    saved = do(practice, save_case, NEW, coded("t8544xa", "N62"), add_patient())
    assert [row["code"] for row in saved.values["codes"]] == ["T85.44XA", "N62"]
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        rows = session.scalars(select(CaseCode).order_by(CaseCode.position)).all()
        assert {row.edition for row in rows} == {"ICD-10-CM, fiscal year 2025"}
        assert {row.coded_on for row in rows} == {dt.date(2026, 11, 23)}


def test_that_a_code_that_is_not_valid_on_the_day_of_surgery_is_refused_in_words(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    with pytest.raises(Rejected) as refused:
        do(practice, save_case, NEW, coded("T81.4XXA"), patient_id)
    assert "valid only until 30 Sep 2018, not on 4 Dec 2026" in refused.value.problems[0].message
    sure = coded("T81.4XXA")
    with pytest.raises(Rejected):
        do(practice, save_case, NEW, sure | {confirmed("codes"): sure["codes"]}, patient_id)


def test_that_a_code_nobody_lists_is_asked_once_and_then_kept(practice: OpenPractice, add_patient: AddPatient) -> None:
    patient_id, values = add_patient(), coded("N60.19")
    with pytest.raises(Rejected) as refused:
        do(practice, save_case, NEW, values, patient_id)
    assert refused.value.problems[0].is_question
    saved = do(practice, save_case, NEW, values | {confirmed("codes"): values["codes"]}, patient_id)
    assert saved.values["codes"][0]["code"] == "N60.19"


def test_that_the_office_puts_in_its_own_list_and_takes_it_back(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    table = do(practice, import_codes, OWN.encode())
    assert table.find("N60.19").edition == "ICD-10-CM, fiscal year 2027"
    with pytest.raises(Rejected, match=r"Not saved"):
        do(practice, save_case, NEW, coded("N64.81"), add_patient())
    do(practice, import_codes, OWN.replace("N60.19", "N60.29"))
    assert do(practice, read_codes).find("N60.19") is None  # one list takes the place of the one before
    assert do(practice, use_shipped_codes).find("N60.29") is None


@pytest.mark.parametrize(
    ("file", "words"),
    [(b"\xff\xfe\x00", "no text"), ("edition = 3", "Line 1"), (OWN + '[[codes]]\ncode = "x"\ntext = "y"', "Line 10")],
)
def test_that_a_list_with_a_fault_changes_nothing(practice: OpenPractice, file: str | bytes, words: str) -> None:
    do(practice, import_codes, OWN)
    with pytest.raises(UserError, match=words):
        do(practice, import_codes, file)
    assert do(practice, read_codes).find("N60.19") is not None


def test_that_chosen_codes_stay_as_they_were_chosen_when_the_list_changes(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    saved = do(practice, save_case, NEW, coded("N64.4"), add_patient())
    do(practice, import_codes, OWN)
    assert do(practice, open_case, saved.id).values["codes"] == saved.values["codes"]
