"""What indications presuppose, in which order they are offered, and what their three layers say together."""

from __future__ import annotations

import pytest

from desktop.models.choices import Indication, IndicationLayer, Side, UrgencyTier
from desktop.rules.indication import (
    FACTS,
    STAFF_WORDS,
    ComparedIndication,
    LayersSay,
    compare_layers,
    most_urgent,
    needs_prior_implant,
    offered,
    urgency_words,
)
from tests.factories import indication_row

RIGHT, LEFT = Side
PATIENT, SURGEON, FOUND = IndicationLayer
I = Indication  # noqa: E741  each test names several


def compared(*rows: tuple[Side, Indication, IndicationLayer], **more: object) -> dict[Side, list[tuple[str, str]]]:
    given = [indication_row(side, indication, layer=layer) for side, indication, layer in rows]
    found = compare_layers(given, **more)  # type: ignore[arg-type]
    return {side: [(each.indication.value, each.says.name) for each in found[side]] for side in Side}


def test_that_every_indication_has_its_facts() -> None:
    assert set(FACTS) == set(Indication)


@pytest.mark.parametrize("has_device", [True, False])
def test_that_every_indication_is_offered_once(has_device: bool) -> None:
    assert sorted(offered(has_device)) == sorted(Indication)


def test_that_without_a_device_what_needs_none_comes_first_and_what_presupposes_one_last() -> None:
    order = offered(has_device=False)
    assert order[:4] == (I.TISSUE_CHANGE, I.PTOSIS, I.PSEUDOPTOSIS, I.ASYMMETRY)
    assert {I.SIZE_UP, I.SIZE_DOWN} <= set(order[:7])
    rest = [needs_prior_implant(each) is True for each in order[7:]]
    assert rest == sorted(rest)


def test_that_with_a_device_the_order_is_that_of_the_reference() -> None:
    assert offered(has_device=True) == tuple(Indication)


def test_that_both_sides_are_compared_each_for_itself() -> None:
    assert compared((RIGHT, I.RIPPLING, SURGEON), (LEFT, I.RIPPLING, FOUND)) == {
        RIGHT: [("rippling", "ONE")],
        LEFT: [("rippling", "NOT_SUSPECTED")],
    }


def test_that_patient_and_surgeon_who_say_the_same_agree_before_surgery() -> None:
    said = compared((RIGHT, I.RIPPLING, PATIENT), (RIGHT, I.RIPPLING, SURGEON))
    assert said[RIGHT] == [("rippling", "AGREED")]


def test_that_what_was_suspected_and_found_is_told_from_what_was_not() -> None:
    said = compared(
        (RIGHT, I.CAPSULAR_CONTRACTURE, SURGEON),
        (RIGHT, I.RUPTURE_GEL_INTRA, SURGEON),
        (RIGHT, I.CAPSULAR_CONTRACTURE, FOUND),
        (RIGHT, I.FLIP, FOUND),
    )
    assert said[RIGHT] == [
        ("capsular_contracture", "FOUND"),
        ("rupture_gel_intra", "NOT_FOUND"),
        ("flip", "NOT_SUSPECTED"),
    ]


def test_that_a_wish_is_nothing_surgery_could_find() -> None:
    said = compared((RIGHT, I.SIZE_DOWN, SURGEON), (RIGHT, I.RIPPLING, FOUND))
    assert said[RIGHT][0] == ("size_down", "ONE")


def test_that_only_the_patients_suspicion_is_no_suspicion_of_the_surgeon() -> None:
    said = compared((RIGHT, I.FLIP, PATIENT), (RIGHT, I.FLIP, FOUND), (RIGHT, I.MASS, PATIENT))
    assert said[RIGHT] == [("flip", "NOT_SUSPECTED"), ("mass", "ONE")]


def test_that_gel_outside_the_capsule_means_that_the_shell_failed_inside_as_well() -> None:
    said = compared((LEFT, I.RUPTURE_GEL_INTRA, SURGEON), (LEFT, I.RUPTURE_GEL_EXTRA, FOUND))
    assert said[LEFT] == [("rupture_gel_intra", "FOUND"), ("rupture_gel_extra", "NOT_SUSPECTED")]


def test_that_nothing_found_is_said_only_of_a_side_that_was_looked_into() -> None:
    row = (RIGHT, I.RUPTURE_GEL_INTRA, SURGEON)
    assert compared(row)[RIGHT] == [("rupture_gel_intra", "ONE")]
    assert compared(row, operated={RIGHT})[RIGHT] == [("rupture_gel_intra", "NOT_FOUND")]
    assert compared(row, operated={LEFT})[RIGHT] == [("rupture_gel_intra", "ONE")]


def test_that_the_rank_is_the_place_of_the_first_mention_and_remarks_stand_with_their_layer() -> None:
    rows = (
        indication_row(RIGHT, I.RIPPLING, note="seen upright"),
        indication_row(RIGHT, I.PTOSIS, layer=PATIENT),
        indication_row(RIGHT, I.RIPPLING, layer=PATIENT, note="ridges"),
    )
    assert compare_layers(rows)[RIGHT] == (
        ComparedIndication(I.RIPPLING, 1, {SURGEON: "seen upright", PATIENT: "ridges"}, LayersSay.AGREED),
        ComparedIndication(I.PTOSIS, 2, {PATIENT: ""}, LayersSay.ONE),
    )


def test_that_a_row_that_is_still_being_written_is_left_out() -> None:
    assert compare_layers([{"side": RIGHT, "indication": None}, {"side": None, "indication": I.MASS}]) == {
        RIGHT: (),
        LEFT: (),
    }


def test_that_the_most_urgent_tier_is_found_and_none_of_nothing() -> None:
    assert most_urgent([UrgencyTier.U3, UrgencyTier.U1, UrgencyTier.U2]) is UrgencyTier.U1
    assert most_urgent([]) is None


def test_that_the_office_has_the_last_word_on_what_is_said() -> None:
    assert urgency_words(UrgencyTier.U0, {}) == "Emergency: call the surgeon now / emergency services"
    assert urgency_words(UrgencyTier.U1, {UrgencyTier.U1: None}) == STAFF_WORDS[UrgencyTier.U1]
    assert urgency_words(UrgencyTier.U1, {UrgencyTier.U1: "Page Dr. M"}) == "Page Dr. M"
