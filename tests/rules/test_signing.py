import datetime as dt
import hashlib
import json
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import UNKNOWN, PlanStep, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.signing import canonical_json, content_hash, differences

answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(alphabet=st.characters(codec="utf-8")),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.dates(),
    st.just(UNKNOWN),
    st.sampled_from(PlanStep),
)
contents = st.dictionaries(st.text(alphabet="abcdefgh._", min_size=1), st.one_of(answers, st.lists(answers).map(tuple)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(1981, 3, 14), '"1981-03-14"'),
        (dt.datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("America/New_York")), '"2026-11-23T13:30:00+00:00"'),
        (Decimal("62.50"), '"62.5"'),
        (Decimal("1E+2"), '"100"'),
        (PartialDate(2009), '"2009"'),
        (PartialDate(2009, 4), '"2009-04"'),
        (UNKNOWN, '{"unknown":true}'),
        (PlanStep.EN_BLOC, '"en_bloc"'),
        ((Side.RIGHT, Side.LEFT), '["R","L"]'),
        (frozenset({Side.RIGHT, Side.LEFT}), '["L","R"]'),
        (MappingProxyType({"b": 1, "a": None}), '{"a":null,"b":1}'),
        ("Nguyễn", '"Nguyễn"'),
        (True, "true"),
        (325, "325"),
    ],
)
def test_that_each_kind_of_answer_has_one_spelling(value: Any, text: str) -> None:
    assert canonical_json({"x": value}) == f'{{"x":{text}}}'.encode()


@pytest.mark.parametrize("value", [1.5, b"bytes", object()])
def test_that_what_has_no_exact_text_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json({"x": value})


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), dt.datetime(2026, 1, 1)])  # noqa: DTZ001
def test_that_a_moment_without_zone_and_a_number_without_end_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"time zone|finite"):
        canonical_json({"x": value})


def test_that_keys_are_text() -> None:
    assert canonical_json({Side.RIGHT: 1}) == b'{"R":1}'
    with pytest.raises(TypeError):
        canonical_json({1: "x"})  # type: ignore[dict-item]


@given(contents)
def test_that_the_order_of_keys_never_changes_the_hash(content: dict[str, Any]) -> None:
    backwards = dict(reversed(content.items()))
    assert canonical_json(content) == canonical_json(backwards)
    assert content_hash(content) == content_hash(backwards) == hashlib.sha256(canonical_json(content)).hexdigest()


@given(contents)
def test_that_what_is_signed_can_be_read_again_and_spelled_the_same(content: dict[str, Any]) -> None:
    read = json.loads(canonical_json(content))
    assert canonical_json(read) == canonical_json(content)


@given(contents)
def test_that_nothing_differs_from_itself(content: dict[str, Any]) -> None:
    assert differences(content, dict(content)) == []


def test_that_unknown_not_asked_and_an_empty_text_are_three_things() -> None:
    assert len({content_hash({"x": value}) for value in (None, UNKNOWN, "")}) == 3


def test_that_differences_name_field_old_and_new() -> None:
    before = {"right.volume_ml": 325, "note": "a", "gone": 1, "weight_kg": Decimal("62.0")}
    after = {"note": "a", "right.volume_ml": 300, "left.volume_ml": UNKNOWN, "weight_kg": Decimal("62")}
    assert differences(before, after) == [
        ("right.volume_ml", 325, 300),
        ("left.volume_ml", None, UNKNOWN),
        ("gone", 1, None),
    ]
