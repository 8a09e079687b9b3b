"""Two hundred questions have the same answers, in the same order, from the encrypted store and from a PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Baker, Side
from desktop.models.examination import Examination, ExaminationSide
from desktop.opening import OpenPractice
from desktop.services.case_review import list_cases
from desktop.services.examination import newest_examination, read_visits
from desktop.services.operative_report import begin_report, open_report
from desktop.services.patient import save_patient
from desktop.services.record import Snapshot
from desktop.services.report_file import read_report_file
from desktop.services.search import LIST_PAGE, find_patients
from desktop.services.signing import broken_signatures
from desktop.storage.store import open_store
from desktop.storage.vault import unlock
from tests.conftest import NOW
from tests.postgres.practice import ServerPractice
from tests.report_story import answer_as_planned, record_device
from tests.revision_story import add_augmentation, add_case, add_examination, add_plan, sign_all_the_same
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


def test_that_a_case_is_told_the_same_from_its_assessment_to_its_signed_report(
    both: tuple[UnitOfWork, UnitOfWork],
) -> None:
    here, there = (_answers(each, _case_from_beginning_to_end) for each in both)
    assert here == there
    assert here["newest examination"] == Baker.III
    assert here["waiting before"] == ["Plan not signed"]
    assert (here["waiting after"], here["broken"]) == (["Operative report not signed"], [])


def _case_from_beginning_to_end(session: Session) -> dict[str, Any]:
    registered = PATIENT_FORM.empty() | {"family_name": "Okafor", "birth_date": dt.date(1984, 7, 2)}
    patient_id = save_patient(session, Snapshot(None, None, {}), registered).id or 0
    add_augmentation(session, patient_id)
    case_id = add_case(session, patient_id).id or 0
    session.add(Examination(patient_id=patient_id, case_id=case_id, sides=[graded(Baker.I)]))  # its day is not known
    add_examination(session, patient_id, case_id)
    newest = newest_examination(session, patient_id, case_id)
    assert newest is not None
    plan = add_plan(session, patient_id, case_id)
    waiting = [what.label for line in list_cases(session) if line.case_id == case_id for what, _since in line.waits]
    sign_all_the_same(session, plan.id or 0, plan.version or 0)
    begun = begin_report(session, case_id, dt.date(2026, 11, 23))
    record_device(session, read_report_file(session, patient_id, case_id).operation_id or 0, Side.RIGHT)
    answer_as_planned(session, patient_id, case_id)
    after = [what.label for line in list_cases(session) if line.case_id == case_id for what, _since in line.waits]
    return {
        "newest examination": newest.values["right.baker"],
        "visits": [(visit.examined_on, visit.values["right.baker"]) for visit in read_visits(session, patient_id).rows],
        "waiting before": waiting,
        "report": dict(open_report(session, begun.report.id or 0).values),
        "waiting after": after,
        "broken": [each.detail for each in broken_signatures(session)],
    }


def graded(baker: Baker) -> ExaminationSide:
    return ExaminationSide(side=Side.RIGHT, baker=baker)


def test_that_open_cases_are_read_through_an_index_of_their_own_in_both(
    both: tuple[UnitOfWork, UnitOfWork],
) -> None:
    with both[1]() as session:
        asked = sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_revision_case_open'")
        assert "WHERE (closed_on IS NULL)" in session.execute(asked).scalar_one()
