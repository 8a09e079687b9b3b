"""A complication is graded by its treatment; a grade that contradicts it is refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import AnesthesiaKind, ClavienDindo, ComplicationKind, Fill, Indication, Side, YesNo
from desktop.models.partial_date import PartialDate
from desktop.rules.complication import (
    MEANINGS,
    LinkFacts,
    check_complication,
    check_links,
    complication_words,
    highest,
    indication_of,
    show_grade,
)
from desktop.rules.problem import Circumstances, Problem
from tests.outcome_story import hematoma

TODAY = Circumstances(dt.date(2026, 11, 23))
OPERATED = PartialDate(2026, 3, 3)


def values(**changes: Any) -> dict[str, Any]:
    return hematoma(**{"onset_on": PartialDate(2026, 3, 3)} | changes)


def problems(**changes: Any) -> list[Problem]:
    return check_complication(values(**changes), TODAY)


def test_that_every_grade_has_its_meaning() -> None:
    assert [each.grade for each in MEANINGS] == list(ClavienDindo)


def test_that_a_hematoma_evacuated_under_local_with_sedation_is_IIIa() -> None:  # noqa: N802  the grade
    assert problems() == []


@pytest.mark.parametrize("grade", [ClavienDindo.IIIA, ClavienDindo.IIIB])
def test_that_a_third_grade_waits_for_the_anesthetic(grade: ClavienDindo) -> None:
    (problem,) = problems(grade=grade, anesthetic=None)
    assert problem.field == "grade"
    assert "anesthetic of the treatment first" in problem.message


@pytest.mark.parametrize(
    ("grade", "anesthetic", "without", "says"),
    [
        (ClavienDindo.IIIA, AnesthesiaKind.GENERAL, None, "that is IIIb"),
        (ClavienDindo.IIIB, AnesthesiaKind.LOCAL, None, "that is IIIa"),
        (ClavienDindo.IIIB, None, YesNo.YES, "that is IIIa"),
        (ClavienDindo.I, AnesthesiaKind.GENERAL, None, "IIIb or higher"),
        (ClavienDindo.II, AnesthesiaKind.GENERAL, None, "IIIb or higher"),
    ],
)
def test_that_a_grade_that_contradicts_the_anesthetic_is_refused(
    grade: ClavienDindo, anesthetic: AnesthesiaKind | None, without: YesNo | None, says: str
) -> None:
    (problem,) = problems(grade=grade, anesthetic=anesthetic, no_anesthetic=without)
    assert says in problem.message
    assert not problem.is_question


@pytest.mark.parametrize(
    ("grade", "anesthetic", "without"),
    [
        (ClavienDindo.IIIA, None, YesNo.YES),
        (ClavienDindo.IIIA, AnesthesiaKind.REGIONAL_SEDATION, None),
        (ClavienDindo.IIIB, AnesthesiaKind.GENERAL, None),
        (ClavienDindo.IVA, AnesthesiaKind.GENERAL, None),
        (ClavienDindo.II, None, None),
        (None, None, None),
    ],
)
def test_that_a_grade_that_agrees_is_taken(
    grade: ClavienDindo | None, anesthetic: AnesthesiaKind | None, without: YesNo | None
) -> None:
    assert problems(grade=grade, anesthetic=anesthetic, no_anesthetic=without) == []


def test_that_a_wound_opened_at_the_bedside_is_asked_about() -> None:
    (problem,) = problems(grade=ClavienDindo.I, anesthetic=AnesthesiaKind.LOCAL)
    assert problem.is_question


def test_that_an_anesthetic_and_none_at_once_is_refused() -> None:
    assert [each.field for each in problems(no_anesthetic=YesNo.YES)] == ["no_anesthetic"]


def test_that_a_grade_needs_its_treatment_in_words() -> None:
    assert [each.field for each in problems(treatment=" ")] == ["treatment"]


def test_that_a_breast_has_a_side_and_an_embolism_need_not() -> None:
    assert [each.field for each in problems(side=None)] == ["side"]
    assert problems(side=None, kind=ComplicationKind.THROMBOSIS) == []


def test_that_days_to_come_and_turned_round_are_refused() -> None:
    assert [each.field for each in problems(onset_on=PartialDate(2027))] == ["onset_on"]
    assert [each.field for each in problems(resolved_on=PartialDate(2026, 2))] == ["resolved_on"]


def test_that_the_dead_have_no_disability() -> None:
    assert [each.field for each in problems(grade=ClavienDindo.V, has_disability=YesNo.YES)] == ["has_disability"]


LINKS = LinkFacts({7: (OPERATED, frozenset({Side.RIGHT}))}, {5: Side.RIGHT, 6: Side.LEFT})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"device_id": 6}, "device_id"),
        ({"device_id": 99}, "device_id"),
        ({"operation_id": 99}, "operation_id"),
        ({"operation_id": 7, "side": Side.LEFT}, "operation_id"),
        ({"operation_id": 7, "onset_on": PartialDate(2026, 2)}, "onset_on"),
    ],
)
def test_that_a_link_to_another_side_patient_or_time_is_refused(changes: dict[str, Any], field: str) -> None:
    assert [each.field for each in check_links(values(**changes), LINKS)] == [field]


def test_that_a_link_that_fits_is_taken() -> None:
    assert check_links(values(operation_id=7, device_id=5), LINKS) == []


def test_that_the_highest_of_several_counts_and_what_nobody_graded_is_not_zero() -> None:
    assert highest([ClavienDindo.II, None, ClavienDindo.IIIA]) is ClavienDindo.IIIA
    assert highest([None]) is None
    assert show_grade(ClavienDindo.IIIA, YesNo.YES) == "IIIa-d"
    assert show_grade(None) == "not graded"


@pytest.mark.parametrize(
    ("kind", "onset", "fill", "expected"),
    [
        (ComplicationKind.HEMATOMA, PartialDate(2026, 3, 4), None, None),
        (ComplicationKind.HEMATOMA, PartialDate(2026, 3, 17), None, None),
        (ComplicationKind.SEROMA, PartialDate(2027, 3, 2), None, Indication.SEROMA_EARLY),
        (ComplicationKind.SEROMA, PartialDate(2027, 3, 3), None, Indication.SEROMA_LATE),
        (ComplicationKind.SEROMA, PartialDate(2025), None, None),
        (ComplicationKind.INFECTION, None, None, Indication.INFECTION),
        (ComplicationKind.RUPTURE, None, Fill.SALINE_ADJUSTABLE, Indication.DEFLATION_SALINE),
        (ComplicationKind.RUPTURE, None, Fill.SILICONE_GEL, None),
        (ComplicationKind.WOUND, PartialDate(2026, 4), None, None),
    ],
)
def test_that_a_complication_goes_on_as_an_indication_only_where_the_record_tells_which(
    kind: ComplicationKind, onset: PartialDate | None, fill: Fill | None, expected: Indication | None
) -> None:
    assert indication_of(values(kind=kind, onset_on=onset), OPERATED, fill) is expected


def test_that_a_complication_is_said_in_few_words() -> None:
    assert complication_words(values()) == "Hematoma, RIGHT, 3 Mar 2026, IIIa"
