import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import UNKNOWN, Severity
from desktop.rules.patient import (
    Alert,
    allergies_were_asked,
    anticoagulants_without_plan,
    body_mass_index,
    check_body,
    check_patient,
    patient_alerts,
)
from desktop.rules.problem import Circumstances, Problem

TODAY = dt.date(2026, 11, 23)
ON_TODAY = Circumstances(TODAY)


def problems(**values: Any) -> list[Problem]:
    return check_patient({"family_name": "Okafor", **values}, ON_TODAY)


def fields(**values: Any) -> list[str]:
    return [problem.field for problem in problems(**values)]


def test_that_a_plain_record_has_no_problem() -> None:
    assert (
        problems(
            given_name="Rosalind",
            birth_date=dt.date(1981, 3, 14),
            phone="555-0142",
            email="rosalind@example.org",
            address="12 Quay Street\nHarbour Town",
            allergies=({"substance": "Penicillin", "reaction": None, "severity": Severity.ANAPHYLAXIS},),
            medicines=({"name": "Apixaban", "dose": "5 mg", "is_anticoagulant": True, "plan": "hold 48 h"},),
            height_cm=165,
            weight_kg=Decimal("62.5"),
        )
        == []
    )


def test_that_nothing_asked_and_everything_unknown_are_no_problem() -> None:
    names = ("given_name", "birth_date", "phone", "email", "height_cm", "weight_kg", "allergies", "medicines")
    assert problems(**dict.fromkeys(names)) == []
    assert problems(**dict.fromkeys(names, UNKNOWN)) == []


@pytest.mark.parametrize("name", [None, "", "   ", "\n", "\u202e"])
def test_that_a_family_name_is_needed(name: str | None) -> None:
    found = problems(family_name=name)
    assert found[0].field == "family_name"
    assert "only one name" in found[0].message


@pytest.mark.parametrize("field", ["family_name", "given_name", "emergency_name", "phone"])
@pytest.mark.parametrize("text", ["555 Oka\nfor", "555 Oka\u202efor", "555\x00"])
def test_that_a_line_with_a_break_or_an_invisible_sign_is_refused(field: str, text: str) -> None:
    assert fields(**{field: text}) == [field]


@pytest.mark.parametrize("name", ["<b>Bobby</b>", "'; DROP TABLE patient; --", "حیدری", "x" * 300])
def test_that_any_letters_make_a_name(name: str) -> None:
    assert fields(family_name=name) == []


@pytest.mark.parametrize(
    ("born", "words"),
    [(dt.date(2026, 11, 24), "in the future"), (dt.date(1905, 11, 23), "more than 120 years ago")],
)
def test_that_an_impossible_birth_date_is_refused(born: dt.date, words: str) -> None:
    (found,) = problems(birth_date=born)
    assert (found.field, found.is_question) == ("birth_date", False)
    assert words in found.message


@pytest.mark.parametrize("born", [TODAY, dt.date(1905, 11, 24)])
def test_that_the_first_and_the_last_possible_birth_date_are_taken(born: dt.date) -> None:
    assert fields(birth_date=born) == []


@pytest.mark.parametrize("field", ["phone", "mobile_phone", "emergency_phone", "responsible_adult_phone"])
def test_that_a_phone_needs_its_digits(field: str) -> None:
    assert fields(**{field: "ask her sister"}) == [field]
    assert fields(**{field: "+1 (555) 0142 ext. 3"}) == []
    assert fields(**{field: "٥٥٥٠١٤٢"}) == []


@pytest.mark.parametrize(
    "email", ["rosalind", "a@b", "a b@example.org", "a@@example.org", "a@example..org", "@example.org"]
)
def test_that_an_email_address_needs_its_shape(email: str) -> None:
    assert fields(email=email) == ["email"]


@pytest.mark.parametrize("email", ["a@example.org", "first.last+x@mail.example.org", "имя@пример.рф"])
def test_that_an_email_address_is_taken(email: str) -> None:
    assert fields(email=email) == []


def test_that_no_known_allergies_contradicts_allergies() -> None:
    rows = ({"substance": "Latex", "reaction": None, "severity": None},)
    assert fields(allergies=rows, no_known_allergies=True) == ["no_known_allergies"]
    assert fields(allergies=rows, no_known_allergies=False) == []
    assert fields(allergies=(), no_known_allergies=True) == []


def test_that_every_allergy_and_medicine_has_its_name() -> None:
    assert fields(allergies=({"substance": " "},)) == ["allergies"]
    assert fields(medicines=({"name": None, "dose": "5 mg"},)) == ["medicines"]


@pytest.mark.parametrize("kg", ["30", "62", "200"])
def test_that_a_likely_weight_is_not_asked_about(kg: str) -> None:
    assert check_body({"weight_kg": Decimal(kg)}) == []


@pytest.mark.parametrize("kg", ["29.9", "200.1"])
def test_that_an_unlikely_weight_is_asked_about(kg: str) -> None:
    (found,) = check_body({"weight_kg": Decimal(kg)})
    assert (found.field, found.is_question) == ("weight_kg", True)


def test_that_a_weight_that_looks_like_pounds_says_how_to_write_pounds() -> None:
    (found,) = check_body({"weight_kg": Decimal(237)})
    assert "If this is in pounds write 237 lb." in found.message


@pytest.mark.parametrize(("cm", "asked"), [(119, True), (120, False), (220, False), (221, True)])
def test_that_an_unlikely_height_is_asked_about(cm: int, asked: bool) -> None:
    assert [problem.is_question for problem in check_body({"height_cm": cm})] == ([True] if asked else [])


