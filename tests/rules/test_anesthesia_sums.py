"""What is added up says what it was made from; what is missing is never zero. Vectors of the clinical reference §4."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import CaseEvent, DoseUnit, Drug, Score, Side
from desktop.rules.anesthesia_sums import (
    aldrete_total,
    bmi,
    hours_since,
    local_anesthetic_given,
    not_recorded,
    record_span,
    sedation_span,
    show_minutes,
    show_ml,
    vital_gaps,
)
from desktop.rules.anesthesia_tables import CLEAR_FLUID_ROWS, MEAL_ROWS

START = dt.datetime(2026, 12, 4, 8, 15, tzinfo=dt.UTC)


def at(minutes: float) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


def local(dose: str, unit: DoseUnit = DoseUnit.ML, strength: str | None = "10", **changes: Any) -> dict[str, Any]:
    return {
        "drug": Drug.LIDOCAINE_EPINEPHRINE,
        "dose": Decimal(dose),
        "unit": unit,
        "concentration_mg_per_ml": Decimal(strength) if strength else None,
        "side": None,
    } | changes


@pytest.mark.parametrize(
    ("taken", "minutes", "is_met"),
    [(at(-105), 105, False), (at(-120), 120, True), (at(-119) - dt.timedelta(seconds=30), 119, False)],
    ids=["NPO1 06:30", "NPO2 06:15", "half a minute short"],
)
def test_that_clear_fluid_is_compared_with_two_hours(taken: dt.datetime, minutes: int, is_met: bool) -> None:
    elapsed = hours_since(taken, START, CLEAR_FLUID_ROWS)
    assert elapsed.minutes == minutes
    assert [met for _row, met in elapsed.compared] == [is_met]


def test_that_a_meal_before_midnight_is_compared_with_both_meals() -> None:
    """NPO4: 23:59 the day before, start 07:59."""
    start = dt.datetime(2026, 12, 4, 7, 59, tzinfo=dt.UTC)
    elapsed = hours_since(dt.datetime(2026, 12, 3, 23, 59, tzinfo=dt.UTC), start, MEAL_ROWS)
    assert elapsed.minutes == 480
    assert [met for _row, met in elapsed.compared] == [True, True]


def test_that_the_comparison_says_what_with_what_and_nothing_more() -> None:
    words = hours_since(at(-105), START, CLEAR_FLUID_ROWS).words("before sedation started 08:15")
    assert words == (
        "1 h 45 min before sedation started 08:15; table: clear fluid 2 h not reached (ASA 2017, update 2023)"
    )


@given(st.integers(-5000, 5000))
def test_that_minutes_are_shown_whole(minutes: int) -> None:
    hours, rest = show_minutes(minutes).removeprefix("−").removesuffix(" min").split(" h ")
    assert (int(hours) * 60 + int(rest)) * (-1 if minutes < 0 else 1) == minutes


@pytest.mark.parametrize(
    ("weight", "height", "expected"),
    [("90", 165, "33.057851"), ("68.0625", 165, "25"), ("68", 165, "24.977043")],
)
def test_that_the_body_mass_index_is_not_rounded(weight: str, height: int, expected: str) -> None:
    found = bmi(Decimal(weight), height)
    assert found is not None
    assert abs(found - Decimal(expected)) < Decimal("0.000001")


def test_that_there_is_no_index_without_both_measures() -> None:
    assert bmi(None, 165) is None
    assert bmi(Decimal(62), None) is None


def test_that_both_sides_are_added_for_one_patient() -> None:
    """LA19: 12 mL right and 12 mL left of lidocaine 1 % are 240 mg once."""
    (total,) = local_anesthetic_given((local("12", side=Side.RIGHT), local("12", side=Side.LEFT)))
    assert (total.mg, total.ml, total.missing) == (Decimal(240), Decimal(24), "")
    assert total.parts == ("12 mL · 10 mg/mL · RIGHT", "12 mL · 10 mg/mL · LEFT")


def test_that_agents_are_kept_apart() -> None:
    """The amounts of LA10: 20 mL of lidocaine 1 % and 20 mL of bupivacaine 0.25 %."""
    rows = (local("20"), local("20", strength="2.5", drug=Drug.BUPIVACAINE_EPINEPHRINE))
    totals = local_anesthetic_given(rows)
    assert [(each.drug, each.mg) for each in totals] == [
        (Drug.LIDOCAINE_EPINEPHRINE, Decimal(200)),
        (Drug.BUPIVACAINE_EPINEPHRINE, Decimal("50.0")),
    ]


def test_that_a_missing_concentration_is_told_and_never_zero() -> None:
    (total,) = local_anesthetic_given((local("12"), local("8", strength=None)))
    assert (total.mg, total.ml, total.missing) == (None, Decimal(20), "concentration missing")
    (in_mg,) = local_anesthetic_given((local("100", DoseUnit.MG, None),))
    assert (in_mg.mg, in_mg.ml, in_mg.missing) == (Decimal(100), None, "concentration missing")


def test_that_a_rate_is_not_added_to_amounts() -> None:
    (total,) = local_anesthetic_given((local("5", DoseUnit.ML_PER_H),))
    assert (total.mg, total.ml, total.missing) == (None, None, "mL/h is not an amount")


def test_that_other_drugs_are_not_counted() -> None:
    assert local_anesthetic_given(({"drug": Drug.PROPOFOL, "dose": Decimal(50), "unit": DoseUnit.MG},)) == ()


@given(st.lists(st.decimals("0.1", 100, places=1), min_size=1, max_size=8), st.sampled_from(["2.5", "5", "10", "20"]))
def test_that_the_order_of_syringes_never_changes_the_total(doses: list[Decimal], strength: str) -> None:
    rows = [local(str(dose), strength=strength) for dose in doses]
    (one,), (other,) = local_anesthetic_given(rows), local_anesthetic_given(rows[::-1])
    assert one.mg == other.mg == sum(doses) * Decimal(strength)
    assert one.ml == sum(doses)


def test_that_a_given_volume_is_never_rounded_down() -> None:
    assert show_ml(Decimal("3.333333")) == "3.4 mL"
    assert show_ml(Decimal("30.0")) == "30 mL"


def test_that_nine_of_ten_reaches_the_criterion_and_eight_does_not() -> None:
    nine = aldrete_total([Score.TWO] * 4 + [Score.ONE])
    assert (nine.total, nine.meets_criterion) == (9, True)
    eight = aldrete_total([Score.TWO] * 4 + [Score.ZERO])
    assert (eight.total, eight.meets_criterion) == (8, False)


def test_that_an_incomplete_score_shows_its_range() -> None:
    four = aldrete_total([Score.TWO] * 4 + [None])
    assert (four.total, four.lowest, four.highest, four.missing, four.meets_criterion) == (None, 8, 10, 1, None)
    lost = aldrete_total([Score.ZERO, None, None, None, None])
    assert (lost.highest, lost.meets_criterion) == (8, False)
    nothing = aldrete_total([None] * 5)
    assert (nothing.total, nothing.lowest, nothing.highest) == (None, 0, 10)


def test_that_the_range_holds_whatever_the_missing_items_turn_out_to_be() -> None:
    for items in itertools.product([Score.TWO, Score.ONE, Score.ZERO, None], repeat=5):
        found = aldrete_total(items)
        best = aldrete_total([Score.TWO if item is None else item for item in items])
        worst = aldrete_total([Score.ZERO if item is None else item for item in items])
        assert (found.lowest, found.highest) == (worst.total, best.total)
        if found.meets_criterion is not None:
            assert found.meets_criterion is best.meets_criterion is worst.meets_criterion


def reading(minutes: float, **changes: Any) -> dict[str, Any]:
    return {"at": at(minutes), "systolic_mmhg": 120, "diastolic_mmhg": 80, "pulse_bpm": 70} | changes


def test_that_five_minutes_and_the_grace_are_no_gap() -> None:
    assert vital_gaps([reading(0), reading(6), reading(12)], at(0), at(18)) == ()


def test_that_a_longer_stretch_is_a_gap_for_pressure_and_pulse() -> None:
    gaps = vital_gaps([reading(0), reading(6.1)], at(0), at(10))
    assert [(gap.what, gap.minutes) for gap in gaps] == [("blood pressure", 6), ("pulse", 6)]


def test_that_half_a_pressure_does_not_close_a_gap() -> None:
    rows = [reading(0), reading(5, diastolic_mmhg=None), reading(10)]
    assert [gap.what for gap in vital_gaps(rows, at(0), at(10))] == ["blood pressure"]


def test_that_sedation_without_any_reading_is_one_gap() -> None:
    gaps = vital_gaps([], at(0), at(30))
    assert {(gap.since, gap.until) for gap in gaps} == {(at(0), at(30))}


def test_that_sedation_reaches_to_its_end_or_to_now() -> None:
    started = {"event": CaseEvent.SEDATION_START, "at": at(0)}
    ended = {"event": CaseEvent.SEDATION_END, "at": at(60)}
    assert sedation_span({"events": ()}, at(90)) is None
    assert sedation_span({"events": (started,)}, at(90)) == (at(0), at(90))
    assert sedation_span({"events": (started, ended)}, at(90)) == (at(0), at(60))


def test_that_the_record_ends_when_she_leaves_the_room_or_the_house() -> None:
    inside = {"event": CaseEvent.IN_ROOM, "at": at(0)}
    outside = {"event": CaseEvent.OUT_OF_ROOM, "at": at(60)}
    assert record_span({"events": (inside,)}) == (at(0), None)
    assert record_span({"events": (inside, outside)}) == (at(0), at(60))
    assert record_span({"events": (inside,), "discharged_at": at(90)}) == (at(0), at(90))


def test_that_what_is_not_recorded_is_named_before_signing() -> None:
    lacking = not_recorded({"aldrete_activity": Score.TWO, "aldrete_respiration": None, "weight_kg": Decimal(62)})
    assert "1 of 2 recovery scores" in lacking
    assert "consent to sedation" in lacking
    assert "weight today" not in lacking
