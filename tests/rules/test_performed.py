from __future__ import annotations

from typing import Any

import pytest

from desktop.models.choices import OperationKind, PlanStep, Side, SideEvent, StepOutcome
from desktop.rules.performed import (
    added,
    as_planned,
    contradicts,
    done,
    expected,
    needs_reason,
    operation_kind,
    row_words,
    side_event,
    steps_done,
    steps_expected,
)

EXCHANGE, CAPSULECTOMY = PlanStep.IMPLANT_EXCHANGE, PlanStep.CAPSULECTOMY_TOTAL


def row(side: Side = Side.RIGHT, planned: PlanStep | None = EXCHANGE, **answers: Any) -> dict[str, Any]:
    return {"side": side, "planned": planned, "outcome": None, "performed": None, "reason": None} | answers


@pytest.mark.parametrize(
    ("answers", "was_done", "is_expected"),
    [
        ({}, None, EXCHANGE),
        ({"outcome": StepOutcome.AS_PLANNED, "performed": EXCHANGE}, EXCHANGE, EXCHANGE),
        ({"outcome": StepOutcome.AS_PLANNED}, EXCHANGE, EXCHANGE),
        ({"outcome": StepOutcome.INSTEAD, "performed": CAPSULECTOMY}, CAPSULECTOMY, CAPSULECTOMY),
        ({"outcome": StepOutcome.NOT_DONE}, None, None),
        ({"planned": None, "outcome": StepOutcome.ADDED, "performed": CAPSULECTOMY}, CAPSULECTOMY, CAPSULECTOMY),
    ],
)
def test_that_a_step_counts_as_done_when_it_was_answered_and_as_expected_until_then(
    answers: dict[str, Any], was_done: PlanStep | None, is_expected: PlanStep | None
) -> None:
    assert done(row(**answers)) is was_done
    assert expected(row(**answers)) is is_expected


def test_that_each_side_has_its_own_steps() -> None:
    report = {"steps": (as_planned(row()), row(Side.LEFT, CAPSULECTOMY))}
    assert steps_done(report, Side.RIGHT) == (EXCHANGE,)
    assert steps_done(report, Side.LEFT) == ()
    assert steps_expected(report, Side.LEFT) == (CAPSULECTOMY,)


@pytest.mark.parametrize(
    ("steps", "event"),
    [
        ((), SideEvent.NONE),
        ((PlanStep.NON_OPERATIVE,), SideEvent.NONE),
        ((CAPSULECTOMY, EXCHANGE), SideEvent.EXCHANGED),
        ((PlanStep.WASHOUT_EXCHANGE,), SideEvent.EXCHANGED),
        ((PlanStep.EXPLANT_LIFT,), SideEvent.REMOVED),
        ((PlanStep.EXPLANT_ONLY, PlanStep.AUG_MASTOPEXY), SideEvent.EXCHANGED),
        ((PlanStep.IMPLANT_INSERTION,), SideEvent.IMPLANTED),
        ((PlanStep.AUG_MASTOPEXY,), SideEvent.IMPLANTED),
        ((PlanStep.MASTOPEXY_VERTICAL,), SideEvent.KEPT),
        ((PlanStep.CAPSULE_RETAINED,), SideEvent.KEPT),
    ],
)
def test_that_the_steps_of_a_side_say_what_happened_to_its_device(
    steps: tuple[PlanStep, ...], event: SideEvent
) -> None:
    assert side_event(steps) is event


@pytest.mark.parametrize(
    ("right", "left", "kind"),
    [
        ((EXCHANGE,), (), OperationKind.EXCHANGE),
        ((PlanStep.EXPLANT_ONLY,), (EXCHANGE,), OperationKind.EXCHANGE),
        ((PlanStep.EXPLANT_LIFT,), (PlanStep.MASTOPEXY_VERTICAL,), OperationKind.REMOVAL),
        ((PlanStep.IMPLANT_INSERTION,), (PlanStep.IMPLANT_INSERTION,), OperationKind.AUGMENTATION),
        ((PlanStep.AUG_MASTOPEXY,), (), OperationKind.AUGMENTATION_MASTOPEXY),
        ((PlanStep.CAPSULORRHAPHY_INFERIOR, PlanStep.MASTOPEXY_VERTICAL), (), OperationKind.CAPSULE_SURGERY),
        ((PlanStep.MASTOPEXY_INVERTED_T,), (), OperationKind.MASTOPEXY),
        ((PlanStep.REDUCTION,), (), OperationKind.REDUCTION),
        ((PlanStep.SCAR_REVISION,), (), OperationKind.OTHER),
    ],
)
def test_that_the_kind_of_the_operation_follows_from_both_sides(
    right: tuple[PlanStep, ...], left: tuple[PlanStep, ...], kind: OperationKind
) -> None:
    assert operation_kind({Side.RIGHT: right, Side.LEFT: left}) is kind


@pytest.mark.parametrize(
    ("steps", "event", "wrong"),
    [
        ((EXCHANGE,), SideEvent.EXCHANGED, False),
        ((EXCHANGE,), SideEvent.KEPT, True),
        ((EXCHANGE,), SideEvent.REMOVED, True),
        ((PlanStep.IMPLANT_INSERTION,), SideEvent.ADDED, False),
        ((EXCHANGE,), SideEvent.ADDED, False),
        ((CAPSULECTOMY,), SideEvent.LEFT_IN, False),
        ((CAPSULECTOMY,), SideEvent.NONE, True),
        ((), SideEvent.NONE, False),
        ((), SideEvent.KEPT, True),
    ],
)
def test_that_steps_and_operation_are_held_beside_each_other(
    steps: tuple[PlanStep, ...], event: SideEvent, wrong: bool
) -> None:
    assert contradicts(steps, event) is wrong


def test_that_only_what_was_not_as_planned_needs_a_reason() -> None:
    assert not needs_reason(row())
    assert not needs_reason(as_planned(row()))
    assert needs_reason(row(outcome=StepOutcome.NOT_DONE))
    assert needs_reason(added(Side.LEFT, CAPSULECTOMY))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "RIGHT Implant exchange: not answered"),
        ({"outcome": StepOutcome.AS_PLANNED}, "RIGHT Implant exchange: as planned"),
        ({"outcome": StepOutcome.NOT_DONE, "reason": "bleeding"}, "RIGHT Implant exchange: not done (bleeding)"),
        (
            {"outcome": StepOutcome.INSTEAD, "performed": PlanStep.EXPLANT_ONLY, "reason": "pus"},
            "RIGHT Implant exchange: instead Removal only (pus)",
        ),
        (
            {"planned": None, "outcome": StepOutcome.ADDED, "performed": CAPSULECTOMY, "reason": "thick"},
            "RIGHT Total capsulectomy: added (thick)",
        ),
        ({"planned": None, "outcome": StepOutcome.ADDED}, "RIGHT …: added"),
    ],
)
def test_that_a_step_can_be_read_in_one_line(answers: dict[str, Any], words: str) -> None:
    assert row_words(row(**answers)) == words
