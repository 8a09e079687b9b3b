from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import UNKNOWN, Fill, Surface
from desktop.models.partial_date import PartialDate
from desktop.rules.label import (
    FIELDS,
    LabelFacts,
    check_expiry,
    check_label,
    differences,
    label_facts,
    show_fact,
    show_raw,
)

READ = LabelFacts(
    device_identifier="10888628001206",
    lot="LOTA1",
    serial="SN0001",
    expires_on=dt.date(2027, 3, 31),
    made_on=dt.date(2024, 1, 5),
    distinct_id=None,
)
SURGERY = PartialDate(2026, 11, 23)
PRODUCT = {"manufacturer": "Allergan", "line": "INSPIRA", "style": "SRF", "volume_ml": 325, "fill": Fill.SILICONE_GEL}


def asked(
    read: LabelFacts = READ,
    typed: dict[str, Any] | None = None,
    surgery_on: PartialDate | None = SURGERY,
    catalogue: dict[str, Any] | None = PRODUCT,
) -> dict[str, str]:
    problems = check_label(read, typed or {}, surgery_on, catalogue)
    assert all(problem.is_question for problem in problems)
    return {problem.field: problem.message for problem in problems}


def test_that_a_label_that_agrees_with_everything_is_asked_nothing() -> None:
    assert asked() == {}
    assert asked(typed=label_facts(READ) | PRODUCT) == {}
    assert asked(typed=dict.fromkeys((*FIELDS, *PRODUCT), UNKNOWN)) == {}
    assert asked(typed=dict.fromkeys((*FIELDS, *PRODUCT))) == {}


@pytest.mark.parametrize(
    ("surgery_on", "words"),
    [
        (PartialDate(2027, 3, 31), None),
        (PartialDate(2027, 4, 1), "This device expired"),
        (PartialDate(2027, 3), None),
        (PartialDate(2027, 4), "This device expired"),
        (PartialDate(2027), "may have expired"),
        (PartialDate(2028), "This device expired"),
        (PartialDate(2026), None),
        (None, None),
    ],
)
def test_that_a_device_can_be_used_through_the_whole_of_its_last_day(
    surgery_on: PartialDate | None, words: str | None
) -> None:
    found = check_expiry(READ.expires_on, surgery_on)
    assert [problem.is_question for problem in found] == ([] if words is None else [True])
    for problem in found:
        assert words is not None
        assert words in problem.message
        assert "31 Mar 2027" in problem.message


def test_that_a_label_without_an_expiry_date_is_not_said_to_be_expired() -> None:
    assert check_expiry(None, PartialDate(2050)) == []


@given(st.dates(), st.dates())
def test_that_a_device_is_expired_exactly_from_the_next_day_on(expires_on: dt.date, day: dt.date) -> None:
    assert bool(check_expiry(expires_on, PartialDate.of(day))) is (day > expires_on)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("lot", "LOTB1", "The lot on the label is LOTA1, and LOTB1 was typed."),
        ("serial", "SN0002", "The serial number on the label is SN0001, and SN0002 was typed."),
        ("expires_on", dt.date(2027, 3, 30), "The expiry date on the label is 31 Mar 2027, and 30 Mar 2027 was typed."),
        ("made_on", dt.date(2024, 1, 6), "The date of manufacture on the label is 5 Jan 2024"),
        ("udi_di", "10888628001213", "The product number on the label is 10888628001206"),
    ],
)
def test_that_what_was_typed_otherwise_is_asked_and_never_changed(field: str, typed: Any, words: str) -> None:
    answers = {field: typed}
    (message,) = asked(typed=answers).values()
    assert message.startswith(words)
    assert "nothing was changed" in message
    assert answers == {field: typed}
    assert differences(READ, answers) == {field: label_facts(READ)[field]}


@pytest.mark.parametrize("typed", ["sn0001", "SN 0001", "SN-0001"])
def test_that_capitals_and_spaces_count_and_are_named(typed: str) -> None:
    assert "only in capitals, spaces or hyphens" in asked(typed={"serial": typed})["serial"]
    assert "capitals" not in asked(typed={"serial": "SN0002"})["serial"]


@pytest.mark.parametrize(
    ("field", "chosen", "words"),
    [
        ("volume_ml", 1325, "the volume 325 mL, and 1,325 mL was chosen"),
        ("fill", Fill.SALINE_FIXED, "the fill Silicone gel, and Saline, fixed volume was chosen"),
        ("manufacturer", "Mentor", "the maker Allergan, and Mentor was chosen"),
        ("line", "410", "the line INSPIRA, and 410 was chosen"),
        ("style", "TRF", "the style SRF, and TRF was chosen"),
    ],
)
def test_that_a_product_known_otherwise_than_chosen_is_asked(field: str, chosen: Any, words: str) -> None:
    (message,) = asked(typed=PRODUCT | {field: chosen}).values()
    assert words in message


def test_that_a_surface_known_otherwise_is_asked_by_its_class_and_by_its_name() -> None:
    known = {"surface": Surface.MACROTEXTURED, "surface_name": "BIOCELL"}
    chosen = {"surface": Surface.SMOOTH, "surface_name": "Smooth"}
    assert set(asked(typed=chosen, catalogue=known)) == {"surface", "surface_name"}


def test_that_names_written_with_other_capitals_are_the_same_names() -> None:
    typed = PRODUCT | {"manufacturer": "ALLERGAN", "line": "Inspira", "style": "srf-325"}
    assert asked(typed=typed) == {}


def test_that_what_the_catalogue_does_not_know_is_not_compared() -> None:
    assert asked(typed={"fill": Fill.OTHER, "volume_ml": 5}, catalogue={"fill": UNKNOWN, "volume_ml": None}) == {}


def test_that_an_unknown_product_is_said() -> None:
    assert "does not know the product 10888628001206" in asked(catalogue=None)["udi_di"]
    assert asked(dataclasses.replace(READ, device_identifier=None), catalogue=None) == {}


@pytest.mark.parametrize(
    ("fact", "words"),
    [(dt.date(2027, 3, 31), "31 Mar 2027"), (Fill.SILICONE_GEL, "Silicone gel"), (UNKNOWN, "unknown"), ("A 1", "A 1")],
)
def test_that_facts_are_shown_in_words(fact: Any, words: str) -> None:
    assert show_fact(fact) == words


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("10LOTA1\x1d21SN0001\r\n", "10LOTA1␝21SN0001␍␊"),
        ("+A 1 ", "+A 1␠"),
        ("  ", "␠␠"),
        ("", ""),
        ("a\x7f\udcff\u202e\x00", "a␡<FF>�␀"),
        ("Ü=", "Ü="),
    ],
)
def test_that_everything_in_the_text_of_a_label_can_be_seen(raw: str, shown: str) -> None:
    assert show_raw(raw) == shown


@given(st.text())
def test_that_any_text_of_a_label_can_be_shown(raw: str) -> None:
    assert show_raw(raw).isprintable()
