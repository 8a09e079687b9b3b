"""What was found in a breast is shown of the device it was found of, never of the one that replaced it."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models.choices import Baker, ChestPlace, Indication, MarkKind, OperationKind, Side, SideEvent
from desktop.models.partial_date import PartialDate
from desktop.rules.lane import Step, occupations
from desktop.services.operation import DeviceInSide, History, OperationRow
from desktop.ui.patient.chest import chest_side
from tests.revision_story import case_answers, examination_answers, reason

EXAMINED_ON, SURGERY_ON = dt.date(2026, 9, 19), dt.date(2026, 11, 16)
CASE = examination_answers(examined_on=EXAMINED_ON) | case_answers(
    indications=(reason(Side.RIGHT, Indication.RUPTURE_GEL_INTRA),), surgery_on=SURGERY_ON
)


def history(*put_in: PartialDate) -> History:
    steps = [Step(at, when, SideEvent.EXCHANGED, at) for at, when in enumerate(put_in, start=1)]
    rows = tuple(
        OperationRow(each.operation_id, each.happened_on, OperationKind.EXCHANGE, "", False, each.event, SideEvent.NONE)
        for each in steps
    )
    chain = [
        DeviceInSide(one, one.spell_id, f"Device {one.spell_id}", "", None, None, None, {})
        for one in occupations(Side.RIGHT, steps)
        if one.since
    ]
    return History(rows, tuple(chain), ())


@pytest.mark.parametrize("since", [PartialDate(2014, 5, 12), PartialDate(2026)])
def test_that_findings_are_shown_of_a_device_that_was_examined(since: PartialDate) -> None:
    shown = chest_side(Side.RIGHT, history(since), CASE)
    assert shown.is_ruptured
    assert shown.baker is Baker.III


@pytest.mark.parametrize("grade", Baker)
def test_that_every_grade_of_either_scale_is_told_in_its_own_words(grade: Baker) -> None:
    shown = chest_side(Side.RIGHT, history(PartialDate(2014)), CASE | {"right.baker": grade})
    assert grade.label in shown.findings()


def test_that_a_device_put_in_after_the_examination_shows_nothing_of_it_and_says_so() -> None:
    shown = chest_side(Side.RIGHT, history(PartialDate(2014), PartialDate(2026, 11, 16)), CASE)
    assert not shown.is_ruptured
    assert shown.findings() == ["not examined since then"]


@pytest.mark.parametrize(("since", "told"), [(PartialDate(2014), ["pain, fold"]), (PartialDate(2026, 11, 16), [])])
def test_that_marks_are_shown_of_their_own_side_and_of_a_device_that_was_examined(
    since: PartialDate, told: list[str]
) -> None:
    row = {"kind": MarkKind.PAIN, "place": ChestPlace.FOLD}
    marks = ({"side": Side.RIGHT, **row}, {"side": Side.LEFT, **row, "kind": MarkKind.LUMP})
    shown = chest_side(Side.RIGHT, history(since), {**CASE, "marks": marks})
    assert shown.marked() == told


def test_that_a_surgery_is_planned_against_what_it_found() -> None:
    told = history(PartialDate(2014), PartialDate(2026, 11, 16))
    before, now = told.in_place_before(Side.RIGHT, SURGERY_ON), told.in_place(Side.RIGHT)
    assert before is not None
    assert now is not None
    assert before.occupation.until is not None
    assert before != now
    assert told.in_place_before(Side.RIGHT, None) == now
    assert told.in_place_before(Side.RIGHT, dt.date(2027, 1, 1)) == now
    assert told.in_place_before(Side.LEFT, SURGERY_ON) is None
