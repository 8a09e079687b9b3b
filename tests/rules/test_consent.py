"""What a consent lacks, which sides it covers, and what keeps a plan from being signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.forms.consent import CONSENT_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import ConsentKind, Language, PlanStep, Side, YesNo
from desktop.rules.consent import (
    ConsentFacts,
    Withdrawn,
    consent_points,
    covers,
    days_between,
    in_short,
    in_words,
    missing_in,
    needs_device_checklist,
    operated_sides,
    procedure_words,
    time_to_think,
)
from desktop.rules.open_point import OpenPoint
from tests.consent_story import consent_answers, initialled

BOTH = frozenset(Side)
RIGHT, LEFT = Side.RIGHT, Side.LEFT
SURGERY_ON = dt.date(2026, 12, 4)
FILED_AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
CHECKLIST = ConsentKind.DECISION_CHECKLIST


def facts(
    filed: bool = True, withdrawn: bool = False, language: Language | None = None, **changes: Any
) -> ConsentFacts:
    return ConsentFacts(
        consent_id=1,
        answers=consent_answers(**changes),
        patient_language=language,
        filed_at=FILED_AT if filed else None,
        filed_by="Nurse J. Pell" if filed else None,
        withdrawn=Withdrawn(dt.date(2026, 11, 21), "Nurse J. Pell") if withdrawn else None,
    )


def points(
    *consents: ConsentFacts, sides: frozenset[Side] = BOTH, checklist: bool = False, on: dt.date | None = SURGERY_ON
) -> list[OpenPoint]:
    return list(consent_points(consents, sides, checklist, on))


def test_that_a_complete_consent_lacks_nothing() -> None:
    assert missing_in(consent_answers(), Language.ENGLISH, SURGERY_ON) == []


@pytest.mark.parametrize("kind", ConsentKind)
def test_that_a_blank_consent_of_any_kind_lacks_everything_its_form_asks_for(kind: ConsentKind) -> None:
    missing = missing_in(CONSENT_FORM.empty() | {"kind": kind})
    for each in ("no name of the form", "no language", "no signature of the patient", "no signature of the clinician"):
        assert each in missing
    assert ("no side in which anything is agreed to" in missing) is (kind is ConsentKind.PROCEDURE)
    assert ("no maker of the checklist" in missing) is (kind is CHECKLIST)


LACKING = {
    "form_name": (None, "no name of the form"),
    "form_version": ("  ", "no version of the form"),
    "language": (None, "no language"),
    "given_on": (None, "no day on which it was given"),
    "reviewed_on": (None, "no day of going through it"),
    "reviewed_with": (None, "nobody named who went through it with the patient"),
    "understanding_checked": (YesNo.NO, "understanding not checked"),
    "item_count": (None, "not said how many items are to be initialed"),
    "items": (initialled(2), "1 of 3 items not listed"),
    "patient_signed_as": (None, "no signature of the patient"),
    "clinician_signed_on": (None, "no signature of the clinician"),
    "copy_given_on": (None, "no copy given to the patient"),
}


@pytest.mark.parametrize("name", LACKING)
def test_that_each_answer_is_missed_by_its_own_words(name: str) -> None:
    answer, said = LACKING[name]
    assert missing_in(consent_answers(**{name: answer})) == [said]


def test_that_an_item_without_initials_is_not_agreed_to_and_is_named() -> None:
    rows = (*initialled(2), {"item": "3", "initials": " "})
    assert missing_in(consent_answers(items=rows)) == ["1 of 3 items not initialed (3)"]
    assert missing_in(consent_answers(items=initialled(3, None)))[0] == "3 of 3 items not initialed (1, 2, 3)"


def test_that_a_form_may_have_no_items_but_a_decision_checklist_has_some() -> None:
    none = {"item_count": 0, "items": ()}
    assert missing_in(consent_answers(**none)) == []
    assert missing_in(consent_answers(**none, kind=CHECKLIST, maker="Mentor")) == ["no items of the checklist"]


def test_that_a_form_in_another_language_than_hers_needs_an_interpreter_or_a_word_why_not() -> None:
    asked = "no interpreter named, though the patient prefers French"
    assert missing_in(consent_answers(), Language.FRENCH) == [asked]
    assert missing_in(consent_answers(interpreter="none needed, speaks English"), Language.FRENCH) == []
    assert missing_in(consent_answers(), None) == []


def test_that_one_signed_after_surgery_is_not_complete() -> None:
    assert missing_in(consent_answers(), None, dt.date(2026, 11, 16)) == ["signed 3 days after surgery"]


def test_that_only_a_side_with_words_is_covered() -> None:
    assert covers(consent_answers()) == BOTH
    assert covers(consent_answers(**{"left.procedure": "  "})) == {RIGHT}
    assert covers(CONSENT_FORM.empty()) == frozenset()


@pytest.mark.parametrize(
    ("surgery_on", "days", "words"),
    [
        (dt.date(2026, 12, 4), 15, "signed 15 days before surgery"),
        (dt.date(2026, 11, 20), 1, "signed 1 day before surgery"),
        (dt.date(2026, 11, 19), 0, "signed on the day of surgery"),
        (dt.date(2026, 11, 17), -2, "signed 2 days after surgery"),
    ],
)
def test_that_the_time_between_signature_and_surgery_is_said(surgery_on: dt.date, days: int, words: str) -> None:
    assert days_between(dt.date(2026, 11, 19), surgery_on) == days
    assert time_to_think(consent_answers(), surgery_on) == words


def test_that_no_time_is_said_while_a_day_is_open() -> None:
    assert time_to_think(consent_answers(), None) == ""
    assert time_to_think(consent_answers(patient_signed_on=None), SURGERY_ON) == ""


def test_that_only_an_operation_needs_consent_and_only_a_device_its_checklist() -> None:
    plan = PLAN_FORM.empty() | {
        "right.steps": (PlanStep.IMPLANT_EXCHANGE, PlanStep.CAPSULECTOMY_TOTAL),
        "right.volume_ml": 300,
        "left.steps": (PlanStep.NON_OPERATIVE,),
    }
    assert operated_sides(plan) == {RIGHT}
    assert needs_device_checklist(plan)
    assert procedure_words(plan, RIGHT) == "Implant exchange; Total capsulectomy; new implant 300 mL"
    assert procedure_words(plan, LEFT) == ""
    assert not needs_device_checklist(PLAN_FORM.empty() | {"right.steps": (PlanStep.EXPLANT_ONLY,)})


def test_that_a_filed_consent_for_the_planned_sides_leaves_nothing_open() -> None:
    assert (
        points(facts(), facts(kind=CHECKLIST, **{"right.procedure": None, "left.procedure": None}), checklist=True)
        == []
    )


def test_that_nothing_is_asked_while_no_operation_is_planned() -> None:
    assert points(sides=frozenset(), checklist=True) == []


def test_that_what_is_not_there_is_missing_and_does_not_block() -> None:
    found = points(checklist=True)
    assert [point.text for point in found] == [
        "Consent to the operation: missing",
        "Patient decision checklist: missing",
    ]
    assert not any(point.blocks for point in found)
    needed = consent_points((facts(),), BOTH, False, SURGERY_ON, needs_anesthesia_consent=True)
    assert [point.text for point in needed] == ["Consent to anesthesia: missing"]


def test_that_what_is_there_but_not_complete_says_what_it_lacks() -> None:
    (point,) = points(facts(filed=False, form_version=None, copy_given_on=None))
    assert point == OpenPoint(
        "Consent to the operation: not complete", "No version of the form, no copy given to the patient."
    )
    (point,) = points(facts(filed=False))
    assert point.text == "Consent to the operation: not filed"


def test_that_a_withdrawn_consent_counts_as_none() -> None:
    (point,) = points(facts(withdrawn=True))
    assert point.text == "Consent to the operation: missing"
    assert point.detail == "The patient withdrew it on 21 Nov 2026."


def test_that_a_consent_for_another_side_than_planned_blocks() -> None:
    found = points(facts(), sides=frozenset({RIGHT}))
    assert [(point.text, point.blocks) for point in found] == [("The consent is for another side than the plan", True)]
    assert found[0].detail == "A consent names RIGHT and LEFT, the plan operates on RIGHT."
    swapped = facts(filed=False, **{"right.procedure": None})
    assert points(swapped, sides=frozenset({RIGHT}))[0].blocks


def test_that_a_filed_consent_that_leaves_out_a_planned_side_blocks_until_another_covers_it() -> None:
    only_right = facts(**{"left.procedure": None})
    (point,) = points(only_right)
    assert (point.text, point.blocks) == ("No consent for LEFT", True)
    assert points(only_right, facts(**{"right.procedure": None})) == []


def test_that_a_withdrawn_consent_for_another_side_does_not_block() -> None:
    assert points(facts(withdrawn=True), facts(**{"left.procedure": None}), sides=frozenset({RIGHT})) == []


def test_that_photographs_of_the_other_side_do_not_block() -> None:
    photographs = facts(kind=ConsentKind.PHOTOGRAPHS)
    assert points(facts(**{"left.procedure": None}), photographs, sides=frozenset({RIGHT})) == []


def test_that_a_filed_consent_signed_after_surgery_is_an_open_point() -> None:
    (point,) = points(facts(), on=dt.date(2026, 11, 16))
    assert point == OpenPoint("Consent to the operation: signed too late", "Signed 3 days after surgery.")


def test_that_how_it_stands_is_said_in_a_word() -> None:
    def short(*consents: ConsentFacts, sides: frozenset[Side] = BOTH) -> tuple[str, bool] | None:
        return in_short(consents, sides, True, SURGERY_ON)

    checklist = {"kind": CHECKLIST, "maker": "Mentor", "right.procedure": None, "left.procedure": None}
    assert short(sides=frozenset()) is None
    assert short(facts()) == ("missing", False)
    assert short(facts(), facts(withdrawn=True, **checklist)) == ("missing", False)
    assert short(facts(), facts(filed=False, **checklist, patient_signed_on=None)) == ("awaiting signature", False)
    assert short(facts(), facts(filed=False, **checklist)) == ("not complete", False)
    assert short(facts(), facts(**checklist)) == ("filed", True)
    assert short(facts(), facts(**checklist), sides=frozenset({RIGHT})) == ("another side than planned", False)


def test_that_many_missing_things_are_counted_after_the_first() -> None:
    assert in_words(["no language", "no name"]) == "No language, no name."
    assert in_words(["one", "two", "three"], at_most=2) == "One, two and 1 more."
