"""What a typed text may mean: every reading of it, and never a refusal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.search_key import device_key
from desktop.rules.search_question import (
    MOST_READINGS,
    Born,
    Device,
    Part,
    Phone,
    RecordNumber,
    Surgery,
    Word,
    read_question,
)

TODAY = dt.date(2026, 11, 23)


def parts(text: str, kind: type[Part]) -> list[Part]:
    """The parts of this kind, over all readings that consist of it alone."""
    return [reading[0] for reading in read_question(text, TODAY) if len(reading) == 1 and isinstance(reading[0], kind)]


def born(text: str) -> list[tuple[str, str]]:
    return [(part.first.isoformat(), part.as_read) for part in parts(text, Born) if isinstance(part, Born)]


def week(text: str) -> list[tuple[str, str]]:
    days = [part for part in parts(text, Surgery) if isinstance(part, Surgery)]
    return [(part.first.isoformat(), part.last.isoformat()) for part in days]


@pytest.mark.parametrize(
    "text",
    [
        "2 mar 1981", "2 March 1981", "March 2, 1981", "mar 2 1981", "2nd of March 1981", "1981-03-02", "1981/3/2",
        "1981 3 2", "2mar1981", "02-Mar-1981", "19810302", "2 mar 81", "81-03-02", "٢ mar ١٩٨١",
    ],
)  # fmt: skip
def test_that_a_clear_date_has_one_reading(text: str) -> None:
    assert born(text) == [("1981-03-02", "")]


@pytest.mark.parametrize("text", ["3/2/81", "3/2/1981", "3.2.81", "3-2-1981", "03021981", "3 2 81", "030281"])
def test_that_an_ambiguous_date_has_both_readings_and_says_which_is_which(text: str) -> None:
    assert born(text) == [("1981-02-03", "read as day/month"), ("1981-03-02", "read as month/day")]


@pytest.mark.parametrize(
    ("text", "days"), [("14/3/81", ["1981-03-14"]), ("3/14/81", ["1981-03-14"]), ("3/3/81", ["1981-03-03"])]
)
def test_that_only_readings_that_are_days_remain(text: str, days: list[str]) -> None:
    assert born(text) == [(day, "") for day in days]


def test_that_a_year_of_two_digits_is_of_every_century_somebody_alive_may_be_born_in() -> None:
    assert [day for day, _ in born("14 mar 20")] == ["1920-03-14", "2020-03-14"]
    assert [day for day, _ in born("14 mar 81")] == ["1981-03-14"]


@pytest.mark.parametrize("text", ["30/2/1981", "31/4/81", "13/13/1981", "2027-01-01", "1 jan 1805"])
def test_that_nobody_is_born_on_a_day_that_is_not_or_on_which_nobody_alive_was(text: str) -> None:
    assert born(text) == []


def test_that_a_month_or_year_is_all_its_days() -> None:
    assert parts("feb 1981", Born) == [Born(dt.date(1981, 2, 1), dt.date(1981, 2, 28))]
    assert Born(dt.date(1981, 1, 1), dt.date(1981, 12, 31)) in parts("1981", Born)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("week 47", ("2026-11-16", "2026-11-22")),
        ("w47", ("2026-11-16", "2026-11-22")),
        ("Wk 46 2026", ("2026-11-09", "2026-11-15")),
        ("2026-W47", ("2026-11-16", "2026-11-22")),
        ("2025 week 1", ("2024-12-30", "2025-01-05")),
        ("week 2", ("2027-01-11", "2027-01-17")),
        ("last week", ("2026-11-16", "2026-11-22")),
        ("this week", ("2026-11-23", "2026-11-29")),
        ("Next  Week", ("2026-11-30", "2026-12-06")),
        ("Nov 23", ("2026-11-23", "2026-11-29")),
        ("25 november", ("2026-11-23", "2026-11-29")),
        ("6 jan", ("2027-01-04", "2027-01-10")),
        ("today", ("2026-11-23", "2026-11-23")),
        ("tomorrow", ("2026-11-24", "2026-11-24")),
        ("2026-12-01", ("2026-12-01", "2026-12-01")),
    ],
)
def test_that_a_week_of_surgery_is_the_nearest_one(text: str, days: tuple[str, str]) -> None:
    assert week(text)[0] == days


def test_that_there_is_no_week_53_in_most_years() -> None:
    assert week("2025-W53") == []
    assert week("week 53") == [("2026-12-28", "2027-01-03")]
    assert week("week 54") == []


@pytest.mark.parametrize("text", ["0142", "…0142", " 0142 "])
def test_that_digits_may_be_of_a_record_or_a_phone_or_a_device(text: str) -> None:
    assert read_question(text, TODAY) == ((RecordNumber("0142"),), (Phone("0142"),), (Device("0142"),))


@pytest.mark.parametrize("text", ["(555) 0142", "555-0142", "555 0142", "555.0142"])
def test_that_a_phone_number_is_its_digits_however_written(text: str) -> None:
    assert parts(text, Phone) == [Phone("5550142")]


@pytest.mark.parametrize("text", ["+44 20 7946 0142", "0044 20 7946 0142", "(020) 7946 0142"])
def test_that_a_number_written_with_or_without_its_country_is_looked_for_in_both_ways(text: str) -> None:
    assert parts(text, Phone)[1:] == [Phone("79460142")]


def test_that_two_digits_alone_are_no_phone_and_no_year() -> None:
    assert read_question("81", TODAY) == ((RecordNumber("81"),),)


@pytest.mark.parametrize("text", ["15 a", "a 15", "(555) 53", "555 53", "12 15"])
def test_that_two_digits_are_no_year_beside_one_letter_or_another_number(text: str) -> None:
    assert not any(isinstance(part, Born) for reading in read_question(text, TODAY) for part in reading)


@pytest.mark.parametrize("text", ["ab 81", "81 o'b", "王 81", "555 81 okafor"])
def test_that_two_digits_are_a_year_beside_a_name(text: str) -> None:
    year = Born(dt.date(1981, 1, 1), dt.date(1981, 12, 31))
    assert any(year in reading for reading in read_question(text, TODAY))


@pytest.mark.parametrize("text", ["000 123", "000123"])
def test_that_a_record_number_is_read_with_and_without_its_blank(text: str) -> None:
    assert RecordNumber("000123") in parts(text, RecordNumber)


@pytest.mark.parametrize("text", ["SN-7654 321", "sn7654321", "SN 7654-321"])
def test_that_a_serial_is_read_with_and_without_separators(text: str) -> None:
    assert Device("SN7654321") in parts(text, Device)


def test_that_all_parts_of_a_mixed_question_stand_in_each_reading() -> None:
    year = Born(dt.date(1981, 1, 1), dt.date(1981, 12, 31))
    assert (Word("okafor"), year) in read_question("okafor 81", TODAY)
    assert (Word("meyer"), Phone("0142")) in read_question("meyer 0142", TODAY)
    both = [Born(day, day, said) for day, said in (
        (dt.date(1981, 2, 3), "read as day/month"), (dt.date(1981, 3, 2), "read as month/day"),
    )]  # fmt: skip
    assert read_question("rosalind 3/2/81", TODAY)[:2] == tuple((Word("rosalind"), each) for each in both)


def test_that_a_month_may_be_a_name() -> None:
    readings = read_question("may 1981", TODAY)
    assert (Born(dt.date(1981, 5, 1), dt.date(1981, 5, 31)),) in readings
    assert (Word("may"), Born(dt.date(1981, 1, 1), dt.date(1981, 12, 31))) in readings
    assert read_question("april", TODAY) == ((Word("april"),),)


def test_that_a_name_beside_a_week_is_asked_for_in_that_week() -> None:
    week_of = Surgery(dt.date(2026, 11, 30), dt.date(2026, 12, 6))
    assert (Word("okafor"), week_of) in read_question("okafor next week", TODAY)


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "' --", "- - -", "\u202e"])
def test_that_nothing_to_look_for_has_no_reading(text: str) -> None:
    assert read_question(text, TODAY) == ()


@given(
    st.one_of(
        st.text(), st.text(alphabet="0123456789/.-+() wWkmarMAR,'"), st.from_regex(r"[\w ]{0,30}\d[\d/. -]{0,20}")
    )
)
def test_that_any_text_has_few_readings_and_each_says_something(text: str) -> None:
    readings = read_question(text, TODAY)
    assert len(readings) <= MOST_READINGS
    assert len(set(readings)) == len(readings)
    for reading in readings:
        assert 1 <= len(reading) <= 8
        assert sum(isinstance(part, Phone | RecordNumber | Device) for part in reading) <= 1
        for part in reading:
            match part:
                case Word(key):
                    assert key == key.strip() != ""
                case Born(first, last) | Surgery(first, last):
                    assert first <= last
                case Phone(tail) | RecordNumber(tail):
                    assert tail.isascii()
                    assert tail.isdecimal()
                case Device(key):
                    assert key == device_key(key)


@given(st.dates(dt.date(1930, 1, 1), TODAY))
def test_that_a_birth_date_is_read_back_from_every_way_of_writing_it(day: dt.date) -> None:
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%d %b %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%m/%d/%y}",
    ):
        assert day.isoformat() in [found for found, _ in born(text)]