def test_that_a_height_that_looks_like_inches_says_how_to_write_inches() -> None:
    assert "write 65 in" in check_body({"height_cm": 65})[0].message


@pytest.mark.parametrize("field", ["weight_kg", "height_cm"])
@pytest.mark.parametrize("value", [0, -5])
def test_that_nothing_weighs_or_measures_nought_or_less(field: str, value: int) -> None:
    (found,) = check_body({field: value})
    assert not found.is_question


@pytest.mark.parametrize(("kg", "cm"), [(195, 160), (31, 200)])
def test_that_a_weight_and_height_that_do_not_go_together_are_both_asked_about(kg: int, cm: int) -> None:
    found = check_body({"weight_kg": Decimal(kg), "height_cm": cm})
    assert [(problem.field, problem.is_question) for problem in found] == [("weight_kg", True), ("height_cm", True)]


@pytest.mark.parametrize(
    ("kg", "cm", "bmi"),
    [
        ("90", "165", "33.057851"),
        ("68.0625", "165", "25.000000"),
        ("68", "165", "24.977043"),
        ("95", "164.7", "35.0216"),
    ],
)
def test_that_the_body_mass_index_is_that_of_the_reference(kg: str, cm: str, bmi: str) -> None:
    expected = Decimal(bmi)
    assert body_mass_index(Decimal(kg), Decimal(cm)).quantize(expected) == expected


def test_that_the_body_mass_index_is_compared_unrounded() -> None:
    assert body_mass_index(Decimal("68.0625"), Decimal(165)) == 25
    assert body_mass_index(Decimal(68), Decimal(165)) < 25
    assert body_mass_index(Decimal(95), Decimal("164.7")) > 35


@given(st.decimals(1, 300, places=2), st.decimals(50, 250, places=1))
def test_that_the_body_mass_index_grows_with_weight(kg: Decimal, cm: Decimal) -> None:
    assert body_mass_index(kg + 1, cm) > body_mass_index(kg, cm) > 0


def test_that_there_is_no_body_mass_index_without_a_body() -> None:
    with pytest.raises(ValueError, match="above 0"):
        body_mass_index(Decimal(62), Decimal(0))


def allergy(substance: str, severity: Severity | None, reaction: str | None = None) -> dict[str, Any]:
    return {"substance": substance, "severity": severity, "reaction": reaction}


def test_that_the_most_severe_allergy_is_seen_first_and_anticoagulants_after_all_allergies() -> None:
    values = {
        "allergies": (
            allergy("Nickel", Severity.MILD),
            allergy("Latex", None, "hives"),
            allergy("Penicillin", Severity.ANAPHYLAXIS),
            allergy("Iodine", Severity.SEVERE),
        ),
        "medicines": (
            {"name": "Ibuprofen", "is_anticoagulant": False, "plan": None},
            {"name": "Apixaban", "is_anticoagulant": True, "plan": "hold per plan"},
            {"name": "Warfarin", "is_anticoagulant": True, "plan": " "},
        ),
    }
    assert patient_alerts(values) == (
        Alert("Penicillin — anaphylaxis", "danger"),
        Alert("Iodine — severe", "danger"),
        Alert("Latex — hives", "warning"),
        Alert("Nickel — mild", "warning"),
        Alert("Apixaban — hold per plan", "warning"),
        Alert("Warfarin — thins the blood, no plan yet", "warning"),
    )


@pytest.mark.parametrize("empty", [(), None])
def test_that_an_empty_list_of_allergies_is_not_asked(empty: Any) -> None:
    values = {"allergies": empty, "no_known_allergies": False}
    assert patient_alerts(values) == (Alert("Allergies not asked", "warning"),)
    assert not allergies_were_asked(values)


def test_that_no_known_allergies_is_seen_only_when_a_person_stated_it() -> None:
    assert patient_alerts({"allergies": (), "no_known_allergies": True}) == (Alert("No known allergies", "good"),)
    assert allergies_were_asked({"no_known_allergies": True})


def test_that_a_listed_allergy_outweighs_the_statement_that_there_is_none() -> None:
    values = {"allergies": (allergy("Latex", Severity.SEVERE),), "no_known_allergies": True}
    assert patient_alerts(values) == (Alert("Latex — severe", "danger"),)


def test_that_unknown_allergies_are_a_warning_and_no_answer() -> None:
    assert patient_alerts({"allergies": UNKNOWN}) == (Alert("Allergies unknown", "warning"),)
    assert not allergies_were_asked({"allergies": UNKNOWN})


def test_that_anticoagulants_without_a_plan_are_named() -> None:
    rows = (
        {"name": "Apixaban", "is_anticoagulant": True, "plan": "hold 48 h"},
        {"name": "Warfarin", "is_anticoagulant": True, "plan": None},
        {"name": "Ibuprofen", "is_anticoagulant": False, "plan": None},
    )
    assert anticoagulants_without_plan({"medicines": rows}) == ("Warfarin",)
    assert anticoagulants_without_plan({"medicines": UNKNOWN}) == ()


@pytest.mark.parametrize("pounds_as_kg", ["110", "137", "180"])
def test_that_pounds_typed_as_kilograms_are_asked_about(pounds_as_kg: str) -> None:
    values = {"family_name": "Roe", "weight_kg": Decimal(pounds_as_kg), "height_cm": 165}
    asked = [p for p in check_patient(values, Circumstances(dt.date(2026, 11, 23))) if p.field == "weight_kg"]
    assert [problem.is_question for problem in asked] == [True]
    assert f"write {pounds_as_kg} lb" in asked[0].message
