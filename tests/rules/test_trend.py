"""How a grade changed from visit to visit, and where two cannot be compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import Baker, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.trend import SUBJECTS, Change, Line, Seen, Trend, parts, trends

FIRST, SECOND, THIRD = dt.date(2025, 2, 3), dt.date(2026, 3, 2), dt.date(2026, 11, 19)


def seen(on: dt.date | None, **values: Any) -> Seen:
    return Seen(on, {name.replace("__", "."): value for name, value in values.items()})


def right_baker(*visits: Seen, changes: tuple[Change, ...] = ()) -> Line:
    trend = next(each for each in trends(visits, changes) if each.subject.name == "baker")
    return next(line for line in trend.lines if line.side is Side.RIGHT)


def worsening() -> tuple[Seen, Seen, Seen]:
    return (
        seen(THIRD, right__baker=Baker.III, left__baker=Baker.I),
        seen(FIRST, right__baker=Baker.I),
        seen(SECOND, right__baker=Baker.II),
    )


def days(line: Line) -> list[list[dt.date]]:
    return [[reading.on for reading in run] for run in line.runs]


def test_that_visits_are_told_in_the_order_of_their_days() -> None:
    line = right_baker(*worsening())
    assert line.words == "RIGHT Baker: I (3 Feb 2025) → II (2 Mar 2026) → III (19 Nov 2026)"
    assert days(line) == [[FIRST, SECOND, THIRD]]
    assert [reading.value for reading in line.readings] == [1, 2, 3]


def test_that_a_missing_value_is_a_gap_and_is_said() -> None:
    line = right_baker(
        seen(FIRST, right__baker=Baker.I), seen(SECOND, right__pain_nrs=2), seen(THIRD, right__baker=Baker.II)
    )
    assert days(line) == [[FIRST], [THIRD]]
    assert line.words == "RIGHT Baker: I (3 Feb 2025) → not recorded (2 Mar 2026) → II (19 Nov 2026)"


def test_that_what_was_not_looked_for_before_the_first_and_after_the_last_is_no_gap() -> None:
    line = right_baker(seen(FIRST), seen(SECOND, right__baker=Baker.I), seen(THIRD))
    assert line.words == "RIGHT Baker: I (2 Mar 2026)"


def test_that_another_device_parts_the_line_and_is_said_with_its_date() -> None:
    change = Change(Side.RIGHT, PartialDate(2026, 4, 1))
    line = right_baker(*worsening(), changes=(change,))
    assert days(line) == [[FIRST, SECOND], [THIRD]]
    assert line.changes == (change,)
    assert "II (2 Mar 2026) | device changed 1 Apr 2026 | III (19 Nov 2026)" in line.words


def test_that_a_change_of_the_other_side_parts_nothing() -> None:
    line = right_baker(*worsening(), changes=(Change(Side.LEFT, PartialDate(2026, 4, 1)),))
    assert days(line) == [[FIRST, SECOND, THIRD]]
    assert "changed" not in line.words


def test_that_a_change_before_the_first_visit_and_after_the_last_parts_nothing() -> None:
    outside = (Change(Side.RIGHT, PartialDate(2014, 5, 12)), Change(Side.RIGHT, PartialDate(2026, 11, 20)))
    assert days(right_baker(*worsening(), changes=outside)) == [[FIRST, SECOND, THIRD]]


@pytest.mark.parametrize(
    ("on", "does"),
    [
        (PartialDate.of(SECOND), True),  # the visit of the day of surgery was before it
        (PartialDate.of(THIRD), False),
        (PartialDate(2026, 7), True),
        (PartialDate(2026), True),
        (PartialDate(2025), False),
        (PartialDate(2027), False),
        (PartialDate(2026, 3), True),
        (PartialDate(2026, 11), True),
        (None, False),
    ],
)
def test_that_a_date_parts_two_visits_where_it_can_lie_between_them(on: PartialDate | None, does: bool) -> None:
    assert parts(Change(Side.RIGHT, on), SECOND, THIRD) is does


def test_that_a_year_parts_every_pair_of_visits_it_can_lie_between() -> None:
    visits = [seen(dt.date(2026, month, 1), right__baker=Baker.I) for month in (1, 5, 9)]
    line = right_baker(*visits, changes=(Change(Side.RIGHT, PartialDate(2026)),))
    assert [len(run) for run in line.runs] == [1, 1, 1]
    assert len(line.changes) == 1


def test_that_a_change_nobody_dated_is_said_beside_the_readings() -> None:
    line = right_baker(*worsening(), changes=(Change(Side.RIGHT, None),))
    assert line.words.endswith("When a device was changed is not known: grades of different devices may stand here")
    assert len(line.runs) == 1


def test_that_one_value_or_none_draws_nothing() -> None:
    once = next(iter(trends([seen(FIRST, right__baker=Baker.I, left__baker=Baker.II)], ())))
    assert once.is_seen_once_at_most
    assert [line.words for line in once.lines] == ["RIGHT Baker: I (3 Feb 2025)", "LEFT Baker: II (3 Feb 2025)"]
    assert trends([seen(FIRST), seen(SECOND)], ()) == ()
    assert trends([], ()) == ()


def test_that_a_visit_without_a_day_stands_in_no_trend() -> None:
    assert trends([seen(None, right__baker=Baker.I)], ()) == ()


def test_that_a_side_nobody_recorded_says_nothing() -> None:
    (trend,) = trends([seen(FIRST, right__pain_nrs=0), seen(SECOND, right__pain_nrs=3)], ())
    assert [line.words for line in trend.lines] == ["RIGHT Pain, 0 to 10: 0 (3 Feb 2025) → 3 (2 Mar 2026)", ""]


def measured(name: str, first: int, second: int) -> Trend:
    (trend,) = trends([Seen(FIRST, {name: first}), Seen(SECOND, {name: second})], ())
    return trend


def test_that_a_length_is_told_in_centimeters() -> None:
    trend = measured("left.nipple_to_fold_mm", 84, 95)
    assert trend.lines[1].words == "LEFT Nipple to fold: 8.4 cm (3 Feb 2025) → 9.5 cm (2 Mar 2026)"
    assert trend.subject.unit == "cm"


def test_that_what_is_measured_across_has_one_line_and_no_side() -> None:
    trend = measured("between_breasts_mm", 24, 20)
    assert [line.side for line in trend.lines] == [None]
    assert trend.lines[0].words.startswith("Between the breasts: 2.4 cm")


def test_that_a_change_of_both_sides_is_said_once_of_what_is_measured_across() -> None:
    changes = tuple(Change(side, PartialDate(2025, 6, 1)) for side in Side)
    visits = [Seen(FIRST, {"nipple_to_nipple_mm": 200}), Seen(SECOND, {"nipple_to_nipple_mm": 210})]
    (trend,) = trends(visits, changes)
    assert trend.lines[0].words.count("device changed") == 1
    assert len(trend.lines[0].runs) == 2


def test_that_both_halves_of_grade_one_stand_at_one_height_and_keep_their_words() -> None:
    line = right_baker(seen(FIRST, right__baker=Baker.IA), seen(SECOND, right__baker=Baker.IB))
    assert [(reading.value, reading.words) for reading in line.readings] == [(1, "IA"), (1, "IB")]


def test_that_baker_pain_and_every_measurement_are_followed() -> None:
    assert [subject.name for subject in SUBJECTS[:2]] == ["baker", "pain_nrs"]
    assert len(SUBJECTS) == 20
