"""What is not known about devices, ranked by what a next operation needs, and whom to ask for it."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.choices import UNKNOWN, Fill, Incision, Plane, Profile, RecipientKind, Shape, Side, Surface
from desktop.models.partial_date import PartialDate
from desktop.rules.missing_records import FACTS, DeviceRecord, State, find_gaps, state_of, whom_to_ask

ALL = {
    "manufacturer": "Mentor", "line": "MemoryGel", "style": "350", "volume_ml": 325, "fill": Fill.SILICONE_GEL,
    "surface": Surface.SMOOTH, "serial": "7001-1", "lot": "L1", "happened_on": PartialDate(2014, 5, 12),
    "plane": Plane.SUBGLANDULAR, "report": True, "shape": Shape.ROUND, "profile": Profile.HIGH,
    "incision": Incision.INFRAMAMMARY, "surgeon": "Dr. Lindqvist", "facility": "Quay Clinic",
}  # fmt: skip


def device(
    side: Side = Side.RIGHT, *, in_place: bool = True, ours: bool = False, number: int | None = 1, **but: Any
) -> DeviceRecord:
    return DeviceRecord(side, "Mentor", in_place, number, ours, ALL | but)


def test_that_a_device_of_which_all_is_known_lacks_nothing() -> None:
    (found,) = find_gaps([device()])
    assert found.gaps == ()
    assert found.completeness == "14 of 14 facts known"
    assert whom_to_ask([found]) == ()


def test_that_what_is_in_place_today_comes_first_and_right_before_left() -> None:
    devices = [device(Side.LEFT, in_place=False), device(Side.LEFT), device(Side.RIGHT, in_place=False), device()]
    found = [(each.device.side, each.device.is_in_place) for each in find_gaps(devices)]
    assert found == [(Side.RIGHT, True), (Side.LEFT, True), (Side.RIGHT, False), (Side.LEFT, False)]


def test_that_gaps_come_in_the_order_in_which_a_next_operation_needs_them() -> None:
    (found,) = find_gaps([DeviceRecord(Side.RIGHT, "Unknown device", True)])
    assert [gap.fact.label for gap in found.gaps] == [
        "manufacturer", "product line or style", "volume", "fill", "surface", "serial number", "lot number",
        "date of the operation", "plane", "operation report", "shape", "profile", "incision", "surgeon or hospital",
    ]  # fmt: skip
    assert found.completeness == "0 of 14 facts known"


@pytest.mark.parametrize(
    ("lacks", "is_identified"), [("serial", False), ("volume_ml", False), ("report", True), ("profile", True)]
)
def test_that_a_device_is_identified_without_what_only_describes_it(lacks: str, is_identified: bool) -> None:
    (found,) = find_gaps([device(**{lacks: None})])
    assert (len(found.gaps), found.is_identified) == (1, is_identified)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, State.NOT_ASKED),
        (UNKNOWN, State.UNKNOWN),
        (0, State.KNOWN),
        ("x", State.KNOWN),
        (PartialDate(2009), State.PARTLY),
        (PartialDate(2009, 4, 17), State.KNOWN),
    ],
)
def test_that_not_asked_stated_unknown_and_known_stay_apart(value: Any, state: State) -> None:
    assert state_of(value) is state


def test_that_a_gap_says_how_the_fact_stands() -> None:
    (found,) = find_gaps([device(serial=None, lot=UNKNOWN, happened_on=PartialDate(2009))])
    assert [gap.words for gap in found.gaps] == [
        "serial number: not asked",
        "lot number: stated unknown",
        "date of the operation: only 2009 is known",
    ]


def test_that_a_year_counts_as_known_and_a_stated_unknown_does_not() -> None:
    (found,) = find_gaps([device(happened_on=PartialDate(2009), serial=UNKNOWN)])
    assert found.completeness == "13 of 14 facts known"


@pytest.mark.parametrize("known", ["line", "style"])
def test_that_a_line_or_a_style_names_the_product(known: str) -> None:
    (found,) = find_gaps([device(**{"line": None, "style": UNKNOWN, known: "INSPIRA"})])
    assert found.gaps == ()


def test_that_one_stated_and_one_unasked_word_for_the_product_is_stated_unknown() -> None:
    (found,) = find_gaps([device(line=None, style=UNKNOWN)])
    assert [gap.state for gap in found.gaps] == [State.UNKNOWN]


def test_that_surgeon_and_hospital_are_asked_once_for_both_sides() -> None:
    found = find_gaps([device(serial=None), device(Side.LEFT, serial=None, plane=UNKNOWN)])
    surgeon, hospital = whom_to_ask(found)
    assert (surgeon.kind, surgeon.name, surgeon.contact) == (RecipientKind.SURGEON, "Dr. Lindqvist", "Quay Clinic")
    assert (hospital.kind, hospital.name) == (RecipientKind.HOSPITAL, "Quay Clinic")
    assert surgeon.asked_for == ("right.serial", "left.serial", "left.plane")
    assert surgeon.why == "operated on RIGHT and LEFT (12 May 2014)"


def test_that_each_operation_is_asked_for_by_itself() -> None:
    found = find_gaps([device(serial=None, number=1), device(Side.LEFT, lot=None, number=2, surgeon="Dr. Berg")])
    asked = [(each.operation_id, each.name, each.asked_for) for each in whom_to_ask(found)]
    assert (1, "Dr. Lindqvist", ("right.serial",)) in asked
    assert (2, "Dr. Berg", ("left.lot",)) in asked


def test_that_the_maker_is_asked_when_a_number_is_known_and_the_product_is_not() -> None:
    found = find_gaps([device(line=None, style=None, surface=UNKNOWN, plane=None, facility=None)])
    maker = whom_to_ask(found)[-1]
    assert (maker.kind, maker.name) == (RecipientKind.MANUFACTURER, "Mentor")
    assert maker.asked_for == ("right.line", "right.style", "right.surface")


@pytest.mark.parametrize(
    "but",
    [{"serial": None, "lot": UNKNOWN}, {"manufacturer": UNKNOWN}, {"line": "Xtra"}, {"line": "Xtra", "shape": None}],
)
def test_that_no_maker_is_asked_without_a_number_a_name_or_a_gap(but: dict[str, Any]) -> None:
    found = find_gaps([device(**({"line": None, "style": None} | but))])
    assert RecipientKind.MANUFACTURER not in {each.kind for each in whom_to_ask(found)}


def test_that_our_own_operation_is_looked_up_and_not_written_for() -> None:
    (asked,) = whom_to_ask(find_gaps([device(ours=True, serial=None)]))
    assert asked.kind is None
    assert asked.why == "RIGHT: operated on here (12 May 2014). Look in our own operation report."


def test_that_where_nobody_is_known_the_patient_is_asked() -> None:
    (asked,) = whom_to_ask(find_gaps([device(surgeon=None, facility=UNKNOWN)]))
    assert asked.kind is None
    assert "Nobody recorded who operated on RIGHT (12 May 2014). Ask the patient for a device card" in asked.why


def test_that_a_device_nobody_recorded_going_in_belongs_to_no_operation() -> None:
    (asked,) = whom_to_ask(find_gaps([DeviceRecord(Side.LEFT, "Unknown device", False)]))
    assert (asked.kind, asked.operation_id) == (None, None)
    assert asked.why.startswith("Nobody recorded how the device of LEFT went in.")


def test_that_every_fact_is_named_as_the_forms_name_it() -> None:
    names = {name for fact in FACTS for name in fact.names(Side.LEFT)}
    assert {"left.serial", "left.line", "happened_on", "report", "surgeon"} <= names
