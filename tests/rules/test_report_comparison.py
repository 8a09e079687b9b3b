"""Planned beside performed, suspected beside found, and what is open before a report is signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import (
    Disposition,
    Indication,
    IndicationLayer,
    Plane,
    PlanStep,
    RemovedCondition,
    Side,
    SideEvent,
    StepOutcome,
    YesNo,
)
from desktop.models.partial_date import PartialDate
from desktop.rules.found_at_surgery import proposed_found, suspected_and_found
from desktop.rules.performed import added, as_planned
from desktop.rules.report_comparison import compare, differing, is_spare, left_as_planned, mismatches
from desktop.rules.report_facts import CameOut, DeviceFacts, PlannedSide, ReportFacts
from desktop.rules.report_points import report_points
from tests.rules.test_performed import row

RIGHT, LEFT = Side.RIGHT, Side.LEFT
PLANNED = DeviceFacts(manufacturer="Mentor", line="MemoryGel", volume_ml=300, width_mm=120, projection_mm=40)
SMALLER = DeviceFacts(manufacturer="Mentor", line="MemoryGel", volume_ml=275)
OUT = CameOut(
    title="Mentor · 325 mL", is_recorded=True, conditions=(RemovedCondition.INTACT,), disposition=Disposition.DESTROYED
)
WHOLE = {"anesthesia_kind": "x", "minutes_taken": 90, "blood_loss_ml": 20, "counts_right": YesNo.YES}


def facts(**changes: Any) -> ReportFacts:
    """An exchange RIGHT, answered as planned, its device recorded; nothing LEFT."""
    report = {"steps": (as_planned(row()),), "right.plane": Plane.DUAL_PLANE_I, **WHOLE, **changes.pop("report", {})}
    usual: dict[str, Any] = {
        "planned": {RIGHT: PlannedSide(steps=(PlanStep.IMPLANT_EXCHANGE,), device=PLANNED, plane=Plane.DUAL_PLANE_I)},
        "events": {RIGHT: SideEvent.EXCHANGED, LEFT: SideEvent.NONE},
        "put_in": {RIGHT: DeviceFacts(manufacturer="mentor ", line="MemoryGel", volume_ml=300, serial="1")},
        "came_out": {RIGHT: OUT},
        "drains": {},
        "matrices": {},
        "indications": (
            named(RIGHT, Indication.CAPSULAR_CONTRACTURE),
            named(RIGHT, Indication.CAPSULAR_CONTRACTURE, IndicationLayer.FOUND),
        ),
        "happened_on": PartialDate(2026, 11, 23),
        "planned_on": dt.date(2026, 11, 23),
        "surgeon": "Dr. A. Marchetti",
    }
    return ReportFacts(report=report, **(usual | changes))


def named(side: Side, indication: Indication, layer: IndicationLayer = IndicationLayer.SURGEON) -> dict[str, Any]:
    return {"side": side, "indication": indication, "layer": layer, "note": None}


def line(of: ReportFacts, what: str, side: Side = RIGHT) -> tuple[str, str, str, str, bool]:
    found = next(each for each in compare(of) if (each.side, each.what) == (side, what))
    return (found.planned, found.performed, found.difference, found.reason, found.differs)


def test_that_what_was_done_as_planned_has_no_difference() -> None:
    assert [each for each in compare(facts()) if each.differs or each.difference] == []
    assert report_points(facts()) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("Implant exchange", "not answered", "", "", False)),
        (
            {"outcome": StepOutcome.NOT_DONE, "reason": "bleeding"},
            ("Implant exchange", "not done", "not done", "bleeding", True),
        ),
        (
            {"outcome": StepOutcome.INSTEAD, "performed": PlanStep.EXPLANT_ONLY, "reason": "pus"},
            ("Implant exchange", "Removal only", "something else instead", "pus", True),
        ),
        (
            {"outcome": StepOutcome.INSTEAD},
            ("Implant exchange", "not chosen yet", "something else instead", "", True),
        ),
    ],
)
def test_that_each_step_stands_beside_what_became_of_it(answers: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert line(facts(report={"steps": (row(**answers),)}), "Step 1") == expected


def test_that_an_added_step_says_that_nobody_planned_it() -> None:
    extra = added(RIGHT, PlanStep.WASHOUT_DRAIN, "turbid fluid")
    told = line(facts(report={"steps": (as_planned(row()), extra)}), "Step 2")
    assert told == ("not planned", "Washout and drain", "added, not planned", "turbid fluid", True)


def test_that_volume_width_and_projection_differ_by_signed_numbers() -> None:
    put_in = DeviceFacts(manufacturer="Mentor", volume_ml=275, width_mm=125, projection_mm=40)
    of = facts(put_in={RIGHT: put_in}, report={"right.differs_because": "too tight"})
    assert line(of, "Volume")[:3] == ("300 mL", "275 mL", "−25 mL")
    assert line(of, "Width")[:3] == ("120 mm", "125 mm", "+5 mm")
    assert line(of, "Projection")[:3] == ("40 mm", "40 mm", "")
    assert line(of, "Device")[2:] == ("other volume, width", "too tight", True)


def test_that_what_is_not_recorded_never_differs() -> None:
    of = facts(put_in={RIGHT: DeviceFacts()}, report={"right.plane": None})
    assert line(of, "Device")[:3] == ("Mentor MemoryGel · 300 mL", "not recorded", "")
    assert line(of, "Volume")[:3] == ("300 mL", "not recorded", "")
    assert line(of, "Plane") == ("Dual plane I", "not recorded", "", "", False)
    assert differing(of, RIGHT) == []


def test_that_a_spare_size_is_a_difference_that_was_planned() -> None:
    planned = PlannedSide(steps=(PlanStep.IMPLANT_EXCHANGE,), device=PLANNED, spares=(SMALLER,))
    of = facts(planned={RIGHT: planned}, put_in={RIGHT: SMALLER})
    assert is_spare(planned, SMALLER)
    assert line(of, "Device")[2:] == ("spare size", "", False)
    assert line(of, "Volume")[2] == "−25 mL"
    assert differing(of, RIGHT) == []


def test_that_names_are_compared_without_case_and_blanks() -> None:
    assert mismatches(PLANNED, DeviceFacts(manufacturer=" MENTOR", line="memorygel")) == []
    assert mismatches(PLANNED, DeviceFacts(manufacturer="Sientra", volume_ml=300)) == ["manufacturer"]


def test_that_another_plane_and_other_drains_ask_for_the_reason_of_the_side() -> None:
    planned = PlannedSide(steps=(PlanStep.IMPLANT_EXCHANGE,), device=PLANNED, plane=Plane.SUBFASCIAL, drain_count=1)
    of = facts(planned={RIGHT: planned}, report={"right.drain_count": 0})
    assert differing(of, RIGHT) == ["plane", "drains"]
    assert line(of, "Drains")[:3] == ("1", "0", "−1")
    assert "RIGHT: differs from the plan without a reason" in [point.text for point in report_points(of)]
    explained = facts(planned={RIGHT: planned}, report={"right.drain_count": 0, "right.differs_because": "dry"})
    assert not any(point.blocks for point in report_points(explained))


def test_that_everything_left_as_planned_is_listed_and_nothing_answered_is_touched() -> None:
    refused = row(planned=PlanStep.CAPSULOTOMY, outcome=StepOutcome.NOT_DONE, reason="soft")
    of = facts(report={"steps": (refused, row()), "right.plane": None})
    answers, words = left_as_planned(of)
    assert words == ("RIGHT Implant exchange: as planned", "RIGHT Plane: Dual plane I")
    assert answers["steps"] == (refused, as_planned(row()))
    assert answers["right.plane"] is Plane.DUAL_PLANE_I
    assert left_as_planned(facts()) == ({}, ())


def test_that_suspected_and_found_are_told_side_by_side() -> None:
    of = facts(
        indications=(
            named(RIGHT, Indication.CAPSULAR_CONTRACTURE),
            named(RIGHT, Indication.CAPSULAR_CONTRACTURE, IndicationLayer.FOUND),
            named(RIGHT, Indication.RUPTURE_GEL_INTRA, IndicationLayer.FOUND),
            named(LEFT, Indication.CAPSULAR_CONTRACTURE),
        )
    )
    told = [(each.side, each.indication, each.is_found, each.verdict) for each in suspected_and_found(of)]
    assert told == [
        (RIGHT, Indication.CAPSULAR_CONTRACTURE, True, "Suspected and found"),
        (RIGHT, Indication.RUPTURE_GEL_INTRA, True, "Found, not suspected"),
        (LEFT, Indication.CAPSULAR_CONTRACTURE, False, ""),
    ]


@pytest.mark.parametrize(
    ("condition", "indication"),
    [
        (RemovedCondition.RUPTURE_INTRACAPSULAR, Indication.RUPTURE_GEL_INTRA),
        (RemovedCondition.RUPTURE_EXTRACAPSULAR, Indication.RUPTURE_GEL_EXTRA),
        (RemovedCondition.DEFLATED, Indication.DEFLATION_SALINE),
        (RemovedCondition.VALVE_LEAK, Indication.DEFLATION_SALINE),
        (RemovedCondition.FLIPPED, Indication.FLIP),
        (RemovedCondition.ROTATED, Indication.ROTATION),
    ],
)
def test_that_a_removed_device_proposes_what_was_found_until_somebody_recorded_it(
    condition: RemovedCondition, indication: Indication
) -> None:
    came_out = {RIGHT: CameOut(title="x", conditions=(condition, RemovedCondition.GEL_BLEED))}
    assert proposed_found(facts(came_out=came_out)) == ((RIGHT, indication),)
    found = (named(RIGHT, indication, IndicationLayer.FOUND),)
    assert proposed_found(facts(came_out=came_out, indications=found)) == ()


@pytest.mark.parametrize(
    ("changes", "text", "blocks"),
    [
        ({"report": {"steps": (row(),)}}, "RIGHT: 1 step not answered", True),
        (
            {"report": {"steps": (row(outcome=StepOutcome.NOT_DONE),)}, "events": {}},
            "RIGHT: a reason is missing",
            True,
        ),
        ({"events": {RIGHT: SideEvent.KEPT}}, "RIGHT: steps and operation contradict each other", True),
        ({"put_in": {RIGHT: DeviceFacts()}}, "RIGHT: device not recorded yet", False),
        ({"put_in": {RIGHT: DeviceFacts(volume_ml=300)}}, "RIGHT: neither serial number nor lot", False),
        (
            {"put_in": {RIGHT: DeviceFacts(volume_ml=500, lot="1")}},
            "RIGHT: differs from the plan without a reason",
            True,
        ),
        (
            {"put_in": {RIGHT: DeviceFacts(lot="1", expires_on=dt.date(2026, 11, 22))}},
            "RIGHT: an expired device without a reason",
            True,
        ),
        ({"came_out": {RIGHT: CameOut(title="x")}}, "RIGHT: condition of the removed device not recorded", False),
        ({"came_out": {RIGHT: CameOut(title="x")}}, "RIGHT: where the removed device went is not recorded", False),
        ({"report": {"left.drain_count": 1}}, "LEFT: drains not recorded one by one", False),
        (
            {"report": {"steps": (as_planned(row()), added(RIGHT, PlanStep.SUPPORT_MESH, "thin"))}},
            "RIGHT: matrix or mesh not recorded",
            False,
        ),
        (
            {"report": {"steps": (as_planned(row()), added(RIGHT, PlanStep.FAT_GRAFT, "thin"))}},
            "RIGHT: amount of fat not recorded",
            False,
        ),
        ({"report": {"counts_right": None}}, "Counts not answered", False),
        ({"report": {"counts_right": YesNo.NO}}, "Counts were not right", False),
        ({"report": {"minutes_taken": None}}, "Not recorded", False),
        ({"surgeon": None}, "Surgeon not named", False),
        ({"indications": ()}, "Nothing recorded as found at surgery", False),
        ({"planned_on": dt.date(2026, 12, 4)}, "Two days of surgery", False),
    ],
)
def test_that_what_is_open_is_said_and_only_the_unanswered_and_unexplained_blocks(
    changes: dict[str, Any], text: str, blocks: bool
) -> None:
    points = report_points(facts(**changes))
    assert (text, blocks) in [(point.text, point.blocks) for point in points]
    assert [point.blocks for point in points] == sorted((point.blocks for point in points), reverse=True)


def test_that_an_expired_device_with_a_reason_blocks_nothing() -> None:
    expired = DeviceFacts(lot="1", expires_on=dt.date(2026, 11, 22))
    of = facts(put_in={RIGHT: expired}, report={"right.differs_because": "No other was here."})
    assert not any(point.blocks for point in report_points(of))
    on_its_last_day = DeviceFacts(lot="1", expires_on=dt.date(2026, 11, 23))
    assert report_points(facts(put_in={RIGHT: on_its_last_day})) == ()
