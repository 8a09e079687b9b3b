"""What waits in a case, since when, and which cases a filter lets through."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.models.choices import Indication, UrgencyTier
from desktop.rules.case_review import CaseFilter, CaseState, Waiting, is_wanted, waiting_in

TODAY = dt.date(2026, 11, 23)
OPENED, SIGNED, PAST = dt.date(2026, 10, 1), dt.date(2026, 10, 20), dt.date(2026, 11, 16)
AHEAD = dt.date(2026, 12, 4)


def case(**facts: Any) -> CaseState:
    return CaseState(**({"opened_on": OPENED} | facts))


def signed(**facts: Any) -> CaseState:
    return case(**({"plan_version": 1, "is_signed": True, "signed_before_on": SIGNED, "surgery_on": AHEAD} | facts))


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        (case(), [(Waiting.NOT_PLANNED, OPENED)]),
        (case(tier=UrgencyTier.U2), [(Waiting.URGENT, OPENED), (Waiting.NOT_PLANNED, OPENED)]),
        (case(tier=UrgencyTier.U0, surgery_on=AHEAD), [(Waiting.NOT_PLANNED, OPENED)]),
        (case(plan_version=1), [(Waiting.NOT_SIGNED, OPENED)]),
        (case(plan_version=2, signed_before_on=SIGNED), [(Waiting.AMENDMENT_NOT_SIGNED, SIGNED)]),
        (signed(), []),
        (signed(surgery_on=None), [(Waiting.NO_DAY, SIGNED)]),
        (signed(surgery_on=None, is_surgery=False), []),
        (signed(surgery_on=TODAY), []),
        (signed(surgery_on=PAST), [(Waiting.NOT_REPORTED, PAST)]),
        (signed(surgery_on=PAST, is_surgery=False), []),
        (signed(surgery_on=PAST, report_version=1), [(Waiting.REPORT_NOT_SIGNED, PAST)]),
        (signed(surgery_on=PAST, report_version=2, report_is_signed=True), []),
        (signed(ungraded_since=PAST), [(Waiting.NOT_GRADED, PAST)]),
    ],
)
def test_that_it_is_told_what_waits_and_since_when(state: CaseState, waits: list[tuple[Waiting, dt.date]]) -> None:
    assert list(waiting_in(state, TODAY)) == waits


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (CaseFilter(), True),
        (CaseFilter(waiting=(Waiting.NOT_SIGNED, Waiting.NOT_GRADED)), True),
        (CaseFilter(waiting=(Waiting.NOT_GRADED,)), False),
        (CaseFilter(tiers=(UrgencyTier.U3,)), True),
        (CaseFilter(tiers=(UrgencyTier.U1,)), False),
        (CaseFilter(indications=(Indication.RIPPLING, Indication.PTOSIS)), True),
        (CaseFilter(indications=(Indication.PTOSIS,)), False),
        (CaseFilter(within_days=14), True),
        (CaseFilter(within_days=7), False),
    ],
)
def test_that_a_filter_lets_through_what_it_says(wanted: CaseFilter, passes: bool) -> None:
    state = case(plan_version=1, surgery_on=AHEAD)
    assert is_wanted(state, waiting_in(state, TODAY), frozenset({Indication.RIPPLING}), wanted, TODAY) is passes


def test_that_surgery_without_a_day_is_within_no_number_of_days() -> None:
    state = case(plan_version=1)
    assert not is_wanted(state, waiting_in(state, TODAY), frozenset(), CaseFilter(within_days=30), TODAY)


def test_that_a_case_in_which_nothing_waits_is_never_wanted() -> None:
    assert not is_wanted(signed(), waiting_in(signed(), TODAY), frozenset(), CaseFilter(), TODAY)
