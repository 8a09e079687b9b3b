"""Half-typed questions: what thousands have is not looked up one by one, nor who is called so of a year of nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import insert

from desktop.models.search import PatientPhone
from desktop.opening import OpenPractice
from desktop.rules.search_question import Born, Word
from desktop.services.search import PatientRow, find_patients
from desktop.services.search_count import Counts
from desktop.services.search_plan import Plan, plan_of
from tests.scale.statements import Statement, listening

Add = Callable[..., int]
MANY = 250
FEBRUARY = Born(dt.date(1981, 2, 1), dt.date(1981, 2, 28))


def asked(practice: OpenPractice, text: str, limit: int = 20) -> tuple[tuple[PatientRow, ...], list[Statement]]:
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        session.connection()
        with listening(practice.database.engine) as heard:
            found = find_patients(session, text, limit=limit)
    return found, heard


def steps(practice: OpenPractice, statement: Statement) -> str:
    """How the engine goes about it."""
    with practice.database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.text}", statement.values)
        return "\n".join(row.detail for row in plan)


@pytest.fixture
def meier(add_patient: Add) -> int:
    return add_patient(family_name="Meier", given_name="Aino", birth_date=dt.date(1981, 2, 3), phone="555 8142")


@pytest.fixture
def many_phones(practice: OpenPractice, add_patient: Add) -> None:
    """They end in 142 too, and all are somebody else's."""
    patient_id = add_patient(family_name="Okafor", given_name="Rosalind", birth_date=dt.date(1970, 1, 1))
    numbers = [{"patient_id": patient_id, "reversed_digits": f"2410{number:04}"} for number in range(MANY)]
    with practice.database.unit_of_work(practice.actor) as session:
        session.execute(insert(PatientPhone), numbers)


def test_that_of_many_numbers_only_those_of_somebody_called_so_are_looked_at(
    practice: OpenPractice, meier: int, many_phones: None
) -> None:
    found, heard = asked(practice, "mei 142")
    assert [(row.id, row.why) for row in found] == [(meier, "phone …8142")]
    by_phone = next(each for each in heard if "patient_phone" in each.text and "count(" not in each.text)
    phones = steps(practice, by_phone).split("ix_patient_phone_by_tail")[1].split("SEARCH")[1]
    assert "patient_word" in phones
    assert len(heard) <= 3


def test_that_a_number_is_not_looked_up_for_a_name_that_nobody_has(
    practice: OpenPractice, meier: int, many_phones: None
) -> None:
    found, heard = asked(practice, "feb 142")
    assert found == ()
    assert not [each for each in heard if "patient_phone" in each.text and "count(" not in each.text]


def test_that_who_only_sounds_like_it_is_found_beside_a_number_that_few_have(
    practice: OpenPractice, meier: int, many_phones: None
) -> None:
    assert asked(practice, "maier 142")[0] == ()
    assert [row.id for row in asked(practice, "maier 8142")[0]] == [meier]


@pytest.mark.parametrize(
    ("born", "leads"), [(FEBRUARY, False), (Born(dt.date(1915, 1, 1), dt.date(1915, 12, 31)), True)]
)
def test_that_nobody_called_so_is_walked_when_nobody_was_born_then(
    practice: OpenPractice, meier: int, born: Born, leads: bool
) -> None:
    plan = plan_of((Word("mei"), born))
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        led = Counts(session.connection(), [plan]).led(plan)
    assert led == (Plan(("mei",), None, born) if leads else plan)


class TestSeveralReadings:
    """1981 may end a phone number or be a year of birth."""

    LIMIT = 4

    def test_that_no_more_is_read_than_is_shown(self, practice: OpenPractice, add_patient: Add) -> None:
        for number in range(6):
            add_patient(family_name=f"One {number}", birth_date=dt.date(1975, 1, 1), phone=f"555 {number} 1981")
            add_patient(family_name=f"Two {number}", birth_date=dt.date(1981, 1, 1), phone=f"555 {number} 7777")
        found, heard = asked(practice, "1981", self.LIMIT)
        assert sorted(row.why for row in found) == ["born 1 Jan 1981"] * 2 + ["phone …1981"] * 2
        (statement,) = heard
        with practice.database.engine.connect() as connection:
            read = connection.exec_driver_sql(statement.text, statement.values).all()
        assert len(read) <= self.LIMIT * 5 // 4

    def test_that_who_is_named_by_each_leaves_no_room_empty(self, practice: OpenPractice, add_patient: Add) -> None:
        for number in range(6):
            add_patient(family_name=f"One {number}", birth_date=dt.date(1981, 1, 1), phone=f"555 {number} 1981")
        assert len({row.id for row in asked(practice, "1981", self.LIMIT)[0]}) == self.LIMIT
