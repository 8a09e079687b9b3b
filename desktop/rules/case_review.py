"""What in a case waits for the surgeon's decision, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.models.choices import Choice, Indication, UrgencyTier


class Waiting(Choice):
    """In the order in which a case comes to them."""

    URGENT = "urgent", "Urgent, no day of surgery"
    NOT_PLANNED = "not_planned", "No plan yet"
    NOT_SIGNED = "not_signed", "Plan not signed"
    AMENDMENT_NOT_SIGNED = "amendment_not_signed", "Amended plan not signed"
    NO_DAY = "no_day", "Signed, no day of surgery"
    NOT_REPORTED = "not_reported", "Operated, no report yet"
    REPORT_NOT_SIGNED = "report_not_signed", "Operative report not signed"
    NOT_GRADED = "not_graded", "Complication not graded"


_URGENT: Final = (UrgencyTier.U0, UrgencyTier.U1, UrgencyTier.U2)


@dataclass(frozen=True)
class CaseState:
    """What is known of one open case; a day that nobody wrote down is None."""

    opened_on: dt.date
    surgery_on: dt.date | None = None
    tier: UrgencyTier = UrgencyTier.U3
    plan_version: int | None = None
    is_signed: bool = False
    signed_before_on: dt.date | None = None
    """When any version of the plan was signed last."""
    is_surgery: bool = True
    report_version: int | None = None
    report_is_signed: bool = False
    ungraded_since: dt.date | None = None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases are wanted; what is None or empty leaves out nothing. `within_days` counts from today to surgery."""

    waiting: tuple[Waiting, ...] = ()
    tiers: tuple[UrgencyTier, ...] = ()
    indications: tuple[Indication, ...] = ()
    within_days: int | None = None


def waiting_in(case: CaseState, today: dt.date) -> tuple[tuple[Waiting, dt.date], ...]:
    """Everything that waits in a case, each with the day since when; empty: nothing does."""
    return tuple(_waiting(case, today))


def _waiting(case: CaseState, today: dt.date) -> Iterator[tuple[Waiting, dt.date]]:
    signed_on = case.signed_before_on or case.opened_on
    if case.tier in _URGENT and case.surgery_on is None:
        yield Waiting.URGENT, case.opened_on
    if case.plan_version is None:
        yield Waiting.NOT_PLANNED, case.opened_on
    elif not case.is_signed:
        is_first = case.plan_version == 1
        yield (Waiting.NOT_SIGNED, case.opened_on) if is_first else (Waiting.AMENDMENT_NOT_SIGNED, signed_on)
    elif case.is_surgery and case.surgery_on is None:
        yield Waiting.NO_DAY, signed_on
    if case.report_version is not None and not case.report_is_signed:
        yield Waiting.REPORT_NOT_SIGNED, case.surgery_on or signed_on
    was_to_be_operated = case.is_surgery and case.is_signed and case.surgery_on is not None
    if case.report_version is None and was_to_be_operated and case.surgery_on and case.surgery_on < today:
        yield Waiting.NOT_REPORTED, case.surgery_on
    if case.ungraded_since is not None:
        yield Waiting.NOT_GRADED, case.ungraded_since


def is_wanted(
    case: CaseState,
    waits: tuple[tuple[Waiting, dt.date], ...],
    indications: frozenset[Indication],
    wanted: CaseFilter,
    today: dt.date,
) -> bool:
    """Whether a case in which something waits is among those that a filter lets through."""
    if not waits:
        return False
    if wanted.waiting and not {each for each, _since in waits} & set(wanted.waiting):
        return False
    if wanted.tiers and case.tier not in wanted.tiers:
        return False
    if wanted.indications and indications.isdisjoint(wanted.indications):
        return False
    if wanted.within_days is None:
        return True
    return case.surgery_on is not None and case.surgery_on <= today + dt.timedelta(days=wanted.within_days)
