"""What is refused and what is asked about one device, from its class to its label."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import UNKNOWN, DeviceClass, Fill, Port, Shape, Surface, SurfaceEdition
from desktop.rules.device import check_device
from desktop.rules.problem import Circumstances, Problem

TODAY = Circumstances(today=dt.date(2026, 11, 23))
GTIN = "00614141999996"  # of the range that GS1 keeps for examples


def problems(**values: Any) -> list[Problem]:
    return check_device(values, TODAY)


def refused(**values: Any) -> set[str]:
    return {problem.field for problem in problems(**values) if not problem.is_question}


def asked(**values: Any) -> set[str]:
    return {problem.field for problem in problems(**values) if problem.is_question}


def test_that_nothing_known_and_everything_unknown_are_both_answers() -> None:
    assert problems() == []
    names = ("device_class", "volume_ml", "fill", "gel", "shape", "surface", "diameter_mm", "port", "udi_di", "made_on")
    assert problems(**dict.fromkeys(names, UNKNOWN)) == []


def test_that_a_sizer_is_never_in_place() -> None:
    assert refused(device_class=DeviceClass.SIZER) == {"device_class"}


def test_that_a_port_has_no_volume_fill_or_shape_and_lies_outside_the_device() -> None:
    described = {"volume_ml": 300, "fill": Fill.SALINE_ADJUSTABLE, "filled_ml": 100, "shape": Shape.ROUND}
    assert refused(device_class=DeviceClass.PORT, **described) == set(described)
    assert refused(device_class=DeviceClass.PORT, port=Port.INTEGRATED_RFID) == {"port"}
    assert problems(device_class=DeviceClass.PORT, port=Port.REMOTE) == []


def test_that_a_port_of_an_implant_is_asked_unless_it_can_be_filled_later() -> None:
    assert asked(device_class=DeviceClass.IMPLANT, port=Port.REMOTE, fill=Fill.SILICONE_GEL) == {"port"}
    assert problems(device_class=DeviceClass.IMPLANT, port=Port.REMOTE, fill=Fill.SALINE_ADJUSTABLE) == []
    assert problems(device_class=DeviceClass.EXPANDER, port=Port.INTEGRATED_MAGNETIC) == []


@pytest.mark.parametrize(("volume_ml", "is_refused", "is_asked"), [(9, 1, 0), (10, 0, 1), (325, 0, 0), (1001, 0, 1)])
def test_that_a_volume_is_refused_outside_10_to_2000_and_asked_outside_80_to_1000(
    volume_ml: int, is_refused: int, is_asked: int
) -> None:
    assert (len(refused(volume_ml=volume_ml)), len(asked(volume_ml=volume_ml))) == (is_refused, is_asked)


@pytest.mark.parametrize("fill", [Fill.SILICONE_GEL, Fill.SILICONE_GEL_DUAL, Fill.LIGHTWEIGHT_GEL])
@pytest.mark.parametrize("name", ["fill_least_ml", "fill_most_ml", "filled_ml"])
def test_that_a_gel_device_has_no_fill_range(fill: Fill, name: str) -> None:
    assert refused(fill=fill, **{name: 300}) == {name}
    assert problems(fill=Fill.SALINE_ADJUSTABLE, **{name: 300}) == []


def test_that_saline_has_no_gel() -> None:
    assert refused(fill=Fill.SALINE_FIXED, gel="Cohesive II") == {"gel"}
    assert problems(fill=Fill.SILICONE_GEL, gel="Cohesive II") == []


@pytest.mark.parametrize(
    ("filled_ml", "fields"), [(299, {"filled_ml"}), (300, set()), (330, set()), (331, {"filled_ml"})]
)
def test_that_a_filling_outside_the_range_of_the_label_is_asked(filled_ml: int, fields: set[str]) -> None:
    assert asked(fill=Fill.SALINE_FIXED, fill_least_ml=300, fill_most_ml=330, filled_ml=filled_ml) == fields


def test_that_zero_is_a_filling_and_not_a_missing_one() -> None:
    assert asked(fill=Fill.SALINE_ADJUSTABLE, fill_least_ml=100, filled_ml=0) == {"filled_ml"}
    assert problems(fill=Fill.SALINE_ADJUSTABLE, filled_ml=0) == []


def test_that_a_range_upside_down_is_refused() -> None:
    assert refused(fill_least_ml=330, fill_most_ml=300) == {"fill_most_ml"}


@pytest.mark.parametrize("surface", [Surface.SMOOTH, Surface.MICROTEXTURED, Surface.MACROTEXTURED])
def test_that_a_class_without_its_edition_is_asked_and_never_computed(surface: Surface) -> None:
    assert asked(surface=surface, surface_name="BIOCELL") == {"surface"}
    assert problems(surface=surface, surface_edition=SurfaceEdition.ISO_2018) == []
    assert problems(surface=surface, surface_edition=SurfaceEdition.NOT_STATED) == []
    assert problems(surface=surface, surface_edition=UNKNOWN) == []


def test_that_an_edition_without_a_class_is_refused_and_a_name_alone_says_nothing_of_a_class() -> None:
    assert refused(surface_edition=SurfaceEdition.ISO_2024) == {"surface_edition"}
    assert problems(surface_name="SILTEX") == []
    assert problems(surface=Surface.POLYURETHANE) == []


def test_that_the_sizes_of_the_other_shape_are_asked_and_missing_ones_are_not() -> None:
    assert asked(shape=Shape.ANATOMICAL, diameter_mm=120) == {"diameter_mm"}
    assert asked(shape=Shape.ROUND, width_mm=120, height_mm=110) == {"width_mm", "height_mm"}
    assert problems(shape=Shape.ROUND) == problems(shape=Shape.ANATOMICAL, width_mm=120, height_mm=110) == []
    assert problems(shape=UNKNOWN, diameter_mm=120, width_mm=120) == []


def test_that_a_device_is_made_before_it_expires_and_not_in_the_future() -> None:
    made = dt.date(2020, 5, 1)
    assert refused(made_on=made, expires_on=dt.date(2020, 4, 30)) == {"expires_on"}
    assert refused(made_on=dt.date(2026, 11, 24)) == {"made_on"}
    assert problems(made_on=made, expires_on=made) == []


def test_that_a_product_number_with_a_wrong_check_digit_is_asked() -> None:
    assert problems(udi_di=GTIN) == []
    assert asked(udi_di=GTIN[:-1] + "7") == {"udi_di"}
