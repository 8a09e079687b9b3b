"""What is in each side today and what the plan makes of it: differences with their sign, and between the sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import UNKNOWN, Choice, Side
from desktop.rules.plan_step import REMOVES_ONLY, puts_device_in, steps_at
from desktop.rules.problem import Values
from desktop.rules.side import answer_at

SIZES: Final = {"volume_ml": ("Volume", "mL"), "width_mm": ("Base width", "mm"), "projection_mm": ("Projection", "mm")}
WORDS: Final = {"plane": "Plane", "surface": "Surface", "shape": "Shape", "fill": "Fill"}
COMPARED: Final = (*SIZES, *WORDS)

Facts = Mapping[str, Any]
"""What is known of a device in a side by the names in `COMPARED`; None is not recorded, `UNKNOWN` stated unknown."""

NO_IMPLANT: Final = "no implant"
_NOT_RECORDED, _OPEN, _UNKNOWN = "not recorded", "open", "unknown"


@dataclass(frozen=True)
class Change:
    """One answer about a side's device today and after the plan, in words; `difference` where both are known."""

    name: str
    label: str
    now: str
    then: str
    difference: str = ""

    @property
    def is_change(self) -> bool:
        return self.then != self.now

    def words(self) -> str:
        """`325 → 300 mL, −25 mL`, `no implant → 300 mL`, or what there is when nothing changes."""
        if not self.is_change and not self.difference:
            return f"{self.now}, unchanged"
        if not self.difference:
            return f"{self.now} → {self.then}"
        unit = self.then.partition(" ")[2]
        return f"{self.now.removesuffix(f' {unit}')} → {self.then}, {self.difference}"


@dataclass(frozen=True)
class Asymmetry:
    """How the sides differ in one measure today and after the plan, in words."""

    label: str
    today: str
    planned: str


def known_facts(facts: Facts) -> dict[str, Any]:
    """What is compared; the base of a round device is its diameter."""
    width = facts.get("width_mm")
    known = {name: facts.get(name) for name in COMPARED}
    return known | {"width_mm": facts.get("diameter_mm") if width in (None, UNKNOWN) else width}


def after_plan(now: Facts | None, plan: Values, side: Side) -> Facts | None:
    """The device of a side as the plan leaves it; None where there is none."""
    if puts_device_in(plan, side):
        return {name: answer_at(plan, side, name) for name in COMPARED}
    if now is None or not REMOVES_ONLY.isdisjoint(steps_at(plan, side)):
        return None
    return {**now, "plane": answer_at(plan, side, "plane") or now.get("plane")}


def changes(now: Facts | None, plan: Values, side: Side) -> tuple[Change, ...]:
    """Volume always; the rest where either is known. Nothing unknown is taken for nought, nor compared.

    Source: clinical reference §8, traps 19 and 37.
    """
    then = after_plan(now, plan, side)
    is_new = puts_device_in(plan, side)
    if now is None and then is None:
        return (Change("volume_ml", "Volume", NO_IMPLANT, NO_IMPLANT),)
    told = []
    for name in COMPARED:
        before, after = (facts.get(name) if facts else None for facts in (now, then))
        if name == "volume_ml" or (then is not None and not {before, after} <= {None, UNKNOWN}):
            words = _words(name, before, now is not None, _NOT_RECORDED)
            after_words = _words(name, after, then is not None, _OPEN if is_new else _NOT_RECORDED)
            difference = _difference(name, before, after) if is_new else ""
            told.append(Change(name, _label(name), words, after_words, difference))
    return tuple(told)


def asymmetries(now: Mapping[Side, Facts | None], plan: Values) -> tuple[Asymmetry, ...]:
    """How RIGHT differs from LEFT in size, where anything is known of it today or then; unknown stays unknown."""
    then = {side: after_plan(now.get(side), plan, side) for side in Side}
    return tuple(_asymmetries(now, then))


def _asymmetries(now: Mapping[Side, Facts | None], then: Mapping[Side, Facts | None]) -> Iterator[Asymmetry]:
    for name, (label, _unit) in SIZES.items():
        sizes = [facts.get(name) for state in (now, then) for facts in state.values() if facts]
        if any(isinstance(size, int) for size in sizes):
            yield Asymmetry(label, _between(name, now), _between(name, then))


def _between(name: str, state: Mapping[Side, Facts | None]) -> str:
    right, left = state.get(Side.RIGHT), state.get(Side.LEFT)
    if right is None and left is None:
        return "no implant in either side"
    if right is None or left is None:
        return f"implant in {(Side.LEFT if right is None else Side.RIGHT).label} only"
    one, other = right.get(name), left.get(name)
    if not isinstance(one, int) or not isinstance(other, int):
        unknown = [side for side, size in ((Side.RIGHT, one), (Side.LEFT, other)) if not isinstance(size, int)]
        return f"{' and '.join(side.label for side in unknown)} not known"
    if one == other:
        return "the same"
    more, less = (Side.RIGHT, Side.LEFT) if one > other else (Side.LEFT, Side.RIGHT)
    return f"{more.label} {abs(one - other):,} {SIZES[name][1]} more than {less.label}"


def _label(name: str) -> str:
    return SIZES[name][0] if name in SIZES else WORDS[name]


def _words(name: str, value: Any, has_device: bool, missing: str) -> str:
    if not has_device:
        return NO_IMPLANT
    if value is None:
        return missing
    if value is UNKNOWN:
        return _UNKNOWN
    return value.label if isinstance(value, Choice) else f"{value:,} {SIZES[name][1]}"


def _difference(name: str, before: Any, after: Any) -> str:
    if name not in SIZES or not isinstance(before, int) or not isinstance(after, int):
        return ""
    label, unit = SIZES[name]
    if before == after:
        return f"the same {label.lower()}"
    return f"{'−' if after < before else '+'}{abs(after - before):,} {unit}"
