import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.partial_date import PartialDate
from desktop.rules.dates import (
    MONTHS,
    months_between,
    read_date,
    read_moment,
    read_partial_date,
    show_age,
    show_date,
    show_partial_date,
    show_time,
    years_between,
)
from desktop.rules.reading import Unreadable

TODAY = dt.date(2026, 11, 23)
NEW_YORK = ZoneInfo("America/New_York")
typed_dates = st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31))


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_date(text, TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "1981-03-02",
        "1981/3/2",
        "1981.03.02",
        "19810302",
        "2 mar 1981",
        "2 March 1981",
        "2. march 1981",
        "2-Mar-1981",
        "2mar1981",
        "mar 2 1981",
        "MARCH 2, 1981",
        "Mar. 2nd, 1981",
        "2nd of March 1981",
        "1981 mar 2",
        "  2\u00a0mar\n1981 ",
        "٢ mar ١٩٨١",
    ],
)
def test_that_a_clear_date_is_read_however_it_is_written(typed: str) -> None:
    assert read_date(typed, TODAY) == dt.date(1981, 3, 2)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("today", 0), ("Yesterday", -1), ("tomorrow", 1), ("+3", 3), ("-14", -14), ("+ 3", 3), ("−2", -2)],
)
def test_that_days_are_counted_from_today(typed: str, days: int) -> None:
    assert read_date(typed, TODAY) == TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize("typed", ["25.12.1980", "12/25/1980", "25/12/1980", "12-25-1980", "25121980", "12251980"])
def test_that_numbers_with_one_possible_order_are_read(typed: str) -> None:
    assert read_date(typed, TODAY) == dt.date(1980, 12, 25)


def test_that_the_same_day_and_month_are_not_ambiguous() -> None:
    assert read_date("3/3/1981", TODAY) == dt.date(1981, 3, 3)


@pytest.mark.parametrize("typed", ["3/2/1981", "2.3.1981", "03-02-1981", "02031981"])
def test_that_two_possible_orders_are_refused_with_both_in_words(typed: str) -> None:
    assert "2 Mar 1981" in refusal(typed)
    assert "3 Feb 1981" in refusal(typed)


@pytest.mark.parametrize(("day_first", "expected"), [(True, dt.date(1981, 2, 3)), (False, dt.date(1981, 3, 2))])
def test_that_the_order_of_the_practice_settles_it(day_first: bool, expected: dt.date) -> None:
    assert read_date("3/2/1981", TODAY, day_first) == expected
    assert read_date("25/12/1980", TODAY, day_first) == dt.date(1980, 12, 25)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31 Feb 1980", "There is no 31 Feb 1980"),
        ("29 feb 1981", "There is no 29 Feb 1981"),
        ("1981-13-02", "There is no month 13"),
        ("99/99/1981", "There is no month 99"),
        ("0 mar 1981", "There is no 0 Mar 1981"),
        ("2 mar 81", "two digits. Write all four: 2 Mar 1981."),
        ("2/3/81", "two digits. Write all four: 1981."),
        ("2 mar 12", "2 Mar 1912 or 2 Mar 2012"),
        ("2 mar", "The year is missing"),
        ("1981", "The day and the month are missing"),
        ("mar 1981", "The day or the year is missing"),
        ("2 mar 1066", "The year 1066 cannot be right"),
        ("2 mar 9999", "The year 9999 cannot be right"),
        ("3/2/0001", "The year 1 cannot be right"),
        ("+99999", "too far away"),
        ("", "is not a date"),
        ("smith", "is not a date"),
        ("mar mar 1981", "is not a date"),
        ("1981-03-02-04", "is not a date"),
        ("2 mar 1981 08:30", "is not a date"),
        ("2 3 mar 1981", "The day or the year is not clear"),
    ],
)
def test_that_an_impossible_or_unclear_date_is_refused_in_a_sentence(typed: str, words: str) -> None:
    assert words in refusal(typed)


@given(typed_dates)
def test_that_what_is_shown_can_be_read_again(date: dt.date) -> None:
    assert read_date(show_date(date), TODAY) == date
    assert read_date(date.isoformat(), TODAY) == date
    assert read_date(date.strftime("%Y%m%d"), TODAY) == date
    assert read_date(f"{MONTHS[date.month - 1]} {date.day}, {date.year}", TODAY) == date


@given(typed_dates, st.booleans(), st.sampled_from("/.- "))
def test_that_numbers_are_never_read_in_an_order_nobody_meant(date: dt.date, day_first: bool, sign: str) -> None:
    parts = [str(date.day), str(date.month)] if day_first else [str(date.month), str(date.day)]
    typed = sign.join([*parts, str(date.year)])
    assert read_date(typed, TODAY, day_first) == date
    try:
        assert read_date(typed, TODAY) == date
    except Unreadable as both:
        assert show_date(date) in str(both)  # noqa: PT017


