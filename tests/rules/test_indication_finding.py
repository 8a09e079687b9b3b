"""What the findings of an indication may say, and how soon they suggest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from desktop.models.choices import Baker, Indication, SystemicSign, UrgencyTier, YesNo
from desktop.models.partial_date import PartialDate
from desktop.rules.indication_finding import check_finding, suggest_tier, tier_in_force
from desktop.rules.problem import Circumstances, Problem

TODAY = dt.date(2026, 11, 23)
I = Indication  # noqa: E741  each test names several
YES, NO = YesNo
U0, U1, U2, U3 = UrgencyTier


def problems(_indication: Indication = I.RIPPLING, /, **values: Any) -> list[Problem]:
    return check_finding(_indication)(values, Circumstances(today=TODAY))


SUGGESTED: tuple[tuple[Indication, dict[str, Any], UrgencyTier | None], ...] = (
    (I.RUPTURE_GEL_INTRA, {"new_pain": YES}, U2),
    (I.RUPTURE_GEL_INTRA, {"lump": YES, "new_firmness": YES}, U2),
    (I.RUPTURE_GEL_INTRA, {"new_pain": NO, "shape_changed": NO}, None),
    (I.DEFLATION_SALINE, {"distressed": YES}, U2),
    (I.DEFLATION_SALINE, {"distressed": NO}, None),
    (I.EXPOSURE, {"systemic_signs": (SystemicSign.HIGH_FEVER,)}, U0),
    (I.EXTRUSION, {"systemic_signs": ()}, None),
    (I.THREATENED_EXPOSURE, {"infection_signs": YES}, None),
    (I.INFECTION, {"systemic_signs": (SystemicSign.CONFUSION, SystemicSign.RASH)}, U0),
    (I.INFECTION, {}, None),
    (I.HAEMATOMA_ACUTE, {"expanding": YES}, U0),
    (I.HAEMATOMA_ACUTE, {"expanding": NO}, U1),
    (I.HAEMATOMA_ACUTE, {}, None),
    (I.SYSTEMIC_SYMPTOMS, {"acutely_unwell": YES}, U2),
    (I.RIPPLING, {"new_pain": YES}, None),
)


@pytest.mark.parametrize(("indication", "found", "expected"), SUGGESTED)
def test_that_the_findings_suggest_how_soon(
    indication: Indication, found: dict[str, Any], expected: UrgencyTier | None
) -> None:
    suggested = suggest_tier(indication, found)
    assert (suggested.tier if suggested else None) is expected


@pytest.mark.parametrize("baker", Baker)
def test_that_only_baker_four_makes_a_contracture_more_urgent(baker: Baker) -> None:
    suggested = suggest_tier(I.CAPSULAR_CONTRACTURE, {}, baker)
    assert (suggested is not None) is (baker is Baker.IV)


def test_that_a_suggestion_says_on_what_it_rests() -> None:
    septic = suggest_tier(I.INFECTION, {"systemic_signs": (SystemicSign.HIGH_FEVER, SystemicSign.VOMITING)})
    assert septic is not None
    assert septic.because == "signs in the whole body: high fever, vomiting"
    ruptured = suggest_tier(I.RUPTURE_GEL_INTRA, {"shape_changed": YES, "new_pain": YES})
    assert ruptured is not None
    assert ruptured.because == "symptomatic: shape changed, new pain"


def test_that_the_surgeons_tier_holds_and_a_suggestion_never_does_by_itself() -> None:
    assert tier_in_force(I.INFECTION, None) is U1
    assert tier_in_force(I.INFECTION, U3) is U3


def test_that_another_tier_than_findings_and_indication_give_is_explained() -> None:
    assert [p.field for p in problems(I.RIPPLING, tier=U1)] == ["note"]
    assert "more urgent than “Routine”" in problems(I.RIPPLING, tier=U1)[0].message
    assert "less urgent than “Same-day call”" in problems(I.INFECTION, tier=U2)[0].message
    assert problems(I.RIPPLING, tier=U1, note="She flies tomorrow.") == []


def test_that_the_tier_of_the_indication_or_of_its_findings_needs_no_explanation() -> None:
    assert problems(I.RIPPLING, tier=U3) == []
    assert problems(I.INFECTION, tier=U0, systemic_signs=(SystemicSign.RASH,)) == []
    assert problems(I.CAPSULAR_CONTRACTURE, tier=U2) == []


@pytest.mark.parametrize("name", ["noticed_on", "weight_stable_since", "breastfeeding_ended_on"])
def test_that_nothing_was_noticed_in_the_future(name: str) -> None:
    assert [p.field for p in problems(**{name: PartialDate(2027)})] == [name]
    assert problems(**{name: PartialDate(2026)}) == []


@pytest.mark.parametrize("name", ["drain_removed_on", "oncology_referred_on"])
def test_that_no_drain_comes_out_and_nobody_was_referred_tomorrow(name: str) -> None:
    assert [p.field for p in problems(**{name: dt.date(2026, 11, 24)})] == [name]
    assert problems(**{name: TODAY}) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("33.9", "outside"), ("43.1", "outside"), ("98.6", "98.6 °F is 37.0 °C"), ("101", "101 °F is 38.3 °C")],
)
def test_that_an_impossible_temperature_is_refused_and_fahrenheit_understood_as_a_question(
    typed: str, words: str
) -> None:
    assert words in problems(temperature_c=Decimal(typed))[0].message


@pytest.mark.parametrize("value", ["34", "38.9", "43"])
def test_that_a_possible_temperature_is_taken(value: str) -> None:
    assert problems(temperature_c=Decimal(value)) == []


def test_that_the_lower_pressure_is_below_the_upper_one() -> None:
    assert [p.field for p in problems(systolic_mmhg=80, diastolic_mmhg=80)] == ["diastolic_mmhg"]
    assert problems(systolic_mmhg=120, diastolic_mmhg=80) == []
    assert problems(systolic_mmhg=120) == []


def test_that_a_great_change_of_weight_is_asked_and_not_refused() -> None:
    assert problems(weight_change_kg=Decimal(-8)) == []
    asked = problems(weight_change_kg=Decimal(-90))
    assert [(p.field, p.is_question) for p in asked] == [("weight_change_kg", True)]


def test_that_an_impossible_volume_is_refused() -> None:
    assert [p.is_question for p in problems(I.SIZE_UP, wanted_ml=3250)] == [False]
    assert problems(I.SIZE_UP, wanted_ml=325) == []
