"""What a case and a plan may say, and what is open before signing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import (
    AnesthesiaKind,
    Drug,
    Indication,
    IndicationLayer,
    PlanStep,
    PregnancyStatement,
    ProphylaxisKind,
    Severity,
    Sex,
    Side,
    UrgencyTier,
)
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Occupation
from desktop.rules.late_seroma import Onset, judge_seroma
from desktop.rules.problem import Circumstances
from desktop.rules.revision import PlanFacts, check_case, check_plan, needs_prior_implant, ready_to_sign, tier

TODAY = dt.date(2026, 11, 23)
NOW = Circumstances(today=TODAY)
BOTH = frozenset(Side)
EXCHANGE = (PlanStep.IMPLANT_EXCHANGE,)


def reason(side: Side, indication: Indication, **more: Any) -> dict[str, Any]:
    return {"side": side, "indication": indication, "layer": IndicationLayer.SURGEON} | more


def facts(**changes: Any) -> PlanFacts:
    """A plan for both sides with nothing open, changed as a test asks: `plan={…}`, `case={…}`, `patient={…}`."""
    plan = {
        "right.steps": EXCHANGE,
        "left.steps": EXCHANGE,
        "right.volume_ml": 300,
        "left.volume_ml": 300,
        "anesthesia_kind": AnesthesiaKind.LOCAL_SEDATION,
    }
    case = {
        "surgery_on": dt.date(2026, 12, 4),
        "indications": (reason(Side.RIGHT, Indication.RIPPLING), reason(Side.LEFT, Indication.RIPPLING)),
    }
    patient = {"no_known_allergies": True, "responsible_adult_name": "Ada Okafor", "weight_kg": Decimal(62)}
    return PlanFacts(
        plan | changes.get("plan", {}),
        case | changes.get("case", {}),
        patient | changes.get("patient", {}),
        changes.get("sides_with_device", BOTH),
        is_examined=changes.get("is_examined", True),
        pregnancy=changes.get("pregnancy", PregnancyStatement.NEGATIVE),
    )


def texts(**changes: Any) -> list[str]:
    return [point.text for point in ready_to_sign(facts(**changes))]


def blocking(**changes: Any) -> list[str]:
    return [point.text for point in ready_to_sign(facts(**changes)) if point.blocks]


def asked(values: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(problem.field, problem.is_question) for problem in check_plan(values, NOW)]


@pytest.mark.parametrize("indication", Indication)
def test_that_every_indication_has_a_tier_and_says_whether_it_presupposes_an_implant(indication: Indication) -> None:
    assert isinstance(tier(indication), UrgencyTier)
    assert needs_prior_implant(indication) in (True, False, None)


@pytest.mark.parametrize(
    ("indication", "presupposes", "urgency"),
    [
        (Indication.RUPTURE_GEL_INTRA, True, UrgencyTier.U3),
        (Indication.RUPTURE_GEL_EXTRA, True, UrgencyTier.U2),
        (Indication.CAPSULAR_CONTRACTURE, True, UrgencyTier.U3),
        (Indication.TISSUE_CHANGE, False, UrgencyTier.U3),
        (Indication.PTOSIS, None, UrgencyTier.U3),
        (Indication.EXPOSURE, True, UrgencyTier.U1),
        (Indication.INFECTION, None, UrgencyTier.U1),
        (Indication.HAEMATOMA_ACUTE, None, UrgencyTier.U0),
        (Indication.SEROMA_LATE, True, UrgencyTier.U2),
        (Indication.BIA_ALCL, True, UrgencyTier.U2),
        (Indication.MASS, None, UrgencyTier.U2),
        (Indication.SIZE_DOWN, True, UrgencyTier.U3),
    ],
)
def test_that_the_table_says_what_the_clinical_reference_says(
    indication: Indication, presupposes: bool | None, urgency: UrgencyTier
) -> None:
    assert needs_prior_implant(indication) is presupposes
    assert tier(indication) is urgency


def test_that_an_empty_case_and_an_empty_plan_have_no_problem() -> None:
    assert check_case({}, NOW) == []
    assert check_plan({}, NOW) == []


@pytest.mark.parametrize("surgery_on", [dt.date(2025, 11, 1), dt.date(2029, 1, 1)])
def test_that_a_surgery_date_in_an_unlikely_year_is_asked_about(surgery_on: dt.date) -> None:
    problems = check_case({"surgery_on": surgery_on}, NOW)
    assert [(problem.field, problem.is_question) for problem in problems] == [("surgery_on", True)]


def test_that_a_surgery_that_has_happened_is_not_asked_about() -> None:
    assert check_case({"surgery_on": dt.date(2026, 6, 1)}, NOW) == []


def test_that_the_same_reason_twice_is_refused_but_another_layer_or_side_is_not() -> None:
    one = reason(Side.RIGHT, Indication.RIPPLING)
    found = reason(Side.RIGHT, Indication.RIPPLING, layer=IndicationLayer.FOUND)
    assert check_case({"indications": (one, reason(Side.LEFT, Indication.RIPPLING), found)}, NOW) == []
    [problem] = check_case({"indications": (one, found, one)}, NOW)
    assert problem.field == "indications"
    assert "Indication 3 says the same as indication 1" in problem.message


def test_that_rows_begun_and_not_finished_are_not_the_same_reason() -> None:
    blank = {"side": None, "indication": None, "layer": None}
    assert check_case({"indications": (blank, blank)}, NOW) == []


@pytest.mark.parametrize("volume", [9, 2_001, 3_250])
def test_that_an_impossible_volume_is_refused(volume: int) -> None:
    assert ("left.volume_ml", False) in asked({"left.volume_ml": volume, "left.steps": EXCHANGE})


def test_that_a_volume_with_one_nought_too_many_is_guessed_in_words_only() -> None:
    [problem] = check_plan({"right.volume_ml": 3_250, "right.steps": EXCHANGE}, NOW)
    assert problem.message == "3,250 mL is outside 10–2,000 mL. Did you mean 325?"


@pytest.mark.parametrize(("volume", "is_usual"), [(79, False), (80, True), (1_000, True), (1_001, False)])
def test_that_an_unusual_volume_is_asked_about(volume: int, is_usual: bool) -> None:
    found = asked({"right.volume_ml": volume, "right.steps": EXCHANGE})
    assert found == ([] if is_usual else [("right.volume_ml", True)])


@pytest.mark.parametrize(("days", "is_possible"), [(0, False), (1, True), (365, True), (366, False), (-3, False)])
def test_that_the_days_until_routine_are_within_a_year(days: int, is_possible: bool) -> None:
    assert asked({"routine_after_days": days}) == ([] if is_possible else [("routine_after_days", False)])


def test_that_a_device_no_step_puts_in_is_asked_about() -> None:
    assert asked({"right.manufacturer": "Mentor"}) == [("right.steps", True)]
    assert asked({"right.manufacturer": "Mentor", "right.steps": (PlanStep.EXPLANT_ONLY,)}) == [("right.steps", True)]
    assert asked({"right.manufacturer": "Mentor", "right.steps": (PlanStep.DELAYED_REIMPLANT,)}) == []
    assert asked({"right.plane": "dual_plane_1", "right.steps": (PlanStep.POCKET_CHANGE,)}) == []


@pytest.mark.parametrize(
    "steps",
    [
        (PlanStep.NON_OPERATIVE, PlanStep.CAPSULOTOMY),
        (PlanStep.EXPLANT_ONLY, PlanStep.IMPLANT_EXCHANGE),
        (PlanStep.IMPLANT_EXCHANGE, PlanStep.IMPLANT_INSERTION),
        (PlanStep.CAPSULE_RETAINED, PlanStep.CAPSULECTOMY_TOTAL),
    ],
)
def test_that_steps_that_contradict_each_other_are_asked_about(steps: tuple[PlanStep, ...]) -> None:
    assert asked({"left.steps": steps}) == [("left.steps", True)]


@given(st.dictionaries(st.sampled_from(["right.steps", "left.steps"]), st.lists(st.sampled_from(PlanStep)).map(tuple)))
def test_that_any_choice_of_steps_gives_at_most_one_question_a_side(values: dict[str, Any]) -> None:
    fields = [field for field, _is_question in asked(values)]
    assert len(fields) == len(set(fields))


def test_that_a_whole_plan_has_no_open_point() -> None:
    assert ready_to_sign(facts()) == []


def test_that_an_empty_plan_blocks() -> None:
    assert blocking(plan={"right.steps": (), "left.steps": None}) == ["Nothing is planned yet"]


def test_that_a_plan_for_the_other_side_than_every_indication_blocks() -> None:
    only_right = {"indications": (reason(Side.RIGHT, Indication.RIPPLING),)}
    assert blocking(case=only_right, plan={"right.steps": ()}) == ["The plan is for the other side"]
    assert blocking(case=only_right) == []


def test_that_a_missing_kind_of_anesthesia_blocks_only_an_operation() -> None:
    assert blocking(plan={"anesthesia_kind": None}) == ["Anesthesia not chosen"]
    watching = {"right.steps": (PlanStep.NON_OPERATIVE,), "left.steps": (PlanStep.REFER,), "anesthesia_kind": None}
    assert texts(plan=watching, case={"surgery_on": None}, patient={"weight_kg": None}) == []


def test_that_a_missing_surgery_date_is_told_and_does_not_block() -> None:
    assert texts(case={"surgery_on": None}) == ["No surgery date"]
    assert blocking(case={"surgery_on": None}) == []


def test_that_a_side_planned_without_an_indication_is_told() -> None:
    assert texts(case={"indications": (reason(Side.RIGHT, Indication.RIPPLING),)}) == [
        "LEFT: planned without an indication"
    ]


def test_that_a_side_with_an_indication_and_no_plan_is_told() -> None:
    assert texts(plan={"left.steps": ()}) == ["LEFT: nothing planned"]


def test_that_an_indication_that_presupposes_an_implant_is_told_where_none_is_in_place() -> None:
    [point] = ready_to_sign(facts(sides_with_device=frozenset({Side.RIGHT})))
    assert point.text == "LEFT: no implant recorded in place"
    assert point.detail.startswith("Rippling.")


def test_that_tissue_change_needs_no_implant() -> None:
    rows = (reason(Side.RIGHT, Indication.TISSUE_CHANGE), reason(Side.LEFT, Indication.PTOSIS))
    insertion = {"right.steps": (PlanStep.IMPLANT_INSERTION,), "left.steps": (PlanStep.MASTOPEXY_VERTICAL,)}
    assert texts(case={"indications": rows}, plan=insertion, sides_with_device=frozenset()) == []


def test_that_removing_an_implant_nobody_recorded_is_told() -> None:
    rows = (reason(Side.RIGHT, Indication.PTOSIS), reason(Side.LEFT, Indication.RIPPLING))
    [point] = ready_to_sign(facts(case={"indications": rows}, sides_with_device=frozenset({Side.LEFT})))
    assert point.text == "RIGHT: no implant recorded in place"
    assert point.detail.startswith("Implant exchange.")


def test_that_a_first_implant_where_one_is_in_place_is_told() -> None:
    assert texts(plan={"right.steps": (PlanStep.IMPLANT_INSERTION,)}) == ["RIGHT: an implant is in place already"]


def test_that_a_new_implant_without_a_volume_is_told_and_does_not_block() -> None:
    assert texts(plan={"right.volume_ml": None}) == ["RIGHT: volume of the new implant open"]
    assert blocking(plan={"right.volume_ml": None}) == []


def test_that_allergies_nobody_asked_about_are_told() -> None:
    assert texts(patient={"no_known_allergies": False}) == ["Allergies not asked"]
    assert texts(patient={"no_known_allergies": False, "allergies": ({"substance": "Latex", "severity": None},)}) == []


@pytest.mark.parametrize("severity", [Severity.SEVERE, Severity.ANAPHYLAXIS])
def test_that_a_severe_allergy_is_told_with_its_reaction(severity: Severity) -> None:
    row = {"substance": "Penicillin", "severity": severity, "reaction": "airway swelling"}
    [point] = ready_to_sign(facts(patient={"allergies": (row,)}))
    assert point.text == "Allergy: Penicillin"
    assert point.detail == f"{severity.label}, airway swelling"


def test_that_an_anticoagulant_without_a_plan_is_told() -> None:
    row = {"name": "Apixaban", "is_anticoagulant": True, "plan": None}
    assert texts(patient={"medicines": (row,)}) == ["Apixaban"]
    assert texts(patient={"medicines": (row | {"plan": "stop 48 h before"},)}) == []
    assert texts(patient={"medicines": (row | {"is_anticoagulant": False},)}) == []


def test_that_somebody_must_take_her_home_after_sedation_but_not_after_local_anesthesia() -> None:
    alone = {"responsible_adult_name": None}
    assert texts(patient=alone) == ["Escort not named"]
    assert texts(patient=alone, plan={"anesthesia_kind": AnesthesiaKind.LOCAL}) == []


def test_that_nobody_examined_her_is_told() -> None:
    assert texts(is_examined=False) == ["Not examined"]


@pytest.mark.parametrize(
    ("kind", "sex", "told"),
    [
        (AnesthesiaKind.LOCAL_SEDATION, Sex.FEMALE, True),
        (AnesthesiaKind.GENERAL, None, True),
        (AnesthesiaKind.LOCAL, Sex.FEMALE, False),
        (AnesthesiaKind.LOCAL_SEDATION, Sex.MALE, False),
    ],
)
def test_that_a_pregnancy_statement_is_missed_before_sedation(
    kind: AnesthesiaKind, sex: Sex | None, told: bool
) -> None:
    found = texts(pregnancy=None, plan={"anesthesia_kind": kind}, patient={"sex": sex})
    assert found == (["Pregnancy statement missing"] if told else [])


def test_that_a_positive_pregnancy_test_needs_a_reason() -> None:
    [point] = ready_to_sign(facts(pregnancy=PregnancyStatement.POSITIVE))
    assert (point.text, point.needs_reason) == ("Pregnancy test positive", True)


@pytest.mark.parametrize(
    ("substance", "drug", "told"),
    [
        ("lidocaine (dentist)", Drug.LIDOCAINE_EPINEPHRINE, True),
        ("Cefazolin", Drug.CEFAZOLIN, True),
        ("Penicillin", Drug.CEFAZOLIN, False),
        ("acetic acid", Drug.TRANEXAMIC_ACID, False),
        ("Latex", None, False),
    ],
)
def test_that_an_allergy_against_a_planned_drug_is_told_by_its_name(
    substance: str, drug: Drug | None, told: bool
) -> None:
    plan = {"prophylaxis": ({"kind": ProphylaxisKind.ANTIBIOTIC, "drug": drug},)}
    found = texts(plan=plan, patient={"allergies": ({"substance": substance},)})
    assert found == ([f"Allergy against a planned drug: {drug.label}"] if told and drug else [])


def test_that_a_missing_weight_is_told() -> None:
    assert texts(patient={"weight_kg": None}) == ["Weight not recorded"]


def test_that_a_late_seroma_without_a_documented_work_up_is_told_and_does_not_block() -> None:
    rows = (reason(Side.RIGHT, Indication.RIPPLING), reason(Side.LEFT, Indication.SEROMA_LATE))
    onset, implant = Onset(PartialDate(2026, 9), "work-up"), PartialDate(2010)
    late = judge_seroma(Side.LEFT, onset, (Occupation(Side.LEFT, 1, implant, None, None),), dt.date(2026, 11, 23))
    assert late is not None
    open_facts = replace(facts(case={"indications": rows}), late_seromas={Side.LEFT: (late, {})})
    [to_know, point] = sorted(ready_to_sign(open_facts), key=lambda each: not each.to_know)
    assert to_know.text == "LEFT Seroma, 12 months or later: expedite"
    assert point.text == "LEFT: late seroma work-up not documented"
    assert not point.blocks


def test_that_what_cannot_wait_is_told_with_what_makes_it_more_urgent() -> None:
    rows = (reason(Side.RIGHT, Indication.INFECTION), reason(Side.LEFT, Indication.RIPPLING))
    [point] = ready_to_sign(facts(case={"indications": rows}))
    assert point.text == "RIGHT Infection: same-day call"
    assert point.detail == "Emergency with systemic signs."


def test_that_what_blocks_comes_first() -> None:
    points = ready_to_sign(facts(plan={"right.steps": (), "left.steps": ()}, patient={"no_known_allergies": False}))
    assert [point.blocks for point in points] == sorted((point.blocks for point in points), reverse=True)
    assert points[0].blocks
    assert not points[-1].blocks


def test_that_a_tier_the_surgeon_set_is_what_is_to_be_known() -> None:
    assert not any("Rippling" in point.text for point in ready_to_sign(facts()))
    raised = replace(facts(), tiers={(Side.LEFT, Indication.RIPPLING): UrgencyTier.U1})
    assert [point.text for point in ready_to_sign(raised) if "Rippling" in point.text] == [
        "LEFT Rippling: same-day call"
    ]
