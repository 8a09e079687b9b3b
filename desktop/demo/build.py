"""Makes the demo practice: synthetic patients, told through the same services as real ones, always as old as today."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.demo.chart import Chart, Entry
from desktop.demo.password import DEMO_PASSWORD
from desktop.demo.story import StoryFault, read_stories
from desktop.errors import Rejected, StoreUnavailable, UserError
from desktop.models.choices import Language, PaperSize, Role
from desktop.opening import FULL_COST, Cost, NewPractice, OpenPractice, PracticeInTheMaking
from desktop.paths import resource
from desktop.rules.permission import Actor
from desktop.services.account import add_account
from desktop.services.recovery_protocol import approve_protocol

__all__ = ["DEMO_ACCOUNTS", "DEMO_PASSWORD", "build_demo", "rebuild_demo"]

MADE_ON = "made-on.txt"
"""Beside a demo that may be replaced: the day it tells of. No real practice has it."""


@dataclass(frozen=True)
class DemoAccount:
    name: str
    display_name: str
    roles: tuple[Role, ...]
    workstation: str


DEMO_ACCOUNTS = (
    DemoAccount("marchetti", "Dr. A. Marchetti", (Role.SURGEON, Role.ADMINISTRATOR), "Consulting room"),
    DemoAccount("osei", "Dr. K. Osei", (Role.ANESTHESIA,), "Theatre 1"),
    DemoAccount("pell", "Nurse J. Pell", (Role.NURSE,), "Nurses' desk"),
    DemoAccount("duarte", "L. Duarte", (Role.FRONT_DESK,), "Front desk"),
    DemoAccount("whitfield", "S. Whitfield", (Role.ADMINISTRATOR,), "Office"),
)
"""The first one sets the practice up."""

_FOUNDED_DAYS_AGO = 400


class _DemoClock:
    """Shows the moment at which the story is."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment.astimezone(dt.UTC)


def build_demo(folder: Path, today: dt.date, *, cost: Cost = FULL_COST) -> None:
    """A whole practice in `folder`, or none: the same one for the same day, whoever builds it."""
    charts = [Chart(story) for story in read_stories(resource("demo"), today)]
    founded_on = today - dt.timedelta(days=_FOUNDED_DAYS_AGO)
    clock = _DemoClock(dt.datetime.combine(founded_on, dt.time(8)).astimezone())
    making = PracticeInTheMaking(folder, _practice(), DEMO_PASSWORD, cost=cost, clock=clock)
    try:
        practice = making.finish()
    except BaseException:
        making.discard()
        raise
    try:
        actors = dict(_sign_everybody_up(practice))
        with practice.database.unit_of_work(practice.actor) as session:
            approve_protocol(session)
        for entry in sorted((entry for chart in charts for entry in chart.entries()), key=lambda entry: entry.at):
            clock.moment = entry.at
            _write(practice, actors[entry.who], entry)
        practice.close()
    except BaseException:
        practice.database.close()
        shutil.rmtree(folder)
        raise


def rebuild_demo(folder: Path, today: dt.date, *, cost: Cost = FULL_COST) -> None:
    """The demo of `today` in place of the one of an earlier day; the old one stays until the new one is whole."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MADE_ON).exists():
        raise StoreUnavailable(f"{folder} holds something else than a demo practice. It was left as it is.")
    fresh, old = folder.with_name(f"{folder.name}.fresh"), folder.with_name(f"{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    build_demo(fresh, today, cost=cost)
    (fresh / MADE_ON).write_text(str(today), encoding="utf-8")
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def _practice() -> NewPractice:
    surgeon = DEMO_ACCOUNTS[0]
    return NewPractice(
        name="Harbour Plastic Surgery",
        address="12 Quay Street\nPortland",
        phone="555-0100",
        after_hours_phone="555-0199",
        emergency_number="911",
        paper_size=PaperSize.LETTER,
        language=Language.ENGLISH,
        account_name=surgeon.name,
        display_name=surgeon.display_name,
        roles=surgeon.roles,
        is_demo=True,
    )


def _sign_everybody_up(practice: OpenPractice) -> Iterator[tuple[str, Actor]]:
    """By name, who writes the stories."""
    for account in DEMO_ACCOUNTS:
        account_id = practice.actor.account_id
        if account is not DEMO_ACCOUNTS[0]:
            with practice.database.unit_of_work(practice.actor) as session:
                row = add_account(
                    session, account.name, account.display_name, account.roles, DEMO_PASSWORD, frozenset()
                )
                account_id = row.id
        yield account.name, Actor(account_id, account.display_name, frozenset(account.roles), account.workstation)


def _write(practice: OpenPractice, actor: Actor, entry: Entry) -> None:
    try:
        with practice.database.unit_of_work(actor) as session:
            entry.write(session)
    except Rejected as rejected:
        said = "; ".join(f"{problem.field}: {problem.message}" for problem in rejected.problems)
        raise StoryFault(f"{entry.told_in}: {said}") from rejected
    except UserError as refused:
        raise StoryFault(f"{entry.told_in}: {refused}") from refused
