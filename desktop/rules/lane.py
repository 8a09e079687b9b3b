"""Which device was in each side from when to when, computed from what each operation did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate


@dataclass(frozen=True)
class Step:
    """What one operation did in one side; `spell_id` is the spell of the device it put in."""

    operation_id: int
    happened_on: PartialDate | None
    event: SideEvent
    spell_id: int | None


@dataclass(frozen=True)
class Occupation:
    """One device in one side. `spell_id` None: a device nobody recorded going in.

    `fate_unknown`: another device went in and nobody recorded this one coming out.
    """

    side: Side
    spell_id: int | None
    since: PartialDate | None
    until: PartialDate | None
    removed_by: int | None
    fate_unknown: bool = False

    @property
    def is_in_place(self) -> bool:
        return self.removed_by is None and not self.fate_unknown


def occupations(side: Side, steps: Iterable[Step]) -> tuple[Occupation, ...]:
    """The chain of devices in one side.

    Operations follow one another by the earliest day they can have happened on; those without any date come first,
    because an operation nobody can date is an old one, and equal dates keep the order in which they were recorded.
    """
    chain: list[Occupation] = []
    inside: Step | None = None
    for step in sorted(steps, key=_order):
        comes_out = step.event in (SideEvent.EXCHANGED, SideEvent.REMOVED)
        if comes_out:
            since = inside.happened_on if inside else None
            spell_id = inside.spell_id if inside else None
            chain.append(Occupation(side, spell_id, since, step.happened_on, step.operation_id))
            inside = None
        if step.event in (SideEvent.EXCHANGED, SideEvent.IMPLANTED):
            if inside is not None:
                chain.append(Occupation(side, inside.spell_id, inside.happened_on, None, None, fate_unknown=True))
            inside = step
    if inside is not None:
        chain.append(Occupation(side, inside.spell_id, inside.happened_on, None, None))
    return tuple(chain)


def _order(step: Step) -> tuple[int, int, int]:
    if step.happened_on is None:
        return (0, 0, step.operation_id)
    return (1, step.happened_on.earliest.toordinal(), step.operation_id)
