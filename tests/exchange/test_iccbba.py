from __future__ import annotations

import datetime as dt

import pytest

from desktop.exchange.iccbba import read_iccbba
from desktop.exchange.label_dates import read_cyyjjj
from desktop.exchange.read_label import Outcome
from desktop.rules.reading import Unreadable

WHOLE = "=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123"


@pytest.mark.parametrize("text", [WHOLE, WHOLE.replace("&", "\\T\\")])
def test_that_a_tissue_label_states_its_facts(text: str) -> None:
    read = read_iccbba(text)
    assert read.outcome is Outcome.READ
    assert read.device_identifier == "A9999XYZ100T0944"
    assert read.serial == "000025"
    assert read.distinct_id == "A99971312345600"
    assert read.expires_on == dt.date(2014, 2, 1)
    assert read.made_on == dt.date(2013, 2, 1)
    assert read.lot == "000000000000XYZ123"


def test_that_the_order_of_the_elements_is_free_and_each_stands_for_itself() -> None:
    assert read_iccbba("=>014032=A99971312345600").distinct_id == "A99971312345600"
    assert read_iccbba("=,000025").serial == "000025"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("014032", dt.date(2014, 2, 1)),
        ("016366", dt.date(2016, 12, 31)),
        ("000366", dt.date(2000, 12, 31)),
        ("999001", dt.date(1999, 1, 1)),
        ("027090", dt.date(2027, 3, 31)),
    ],
)
def test_that_a_date_carries_its_century(text: str, date: dt.date) -> None:
    assert read_cyyjjj(text) == date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("=/A9999XYZ100T094", "=/A9999"),
        ("=/A9999XYZ100T0944X", "“X”"),
        ("=/a9999xyz100t0944", "=/a9999"),
        ("=/A9999XYZ10 T0944", "=/A9999"),
        ("=,00002", "=,00002"),
        ("=>015366", "2015 has no day 366"),
        ("=>014000", "2014 has no day 0"),
        ("=>514032", "century"),
        ("=>01403", "=>01403"),
        ("=,000025=,000026", "twice"),
        ("=O99971312345600", "=O999"),
        ("&,2000000000000XYZ123", "&,2"),
        ("=", "“=”"),
    ],
)
def test_that_a_broken_label_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_iccbba(text)
