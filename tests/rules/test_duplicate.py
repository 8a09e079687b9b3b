"""Two people are alike in words a person can judge, and no single fact makes them one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.duplicate import Likeness, Person, likeness, near_birth_dates, phone_tails

BORN = dt.date(1981, 3, 2)
SHE = Person("Okafor", "Rosalind", "", BORN, "555-555-0142", "555-777-0100", "ro@example.org")


def alike(family: str, given: str, born: dt.date | None = BORN, **more: str) -> Likeness:
    return likeness(Person(family, given, birth_date=born, **more), SHE)


@pytest.mark.parametrize(
    ("family", "given", "reason"),
    [
        ("OKAFOR", "Rosalind", "same family name"),
        ("Okafer", "Rosalind", "family name one letter different"),
        ("Okofar", "Rosalind", "family name sounds alike"),
        ("Okafor", "Rosalnid", "given name one letter different"),
        ("Okafor-Bell", "Rosalind", "a part of the family name is the same"),
        ("Rosalind", "Okafor", "family name and given name the other way round"),
    ],
)
def test_that_a_name_that_is_nearly_hers_is_worth_asking_when_the_birth_date_is_hers(
    family: str, given: str, reason: str
) -> None:
    found = alike(family, given)
    assert reason in found.reasons
    assert "same birth date" in found.reasons
    assert found.is_worth_asking


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Mueller"), ("Meyer", "Maier"), ("O'Brien", "OBrien"), ("Schmidt", "Schmitd"), ("Lopez", "López")],
)
def test_that_spellings_of_one_family_name_are_alike(one: str, other: str) -> None:
    found = likeness(Person(one, "Anna", birth_date=BORN), Person(other, "Anna", birth_date=BORN))
    assert found.is_worth_asking
    assert "family name" in found.reasons[0]


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (dt.date(1981, 2, 3), "birth date with day and month the other way round"),
        (dt.date(1981, 3, 12), "birth date one digit different"),
        (dt.date(1918, 3, 2), "birth date one digit different"),
        (dt.date(1991, 3, 2), "birth date one digit different"),
    ],
)
def test_that_a_slip_in_the_birth_date_is_seen(born: dt.date, reason: str) -> None:
    found = alike("Okafor", "Rosalind", born)
    assert reason in found.reasons
    assert found.is_worth_asking
    assert BORN in near_birth_dates(born)


def test_that_a_former_name_is_compared_with_the_name_of_today() -> None:
    found = likeness(Person("Bell", "Rosalind", "Okafor", BORN), SHE)
    assert "former name here is the family name there" in found.reasons
    assert found.is_worth_asking
    other_way = likeness(SHE, Person("Bell", "Rosalind", "Okafor", BORN))
    assert "family name here is the former name there" in other_way.reasons
    assert other_way.score == found.score


def test_that_twins_are_shown_with_the_word_and_not_taken_for_one() -> None:
    found = alike("Okafor", "Grace")
    assert found.is_worth_asking
    assert found.doubts == ("another given name: a twin?",)


def test_that_a_mother_and_her_daughter_with_one_phone_are_shown_with_the_word() -> None:
    found = alike("Okafor", "Grace", dt.date(1955, 8, 1), phone="(555) 555 0142")
    assert found.is_worth_asking
    assert found.doubts == ("another birth date: a relative with the same phone?",)


def test_that_a_changed_family_name_is_asked_about() -> None:
    found = alike("Bell", "Rosalind")
    assert found.is_worth_asking
    assert found.doubts == ("another family name: did it change?",)


@pytest.mark.parametrize(
    "other",
    [
        Person("Ibarra", "Carmen", birth_date=BORN),
        Person("Ibarra", "Carmen", phone="555-555-0142", birth_date=dt.date(1990, 1, 9)),
        Person("Okafor", "Rosalind", birth_date=dt.date(1960, 7, 9)),
        Person("Okafor", "Grace", birth_date=dt.date(1960, 7, 9)),
        Person(),
    ],
)
def test_that_one_fact_alone_says_nothing(other: Person) -> None:
    assert not likeness(other, SHE).is_worth_asking


def test_that_a_phone_is_compared_by_its_last_digits_whatever_stands_before() -> None:
    assert phone_tails("+1 (555) 555-0142", "0142") == ("5550142",)
    found = alike("Okafor", "Rosalind", None, mobile_phone="+1 555 777 0100")
    assert found.reasons == ("same family name", "same given name", "same mobile number")
    across = alike("Okafor", "Rosalind", None, mobile_phone="5555550142")
    assert "same phone number" in across.reasons


def test_that_an_e_mail_address_is_the_same_in_any_case() -> None:
    assert "same e-mail address" in alike("Okafor", "R", email=" RO@example.org ").reasons


def test_that_two_short_names_are_not_one_slip_apart() -> None:
    found = likeness(Person("Li", "Wu", birth_date=BORN), Person("Ng", "Xu", birth_date=BORN))
    assert found.reasons == ("same birth date",)


def test_that_names_without_latin_letters_are_compared_whole() -> None:
    one, twin = Person("王", "小明", birth_date=BORN), Person("王", "小红", birth_date=BORN)
    assert likeness(one, one).reasons == ("same family name", "same given name", "same birth date")
    assert likeness(one, twin).doubts == ("another given name: a twin?",)


names = st.text(max_size=12)
people = st.builds(Person, names, names, names, st.none() | st.dates(), names, names, names)


@given(people, people)
def test_that_any_two_people_can_be_compared_and_either_may_come_first(one: Person, other: Person) -> None:
    found = likeness(one, other)
    assert found.score >= 0
    assert likeness(other, one).score == found.score


@given(st.dates())
def test_that_near_birth_dates_hold_the_date_itself_and_stay_few(born: dt.date) -> None:
    near = near_birth_dates(born)
    assert born in near
    assert len(near) < 90


def test_that_nothing_that_compares_loads_before_it_is_needed() -> None:
    asked = (
        "import sys, desktop.rules.duplicate, desktop.ui.main_window;"
        "sys.exit(bool({'rapidfuzz', 'jellyfish'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
