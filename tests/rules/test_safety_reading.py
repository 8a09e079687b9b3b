"""What is read aloud beside each item: from the records, the side in full words, contradictions loud."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from desktop.models.choices import DoseUnit, Drug, PlanStep, SafetyItem, Severity, Side, YesNo
from desktop.rules.consent import ConsentFacts, Withdrawn
from desktop.rules.safety import Line
from desktop.rules.safety_reading import SafetyFacts, read_aloud
from tests.safety_story import procedure_consent

AT = dt.datetime(2026, 12, 4, 14, 12, tzinfo=dt.UTC)
PLAN: dict[str, Any] = {
    "right.steps": (PlanStep.CAPSULECTOMY_TOTAL, PlanStep.IMPLANT_EXCHANGE),
    "right.volume_ml": 300,
    "left.steps": (PlanStep.CAPSULORRHAPHY_INFERIOR,),
    "minutes_needed": 120,
}


def filed(**sides: str) -> ConsentFacts:
    return ConsentFacts(1, procedure_consent(**sides), filed_at=AT, filed_by="Dr. A. Marchetti")


def facts(**changes: Any) -> SafetyFacts:
    whole: dict[str, Any] = {
        "name": "Rosalind Okafor",
        "born_on": dt.date(1981, 3, 14),
        "on": dt.date(2026, 12, 4),
        "plan": PLAN,
        "plan_version": 1,
        "is_plan_signed": True,
        "is_plan_amended": False,
        "consents": (filed(right="Exchange", left="Fold repair"),),
        "patient": {"no_known_allergies": True},
        "note": {},
    }
    return SafetyFacts(**{**whole, **changes})


def said(item: SafetyItem, side: Side | None = None, **changes: Any) -> dict[str, str]:
    return {each.text: each.tone for each in read_aloud(Line(item, side), facts(**changes))}


def test_that_identity_is_name_and_birth_date_with_the_month_in_words() -> None:
    assert list(said(SafetyItem.IDENTITY)) == ["Rosalind Okafor, born 14 Mar 1981"]


def test_that_the_operation_is_said_for_each_side_from_the_signed_plan() -> None:
    assert list(said(SafetyItem.OPERATION_AND_SIDE)) == [
        "RIGHT: Total capsulectomy; Implant exchange; new implant 300 mL",
        "LEFT: Capsulorrhaphy, inferior",
    ]


def test_that_a_plan_nobody_signed_is_loud() -> None:
    assert said(SafetyItem.OPERATION_AND_SIDE, is_plan_signed=False)["The plan is not signed."] == "danger"
    assert "danger" in said(SafetyItem.OPERATION_AND_SIDE, plan={}, plan_version=None).values()


def test_that_consent_and_plan_that_agree_are_quiet() -> None:
    assert set(said(SafetyItem.CONSENT_MATCHES).values()) == {""}


@pytest.mark.parametrize(
    ("consents", "loud"),
    [
        ((), "No consent to the operation is filed."),
        ((filed(right="Exchange"),), "The plan operates on LEFT; no filed consent names it."),
        ((ConsentFacts(1, procedure_consent(right="a", left="b")),), "No consent to the operation is filed."),
        (
            (ConsentFacts(1, procedure_consent(right="a"), filed_at=AT, withdrawn=Withdrawn(AT.date(), "Pell")),),
            "No consent to the operation is filed.",
        ),
    ],
)
def test_that_a_consent_that_does_not_name_the_planned_sides_is_loud(
    consents: tuple[ConsentFacts, ...], loud: str
) -> None:
    assert said(SafetyItem.CONSENT_MATCHES, consents=consents)[loud] == "danger"


def test_that_a_consent_for_a_side_that_is_not_operated_on_is_loud() -> None:
    plan = {**PLAN, "left.steps": ()}
    loud = said(SafetyItem.CONSENT_MATCHES, plan=plan)
    assert loud["The consent names LEFT; the plan does not operate on it."] == "danger"


def test_that_the_side_before_incision_says_when_no_consent_names_it() -> None:
    assert said(SafetyItem.PATIENT_AND_SIDE, Side.LEFT, consents=())["No filed consent names LEFT."] == "danger"
    assert "danger" not in said(SafetyItem.PATIENT_AND_SIDE, Side.LEFT).values()


def test_that_allergies_nobody_asked_about_are_never_none() -> None:
    assert said(SafetyItem.ALLERGIES_KNOWN, patient={}) == {"Nobody asked about allergies. Ask now.": "danger"}
    rows = ({"substance": "Penicillin", "severity": Severity.ANAPHYLAXIS, "reaction": "hives"},)
    assert said(SafetyItem.ALLERGIES_KNOWN, patient={"allergies": rows}) == {"Penicillin: anaphylaxis, hives": "danger"}


def test_that_airway_risk_says_glp1_and_what_is_not_recorded() -> None:
    heard = said(SafetyItem.AIRWAY_RISK, note={"glp1_agonist": YesNo.YES, "last_meal_at": AT})
    assert heard["GLP-1 agonist: YES"] == "danger"
    assert heard["Last clear fluid: not recorded"] == "warning"
    assert any(text.startswith("Last meal 4 Dec 2026") for text in heard)
    assert said(SafetyItem.AIRWAY_RISK, note=None) == {"No anesthesia note is begun.": "warning"}


def test_that_local_anesthetic_is_told_as_it_adds_up_and_no_ceiling_is_made_up() -> None:
    given = {"at": AT, "drug": Drug.LIDOCAINE, "dose": Decimal(20), "unit": DoseUnit.ML}
    rows = tuple({**given, "concentration_mg_per_ml": Decimal(10), "side": side} for side in Side)
    heard = list(said(SafetyItem.LOCAL_TOTALS, note={"drugs": rows}))
    assert heard == [
        "Lidocaine: 400 mg, 40 mL so far, both sides together",
        "No ceiling is recorded: anesthesia says it.",
    ]
    unknown = said(SafetyItem.LOCAL_TOTALS, note={"drugs": ({**given, "concentration_mg_per_ml": None, "side": None},)})
    assert unknown["Lidocaine: concentration missing."] == "danger"


def test_that_the_surgeons_steps_stand_in_their_order_with_the_time() -> None:
    heard = list(said(SafetyItem.SURGEON_STEPS, Side.RIGHT))
    assert heard[0] == "RIGHT: Total capsulectomy → Implant exchange"
    assert heard[-1] == "Time planned for the operation: 120 min"


def test_that_antibiotics_given_are_told_with_their_time() -> None:
    row = {"at": AT, "drug": Drug.CEFAZOLIN, "dose": Decimal(2), "unit": DoseUnit.G}
    assert any("CeFAZolin 2 g at " in text for text in said(SafetyItem.ANTIBIOTIC_GIVEN, note={"drugs": (row,)}))
    assert said(SafetyItem.ANTIBIOTIC_GIVEN)["None is recorded as given."] == "warning"


def test_that_specimens_and_removed_devices_name_their_side() -> None:
    assert list(said(SafetyItem.SPECIMENS_LABELLED, Side.RIGHT, specimens={Side.RIGHT: ("Culture",)})) == [
        "Rosalind Okafor · RIGHT: Culture"
    ]
    assert said(SafetyItem.REMOVED_DEVICES, Side.LEFT, removed={Side.LEFT: None}) == {
        "LEFT: where the device goes is not recorded.": "warning"
    }


def test_that_an_item_the_records_say_nothing_about_has_nothing_to_read() -> None:
    assert said(SafetyItem.OXIMETER_WORKS) == {}
