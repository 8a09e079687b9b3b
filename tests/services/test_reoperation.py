"""A new case that goes on from another: what is carried, that all of it waits, and that nothing closes silently."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.errors import RecordMissing, UserError
from desktop.forms.form import PREFILLED, PREFILLED_FROM
from desktop.models.choices import ClavienDindo, ComplicationKind, Indication, IndicationLayer, Side
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.complication import read_complications, save_complication
from desktop.services.indication import open_finding, save_finding
from desktop.services.reoperation import read_cases, start_reoperation
from desktop.services.revision import find_newest_case, find_open_case, open_case, open_case_file, save_case
from tests.outcome_story import NEW, hematoma
from tests.report_story import add_patient_to_operate_on
from tests.revision_story import reason

AddPatient = Callable[..., int]


@pytest.fixture
def operated(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int]:
    return add_patient_to_operate_on(practice, add_patient)


def test_that_an_open_case_is_never_closed_silently(practice: OpenPractice, operated: tuple[int, int]) -> None:
    patient_id, case_id = operated
    with pytest.raises(UserError, match="still open"), practice.database.unit_of_work(practice.actor) as session:
        start_reoperation(session, patient_id, case_id)
    with practice.database.unit_of_work(practice.actor) as session:
        assert find_open_case(session, patient_id) == case_id


def test_that_what_still_holds_is_carried_over_and_waits_to_be_confirmed(
    practice: OpenPractice, operated: tuple[int, int]
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        case = open_case(session, case_id)
        found = reason(Side.LEFT, Indication.RIPPLING, layer=IndicationLayer.FOUND)
        said = reason(Side.LEFT, Indication.SIZE_UP, layer=IndicationLayer.PATIENT)
        rows = (*case.values["indications"], found, said)
        kept = save_case(session, case, {**case.values, "indications": rows}, patient_id)
        first = kept.values["indications"][0]["id"]
        save_finding(session, NEW, {"earlier_treatment": "Capsulotomy 2019"}, patient_id, first)
        new_id = start_reoperation(session, patient_id, case_id, close_first=True)
        file = open_case_file(session, patient_id, new_id)
        rows = file.case.values["indications"]
        finding = open_finding(session, rows[0]["id"])
        before = open_case_file(session, patient_id, case_id)
    assert [(row["side"], row["indication"], row["layer"], row["note"]) for row in rows] == [
        (Side.RIGHT, Indication.CAPSULAR_CONTRACTURE, IndicationLayer.SURGEON, None),
        (Side.LEFT, Indication.MALPOS_INFERIOR, IndicationLayer.SURGEON, None),
        (Side.LEFT, Indication.RIPPLING, IndicationLayer.SURGEON, "found at surgery"),
    ]
    assert finding.values["earlier_treatment"] == "Capsulotomy 2019"
    assert file.case.values[PREFILLED] == ("own_words", "indications")
    assert file.case.values[PREFILLED_FROM] == "the case of 23 Nov 2026"
    assert file.plan.id is None
    assert file.case.values["surgery_on"] is None
    assert (file.carried_from_id, file.newest_id) == (case_id, None)
    assert (before.closed_on is None, before.newest_id) == (False, new_id)
    assert len(before.case.values["indications"]) == 4


def test_that_saving_the_carried_answers_unconfirmed_keeps_them_waiting(
    practice: OpenPractice, operated: tuple[int, int]
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        new_id = start_reoperation(session, patient_id, case_id, close_first=True)
        opened = open_case(session, new_id)
        saved = save_case(session, opened, {**opened.values, PREFILLED: ("own_words",)}, patient_id)
    assert saved.values[PREFILLED] == ("own_words",)


def test_that_a_complication_goes_on_as_an_indication_and_in_words(
    practice: OpenPractice, operated: tuple[int, int]
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        operation_id = read_complications(session, patient_id, case_id).operations[0].id
        late = hematoma(kind=ComplicationKind.SEROMA, operation_id=operation_id, onset_on=PartialDate(2026, 11, 20))
        saved = save_complication(session, NEW, late, patient_id, case_id)
        new_id = start_reoperation(session, patient_id, case_id, saved.id, close_first=True)
        case = open_case(session, new_id)
    first = case.values["indications"][0]
    assert (first["side"], first["indication"]) == (Side.RIGHT, Indication.SEROMA_LATE)
    assert case.values["note"] == "Complication of the case before: Seroma, RIGHT, 20 Nov 2026, IIIa. Evacuated"
    assert case.values[PREFILLED] == ("own_words", "indications", "note")


def test_that_a_complication_the_record_cannot_place_is_told_in_words_only(
    practice: OpenPractice, operated: tuple[int, int]
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        wound = hematoma(kind=ComplicationKind.WOUND)
        saved = save_complication(session, NEW, wound, patient_id, case_id)
        case = open_case(session, start_reoperation(session, patient_id, case_id, saved.id, close_first=True))
    assert [row["indication"] for row in case.values["indications"]] == [
        Indication.CAPSULAR_CONTRACTURE,
        Indication.MALPOS_INFERIOR,
    ]
    assert "Wound healing problem, RIGHT" in case.values["note"]


def test_that_a_complication_of_another_case_or_a_case_of_another_patient_is_refused(
    practice: OpenPractice, operated: tuple[int, int], add_patient: AddPatient
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        saved = save_complication(session, NEW, hematoma(), patient_id, case_id)
        new_id = start_reoperation(session, patient_id, case_id, saved.id, close_first=True)
    with pytest.raises(UserError, match="another case"), practice.database.unit_of_work(practice.actor) as session:
        start_reoperation(session, patient_id, new_id, saved.id, close_first=True)
    with pytest.raises(UserError, match="Go on there"), practice.database.unit_of_work(practice.actor) as session:
        start_reoperation(session, patient_id, case_id, close_first=True)
    other = add_patient(given_name="Ada")
    with pytest.raises(RecordMissing), practice.database.unit_of_work(practice.actor) as session:
        start_reoperation(session, other, case_id)


def test_that_the_cases_of_a_patient_are_told_newest_first(practice: OpenPractice, operated: tuple[int, int]) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        save_complication(session, NEW, hematoma(), patient_id, case_id)
        new_id = start_reoperation(session, patient_id, case_id, close_first=True)
        rows = read_cases(session, patient_id)
        newest = find_newest_case(session, patient_id)
    assert [(row.id, row.carried_from_id, row.highest_grade) for row in rows] == [
        (new_id, case_id, None),
        (case_id, None, ClavienDindo.IIIA),
    ]
    assert rows[1].closed_on is not None
    assert newest is not None
    assert newest.case.id == new_id


def test_that_a_complication_the_surgeon_had_assessed_already_keeps_the_remark_and_the_findings(
    practice: OpenPractice, operated: tuple[int, int]
) -> None:
    patient_id, case_id = operated
    with practice.database.unit_of_work(practice.actor) as session:
        case = open_case(session, case_id)
        contracture, fold = case.values["indications"]
        rows = (fold, {**contracture, "note": "medial"})
        kept = save_case(session, case, {**case.values, "indications": rows}, patient_id)
        found = {"earlier_treatment": "Capsulotomy 2019"}
        save_finding(session, NEW, found, patient_id, kept.values["indications"][1]["id"])
        again = hematoma(kind=ComplicationKind.CONTRACTURE, grade=None, anesthetic=None)
        saved = save_complication(session, NEW, again, patient_id, case_id)
        begun = open_case(session, start_reoperation(session, patient_id, case_id, saved.id, close_first=True))
        first = begun.values["indications"][0]
        finding = open_finding(session, first["id"])
    assert (first["indication"], first["note"]) == (Indication.CAPSULAR_CONTRACTURE, "medial")
    assert finding.values["earlier_treatment"] == "Capsulotomy 2019"
    assert len(begun.values["indications"]) == 2
