"""Two hundred questions have the same answers, in the same order, from the encrypted store and from a PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desktop.forms.patient import PATIENT_FORM
from desktop.opening import OpenPractice
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot
from desktop.services.search import LIST_PAGE, find_patients
from desktop.storage.store import open_store
from desktop.storage.vault import unlock
from tests.conftest import NOW
from tests.postgres.practice import ServerPractice
from tests.scale.big_practice import ACCOUNT, PASSWORD, new_practice
from tests.scale.loading import fill_store
from tests.scale.questions import questions

PATIENTS = 3_000

UnitOfWork = Callable[[], AbstractContextManager[Session]]


@pytest.fixture(scope="module")
def both(server: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[UnitOfWork, UnitOfWork]]:
    """A unit of work on each of two practices with the same patients."""
    on_server = ServerPractice(server, lambda: NOW)
    on_server.fill(PATIENTS)
    here = _practice_here(tmp_path_factory.mktemp("answers") / "practice")
    yield (
        lambda: here.database.unit_of_work(here.actor),
        lambda: on_server.unit_of_work(on_server.actor),
    )
    here.close()


def _practice_here(folder: Path) -> OpenPractice:
    made = new_practice(folder)
    fill_store(made.database, PATIENTS)
    made.close()
    database = open_store(folder, unlock(folder, ACCOUNT, PASSWORD), clock=lambda: NOW)
    return OpenPractice(folder, database, made.actor, ACCOUNT)


def _answers(unit_of_work: UnitOfWork, ask: Callable[..., Any], *values: Any) -> Any:
    with unit_of_work() as session:
        return ask(session, *values)


@pytest.mark.parametrize("kind", sorted({question.kind for question in questions()}))
def test_that_both_stores_answer_the_same(both: tuple[UnitOfWork, UnitOfWork], kind: str) -> None:
    for question in questions():
        if question.kind == kind:
            here, there = (_answers(each, find_patients, question.text) for each in both)
            assert here == there, question.text


def test_that_most_questions_find_somebody(both: tuple[UnitOfWork, UnitOfWork]) -> None:
    found = [question for question in questions() if _answers(both[0], find_patients, question.text)]
    assert len(found) > 150
    assert {question.kind for question in found} == {question.kind for question in questions()}


def test_that_both_stores_have_the_same_pages(both: tuple[UnitOfWork, UnitOfWork]) -> None:
    after = None
    for _ in range(PATIENTS // LIST_PAGE):
        here, there = (_answers(each, find_patients, "", after) for each in both)
        assert len(here) == LIST_PAGE
        assert here == there
        after = here[-1].key


def test_that_who_is_registered_is_found_at_once_in_both(both: tuple[UnitOfWork, UnitOfWork]) -> None:
    typed = {
        "family_name": "Ødegård-Łęcka",
        "given_name": "小明",
        "birth_date": dt.date(1981, 2, 3),
        "phone": "555-0142",
    }
    for each in both:
        saved = _answers(each, save_patient, Snapshot(None, None, {}), PATIENT_FORM.empty() | typed)
        for text in ("odegard", "łęcka", "小明", "明", "3 feb 1981", "0142", f"{PATIENTS + 1:06}"):
            assert saved.id in [row.id for row in _answers(each, find_patients, text)], text
