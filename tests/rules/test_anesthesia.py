"""An anesthesia note is refused when it cannot be, asked about when it is unlikely, and never judged."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import CaseEvent, DoseUnit, Drug, Route, SedationScale, Side
from desktop.rules.anesthesia import check_anesthesia_note, check_drug, check_vital
from desktop.rules.anesthesia_tables import SCALE_WORDS
from desktop.rules.problem import Circumstances, Problem

DAY = dt.date(2026, 12, 4)
NOON = dt.datetime.combine(DAY, dt.time(12)).astimezone()


def at(minutes: int) -> dt.datetime:
    return (NOON + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)


def check(today: dt.date = DAY, **values: Any) -> list[Problem]:
    return check_anesthesia_note({"performed_on": DAY} | values, Circumstances(today=today))


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    return problem


def vital(minutes: int = 0, **changes: Any) -> dict[str, Any]:
    return {"at": at(minutes), "systolic_mmhg": 120, "diastolic_mmhg": 80, "pulse_bpm": 70} | changes


def drug(name: Drug, dose: str, unit: DoseUnit, **changes: Any) -> dict[str, Any]:
    return {"at": at(0), "drug": name, "dose": Decimal(dose), "unit": unit} | changes


def event(kind: CaseEvent, minutes: int, side: Side | None = None) -> dict[str, Any]:
    return {"at": at(minutes), "event": kind, "side": side, "text": None}


def test_that_a_note_with_only_its_day_is_accepted() -> None:
    assert check() == []


def test_that_a_whole_reading_is_accepted() -> None:
    assert check_vital(vital(sedation_scale=SedationScale.RASS, sedation_value=-2)) == []


@pytest.mark.parametrize(("systolic", "diastolic"), [(80, 120), (90, 90)])
def test_that_a_systolic_pressure_not_above_the_diastolic_is_refused(systolic: int, diastolic: int) -> None:
    problem = only(check_vital(vital(systolic_mmhg=systolic, diastolic_mmhg=diastolic)))
    assert not problem.is_question
    assert problem.field == "systolic_mmhg"
    assert only(check(baseline_systolic_mmhg=systolic, baseline_diastolic_mmhg=diastolic)).field == (
        "baseline_systolic_mmhg"
    )


@pytest.mark.parametrize("missing", ["systolic_mmhg", "diastolic_mmhg"])
def test_that_half_a_pressure_is_asked_about(missing: str) -> None:
    problem = only(check_vital(vital(**{missing: None})))
    assert problem.is_question
    assert problem.field == missing


def test_that_a_reading_without_any_value_is_refused() -> None:
    problem = only(check(vitals=({"at": at(0)},)))
    assert problem.message.startswith("Vitals 1: nothing was measured")
    assert not problem.is_question


def test_that_a_saturation_alone_is_a_reading() -> None:
    assert check_vital({"at": at(0), "spo2_percent": 98}) == []


@pytest.mark.parametrize(
    ("scale", "value"),
    [(SedationScale.RASS, -6), (SedationScale.RASS, 5), (SedationScale.MOAAS, 6), (SedationScale.MOAAS, -1),
     (SedationScale.RAMSAY, 0), (SedationScale.RAMSAY, 7)],
)  # fmt: skip
def test_that_a_depth_outside_its_scale_is_refused_with_the_scale_named(scale: SedationScale, value: int) -> None:
    problem = only(check_vital(vital(sedation_scale=scale, sedation_value=value)))
    assert scale.label in problem.message


@given(st.sampled_from(SedationScale), st.integers(-20, 20))
def test_that_exactly_the_values_of_a_scale_are_accepted(scale: SedationScale, value: int) -> None:
    problems = check_vital(vital(sedation_scale=scale, sedation_value=value))
    assert (problems == []) == (value in SCALE_WORDS[scale])


def test_that_a_value_needs_its_scale_and_a_scale_its_value() -> None:
    assert only(check_vital(vital(sedation_value=3))).field == "sedation_scale"
    assert only(check_vital(vital(sedation_scale=SedationScale.RAMSAY))).field == "sedation_value"


@pytest.mark.parametrize("dose", ["0", "-1"])
def test_that_a_dose_must_be_above_zero(dose: str) -> None:
    assert only(check_drug(drug(Drug.MIDAZOLAM, dose, DoseUnit.MG))).field == "dose"


@pytest.mark.parametrize("name", [Drug.FENTANYL, Drug.SUFENTANIL, Drug.REMIFENTANIL])
def test_that_an_opioid_of_the_fentanyl_class_in_mg_is_asked_about_with_the_same_amount_in_mcg(name: Drug) -> None:
    problem = only(check_drug(drug(name, "0.05", DoseUnit.MG)))
    assert problem.is_question
    assert "0.05 mg, which is 50 mcg" in problem.message


def test_that_a_usual_unit_is_not_asked_about() -> None:
    assert check_drug(drug(Drug.FENTANYL, "50", DoseUnit.MCG)) == []
    assert check_drug(drug(Drug.PROPOFOL, "50", DoseUnit.MCG_PER_KG_MIN)) == []


@pytest.mark.parametrize("unit", [unit for unit in DoseUnit if unit not in (DoseUnit.G, DoseUnit.MG)])
def test_that_an_antibiotic_is_written_in_g_or_mg(unit: DoseUnit) -> None:
    problem = only(check_drug(drug(Drug.CEFAZOLIN, "2", unit)))
    assert not problem.is_question
    assert "g or mg" in problem.message
    assert check_drug(drug(Drug.CEFAZOLIN, "2", DoseUnit.G)) == []


def test_that_percent_typed_as_mg_per_ml_is_asked_about() -> None:
    row = drug(Drug.LIDOCAINE, "20", DoseUnit.ML, concentration_mg_per_ml=Decimal(1))
    problem = only(check_drug(row))
    assert problem.is_question
    assert "1 mg/mL is 0.1 %" in problem.message
    assert check_drug(row | {"concentration_mg_per_ml": Decimal(10)}) == []
    assert check_drug(row | {"route": Route.TUMESCENT}) == []


def test_that_an_infusion_cannot_end_before_it_begins() -> None:
    row = drug(Drug.PROPOFOL, "50", DoseUnit.MCG_PER_KG_MIN, until_at=at(-1))
    assert only(check_drug(row)).field == "until_at"


def test_that_every_row_in_question_is_named_in_one_question() -> None:
    rows = (drug(Drug.FENTANYL, "0.1", DoseUnit.MG), drug(Drug.SUFENTANIL, "0.1", DoseUnit.MG))
    problem = only(check(drugs=rows))
    assert problem.is_question
    assert "Drug 1:" in problem.message
    assert "Drug 2:" in problem.message


def test_that_a_confirmed_row_is_not_asked_about_when_another_is_added() -> None:
    odd = drug(Drug.FENTANYL, "0.1", DoseUnit.MG)
    other = drug(Drug.MIDAZOLAM, "1", DoseUnit.MG)
    assert check(drugs=({"id": 7} | odd, other), drugs_confirmed=(odd,)) == []


def test_that_a_confirmed_row_is_asked_about_again_when_its_dose_changed() -> None:
    odd = drug(Drug.FENTANYL, "0.1", DoseUnit.MG)
    assert only(check(drugs=(odd | {"dose": Decimal("0.2")},), drugs_confirmed=(odd,))).is_question


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (CaseEvent.SEDATION_START, CaseEvent.SEDATION_END),
        (CaseEvent.IN_ROOM, CaseEvent.OUT_OF_ROOM),
        (CaseEvent.INCISION, CaseEvent.CLOSURE),
    ],
)
def test_that_events_in_an_impossible_order_are_refused(first: CaseEvent, then: CaseEvent) -> None:
    assert check(events=(event(first, 0), event(then, 10))) == []
    problem = only(check(events=(event(first, 10), event(then, 0))))
    assert problem.field == "events"
    assert not problem.is_question


def test_that_an_implant_that_goes_in_before_one_comes_out_is_asked_about_per_side() -> None:
    out, into = CaseEvent.IMPLANT_OUT, CaseEvent.IMPLANT_IN
    crossed = (event(into, 0, Side.LEFT), event(out, 10, Side.RIGHT))
    assert check(events=crossed) == []
    same_side = (event(into, 0, Side.LEFT), event(out, 10, Side.LEFT))
    assert only(check(events=same_side)).is_question
    assert check(events=same_side, events_confirmed=same_side) == []


def test_that_nobody_is_discharged_alone_without_a_written_exception() -> None:
    assert only(check(discharged_at=at(60))).field == "escort_name"
    assert only(check(discharged_at=at(60), escort_name="  ")).field == "escort_name"
    assert check(discharged_at=at(60), escort_name="Grace Okafor") == []
    assert check(discharged_at=at(60), escort_exception="Taken home by ambulance") == []


def test_that_nobody_is_discharged_before_sedation_ended() -> None:
    events = (event(CaseEvent.SEDATION_START, 0), event(CaseEvent.SEDATION_END, 60))
    assert only(check(events=events, discharged_at=at(59), escort_name="Grace")).field == "discharged_at"
    assert check(events=events, discharged_at=at(60), escort_name="Grace") == []
    assert only(check(events=events[:1], discharged_at=at(90), escort_name="Grace")).field == "discharged_at"


def test_that_a_time_that_has_not_come_is_refused() -> None:
    problem = only(check(today=DAY - dt.timedelta(days=1), vitals=(vital(),)))
    assert "has not come yet" in problem.message


def test_that_a_time_of_another_day_is_refused_but_not_one_after_midnight() -> None:
    assert only(check(today=DAY + dt.timedelta(days=9), vitals=(vital(minutes=60 * 72),))).field == "vitals"
    assert check(today=DAY + dt.timedelta(days=9), vitals=(vital(minutes=60 * 14),)) == []


def test_that_eating_after_sedation_began_is_asked_about() -> None:
    events = (event(CaseEvent.SEDATION_START, 0),)
    assert only(check(events=events, last_meal_at=at(5))).is_question
    assert check(events=events, last_meal_at=at(-500)) == []


@pytest.mark.parametrize(("weight", "asked"), [("29.9", True), ("30", False), ("200", False), ("201", True)])
def test_that_an_unlikely_weight_is_asked_about(weight: str, asked: bool) -> None:
    problems = check(weight_kg=Decimal(weight))
    assert [problem.is_question for problem in problems] == ([True] if asked else [])


moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
rows = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.none() | moments,
            "drug": st.none() | st.sampled_from(Drug),
            "dose": st.none() | st.decimals(-10, 10, places=2),
            "unit": st.none() | st.sampled_from(DoseUnit),
            "event": st.none() | st.sampled_from(CaseEvent),
            "systolic_mmhg": st.none() | st.integers(-5, 400),
            "diastolic_mmhg": st.none() | st.integers(-5, 400),
            "sedation_scale": st.none() | st.sampled_from(SedationScale),
            "sedation_value": st.none() | st.integers(-9, 9),
        }
    ),
    max_size=4,
).map(tuple)


@given(vitals=rows, drugs=rows, events=rows, left=st.none() | moments)
def test_that_no_combination_of_answers_breaks_the_check(
    vitals: Any, drugs: Any, events: Any, left: dt.datetime | None
) -> None:
    for problem in check(vitals=vitals, drugs=drugs, events=events, discharged_at=left):
        assert problem.message.endswith((".", "?"))
        assert problem.field in {"vitals", "drugs", "events", "discharged_at", "escort_name"}
