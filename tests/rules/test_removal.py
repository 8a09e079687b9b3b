"""What is refused and what is asked about a device that came out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import (
    UNKNOWN,
    Disposition,
    Fluid,
    RemovedCondition,
    SpecimenKind,
    WarrantyState,
)
from desktop.rules.problem import Circumstances, Problem
from desktop.rules.removal import NOT_INTACT, check_days_after, check_removal

TODAY = Circumstances(today=dt.date(2026, 11, 23))
MAY, JUNE, LATER = dt.date(2026, 5, 4), dt.date(2026, 6, 4), dt.date(2026, 11, 24)


def problems(**values: Any) -> list[Problem]:
    return check_removal(values, TODAY)


def fields(**values: Any) -> set[str]:
    return {problem.field for problem in problems(**values)}


def specimen(**changes: Any) -> dict[str, Any]:
    none = {"laboratory": None, "result": None, "resulted_on": None}
    return {"kind": SpecimenKind.CD30, "sent_on": MAY, **none} | changes


@pytest.mark.parametrize("condition", NOT_INTACT)
def test_that_intact_contradicts_a_rupture_a_leak_and_a_deflation(condition: RemovedCondition) -> None:
    (problem,) = problems(condition=(RemovedCondition.INTACT, condition))
    assert problem.field == "condition"
    assert condition.label.lower() in problem.message
    assert not problem.is_question


@pytest.mark.parametrize("condition", [each for each in RemovedCondition if each not in NOT_INTACT])
def test_that_an_intact_device_may_bleed_gel_or_have_turned(condition: RemovedCondition) -> None:
    assert problems(condition=(RemovedCondition.INTACT, condition)) == []
    assert problems(condition=UNKNOWN) == problems(condition=()) == []


def test_that_an_amount_needs_a_fluid_and_no_fluid_has_no_amount() -> None:
    assert fields(fluid_ml=30) == {"fluid"}
    assert fields(fluid=Fluid.NONE, fluid_ml=30) == {"fluid_ml"}
    assert problems(fluid=UNKNOWN, fluid_ml=30) == problems(fluid=Fluid.SEROUS, fluid_ml=30) == []
    assert problems(fluid=Fluid.NONE, fluid_ml=0) == problems(fluid=Fluid.SEROUS) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (specimen(sent_on=None), "write when it was sent"),
        (specimen(sent_on=LATER), "in the future"),
        (specimen(resulted_on=JUNE), "without the result"),
        (specimen(result="negative", resulted_on=dt.date(2026, 5, 3)), "is older than the specimen"),
    ],
)
def test_that_a_specimen_cannot_be_answered_before_it_was_sent_nor_wait_without_a_day(
    row: dict[str, Any], words: str
) -> None:
    (problem,) = problems(specimens=(specimen(), row))
    assert problem.field == "specimens"
    assert problem.message.startswith("Specimen 2: ")
    assert words in problem.message


def test_that_a_specimen_that_waits_and_one_that_is_answered_are_right() -> None:
    assert problems(specimens=(specimen(), specimen(result="negative", resulted_on=MAY))) == []
    assert problems(specimens=(specimen(sent_on=None, result="benign, told by letter"),)) == []


def test_that_a_day_or_a_person_needs_the_place_the_device_went_to() -> None:
    assert fields(disposition_on=JUNE) == fields(given_to="Pathology, St. Bride") == {"disposition"}
    assert problems(disposition=Disposition.RETURNED, disposition_on=JUNE, given_to="Mentor") == []
    assert fields(disposition=Disposition.RETURNED, disposition_on=LATER) == {"disposition_on"}


def test_that_a_warranty_to_be_claimed_has_a_deadline_and_a_claimed_one_its_day() -> None:
    assert fields(warranty=WarrantyState.TO_CLAIM) == {"warranty_until"}
    assert problems(warranty=WarrantyState.TO_CLAIM, warranty_until=LATER) == []
    assert fields(warranty=WarrantyState.TO_CLAIM, warranty_until=LATER, warranty_claimed_on=JUNE) == {
        "warranty_claimed_on"
    }
    for state in (WarrantyState.CLAIMED, WarrantyState.ACCEPTED, WarrantyState.REFUSED):
        assert fields(warranty=state) == {"warranty_claimed_on"}
        assert problems(warranty=state, warranty_claimed_on=JUNE) == []


def test_that_where_no_warranty_applies_there_is_nothing_to_claim() -> None:
    assert fields(warranty=WarrantyState.NOT_COVERED, warranty_until=JUNE) == {"warranty_until"}
    assert fields(warranty_claim_no="C-1") == {"warranty_claim_no"}
    assert problems(warranty=UNKNOWN) == []


def test_that_a_claim_after_the_deadline_is_asked() -> None:
    (problem,) = problems(warranty=WarrantyState.CLAIMED, warranty_until=MAY, warranty_claimed_on=JUNE)
    assert (problem.field, problem.is_question) == ("warranty_claimed_on", True)


def test_that_nothing_leaves_before_the_operation_it_came_out_at() -> None:
    values = {"disposition_on": MAY, "warranty_claimed_on": MAY, "specimens": (specimen(),)}
    found = {problem.field for problem in check_days_after(values, JUNE)}
    assert found == {"disposition_on", "warranty_claimed_on", "specimens"}
    assert check_days_after(values, MAY) == check_days_after(values, None) == []
