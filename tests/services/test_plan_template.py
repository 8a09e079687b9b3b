"""A practice's own templates of plans: kept without the patient, offered, renamed, replaced, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import Rejected, UserError
from desktop.models.choices import ContingencyWhen, Indication, Plane, PlanStep, Side
from desktop.models.plan import PlanTemplate
from desktop.opening import OpenPractice
from desktop.services.plan_template import (
    keep_template,
    list_templates,
    offer_templates,
    open_template,
    read_template,
    retire_template,
    save_template,
)
from tests.factories import plan_values
from tests.revision_story import add_case

IF_RUPTURED = {
    "side": Side.RIGHT,
    "happens": ContingencyWhen.RUPTURED,
    "detail": "Rosalind's shell of 2009",
    "steps": (PlanStep.CAPSULECTOMY_TOTAL,),
    "then": "Tell Grace.",
}
IF_FLUID = {**IF_RUPTURED, "happens": ContingencyWhen.FLUID, "steps": ()}
PLAN = plan_values(note="Rosalind decides.", contingency_list=(IF_RUPTURED, IF_FLUID), **{"right.note": "her scar"})
EXCHANGE = {"name": "Exchange", "suits": (Indication.CAPSULAR_CONTRACTURE,)}

Do = Callable[..., Any]


@pytest.fixture
def do(practice: OpenPractice) -> Do:
    def run(verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with practice.database.unit_of_work(practice.actor) as session:
            return verb(session, *args, **more)

    return run


def test_that_a_template_holds_answers_and_nothing_about_the_patient(do: Do) -> None:
    kept = do(keep_template, EXCHANGE, PLAN)
    content = do(read_template, kept.id)
    assert content.source == "template “Exchange”, version 1"
    assert content.answers["right.steps"] == PLAN["right.steps"]
    assert content.answers["right.manufacturer"] == "Mentor"
    assert not {"note", "right.note", "left.steps"} & set(content.answers)
    (row,) = content.answers["contingency_list"]
    assert (row["happens"], row["detail"], row["then"]) == (ContingencyWhen.RUPTURED, None, None)
    assert do(lambda session: session.scalars(select(PlanTemplate.answers)).one()).get("note") is None


def test_that_free_texts_are_kept_when_somebody_said_that_they_are_about_nobody(do: Do) -> None:
    kept = do(keep_template, EXCHANGE, PLAN, with_texts=True)
    content = do(read_template, kept.id)
    assert content.answers["note"] == "Rosalind decides."
    assert len(content.answers["contingency_list"]) == 2


def test_that_a_plan_in_which_nothing_is_planned_makes_no_template(do: Do) -> None:
    with pytest.raises(UserError, match="Plan first, then keep it"):
        do(keep_template, EXCHANGE, {"note": "text only"})


def test_that_a_name_is_taken_once_and_a_new_version_is_said_so(do: Do) -> None:
    first = do(keep_template, EXCHANGE, PLAN)
    with pytest.raises(Rejected):
        do(keep_template, EXCHANGE | {"name": "exchange "}, PLAN)
    do(keep_template, EXCHANGE, PLAN | {"right.plane": Plane.SUBFASCIAL}, replaces_id=first.id)
    (row,) = do(list_templates)
    assert (row.template_version, row.source) == (2, "template “Exchange”, version 2")
    assert do(read_template, row.id).answers["right.plane"] is Plane.SUBFASCIAL
    assert "right.plane" not in do(read_template, first.id).answers


def test_that_what_suits_the_case_is_offered_first_and_what_is_retired_no_more(
    do: Do, add_patient: Callable[..., int]
) -> None:
    do(keep_template, {"name": "A lift", "suits": (Indication.PTOSIS,)}, PLAN)
    do(keep_template, EXCHANGE, PLAN)
    case = do(add_case, add_patient())
    assert [(row.name, row.suits_case) for row in do(offer_templates, case.id)] == [
        ("Exchange", True),
        ("A lift", False),
    ]
    retired = do(list_templates)[0]
    do(retire_template, retired.id)
    assert [row.name for row in do(offer_templates, case.id)] == ["Exchange"]
    assert [row.is_retired for row in do(list_templates)] == [False, True]
    do(retire_template, retired.id, retired=False)
    assert len(do(offer_templates, case.id)) == 2


def test_that_every_version_goes_by_the_new_name(do: Do) -> None:
    first = do(keep_template, EXCHANGE, PLAN)
    second = do(keep_template, EXCHANGE, PLAN, replaces_id=first.id)
    opened = do(open_template, second.id)
    do(save_template, opened, {**opened.values, "name": "Exchange, smooth"})
    assert [row.name for row in do(list_templates)] == ["Exchange, smooth"]
    assert do(read_template, first.id).source == "template “Exchange, smooth”, version 1"


def test_that_what_an_older_edition_wrote_is_used_as_far_as_it_is_known(do: Do) -> None:
    kept = do(keep_template, EXCHANGE, PLAN)

    def age(session: Any) -> None:
        template = session.get(PlanTemplate, kept.id)
        template.answers = {**template.answers, "right.plane": "behind_the_moon", "right.profile": "high", "note": 7}

    do(age)
    content = do(read_template, kept.id)
    assert content.answers["right.volume_ml"] == 300
    assert content.lost == (
        "RIGHT Plane: “behind_the_moon” is not known here.",
        "“right.profile” is no question of this form any more.",
    )
