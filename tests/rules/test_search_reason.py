"""Why somebody was found, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rules.search_reason import are_hers, reason_of_birth, reason_of_names, reason_of_phone, reason_of_surgery

TODAY = dt.date(2026, 11, 23)
DAY = dt.date(1981, 2, 3)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["okaf"], ("", False)),
        (["kafo"], ("", False)),
        (["rosalind", "okafor"], ("", False)),
        (["meyer"], ("former name Meyer", False)),
        (["rosalind", "mey"], ("former name Meyer", False)),
        (["okafour"], ("sounds like “okafour”", True)),
        (["maier", "okafor"], ("sounds like “maier”", True)),
        (["meyer", "rosalynd"], ("former name Meyer · sounds like “rosalynd”", True)),
    ],
)
def test_that_only_what_the_name_does_not_show_is_said(asked: list[str], said: tuple[str, bool]) -> None:
    assert reason_of_names(asked, "Okafor", "Rosalind", "Meyer") == said


@pytest.mark.parametrize(
    ("as_read", "said"),
    [("", "born 3 Feb 1981"), ("read as day/month", "born 3 Feb 1981 (read as day/month)")],
)
def test_that_a_birth_date_says_how_it_was_read(as_read: str, said: str) -> None:
    assert reason_of_birth(DAY, as_read) == said


PHONES = [("phone", "5550142"), ("mobile phone", "5559942"), ("emergency contact’s phone", "")]


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("142", "phone …0142"),
        ("0142", "phone …0142"),
        ("9942", "mobile phone …9942"),
        ("50142", "phone …50142"),
        ("777", "phone …777 of a record merged into this one"),
    ],
)
def test_that_a_phone_says_which_one_ends_so(tail: str, said: str) -> None:
    assert reason_of_phone(tail, PHONES) == said


@pytest.mark.parametrize(
    ("on", "was_done", "as_read", "said"),
    [
        (dt.date(2026, 11, 25), False, "", "surgery planned 25 Nov 2026 (week 48)"),
        (TODAY, False, "", "surgery today, 23 Nov 2026 (week 48)"),
        (dt.date(2014, 5, 12), True, "", "operated 12 May 2014 (week 20)"),
        (dt.date(2014, 5, 6), True, "read as month/day", "operated 6 May 2014 (read as month/day)"),
    ],
)
def test_that_a_surgery_says_its_day_and_week(on: dt.date, was_done: bool, as_read: str, said: str) -> None:
    assert reason_of_surgery(on, was_done, as_read, TODAY) == said


@pytest.mark.parametrize(
    ("asked", "are"),
    [
        (["okaf", "mey"], True),
        (["rosalynd"], True),
        (["maier", "okafour"], True),
        (["maria"], False),
        (["okafor", "smith"], False),
        ([], True),
    ],
)
def test_that_words_are_hers_only_if_each_is(asked: list[str], are: bool) -> None:
    assert are_hers(asked, "Okafor", "Rosalind", "Meyer") is are