@given(st.text())
def test_that_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (read_date, read_partial_date, read_moment):
        try:
            read(text, TODAY)
        except Unreadable as caught:
            assert str(caught)[-1] in ".?"  # noqa: PT017


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2009", PartialDate(2009)),
        ("about 2009", PartialDate(2009)),
        ("ca. 2009", PartialDate(2009)),
        ("~ april 2009", PartialDate(2009, 4)),
        ("april 2009", PartialDate(2009, 4)),
        ("Sept 2009", PartialDate(2009, 9)),
        ("2009 apr", PartialDate(2009, 4)),
        ("2009-04", PartialDate(2009, 4)),
        ("04/2009", PartialDate(2009, 4)),
        ("17 apr 2009", PartialDate(2009, 4, 17)),
        ("2009-04-17", PartialDate(2009, 4, 17)),
        ("yesterday", PartialDate(2026, 11, 22)),
    ],
)
def test_that_a_date_about_the_past_keeps_the_precision_it_was_written_with(typed: str, expected: PartialDate) -> None:
    assert read_partial_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    "typed", ["09", "april", "spring 2009", "13/2009", "04/09", "about 17 apr 2009", "3/2/2009", ""]
)
def test_that_a_partial_date_that_is_not_clear_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_partial_date(typed, TODAY)


@given(typed_dates, st.sampled_from([1, 2, 3]))
def test_that_a_partial_date_that_is_shown_can_be_read_again(date: dt.date, precision: int) -> None:
    partial = PartialDate(*(date.year, date.month, date.day)[:precision])
    assert read_partial_date(show_partial_date(partial), TODAY) == partial
    assert read_partial_date(partial.iso, TODAY) == partial


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (dt.date(1981, 3, 14), dt.date(2026, 11, 23), 45),
        (dt.date(1981, 11, 24), dt.date(2026, 11, 23), 44),
        (dt.date(1981, 11, 23), dt.date(2026, 11, 23), 45),
        (dt.date(2000, 2, 29), dt.date(2026, 2, 28), 25),
        (dt.date(2000, 2, 29), dt.date(2026, 3, 1), 26),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23), 0),
    ],
)
def test_that_an_age_is_whole_years(born: dt.date, on: dt.date, years: int) -> None:
    assert years_between(born, on) == years
    assert show_age(born, on) == f"{years} y"


def test_that_nobody_has_an_age_before_birth() -> None:
    assert show_age(dt.date(2027, 1, 1), TODAY) == "not born yet"
    with pytest.raises(ValueError, match="before the start"):
        years_between(dt.date(2027, 1, 1), TODAY)


def test_that_a_month_is_whole_on_its_own_day() -> None:
    assert months_between(dt.date(2026, 1, 31), dt.date(2026, 2, 28)) == 0
    assert months_between(dt.date(2025, 11, 23), TODAY) == 12


@pytest.mark.parametrize("typed", ["08:30", "8:30", "0830", "830", "8.30", "08h30", "8:30 am", "8:30am", "08:30 a.m."])
def test_that_a_time_is_read_however_it_is_written(typed: str) -> None:
    assert read_moment(typed, TODAY, NEW_YORK) == dt.datetime(2026, 11, 23, 13, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("8:30 pm", (2026, 11, 23, 20, 30)),
        ("12:05 am", (2026, 11, 23, 0, 5)),
        ("12:05 pm", (2026, 11, 23, 12, 5)),
        ("22 nov 19:30", (2026, 11, 22, 19, 30)),
        ("yesterday 19:30", (2026, 11, 22, 19, 30)),
        ("22 Nov 2026 19:30", (2026, 11, 22, 19, 30)),
        ("2026-11-22, 19.30", (2026, 11, 22, 19, 30)),
    ],
)
def test_that_a_time_may_name_its_half_of_the_day_or_its_day(typed: str, local: tuple[int, int, int, int, int]) -> None:
    assert read_moment(typed, TODAY, NEW_YORK) == dt.datetime(*local, tzinfo=NEW_YORK)


def test_that_a_day_without_year_is_the_nearest_one() -> None:
    assert read_moment("31 dec 19:30", dt.date(2027, 1, 1), dt.UTC) == dt.datetime(2026, 12, 31, 19, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "typed", ["", "8", "24:00", "08:60", "13:00 pm", "0:30 am", "17 apr 2009", "3.2 8.30", "now", "08:30:15"]
)
def test_that_what_is_no_clear_time_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_moment(typed, TODAY, NEW_YORK)


def test_that_now_is_the_minute_somebody_hands_over() -> None:
    now = dt.datetime(2026, 11, 23, 8, 30, 59, tzinfo=NEW_YORK)
    assert read_moment("now", TODAY, NEW_YORK, now) == dt.datetime(2026, 11, 23, 13, 30, tzinfo=dt.UTC)


def test_that_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(Unreadable, match="The clocks skipped 02:30 on 8 Mar 2026"):
        read_moment("02:30", dt.date(2026, 3, 8), NEW_YORK)


def test_that_a_time_the_clocks_repeat_needs_its_turn_and_shows_it() -> None:
    night = dt.date(2026, 11, 1)
    with pytest.raises(Unreadable, match="Write 01:30 first or 01:30 second"):
        read_moment("01:30", night, NEW_YORK)
    first, second = (read_moment(f"01:30 {turn}", night, NEW_YORK) for turn in ("first", "second"))
    assert second - first == dt.timedelta(hours=1)
    assert [show_time(moment, NEW_YORK) for moment in (first, second)] == ["01:30 first", "01:30 second"]


@given(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001
def test_that_a_time_that_is_shown_can_be_read_again(moment: dt.datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    local = minute.astimezone(NEW_YORK)
    assert read_moment(show_time(minute, NEW_YORK), local.date(), NEW_YORK) == minute


def test_that_a_moment_without_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        show_time(dt.datetime(2026, 1, 1))  # noqa: DTZ001
