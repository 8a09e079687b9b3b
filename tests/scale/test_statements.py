"""How many statements a screen asks does not grow with what there is to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.opening import OpenPractice
from desktop.rules.search_question import read_question
from desktop.services.device_record import held_devices
from desktop.services.document import read_documents
from desktop.services.missing_records import read_missing
from desktop.services.operation import read_history
from desktop.services.overview import read_overview
from desktop.services.patient import open_file, read_header
from desktop.services.recovery_view import read_recovery
from desktop.services.search import find_patients
from tests.scale.big_practice import new_practice
from tests.scale.generator import BLOCK, TABLES, TODAY, blocks
from tests.scale.loading import fill_store
from tests.scale.questions import questions
from tests.scale.statements import listening

READS: tuple[tuple[Callable[..., Any], int], ...] = (
    (open_file, 12),
    (read_header, 6),
    (read_overview, 9),
    (read_history, 6),
    (held_devices, 6),
    (read_missing, 8),
    (read_documents, 24),
    (read_recovery, 8),
)
"""What the screens of a patient's file read, and the most statements each may ask."""

MOST_OF_A_READING = 8


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPractice]:
    practice = new_practice(tmp_path_factory.mktemp("statements") / "practice")
    fill_store(practice.database, BLOCK)
    yield practice
    practice.close()


def patient_with(operations: int) -> int:
    """The first one who had so many and has no revision case."""
    rows = next(blocks(BLOCK))
    had: Counter[int] = Counter(row["patient_id"] for row in rows[TABLES[2]])
    with_case = {row["patient_id"] for row in rows[TABLES[1]]}
    return next(patient for patient, count in had.items() if count == operations and patient not in with_case)


def count(practice: OpenPractice, ask: Callable[..., Any], *values: Any) -> int:
    with listening(practice.database.engine) as heard, practice.database.unit_of_work(practice.actor) as session:
        ask(session, *values)
    return len(heard)


@pytest.mark.parametrize(("read", "most"), READS, ids=lambda each: getattr(each, "__name__", str(each)))
def test_that_ten_operations_ask_no_more_than_one(filled: OpenPractice, read: Callable[..., Any], most: int) -> None:
    once, often = (count(filled, read, patient_with(operations)) for operations in (1, 10))
    assert once == often <= most


def test_that_a_page_of_the_list_is_one_statement(filled: OpenPractice) -> None:
    assert count(filled, find_patients, "") == 1


def test_that_no_question_asks_for_each_patient_it_finds(filled: OpenPractice) -> None:
    """Each reading of it asks a few times, however many it finds."""
    for question in questions():
        asked = count(filled, find_patients, question.text)
        assert asked <= MOST_OF_A_READING * max(1, len(read_question(question.text, TODAY))), question.text
