"""The generated patients are the same each time, and a store that was filled with them is as whole as any other."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from sqlalchemy import func, inspect, select, text

from desktop.models.device import Device
from desktop.models.patient import Patient
from desktop.models.tables import Base
from desktop.opening import OpenPractice
from desktop.rules.search_key import name_key
from desktop.storage.triggers import missing_triggers
from tests.scale.generator import BLOCK, TABLES, blocks
from tests.scale.loading import fill_store
from tests.scale.questions import COUNT, questions


def rows_of(patients: int, seed: int) -> list[list[dict[str, object]]]:
    made = list(blocks(patients, seed))
    return [list(chain.from_iterable(rows[table] for rows in made)) for table in TABLES]


def test_that_a_seed_gives_the_same_patients_and_another_one_others() -> None:
    assert rows_of(50, seed=1) == rows_of(50, seed=1)
    assert rows_of(50, seed=1) != rows_of(50, seed=2)


def test_that_more_patients_begin_with_the_same_ones() -> None:
    for few, many in zip(rows_of(BLOCK, seed=1), rows_of(2 * BLOCK, seed=1), strict=True):
        assert many[: len(few)] == few


def test_that_a_thousand_patients_have_fifteen_hundred_devices_and_some_of_them_ten_operations() -> None:
    patients, _cases, operations, _sides, devices, spells = rows_of(BLOCK, seed=1)
    assert (len(patients), len(devices), len(spells)) == (BLOCK, 1_500, 1_500)
    assert max(Counter(row["patient_id"] for row in operations).values()) == 10
    assert len({row["serial"] for row in devices if row["serial"]}) == len([row for row in devices if row["serial"]])


def test_that_some_names_are_common_and_many_scripts_appear() -> None:
    patients = rows_of(10 * BLOCK, seed=1)[0]
    families = Counter(str(row["family_name"]) for row in patients)
    assert families["Smith"] > 100
    assert sum(1 for count in families.values() if count == 1) > 1_000
    written = "".join(families)
    assert all(sign in written for sign in "王'’-ŁüИ김")


def test_that_there_are_two_hundred_questions_each_asked_once() -> None:
    assert len(set(questions())) == COUNT == 200


class TestAFilledStore:
    PATIENTS = 200

    @pytest.fixture
    def filled(self, practice: OpenPractice) -> OpenPractice:
        fill_store(practice.database, self.PATIENTS)
        return practice

    def test_that_it_holds_everybody_with_the_keys_a_save_would_give(self, filled: OpenPractice) -> None:
        with filled.database.unit_of_work(filled.actor, writing=False) as session:
            assert session.scalar(select(func.count()).select_from(Device)) == len(rows_of(self.PATIENTS, seed=3)[4])
            patients = session.scalars(select(Patient)).all()
        assert len(patients) == self.PATIENTS
        assert all(patient.family_key == name_key(patient.family_name) for patient in patients)

    def test_that_it_has_every_index_and_guard_and_nothing_dangles(self, filled: OpenPractice) -> None:
        with filled.database.engine.connect() as connection:
            inspector = inspect(connection)
            for table in Base.metadata.sorted_tables:
                present = {index["name"] for index in inspector.get_indexes(table.name)}
                assert {index.name for index in table.indexes} <= present
            assert missing_triggers(connection) == []
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
