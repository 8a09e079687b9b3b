"""The form of an operation asks what the tables keep, RIGHT before LEFT."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.forms.form import confirmed
from desktop.forms.operation import DEVICE_FIELDS, OPERATION_FORM
from desktop.models.choices import UNKNOWN, OperationKind, SideEvent
from desktop.models.device import Device
from desktop.rules.problem import Circumstances
from desktop.rules.spell import DEVICE_FACTS

TODAY = Circumstances(today=dt.date(2026, 11, 23))
ENOUGH = {"kind": OperationKind.AUGMENTATION, "right.event": SideEvent.IMPLANTED, "left.event": SideEvent.NONE}


def fields_in_trouble(**values: Any) -> set[str]:
    answers = OPERATION_FORM.empty() | ENOUGH | {name.replace("__", "."): value for name, value in values.items()}
    return {problem.field for problem in OPERATION_FORM.problems(answers, TODAY)}


def test_that_the_kind_and_what_was_done_in_each_side_are_all_that_must_be_known() -> None:
    assert fields_in_trouble() == set()
    missing = {problem.field for problem in OPERATION_FORM.problems(OPERATION_FORM.empty(), TODAY)}
    assert missing == {"kind", "right.event", "left.event"}


def test_that_every_side_is_asked_the_same_and_right_is_asked_first() -> None:
    names = [field.name for field in OPERATION_FORM]
    right = [name.removeprefix("right.") for name in names if name.startswith("right.")]
    left = [name.removeprefix("left.") for name in names if name.startswith("left.")]
    assert right == left
    assert names.index("left.event") == names.index("right.lot") + 1


def test_that_every_fact_about_a_device_may_be_unknown_and_has_a_source() -> None:
    for name in DEVICE_FACTS:
        assert OPERATION_FORM.field(f"right.{name}").past


def test_that_the_fields_said_to_be_of_the_device_are_columns_of_the_device() -> None:
    assert set(DEVICE_FIELDS) <= {column.key for column in Device.__mapper__.column_attrs}


@pytest.mark.parametrize("name", ["surgeon", "facility", "right.manufacturer", "right.line", "right.serial"])
def test_that_200_characters_fit_and_201_are_refused_in_a_sentence(name: str) -> None:
    assert fields_in_trouble(**{name: "x" * 200}) == set()
    assert fields_in_trouble(**{name: "x" * 201}) == {name}


def test_that_a_confirmed_question_is_not_asked_again_until_the_value_changes() -> None:
    name = confirmed("right.volume_ml")
    assert fields_in_trouble(right__volume_ml=60) == {"right.volume_ml"}
    assert fields_in_trouble(right__volume_ml=60, **{name: 60}) == set()
    assert fields_in_trouble(right__volume_ml=61, **{name: 60}) == {"right.volume_ml"}
    assert fields_in_trouble(right__volume_ml=UNKNOWN) == set()
