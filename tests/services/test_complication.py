"""Complications on a real store: kept with what they hang on, told, taken out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.errors import RecordMissing, Rejected, UserError
from desktop.models.choices import ClavienDindo, ComplicationKind, Side
from desktop.models.partial_date import PartialDate
from desktop.opening import OpenPractice
from desktop.services.complication import read_complications, save_complication
from desktop.services.overview import read_overview
from desktop.services.revision import close_case
from desktop.services.safety import name_present
from desktop.services.withdrawal import withdraw_complication, withdraw_operation
from tests.outcome_story import NEW, hematoma
from tests.report_story import add_patient_to_operate_on
from tests.safety_story import SIGN_IN

AddPatient = Callable[..., int]


def test_that_complications_are_told_newest_first_with_the_grade_that_counts(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        known = read_complications(session, patient_id, case_id)
        device = next(each for each in known.devices if each.side is Side.RIGHT)
        links = {"operation_id": known.operations[0].id, "device_id": device.id}
        save_complication(session, NEW, hematoma(**links), patient_id, case_id)
        later = {"grade": ClavienDindo.II, "anesthetic": None, "onset_on": PartialDate(2026, 11, 22)}
        save_complication(session, NEW, hematoma(**later, kind=ComplicationKind.INFECTION), patient_id, case_id)
        close_case(session, case_id)
        known = read_complications(session, patient_id, case_id)
    assert [row.values["kind"] for row in known.rows] == [ComplicationKind.INFECTION, ComplicationKind.HEMATOMA]
    assert known.highest is ClavienDindo.IIIA
    assert known.rows[1].after == "Augmentation 12 May 2014, RIGHT and LEFT · RIGHT · Mentor MemoryGel · 325 mL"


def test_that_a_device_of_the_other_side_is_refused_and_nothing_is_kept(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        known = read_complications(session, patient_id, case_id)
    left = next(each for each in known.devices if each.side is Side.LEFT)
    with pytest.raises(Rejected) as refusal, practice.database.unit_of_work(practice.actor) as session:
        save_complication(session, NEW, hematoma(device_id=left.id), patient_id, case_id)
    assert [problem.field for problem in refusal.value.problems] == ["device_id"]
    with practice.database.unit_of_work(practice.actor) as session:
        assert read_complications(session, patient_id, case_id).rows == ()


def test_that_another_patients_case_is_never_written(practice: OpenPractice, add_patient: AddPatient) -> None:
    _patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    other = add_patient(given_name="Ada")
    with pytest.raises(RecordMissing), practice.database.unit_of_work(practice.actor) as session:
        save_complication(session, NEW, hematoma(), other, case_id)


def test_that_one_is_taken_out_with_a_reason_only_and_its_operation_stays_while_it_hangs_on_it(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        operation_id = read_complications(session, patient_id, case_id).operations[0].id
        saved = save_complication(session, NEW, hematoma(operation_id=operation_id), patient_id, case_id)
    hangs = pytest.raises(UserError, match="a complication hangs on it")
    with hangs, practice.database.unit_of_work(practice.actor) as session:
        withdraw_operation(session, operation_id, 1, "recorded twice")
    with pytest.raises(UserError, match="write why"), practice.database.unit_of_work(practice.actor) as session:
        withdraw_complication(session, saved.id or 0, saved.version or 0, " ")
    with practice.database.unit_of_work(practice.actor) as session:
        withdraw_complication(session, saved.id or 0, saved.version or 0, "of another patient")
        assert read_complications(session, patient_id, case_id).rows == ()


def test_that_an_operation_whose_device_has_a_complication_is_not_taken_out(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        known = read_complications(session, patient_id, case_id)
        device = next(each for each in known.devices if each.side is Side.RIGHT)
        save_complication(session, NEW, hematoma(device_id=device.id), patient_id, case_id)
    hangs = pytest.raises(UserError, match="a complication of its device")
    with hangs, practice.database.unit_of_work(practice.actor) as session:
        withdraw_operation(session, known.operations[0].id, 1, "recorded twice")


def test_that_the_overview_tells_complications_of_every_case_and_a_phase_that_is_not_finished(
    practice: OpenPractice, add_patient: AddPatient
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        save_complication(session, NEW, hematoma(), patient_id, case_id)
        name_present(session, case_id, SIGN_IN, "Nurse J. Pell")
        overview = read_overview(session, patient_id)
        assert overview.unfinished_phases == ("Sign in",)
        close_case(session, case_id)
        overview = read_overview(session, patient_id)
    told = [(line.when, line.title, line.detail) for line in overview.happened]
    assert ("20 Nov 2026", "Hematoma RIGHT", "complication, grade IIIa") in told
    assert overview.unfinished_phases == ()
