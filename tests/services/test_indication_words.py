"""Findings are signed with the plan and printed from what was signed, whatever is written afterwards."""

from __future__ import annotations

from collections.abc import Callable

from desktop.models.choices import Side
from desktop.opening import OpenPractice
from desktop.services.indication import open_finding, save_finding
from desktop.services.indication_words import FindingWords, finding_pairs, from_signed, read_finding_words
from desktop.services.plan_page import plan_page
from desktop.services.revision import open_case
from tests.documents.conftest import Printed, read_pdf
from tests.revision_story import add_planned_patient, sign_all_the_same

__all__ = ["read_pdf"]

WORDS = FindingWords(Side.RIGHT, "Rippling · surgeon assesses", (("Seen", "Bending forward"), ("Remark", "thin")))


def test_that_what_is_signed_reads_back_as_it_was() -> None:
    assert from_signed([WORDS.plain()]) == (WORDS,)
    assert finding_pairs([WORDS], Side.RIGHT) == (
        ("Rippling · surgeon assesses", "Seen: Bending forward\nRemark: thin"),
    )
    assert finding_pairs([WORDS], Side.LEFT) == (("Rippling · surgeon assesses", "no indication of this side"),)


def test_that_a_signed_plan_prints_the_findings_it_was_signed_with(
    practice: OpenPractice, add_patient: Callable[..., int], read_pdf: Callable[[bytes], Printed]
) -> None:
    patient_id, case_id, plan = add_planned_patient(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        indication_id = open_case(session, case_id).values["indications"][0]["id"]
        opened = open_finding(session, indication_id)
        found = save_finding(session, opened, {**opened.values, "note": "hard as wood"}, patient_id, indication_id)
        [told] = read_finding_words(session, case_id)
        assert told.title == "Capsular contracture · surgeon assesses"
        assert "hard as wood" in dict(told.answers).values()
        sign_all_the_same(session, plan.id or 0, plan.version or 0)
        save_finding(session, found, {**found.values, "note": "calcified since"}, patient_id, indication_id)
    with practice.database.unit_of_work(practice.actor) as session:
        text = read_pdf(plan_page(session, plan.id or 0)).text
    assert "hard as wood" in text
    assert "calcified since" not in text
