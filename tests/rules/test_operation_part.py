"""What is refused about a matrix, a drain and an imaging study, and that a record does not change sides by a slip."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from desktop.models.choices import UNKNOWN, ImagingFinding, MatrixKind, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.drain import check_drain
from desktop.rules.imaging import check_imaging
from desktop.rules.matrix import check_matrix
from desktop.rules.operation_part import check_out_after_in, check_side_stays
from desktop.rules.problem import Circumstances

TODAY = Circumstances(today=dt.date(2026, 11, 23))
TOMORROW = dt.date(2026, 11, 24)
MESH = {"kind": MatrixKind.MESH_RESORBABLE}


def test_that_something_says_what_a_matrix_is_or_that_it_is_unknown() -> None:
    assert [problem.field for problem in check_matrix({}, TODAY)] == ["kind"]
    assert check_matrix(MESH, TODAY) == check_matrix({"kind": UNKNOWN}, TODAY) == []
    assert check_matrix({"product": "GalaFLEX"}, TODAY) == []


def test_that_a_thickness_of_a_matrix_is_a_length_in_mm() -> None:
    for wrong in ("0", "-1", "100"):
        assert [p.field for p in check_matrix(MESH | {"thickness_mm": Decimal(wrong)}, TODAY)] == ["thickness_mm"]
    assert check_matrix(MESH | {"thickness_mm": Decimal("1.5")}, TODAY) == []


def test_that_a_matrix_is_made_before_it_expires_and_came_out_on_a_day_that_has_been() -> None:
    made = {"made_on": dt.date(2020, 1, 2), "expires_on": dt.date(2020, 1, 1)}
    assert [problem.field for problem in check_matrix(MESH | made, TODAY)] == ["expires_on"]
    assert [p.field for p in check_matrix(MESH | {"removed_on": PartialDate(2027)}, TODAY)] == ["removed_on"]
    assert check_matrix(MESH | {"removed_on": PartialDate(2026)}, TODAY) == []


def test_that_a_drain_came_out_on_a_day_that_has_been() -> None:
    assert [problem.field for problem in check_drain({"removed_on": TOMORROW}, TODAY)] == ["removed_on"]
    assert check_drain({"removed_on": TODAY.today}, TODAY) == check_drain({"removed_on": UNKNOWN}, TODAY) == []


def test_that_a_study_was_made_and_another_finding_is_written_out() -> None:
    assert [p.field for p in check_imaging({"happened_on": PartialDate.of(TOMORROW)}, TODAY)] == ["happened_on"]
    assert [problem.field for problem in check_imaging({"finding": ImagingFinding.OTHER}, TODAY)] == ["note"]
    assert check_imaging({"finding": ImagingFinding.OTHER, "note": "a fold"}, TODAY) == []
    assert check_imaging({"happened_on": PartialDate(2026), "finding": ImagingFinding.NO_RUPTURE}, TODAY) == []


def test_that_a_stored_side_is_asked_about_before_it_changes() -> None:
    (problem,) = check_side_stays(Side.RIGHT, Side.LEFT)
    assert (problem.field, problem.is_question) == ("side", True)
    assert "recorded for RIGHT" in problem.message
    assert check_side_stays(None, Side.LEFT) == check_side_stays(Side.LEFT, Side.LEFT) == []


def test_that_nothing_came_out_before_it_went_in_as_far_as_both_days_are_known() -> None:
    (problem,) = check_out_after_in(PartialDate(2019), PartialDate(2020, 3))
    assert (problem.field, problem.is_question) == ("removed_on", False)
    assert "put in Mar 2020" in problem.message
    assert check_out_after_in(PartialDate(2020), PartialDate(2020, 3)) == []
    assert check_out_after_in(None, PartialDate(2020)) == check_out_after_in(PartialDate(2019), None) == []
