"""What is open before an operative report is signed: what nobody answered or explained blocks, the rest is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.models.choices import Side, YesNo
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.found_at_surgery import proposed_found, suspected_and_found
from desktop.rules.open_point import OpenPoint, in_order
from desktop.rules.performed import (
    GRAFTS_FAT,
    SUPPORTS,
    contradicts,
    needs_reason,
    row_words,
    rows_at,
    steps_done,
    steps_expected,
)
from desktop.rules.report_comparison import differing
from desktop.rules.report_facts import ReportFacts
from desktop.rules.side import answer_at

_ASKED: Final = {"anesthesia_kind": "anesthesia", "minutes_taken": "time taken", "blood_loss_ml": "blood loss"}


def report_points(facts: ReportFacts) -> tuple[OpenPoint, ...]:
    """What blocks first, then what concerns a side (RIGHT first), then the whole.

    Sources: product facts, rows 5, 13, 20; clinical reference §6.4, §8 traps 1, 12, 19, 25.
    """
    points = [*(point for side in Side for point in _about_side(facts, side)), *_about_the_whole(facts)]
    return in_order(points)


def _about_side(facts: ReportFacts, side: Side) -> Iterator[OpenPoint]:
    rows = rows_at(facts.report, side)
    if unanswered := [row for row in rows if row.get("outcome") is None]:
        many = f"{len(unanswered)} steps" if len(unanswered) > 1 else "1 step"
        names = ", ".join(row["planned"].label for row in unanswered if row.get("planned"))
        yield OpenPoint(f"{side.label}: {many} not answered", names, blocks=True)
    for row in rows:
        if needs_reason(row) and not row.get("reason"):
            yield OpenPoint(f"{side.label}: a reason is missing", row_words(row), blocks=True)
    yield from _about_differences(facts, side)
    yield from _about_device(facts, side)
    yield from _about_what_came_out(facts, side)
    yield from _about_what_else_stayed(facts, side)


def _about_differences(facts: ReportFacts, side: Side) -> Iterator[OpenPoint]:
    event = facts.events.get(side)
    if event is not None and contradicts(steps_expected(facts.report, side), event):
        detail = f"The operation says “{event.label}”. Correct the steps, or the operation in the history."
        yield OpenPoint(f"{side.label}: steps and operation contradict each other", detail, blocks=True)
    if answer_at(facts.report, side, "differs_because"):
        return
    if different := differing(facts, side):
        detail = f"Not as planned: {', '.join(different)}. Write why."
        yield OpenPoint(f"{side.label}: differs from the plan without a reason", detail, blocks=True)
    device, day = facts.put_in.get(side), facts.happened_on
    if device is not None and device.expires_on is not None and day is not None and day.latest > device.expires_on:
        detail = f"Usable through {show_date(device.expires_on)}. Write why it was used."
        yield OpenPoint(f"{side.label}: an expired device without a reason", detail, blocks=True)


def _about_device(facts: ReportFacts, side: Side) -> Iterator[OpenPoint]:
    device = facts.put_in.get(side)
    if device is None:
        return
    if not device.is_described:
        yield _told(f"{side.label}: device not recorded yet", "Scan its label, or type it.")
    elif device.serial is None and device.lot is None:
        yield _told(f"{side.label}: neither serial number nor lot", "Nobody could find this device in a recall.")


def _about_what_came_out(facts: ReportFacts, side: Side) -> Iterator[OpenPoint]:
    out = facts.came_out.get(side)
    if out is None:
        return
    if not out.conditions:
        yield _told(f"{side.label}: condition of the removed device not recorded", out.title)
    if out.disposition is None:
        yield _told(f"{side.label}: where the removed device went is not recorded", out.title)


def _about_what_else_stayed(facts: ReportFacts, side: Side) -> Iterator[OpenPoint]:
    done, drains = set(steps_done(facts.report, side)), answer_at(facts.report, side, "drain_count")
    recorded = facts.drains.get(side, 0)
    if drains is not None and drains != recorded:
        detail = f"The report says {drains}, the operation holds {recorded}."
        yield _told(f"{side.label}: drains not recorded one by one", detail)
    if done & SUPPORTS and not facts.matrices.get(side):
        yield _told(f"{side.label}: matrix or mesh not recorded", "It is tracked by its own label.")
    if done & GRAFTS_FAT and answer_at(facts.report, side, "fat_ml") is None:
        yield _told(f"{side.label}: amount of fat not recorded", "")


def _about_the_whole(facts: ReportFacts) -> Iterator[OpenPoint]:
    report = facts.report
    if report.get("counts_right") is None:
        yield _told("Counts not answered", "")
    elif report["counts_right"] is YesNo.NO:
        yield _told("Counts were not right", "Say in the remarks what was done about it.")
    if unsaid := [words for name, words in _ASKED.items() if report.get(name) is None]:
        yield _told("Not recorded", ", ".join(unsaid))
    if not facts.surgeon:
        yield _told("Surgeon not named", "Write it in the operation.")
    for side, indication in proposed_found(facts):
        yield _told(f"{side.label}: {indication.label} not recorded as found", "The removed device says so.")
    if not any(line.is_found for line in suspected_and_found(facts)):
        yield _told("Nothing recorded as found at surgery", "")
    day = facts.happened_on
    if facts.planned_on is not None and day is not None and not day.earliest <= facts.planned_on <= day.latest:
        detail = f"The operation says {show_partial_date(day)}, the assessment {show_date(facts.planned_on)}."
        yield _told("Two days of surgery", detail)


def _told(text: str, detail: str) -> OpenPoint:
    """To be known; it keeps nothing from being signed."""
    return OpenPoint(text, detail, to_know=True)
