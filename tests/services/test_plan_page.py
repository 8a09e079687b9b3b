"""The plan on paper: what was signed as it was signed, and a draft as a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.models.choices import ContingencyWhen, DeviceRole, DoseUnit, Drug, PlanStep, ProphylaxisKind, Side
from desktop.models.revision import RevisionPlan
from desktop.opening import OpenPractice
from desktop.services.context import now
from desktop.services.plan_page import plan_page
from desktop.services.revision import open_case, open_case_file, open_plan, save_case, sign_plan
from tests.files import words_printed
from tests.revision_story import add_planned_patient, case_answers, sign_all_the_same


@pytest.fixture
def plan(practice: OpenPractice, add_patient: Callable[..., int]) -> tuple[int, int]:
    """A plan and its version in the store."""
    _patient_id, _case_id, saved = add_planned_patient(practice, add_patient)
    assert saved.id is not None
    assert saved.version is not None
    return saved.id, saved.version


def printed(practice: OpenPractice, plan_id: int) -> str:
    with practice.database.unit_of_work(practice.actor) as session:
        return words_printed(plan_page(session, plan_id))


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
        sign_all_the_same(session, *plan)
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


@pytest.mark.usefixtures("qapp")
def test_that_devices_contingencies_prophylaxis_and_every_change_are_printed(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    spare = {"side": Side.RIGHT, "role": DeviceRole.SPARE, "line": "MemoryGel", "volume_ml": 275, "quantity": 2}
    ruptured = {
        "side": Side.LEFT,
        "happens": ContingencyWhen.RUPTURED,
        "detail": "outside",
        "steps": (PlanStep.CAPSULECTOMY_TOTAL,),
        "then": "Gel to pathology",
    }
    cefazolin = {
        "kind": ProphylaxisKind.ANTIBIOTIC,
        "drug": Drug.CEFAZOLIN,
        "dose": Decimal(2),
        "unit": DoseUnit.G,
        "given_when": "before incision",
    }
    answers = {
        "devices": (spare,),
        "contingency_list": (ruptured,),
        "prophylaxis": (cefazolin,),
        "right.width_mm": 120,
    }
    _patient_id, _case_id, saved = add_planned_patient(practice, add_patient, **answers)
    assert saved.id is not None
    told = (
        "Plane not recorded → Dual plane I",
        "Base width not recorded → 120 mm",
        "Volume, between the sides today: the same; planned: LEFT 25 mL more than RIGHT",
        "Spare size 2 × MemoryGel 275 mL",
        "If it is ruptured, outside not planned for this side",
        "not planned for this side Total capsulectomy. Gel to pathology",
        "Antibiotic CeFAZolin 2 g, before incision",
    )
    page = printed(practice, saved.id)
    assert [part for part in told if part not in page] == []
    with practice.database.unit_of_work(practice.actor) as session:
        plan = open_plan(session, saved.id)
        points = open_case_file(session, _patient_id, _case_id).open_points
        sign_plan(session, saved.id, plan.version or 0, reasons={point.text: "Discussed." for point in points})
    signed = printed(practice, saved.id)
    assert [part for part in told if part not in signed] == []


@pytest.mark.usefixtures("qapp")
def test_that_a_plan_signed_before_devices_were_compared_in_full_still_prints(
    practice: OpenPractice, plan: tuple[int, int]
) -> None:
    content = json.dumps(
        {
            "answers": {"right.steps": ["implant_exchange"], "right.volume_ml": 300},
            "case": {"own_words": "Hard since spring."},
            "in_place": {"R": {"title": "Mentor MemoryGel · 325 mL", "volume_ml": 325}, "L": None},
            "open_points": [["Escort not named", "Discharge after sedation needs a responsible adult."]],
        }
    )
    with practice.database.unit_of_work(practice.actor) as session:
        stored = session.get(RevisionPlan, plan[0])
        assert stored is not None
        stored.signed_content, stored.signed_at, stored.signed_by = content, now(session), "Dr. A. Marchetti"
        stored.signed_hash = "0" * 64
    page = printed(practice, plan[0])
    assert "325 → 300 mL, −25 mL" in page
    assert "Hard since spring." in page
    assert "Escort not named" in page
