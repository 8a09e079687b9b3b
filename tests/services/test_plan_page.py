"""The plan on paper: what was signed as it was signed, and a draft as a draft."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from desktop.opening import OpenPractice
from desktop.services.plan_page import plan_page
from desktop.services.revision import open_case, save_case, sign_plan
from tests.revision_story import add_planned_patient, case_answers


def words(data: bytes) -> str:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.fixture
def plan(practice: OpenPractice, add_patient: Callable[..., int]) -> tuple[int, int]:
    """A plan and its version in the store."""
    _patient_id, _case_id, saved = add_planned_patient(practice, add_patient)
    assert saved.id is not None
    assert saved.version is not None
    return saved.id, saved.version


def printed(practice: OpenPractice, plan_id: int) -> str:
    with practice.database.unit_of_work(practice.actor) as session:
        return words(plan_page(session, plan_id))


@pytest.mark.usefixtures("qapp")
def test_that_a_draft_names_the_patient_both_sides_and_what_is_open(
    practice: OpenPractice, plan: tuple[int, int]
) -> None:
    page = printed(practice, plan[0])
    for part in (
        "Rosalind Okafor",
        "Born 14 March 1981",
        "Harbour Plastic Surgery",
        "Draft, not signed",
        "Steps 1 Total capsulectomy 2 Implant exchange 1 Capsulorrhaphy, inferior",
        "Volume 325 → 300 mL, −25 mL 325 mL, unchanged",
        "Surgery on 4 Dec 2026",
        "If ruptured, total capsulectomy LEFT too.",
        "Open before signing",
        "Escort not named",
    ):
        assert part in page


@pytest.mark.usefixtures("qapp")
def test_that_a_signed_plan_prints_what_was_signed_whatever_was_changed_since(
    practice: OpenPractice, plan: tuple[int, int]
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        sign_plan(session, *plan)
        case = open_case(session, 1)
        save_case(session, case, case_answers(own_words="Changed since", indications=()), patient_id=1)
    page = printed(practice, plan[0])
    assert "The right one has become hard since spring." in page
    assert "Changed since" not in page
    assert "Capsular contracture" in page
    assert "Known and open when it was signed" in page
    assert re.search(r"Signed Dr\. A\. Marchetti · 23 Nov 2026 \d\d:\d\d · hash [0-9a-f]{12}", page)


@pytest.mark.usefixtures("qapp")
def test_that_a_plan_in_which_nothing_is_written_can_be_printed(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    nothing = {"right.steps": (), "left.steps": (), "right.volume_ml": None, "contingencies": None}
    _patient_id, _case_id, saved = add_planned_patient(practice, add_patient, **nothing)
    assert saved.id is not None
    assert "nothing planned" in printed(practice, saved.id)
