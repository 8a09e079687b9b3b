"""Which device was in each side from when to when, computed from what each operation did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.models.choices import Side, SideEvent
from desktop.models.partial_date import PartialDate

_TAKES_OUT = frozenset({SideEvent.EXCHANGED, SideEvent.REMOVED})
_LEAVES_BEHIND = frozenset({SideEvent.LEFT_IN, SideEvent.ADDED})
_PUTS_IN = frozenset({SideEvent.EXCHANGED, SideEvent.IMPLANTED, SideEvent.ADDED})


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
    `functionless_by`: the operation that left it in without function, `functionless_since` its date where one is known.
    """

    side: Side
    spell_id: int | None
    since: PartialDate | None
    until: PartialDate | None
    removed_by: int | None
    fate_unknown: bool = False
    functionless_by: int | None = None
    functionless_since: PartialDate | None = None

    @property
    def is_in_place(self) -> bool:
        """Also a device without function is still there."""
        return self.removed_by is None and not self.fate_unknown

    @property
    def is_functionless(self) -> bool:
        return self.functionless_by is not None

    @property
    def is_working(self) -> bool:
        return self.is_in_place and not self.is_functionless


def occupations(side: Side, steps: Iterable[Step]) -> tuple[Occupation, ...]:
    """The devices of one side in the order in which they went in; at most one of them is working.

    Operations follow one another by the earliest day they can have happened on; those without any date come first,
    because an operation nobody can date is an old one, and equal dates keep the order in which they were recorded.

    - What takes a device out takes the working one, else the functionless one that went in last, else one that
      nobody knew of.
    - A device that is left in stays, without function, until an operation takes it out; a new one lies beside it.
      Where no device is known to be, one nobody knew of was left in.
    - A device put in over a working one leaves the fate of that one unknown: it no longer counts as in place.
    """
    chain: list[Occupation] = []
    for step in sorted(steps, key=_order):
        if step.event in _TAKES_OUT:
            at = _at_hand(chain, side)
            chain[at] = replace(chain[at], until=step.happened_on, removed_by=step.operation_id)
        elif step.event in _LEAVES_BEHIND and chain[at := _at_hand(chain, side)].is_working:
            chain[at] = replace(chain[at], functionless_by=step.operation_id, functionless_since=step.happened_on)
        if step.event in _PUTS_IN:
            chain = [replace(one, fate_unknown=True) if one.is_working else one for one in chain]
            chain.append(Occupation(side, step.spell_id, step.happened_on, None, None))
    return tuple(chain)


def _at_hand(chain: list[Occupation], side: Side) -> int:
    """Where the device stands that an operation meets; one nobody knew of joins the chain."""
    inside = [at for at, one in enumerate(chain) if one.is_in_place]
    if not inside:
        chain.append(Occupation(side, None, None, None, None))
        return len(chain) - 1
    return max(inside, key=lambda at: (chain[at].is_working, at))


def _order(step: Step) -> tuple[int, int, int]:
    if step.happened_on is None:
        return (0, 0, step.operation_id)
    return (1, step.happened_on.earliest.toordinal(), step.operation_id)
