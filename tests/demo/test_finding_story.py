"""Findings of the demo practice are told by the questions of their own indication, and by no other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.demo.finding_story import tell_finding, write_finding
from desktop.models.choices import Indication, Side, YesNo
from desktop.opening import OpenPractice
from desktop.services.record import Snapshot
from desktop.services.revision import save_case
from tests.factories import case_values, indication_row

TODAY = dt.date(2026, 11, 23)


def told(**more: Any) -> dict[str, Any]:
    return {"side": "L", "indication": "animation", "moves_with_muscle": "yes"} | more


def test_that_findings_are_told_on_the_day_of_the_case() -> None:
    story = tell_finding(told(), "-3 d", TODAY)
    assert (story.side, story.indication, story.answers) == (
        Side.LEFT,
        Indication.ANIMATION,
        {"moves_with_muscle": YesNo.YES},
    )
    assert story.written_at.date() == dt.date(2026, 11, 20)


@pytest.mark.parametrize("wrong", [{"expanding": "yes"}, {"indication": "animated"}, {"side": "both"}])
def test_that_what_the_indication_is_not_asked_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong.values())) if "expanding" not in wrong else "expanding"):
        tell_finding(told(**wrong), "-3 d", TODAY)


@pytest.mark.parametrize("more", [{"side": "R"}, {"study": 1}])
def test_that_findings_of_nothing_the_case_names_are_a_fault(
    practice: OpenPractice, add_patient: Any, more: dict[str, Any]
) -> None:
    patient_id = add_patient()
    rows = (indication_row(Side.LEFT, Indication.ANIMATION),)
    with practice.database.unit_of_work(practice.actor) as session:
        case = save_case(session, Snapshot(None, None, {}), case_values(indications=rows), patient_id)
        assert case.id is not None
        with pytest.raises(ValueError, match="Animation deformity"):
            write_finding(session, patient_id, case.id, tell_finding(told(**more), "-3 d", TODAY))
