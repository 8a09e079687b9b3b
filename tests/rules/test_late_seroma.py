"""A swelling is called late only where it is sure, never silently not late, and what is not documented is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.forms.seroma_work_up import SEROMA_WORK_UP_FORM
from desktop.models.choices import LabResult, SeromaResult, SeromaTest, Side, YesNo
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import months_between
from desktop.rules.lane import Occupation
from desktop.rules.late_seroma import (
    SOURCE,
    Answer,
    LateSeroma,
    Onset,
    below_target,
    check_seroma_work_up,
    judge_seroma,
    not_documented,
    state_words,
    work_up_points,
)
from desktop.rules.problem import Circumstances

TODAY = dt.date(2026, 11, 23)
LEFT = Side.LEFT

DONE = {
    "onset_on": PartialDate(2026, 9),
    "mass": YesNo.NO,
    "nodes": YesNo.NO,
    "rash": YesNo.NO,
    "b_symptoms": YesNo.NO,
    "ultrasound_on": dt.date(2026, 10, 1),
    "ultrasound_fluid": YesNo.YES,
    "ultrasound_mass": YesNo.NO,
    "ultrasound_nodes": YesNo.NO,
    "aspirated_on": dt.date(2026, 10, 2),
    "aspirate_ml": 80,
    "tests": tuple(SeromaTest),
    "result": SeromaResult.BENIGN,
}


def implant(since: str | None, until: str | None = None) -> Occupation:
    came_out = PartialDate.from_iso(until) if until else None
    return Occupation(LEFT, 1, PartialDate.from_iso(since) if since else None, came_out, 2 if until else None)


def judged(onset: str | None, *implants: Occupation, **more: bool) -> LateSeroma | None:
    since = PartialDate.from_iso(onset) if onset else None
    return judge_seroma(LEFT, Onset(since, "examination"), implants, TODAY, **more)


def answer(onset: str | None, *implants: Occupation, **more: bool) -> Answer:
    found = judged(onset, *implants, **more)
    assert found is not None
    return found.answer


@pytest.mark.parametrize(
    ("onset", "since", "expected"),
    [
        ("2026-09-12", "2025-09-12", Answer.LATE),
        ("2026-09-11", "2025-09-12", Answer.NOT_LATE),
        ("2024-02-28", "2023-02-28", Answer.LATE),
        ("2026-09", "2025-09-12", Answer.CANNOT_BE_EXCLUDED),
        ("2026-09", "2025-08", Answer.LATE),
        ("2026-09", "2025-10", Answer.NOT_LATE),
        ("2026", "2025", Answer.CANNOT_BE_EXCLUDED),
        ("2026", "2024", Answer.LATE),
        ("2026-11-20", "2026-03", Answer.NOT_LATE),
    ],
)
def test_that_calendar_months_are_counted_over_the_whole_range_of_the_dates(
    onset: str, since: str, expected: Answer
) -> None:
    assert answer(onset, implant(since)) is expected


def test_that_the_latest_implant_counts_and_not_the_first() -> None:
    assert answer("2026-09", implant("2008", "2026-02-03"), implant("2026-02-03")) is Answer.NOT_LATE


def test_that_an_implant_that_came_out_since_counts() -> None:
    assert answer("2026-09", implant("2010", "2026-10-20")) is Answer.LATE


def test_that_what_went_in_after_the_swelling_began_does_not_make_it_early() -> None:
    found = judged("2026-06", implant("2010", "2026-11-02"), implant("2026-11-02"))
    assert found is not None
    assert found.answer is Answer.LATE
    assert found.latest_implant == PartialDate(2010)


def test_that_nothing_but_an_implant_after_the_swelling_is_not_late() -> None:
    assert answer("2020-06", implant("2026-11-02")) is Answer.NOT_LATE


def test_that_an_implant_nobody_can_date_leaves_it_open() -> None:
    assert answer("2026-09", implant(None)) is Answer.CANNOT_BE_EXCLUDED
    assert answer("2026-09", implant(None), implant("2010")) is Answer.CANNOT_BE_EXCLUDED


def test_that_an_implant_nobody_can_date_went_in_before_it_came_out() -> None:
    assert answer("2026-09", implant(None, "2012"), implant("2012")) is Answer.LATE
    found = judged("2026-09", implant(None, "2012"))
    assert found is not None
    assert found.answer is Answer.LATE
    assert "on a day nobody knows: at least 164 months" in found.words()


def test_that_a_swelling_nobody_can_date_is_early_only_if_it_must_be() -> None:
    assert answer(None, implant("2026-03-01")) is Answer.NOT_LATE
    assert answer(None, implant("2010")) is Answer.CANNOT_BE_EXCLUDED


def test_that_without_a_recorded_implant_it_is_asked_about_only_where_one_is_expected() -> None:
    assert judged("2026-09") is None
    assert answer("2026-09", implant_expected=True) is Answer.CANNOT_BE_EXCLUDED
    assert answer("2026-09", is_named_late=True) is Answer.CANNOT_BE_EXCLUDED


def test_that_what_is_called_late_and_is_not_by_its_dates_is_said() -> None:
    found = judged("2026-09", implant("2026-02-03"), is_named_late=True)
    assert found is not None
    assert found.opens_work_up
    assert "The indication says late, these dates say less than 12 months" in found.words()
    plain = judged("2026-09", implant("2026-02-03"))
    assert plain is not None
    assert not plain.opens_work_up


def test_that_it_says_on_what_it_rests() -> None:
    found = judged("2026-09-12", implant("2011-05-02"))
    assert found is not None
    assert found.words() == (
        "Swelling since 12 Sep 2026 (examination); latest implant LEFT 2 May 2011: 184 months. "
        f"Late from 12 months on ({SOURCE})."
    )


def test_that_an_exchange_that_may_have_come_after_the_swelling_hides_no_implant_before_it() -> None:
    years, exchanged = implant("2011-05-02"), implant("2026-09")
    assert answer("2026-09-10", years, exchanged) is Answer.CANNOT_BE_EXCLUDED
    assert answer("2026-10-10", years, exchanged) is Answer.NOT_LATE
    assert answer(None, years, exchanged) is Answer.CANNOT_BE_EXCLUDED


days = st.dates(dt.date(1990, 1, 1), TODAY)


@example(dt.date(2000, 1, 1), [(dt.date(2000, 1, 2), "month"), (dt.date(1999, 1, 1), "day")])
@given(days, st.lists(st.tuples(days, st.sampled_from(["day", "month", "year"])), min_size=1, max_size=4))
def test_that_less_known_dates_never_turn_an_answer_round(onset: dt.date, put_in: list[tuple[dt.date, str]]) -> None:
    """What is said of dates known to the month or year holds for the very days they stand for."""
    before = [day for day, _known in put_in if day <= onset]
    known = {
        "day": lambda day: PartialDate.of(day),
        "month": lambda day: PartialDate(day.year, day.month),
        "year": lambda day: PartialDate(day.year),
    }
    chain = [Occupation(LEFT, 1, known[precision](day), None, None) for day, precision in put_in]
    found = judge_seroma(LEFT, Onset(PartialDate.of(onset), "work-up"), chain, TODAY)
    assert found is not None
    if before:
        truly_late = months_between(max(before), onset) >= 12
        assert found.answer is not (Answer.NOT_LATE if truly_late else Answer.LATE)
    else:
        assert found.answer is not Answer.LATE


def test_that_a_whole_work_up_is_documented() -> None:
    assert not_documented(DONE) == ()
    assert state_words(DONE) == "Documented"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ultrasound_on": None}, "ultrasound"),
        ({"ultrasound_nodes": None}, "what the ultrasound showed"),
        ({"aspirate_ml": None}, "aspirate"),
        ({"tests": ()}, "tests sent"),
        ({"tests": (SeromaTest.CYTOLOGY, SeromaTest.CULTURE, SeromaTest.FLOW_CYTOMETRY)},
         "tests (CD30 immunohistochemistry)"),
        ({"result": None}, "result"),
        ({"rash": None}, "mass, nodes, rash and B symptoms"),
        ({"onset_on": None}, "since when it is swollen"),
    ],
)  # fmt: skip
def test_that_what_is_not_documented_is_named(changes: dict[str, Any], said: str) -> None:
    assert not_documented(DONE | changes) == (said,)
    assert state_words(DONE | changes) == f"Not documented: {said}"


def test_that_a_confirmed_result_asks_for_the_rest() -> None:
    confirmed = DONE | {"result": SeromaResult.CONFIRMED}
    assert not_documented(confirmed) == ("ALK", "PET-CT", "multidisciplinary team", "stage")
    rest = {"alk": LabResult.NEGATIVE, "pet_ct_on": TODAY, "team_met_on": TODAY, "stage": "IA"}
    assert not_documented(confirmed | rest) == ()


def points(work_up: dict[str, Any], onset: str = "2026-09", since: str = "2010") -> list[tuple[str, str, bool]]:
    late = judged(onset, implant(since))
    assert late is not None
    return [(point.text, point.detail, point.blocks) for point in work_up_points(late, work_up)]


def test_that_the_plan_names_what_is_not_documented_and_blocks_nothing() -> None:
    [(text, detail, blocks)] = points(SEROMA_WORK_UP_FORM.empty())
    assert text == "LEFT: late seroma work-up not documented"
    assert detail.startswith("Swelling since Sep 2026")
    assert "aspirate, tests sent, result." in detail
    assert not blocks
    [(text, detail, _blocks)] = points(DONE | {"result": None})
    assert (text, detail) == ("LEFT: late seroma work-up not complete", "Not documented: result.")
    assert points(DONE) == []


def test_that_the_plan_is_no_surer_than_the_dates() -> None:
    [(text, _detail, _blocks)] = points({}, onset="2026", since="2025")
    assert text == "LEFT: late seroma cannot be excluded"


def test_that_a_result_and_a_small_aspirate_are_told() -> None:
    found = points(DONE | {"aspirate_ml": 4, "result": SeromaResult.INDETERMINATE})
    assert [text for text, _detail, _blocks in found] == [
        "LEFT: aspirate below the usual target",
        "LEFT: late seroma, result indeterminate",
    ]
    assert "at least 10–50 mL" in found[0][1]
    assert SOURCE in found[0][1]


@pytest.mark.parametrize(("ml", "told"), [(None, False), (9, True), (10, False), (200, False)])
def test_that_only_less_than_every_target_is_called_below_it(ml: int | None, told: bool) -> None:
    assert bool(below_target(ml)) is told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"aspirated_on": dt.date(2026, 11, 24)}, "aspirated_on"),
        ({"ultrasound_on": dt.date(2027, 1, 1)}, "ultrasound_on"),
        ({"onset_on": PartialDate(2027)}, "onset_on"),
        ({"aspirate_ml": 0}, "aspirate_ml"),
        ({"aspirate_ml": 3001}, "aspirate_ml"),
        ({"cd30": LabResult.NEGATIVE, "tests": (SeromaTest.CYTOLOGY,)}, "cd30"),
    ],
)
def test_that_what_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    assert [problem.field for problem in check_seroma_work_up(DONE | changes, Circumstances(TODAY))] == [field]


def test_that_a_sound_work_up_is_accepted() -> None:
    assert check_seroma_work_up(DONE | {"cd30": LabResult.NEGATIVE}, Circumstances(TODAY)) == []
