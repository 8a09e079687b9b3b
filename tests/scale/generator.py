"""Patients who never lived, in any number: a seed gives the same people each time, more begin with the same ones."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from desktop.models.choices import (
    Fill,
    Incision,
    Plane,
    Profile,
    Shape,
    Side,
    Source,
    Surface,
)
from desktop.models.device import Device, DeviceSpell
from desktop.models.operation import Operation, OperationSide
from desktop.models.partial_date import PartialDate
from desktop.models.patient import Patient
from desktop.models.revision import RevisionCase
from desktop.rules.search_key import name_key
from tests.scale import names
from tests.scale.stories import REMOVED, STORIES, Story

Rows = dict[Table, list[dict[str, Any]]]

BLOCK = 1_000
SEED = 3
TODAY = dt.date(2026, 11, 23)
"""The day at which the tests happen; operations lie before it, and some before three months after it."""

TABLES: tuple[Table, ...] = tuple(
    model.__table__  # type: ignore[misc]
    for model in (Patient, RevisionCase, Operation, OperationSide, Device, DeviceSpell)
)
"""In the order in which they refer to each other."""

MAKERS = ("Aurora", "Bellmont", "Corvida", "Delphine Medical", "Estuary", None)
SURGEONS = ("Dr. A. Marchetti", "Dr. B. Lindqvist", "Dr. C. Obuya", "Dr. D. Sørlie", None)
PLACES = ("Harbour Plastic Surgery", "Northgate Hospital", "Clínica del Valle", None)
_CASE_EVERY = 6
_DAYS_BACK = 8 * 365
_KNOWN: dict[str, Any] = {"unknown": [], "sources": {}}


def blocks(patients: int, seed: int = SEED) -> Iterator[Rows]:
    """Rows of every table of `TABLES` for a thousand patients at a time; each thousand comes from its own dice."""
    ids = _Ids()
    for number, start in enumerate(range(0, patients, BLOCK)):
        dice = random.Random(f"{seed}/{number}")
        yield _Block(dice, ids).rows(min(BLOCK, patients - start))


class _Ids:
    """The numbers given out last."""

    def __init__(self) -> None:
        self.patient = self.case = self.operation = self.side = self.device = 0


class _Block:
    def __init__(self, dice: random.Random, ids: _Ids) -> None:
        self.dice, self.ids = dice, ids
        self.made: Rows = {table: [] for table in TABLES}
        self.patients, self.cases, self.operations, self.sides, self.devices, self.spells = self.made.values()

    def rows(self, count: int) -> Rows:
        dice = self.dice
        stories = [story for story in STORIES for _ in range(story.patients)]
        dice.shuffle(stories)
        families = dice.choices(names.FAMILIES, cum_weights=names.FAMILY_WEIGHTS, k=2 * BLOCK)
        given = dice.choices(names.GIVEN, cum_weights=names.GIVEN_WEIGHTS, k=BLOCK)
        for at in range(count):
            self._patient(families[at], families[BLOCK + at], given[at])
            self._case(at)
            self._story(stories[at])
        return self.made

    def _patient(self, family: str, other_family: str, given: str | None) -> None:
        ids, dice = self.ids, self.dice
        ids.patient += 1
        chance = dice.random()
        if chance < 0.04:
            families, givens = dice.choice(names.OTHER_SCRIPTS)
            family, given = dice.choice(families), dice.choice(givens)
        elif chance < 0.07:
            family = f"{family}-{other_family}"
        elif chance < 0.09:
            family = f"{family} {other_family}"
        elif chance < 0.1:
            given = None
        former = other_family if dice.random() < 0.22 else None
        birth_date = dt.date(1938, 1, 1) + dt.timedelta(days=int((dice.random() + dice.random()) / 2 * 70 * 365.25))
        has_phone = dice.random()
        self.patients.append(
            {
                "id": ids.patient,
                "version": 1,
                "record_number": f"{ids.patient:06}",
                "family_name": family,
                "given_name": given,
                "former_name": former,
                "birth_date": birth_date,
                "phone": self._phone() if has_phone < 0.5 else None,
                "mobile_phone": self._phone() if has_phone > 0.3 else None,
                "no_known_allergies": False,
                "family_key": _key(family),
                "given_key": _key(given or ""),
            }
        )

    def _phone(self) -> str:
        number = self.dice.randrange(10**7)
        first, last = divmod(number, 10**4)
        style = number % 4
        if style == 0:
            return f"(555) {first:03}-{last:04}"
        if style == 1:
            return f"555-{first:03}-{last:04}"
        return f"+1 555 {first:03} {last:04}" if style == 2 else f"555.{number:07}"

    def _case(self, at: int) -> None:
        if at % _CASE_EVERY:
            return
        self.ids.case += 1
        surgery_on = TODAY + dt.timedelta(days=self.dice.randrange(-_DAYS_BACK, 90))
        closed_on = surgery_on + dt.timedelta(days=60)
        self.cases.append(
            {
                "id": self.ids.case,
                "version": 1,
                "patient_id": self.ids.patient,
                "opened_on": surgery_on - dt.timedelta(days=40),
                "surgery_on": None if self.dice.random() < 0.1 else surgery_on,
                "closed_on": closed_on if closed_on < TODAY else None,
            }
        )

    def _story(self, story: Story) -> None:
        ids, dice = self.ids, self.dice
        inside: dict[Side, dict[str, Any]] = {}
        years_ago = 2 + int(dice.random() * 25)
        for number, (kind, event, sides) in enumerate(story.operations):
            ids.operation += 1
            year = TODAY.year - years_ago + number * years_ago // len(story.operations)
            self.operations.append(
                {
                    "id": ids.operation,
                    "version": 1,
                    "patient_id": ids.patient,
                    "kind": kind,
                    "happened_on": self._date_of(year),
                    "surgeon": dice.choice(SURGEONS),
                    "facility": dice.choice(PLACES),
                    "was_elsewhere": number == 0,
                    "source": Source.PATIENT,
                    **_KNOWN,
                }
            )
            for side in sides:
                ids.side += 1
                self.sides.append(
                    {
                        "id": ids.side,
                        "operation_id": ids.operation,
                        "side": side,
                        "event": event,
                        "incision": Incision.INFRAMAMMARY,
                        **_KNOWN,
                    }
                )
                if side in inside:
                    inside.pop(side)["removed_operation_id"] = ids.operation
                if event is not REMOVED:
                    inside[side] = self._device(side)

    def _date_of(self, year: int) -> PartialDate:
        chance = self.dice.random()
        if chance < 0.3:
            return PartialDate(year)
        month = 1 + int(chance * 1000) % 12
        return PartialDate(year, month) if chance < 0.5 else PartialDate(year, month, 1 + int(chance * 10_000) % 28)

    def _device(self, side: Side) -> dict[str, Any]:
        ids, dice = self.ids, self.dice
        ids.device += 1
        # Odd and no multiple of five: no two devices of a hundred million share a number, and no two follow each other.
        serial = f"{ids.device * 73_939_133 % 10**8:08}-{ids.device % 900 + 100}"
        known = dice.random()
        self.devices.append(
            {
                "id": ids.device,
                "version": 1,
                "patient_id": ids.patient,
                "manufacturer": MAKERS[ids.patient % len(MAKERS)],
                "volume_ml": 150 + 5 * int(known * 100),
                "fill": Fill.SILICONE_GEL,
                "shape": Shape.ROUND,
                "surface": Surface.SMOOTH if known < 0.6 else Surface.TEXTURED,
                "profile": Profile.MODERATE,
                "serial": serial if known < 0.9 else None,
                "lot": f"{2_000_000 + ids.device // 40 * 7}" if known < 0.95 else None,
                **_KNOWN,
            }
        )
        spell = {
            "id": ids.device,
            "patient_id": ids.patient,
            "side": side,
            "device_id": ids.device,
            "implanted_operation_side_id": ids.side,
            "removed_operation_id": None,
            "fate_unknown": False,
            "plane": Plane.DUAL_PLANE_I if known < 0.5 else None,
            **_KNOWN,
        }
        self.spells.append(spell)
        return spell


_KEYS: dict[str, str] = {}


def _key(name: str) -> str:
    """`name_key`, which is asked for the same few thousand names again and again."""
    if name not in _KEYS:
        _KEYS[name] = name_key(name)
    return _KEYS[name]
