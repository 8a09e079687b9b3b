"""Prophylaxis is recorded as ordered: a dose has its unit, and "none" stands alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop.models.choices import DoseUnit, Drug, ProphylaxisKind
from desktop.rules.prophylaxis import check_prophylaxis


def row(kind: ProphylaxisKind = ProphylaxisKind.ANTIBIOTIC, **more: Any) -> dict[str, Any]:
    return {"id": 1, "kind": kind} | dict.fromkeys(("drug", "dose", "unit", "given_when", "note")) | more


def told(*rows: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(each.message, each.is_question) for each in check_prophylaxis({"prophylaxis": rows})]


CEFAZOLIN = {"drug": Drug.CEFAZOLIN, "dose": Decimal(2), "unit": DoseUnit.G}


def test_that_what_is_written_whole_is_not_questioned() -> None:
    stockings = row(ProphylaxisKind.THROMBOSIS_DEVICE, given_when="until she walks")
    assert told(row(**CEFAZOLIN), stockings) == []
    assert told(row(ProphylaxisKind.NONE)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(drug=Drug.CEFAZOLIN, dose=Decimal(2)), "the dose needs its unit."),
        (row(drug=Drug.CEFAZOLIN, unit=DoseUnit.G), "g of what? Write the dose."),
        (row(dose=Decimal(2), unit=DoseUnit.G), "the dose belongs to no drug."),
        (row(**CEFAZOLIN | {"dose": Decimal(0)}), "the dose must be above 0."),
        (row(**CEFAZOLIN | {"unit": DoseUnit.MCG}), "CeFAZolin is written in g or mg."),
        (row(ProphylaxisKind.NONE, given_when="before"), "“None, on purpose” has no drug, dose or time."),
        (row(ProphylaxisKind.THROMBOSIS_DEVICE, **CEFAZOLIN), "stockings and pumps are no drug."),
        (row(ProphylaxisKind.OTHER), "say in the remark what it is."),
    ],
)
def test_that_half_a_dose_is_refused(wrong: dict[str, Any], said: str) -> None:
    ((message, is_question),) = told(wrong)
    assert message.startswith(f"Prophylaxis 1: {said}")
    assert not is_question


def test_that_a_thousandfold_unit_and_a_drug_of_another_kind_are_asked_about() -> None:
    nausea = row(ProphylaxisKind.NAUSEA, drug=Drug.ONDANSETRON, dose=Decimal(4000), unit=DoseUnit.MCG)
    ((message, is_question),) = told(nausea)
    assert "which is 4 mg" in message
    assert is_question
    odd = row(drug=Drug.ONDANSETRON, dose=Decimal(4), unit=DoseUnit.MG)
    assert told(odd) == [("Prophylaxis 1: Ondansetron is not among the antibiotics. Is the kind right?", True)]


def test_that_none_on_purpose_stands_beside_nothing() -> None:
    ((message, is_question),) = told(row(ProphylaxisKind.NONE), row(**CEFAZOLIN))
    assert message.startswith("“None, on purpose” cannot stand beside")
    assert not is_question
