"""Findings of an indication kept in a real store: every one of them, refused where they do not belong, never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import RecordChanged, Rejected, UserError
from desktop.forms.form import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    ManyField,
    NumberField,
    PartialDateField,
    confirmed,
    source_of,
)
from desktop.forms.indication import indication_form
from desktop.forms.operation import OPERATION_FORM
from desktop.forms.practice import PRACTICE_FORM
from desktop.forms.study_field import StudyField
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    UNKNOWN,
    Baker,
    ImagingFinding,
    ImagingKind,
    Indication,
    OperationKind,
    Role,
    Side,
    SideEvent,
    Source,
    SystemicSign,
    UrgencyTier,
    YesNo,
)
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.examination import save_examination
from desktop.services.imaging import save_imaging
from desktop.services.indication import chosen_tiers, open_finding, read_assessment, read_finding_page, save_finding
from desktop.services.operation import save_operation
from desktop.services.practice import open_practice, save_practice
from desktop.services.record import Snapshot
from desktop.services.revision import close_case, open_case, save_case
from desktop.services.withdrawal import withdraw_imaging
from tests.factories import case_values, examination_values, indication_row

AddPatient = Callable[..., int]
NEW = Snapshot(None, None, {})
RIGHT, LEFT = Side


def do(practice: OpenPractice, verb: Callable[..., Any], *given: Any) -> Any:
    with practice.database.unit_of_work(practice.actor) as session:
        return verb(session, *given)


def add_case(practice: OpenPractice, patient_id: int, *rows: dict[str, Any]) -> Snapshot:
    saved = do(practice, save_case, NEW, case_values(indications=rows), patient_id)
    assert isinstance(saved, Snapshot)
    return saved


def row_ids(case: Snapshot) -> list[int]:
    return [row["id"] for row in case.values["indications"]]


def add_study(practice: OpenPractice, patient_id: int, side: Side, **more: Any) -> int:
    values = {"side": side, "kind": ImagingKind.MRI} | more
    return int(do(practice, save_imaging, NEW, values, patient_id).id)


def answer_for(field: Field[Any], study_id: int) -> Any:
    """A valid answer of its kind."""
    match field:
        case StudyField():
            return study_id
        case ManyField():
            return tuple(field.choices)[:2]
        case ChoiceField():
            return next(iter(field.choices))
        case PartialDateField():
            return PartialDate(2026, 4)
        case DateField():
            return dt.date(2026, 11, 2)
        case DecimalField():
            return Decimal("37.5")
        case NumberField():
            return {"systolic_mmhg": 104, "wanted_ml": 300}.get(field.name, field.lowest or 2)
    return f"said of {field.label}"


@pytest.fixture
def all_indications(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, Snapshot, int]:
    patient_id = add_patient()
    study_id = add_study(practice, patient_id, LEFT)
    return patient_id, add_case(practice, patient_id, *(indication_row(LEFT, each) for each in Indication)), study_id


def test_that_the_findings_of_every_indication_are_saved_and_read_back(
    practice: OpenPractice, all_indications: tuple[int, Snapshot, int]
) -> None:
    patient_id, case, study_id = all_indications
    for row in case.values["indications"]:
        form = indication_form(row["indication"])
        answers = {field.name: answer_for(field, study_id) for field in form}
        answers |= {source_of(field.name): Source.PATIENT for field in form if field.past}
        saved = do(practice, save_finding, NEW, answers, patient_id, row["id"])
        assert dict(saved.values) == answers, row["indication"]
        assert do(practice, open_finding, row["id"]).values == saved.values


def test_that_every_fact_about_the_past_can_be_stated_unknown(
    practice: OpenPractice, all_indications: tuple[int, Snapshot, int]
) -> None:
    patient_id, case, _study_id = all_indications
    for row in case.values["indications"]:
        past = {field.name: UNKNOWN for field in indication_form(row["indication"]) if field.past}
        saved = do(practice, save_finding, NEW, past, patient_id, row["id"])
        assert {name: saved.values[name] for name in past} == past, row["indication"]


@pytest.fixture
def ruptured(practice: OpenPractice, add_patient: AddPatient) -> tuple[int, int]:
    patient_id = add_patient()
    return patient_id, row_ids(add_case(practice, patient_id, indication_row(LEFT, Indication.RUPTURE_GEL_INTRA)))[0]


def test_that_a_study_of_the_other_side_is_refused_in_words(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    patient_id, row_id = ruptured
    study_id = add_study(practice, patient_id, RIGHT)
    with pytest.raises(Rejected) as refused:
        do(practice, save_finding, NEW, {"imaging_id": study_id}, patient_id, row_id)
    (problem,) = refused.value.problems
    assert (problem.field, problem.is_question) == ("imaging_id", False)
    assert problem.message == "This study is of RIGHT, and the finding is of LEFT: choose one of LEFT."


def test_that_a_study_of_another_patient_is_refused(
    practice: OpenPractice, ruptured: tuple[int, int], add_patient: AddPatient
) -> None:
    patient_id, row_id = ruptured
    study_id = add_study(practice, add_patient(family_name="Bell"), LEFT)
    with pytest.raises(UserError):
        do(practice, save_finding, NEW, {"imaging_id": study_id}, patient_id, row_id)


def test_that_findings_are_not_written_into_another_patients_case(
    practice: OpenPractice, ruptured: tuple[int, int], add_patient: AddPatient
) -> None:
    _patient_id, row_id = ruptured
    with pytest.raises(UserError):
        do(practice, save_finding, NEW, {"new_pain": YesNo.YES}, add_patient(family_name="Bell"), row_id)
    assert do(practice, open_finding, row_id).id is None


def test_that_two_who_write_the_first_findings_at_once_do_not_lose_one_anothers(
    practice: OpenPractice, ruptured: tuple[int, int]
) -> None:
    patient_id, row_id = ruptured
    do(practice, save_finding, NEW, {"new_pain": YesNo.YES}, patient_id, row_id)
    with pytest.raises(RecordChanged) as changed:
        do(practice, save_finding, NEW, {"new_pain": YesNo.NO}, patient_id, row_id)
    assert changed.value.theirs.values["new_pain"] is YesNo.YES


def test_that_the_page_shows_what_is_known_and_asks_nothing_of_it_again(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient(smoking=None)
    both = {f"{side}.event": SideEvent.IMPLANTED for side in ("right", "left")}
    values = {"kind": OperationKind.AUGMENTATION, "happened_on": PartialDate(2014, 5, 12), "right.volume_ml": 325}
    do(practice, save_operation, NEW, OPERATION_FORM.empty() | both | values, patient_id)
    case = add_case(practice, patient_id, indication_row(RIGHT, Indication.CAPSULAR_CONTRACTURE, note="firm"))
    do(practice, save_examination, NEW, examination_values(**{"right.pain_nrs": 4}), patient_id, case.id)
    page = do(practice, read_finding_page, patient_id, row_ids(case)[0])
    assert (page.side, page.indication, page.remark) == (RIGHT, Indication.CAPSULAR_CONTRACTURE, "firm")
    device, examined, patient = page.known
    assert ("Since", "12 May 2014 (12 y)") in device.facts
    assert any("325 mL" in value for _caption, value in device.facts)
    assert examined.detail == "19 Nov 2026, Dr. A. Marchetti"
    assert [value for _caption, value in examined.facts] == ["Baker III", "4", "not asked"]
    assert patient.facts == (("Smoking", "not asked"),)
    assert page.baker is Baker.III


def test_that_without_device_and_examination_the_page_says_so(
    practice: OpenPractice, ruptured: tuple[int, int]
) -> None:
    page = do(practice, read_finding_page, *ruptured)
    assert [(group.title, group.detail) for group in page.known] == [
        ("No implant recorded, LEFT", ""),
        ("Examination", "Not examined yet"),
    ]
    assert page.studies == ()


def test_that_a_study_that_findings_rest_on_is_not_taken_out(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    patient_id, row_id = ruptured
    study_id = add_study(practice, patient_id, LEFT)
    found = do(practice, save_finding, NEW, {"imaging_id": study_id}, patient_id, row_id)
    with pytest.raises(UserError, match="the findings of LEFT Gel rupture, inside the capsule rest on it"):
        do(practice, withdraw_imaging, study_id, 1, "of another person")
    do(practice, save_finding, found, dict(found.values) | {"imaging_id": None}, patient_id, row_id)
    do(practice, withdraw_imaging, study_id, 1, "of another person")
    assert do(practice, read_finding_page, patient_id, row_id).studies == ()


def test_that_the_findings_of_a_closed_case_stay_as_they_are(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    patient_id, row_id = ruptured
    do(practice, close_case, 1)
    with pytest.raises(UserError, match="closed"):
        do(practice, save_finding, NEW, {"new_pain": YesNo.YES}, patient_id, row_id)


def test_that_only_studies_of_the_side_are_offered_the_newest_first(
    practice: OpenPractice, ruptured: tuple[int, int]
) -> None:
    patient_id, row_id = ruptured
    add_study(practice, patient_id, LEFT)
    add_study(practice, patient_id, RIGHT, happened_on=PartialDate(2026, 10))
    add_study(practice, patient_id, LEFT, happened_on=PartialDate(2019))
    new = {"happened_on": PartialDate(2026, 4), "finding": ImagingFinding.RUPTURE_SUSPECTED}
    add_study(practice, patient_id, LEFT, **new)
    assert [study.words for study in do(practice, read_finding_page, patient_id, row_id).studies] == [
        "MRI · Apr 2026 · Rupture suspected",
        "MRI · 2019",
        "MRI · date unknown",
    ]


def test_that_the_case_says_how_soon_by_its_most_urgent_indication_and_what_is_suggested(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    rows = (indication_row(RIGHT, Indication.RIPPLING), indication_row(LEFT, Indication.INFECTION))
    case = add_case(practice, patient_id, *rows)
    rippling, infection = row_ids(case)
    assert do(practice, read_assessment, patient_id, case.id).most_urgent is UrgencyTier.U1
    signs = {"systemic_signs": (SystemicSign.HIGH_FEVER,)}
    found = do(practice, save_finding, NEW, signs, patient_id, infection)
    assessment = do(practice, read_assessment, patient_id, case.id)
    assert assessment.most_urgent is UrgencyTier.U1  # a suggestion triages nobody
    assert assessment.rows[infection].suggested.tier is UrgencyTier.U0
    assert assessment.has_findings == {infection}
    do(practice, save_finding, found, dict(found.values) | {"tier": UrgencyTier.U0}, patient_id, infection)
    do(practice, save_finding, NEW, {"tier": UrgencyTier.U2, "note": "She flies."}, patient_id, rippling)
    assessment = do(practice, read_assessment, patient_id, case.id)
    assert assessment.most_urgent is UrgencyTier.U0
    assert assessment.rows[infection].suggested is None
    assert assessment.rows[rippling].is_chosen
    assert do(practice, chosen_tiers, case.id) == {
        (LEFT, Indication.INFECTION): UrgencyTier.U0,
        (RIGHT, Indication.RIPPLING): UrgencyTier.U2,
    }


def test_that_baker_four_of_the_examination_is_suggested_to_be_expedited(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id = add_patient()
    case = add_case(practice, patient_id, indication_row(RIGHT, Indication.CAPSULAR_CONTRACTURE))
    do(practice, save_examination, NEW, examination_values(**{"right.baker": Baker.IV}), patient_id, case.id)
    (row,) = do(practice, read_assessment, patient_id, case.id).rows.values()
    assert (row.tier, row.suggested.tier) == (UrgencyTier.U3, UrgencyTier.U2)


def test_that_the_offices_own_words_are_said(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    opened = do(practice, open_practice)
    do(practice, save_practice, opened, dict(opened.values) | {"say_at_u3": "Book within six weeks."})
    page = do(practice, read_finding_page, *ruptured)
    assert page.words[UrgencyTier.U3] == "Book within six weeks."
    assert page.words[UrgencyTier.U0] == "Emergency: call the surgeon now / emergency services"
    assert {f"say_at_u{number}" for number in range(4)} <= set(PRACTICE_FORM.empty())


@pytest.mark.parametrize(
    "change",
    [
        lambda row: (),
        lambda row: ({**row, "side": RIGHT},),
        lambda row: ({**row, "indication": Indication.MASS},),
    ],
)
def test_that_findings_whose_reason_goes_or_becomes_another_are_asked_about_and_kept_in_the_audit(
    practice: OpenPractice, ruptured: tuple[int, int], change: Callable[[dict[str, Any]], tuple[dict[str, Any], ...]]
) -> None:
    patient_id, row_id = ruptured
    do(practice, save_finding, NEW, {"new_pain": YesNo.YES}, patient_id, row_id)
    opened = do(practice, open_case, 1)
    values = dict(opened.values) | {"indications": change(dict(opened.values["indications"][0]))}
    with pytest.raises(Rejected) as refused:
        do(practice, save_case, opened, values, patient_id)
    (problem,) = refused.value.problems
    assert (problem.field, problem.is_question) == ("indications", True)
    assert "LEFT Gel rupture, inside the capsule" in problem.message
    assert do(practice, open_finding, row_id).values["new_pain"] is YesNo.YES

    sure = values | {confirmed("indications"): values["indications"]}
    do(practice, save_case, opened, sure, patient_id)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.record == "indication_finding")).all()
        assert entries[-1].changes == {"indication": ["rupture_gel_intra", None], "new_pain": ["yes", None]}
        assert entries[-1].patient_id == patient_id


def test_that_a_remark_or_a_layer_changes_without_a_question(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    patient_id, row_id = ruptured
    do(practice, save_finding, NEW, {"new_pain": YesNo.YES}, patient_id, row_id)
    opened = do(practice, open_case, 1)
    row = {**opened.values["indications"][0], "note": "MRI of April"}
    do(practice, save_case, opened, dict(opened.values) | {"indications": (row,)}, patient_id)
    assert do(practice, open_finding, row_id).values["new_pain"] is YesNo.YES


def test_that_the_desk_reads_no_findings(practice: OpenPractice, ruptured: tuple[int, int]) -> None:
    desk = Actor(practice.actor.account_id, "Desk", frozenset({Role.FRONT_DESK}), "test")
    with practice.database.unit_of_work(desk) as session, pytest.raises(UserError):
        open_finding(session, ruptured[1])
