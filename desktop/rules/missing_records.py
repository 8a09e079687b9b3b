"""What is not known about a patient's devices, in the order in which a next operation needs it, and whom to ask."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.models.choices import UNKNOWN, RecipientKind, Side
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_partial_date
from desktop.rules.side import field_at

REPORT: Final = "report"
"""The operation report itself: no answer of a form, but what a letter asks for first."""


@dataclass(frozen=True)
class Fact:
    """One thing to know. Any of `columns`, named as in the forms, answers it; `product` facts a maker can tell."""

    label: str
    columns: tuple[str, ...]
    of_operation: bool = False
    is_product: bool = False

    def names(self, side: Side) -> tuple[str, ...]:
        """What a request calls it: `right.serial`, and `happened_on` for what is said of both sides at once."""
        return self.columns if self.of_operation else tuple(field_at(side, name) for name in self.columns)


FACTS: Final = (
    Fact("manufacturer", ("manufacturer",)),
    Fact("product line or style", ("line", "style"), is_product=True),
    Fact("volume", ("volume_ml",), is_product=True),
    Fact("fill", ("fill",), is_product=True),
    Fact("surface", ("surface",), is_product=True),
    Fact("serial number", ("serial",)),
    Fact("lot number", ("lot",)),
    Fact("date of the operation", ("happened_on",), of_operation=True),
    Fact("plane", ("plane",)),
    Fact("operation report", (REPORT,), of_operation=True),
    Fact("shape", ("shape",), is_product=True),
    Fact("profile", ("profile",), is_product=True),
    Fact("incision", ("incision",)),
    Fact("surgeon or hospital", ("surgeon", "facility"), of_operation=True),
)
"""What matters most for a next operation first. Source of the attributes: clinical reference §2.2, §3.4 and §3.5."""

IDENTIFYING: Final = FACTS[:7]
"""Without one of these nobody can say which device it is: a recall cannot be answered, nor the device ordered again."""


class State(enum.Enum):
    """How a fact stands; the value is the word for people. Unknown is what somebody stated (§8, trap 19)."""

    KNOWN = "known"
    PARTLY = "known in part"
    UNKNOWN = "stated unknown"
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class DeviceRecord:
    """What the record holds of one device and of the operation that put it in, by column.

    `values`: None is not asked, UNKNOWN is stated. `operation_id` None: nobody recorded the device going in.
    """

    side: Side
    title: str
    is_in_place: bool
    operation_id: int | None = None
    is_ours: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, column: str) -> str:
        value = self.values.get(column)
        return "" if value is None or value is UNKNOWN else str(value)


@dataclass(frozen=True)
class Gap:
    fact: Fact
    state: State
    detail: str

    @property
    def words(self) -> str:
        return f"{self.fact.label}: {self.detail or self.state.value}"


@dataclass(frozen=True)
class DeviceGaps:
    """One device with everything that is not known about it, the most needed first."""

    device: DeviceRecord
    gaps: tuple[Gap, ...]

    @property
    def known(self) -> int:
        return sum(gap.state is State.PARTLY for gap in self.gaps) + len(FACTS) - len(self.gaps)

    @property
    def is_identified(self) -> bool:
        return not any(gap.fact in IDENTIFYING for gap in self.gaps)

    @property
    def completeness(self) -> str:
        """Counted the same for every registry and maker: what is stated unknown is not known either."""
        return f"{self.known} of {len(FACTS)} facts known"


@dataclass(frozen=True)
class WhomToAsk:
    """`kind` None: nobody to write to; `why` then says what can be done instead."""

    kind: RecipientKind | None
    name: str
    why: str
    operation_id: int | None
    asked_for: tuple[str, ...]
    contact: str = ""


def find_gaps(devices: Iterable[DeviceRecord]) -> tuple[DeviceGaps, ...]:
    """Every device with what is missing: those in place today first, RIGHT before LEFT, else as they are given."""
    ordered = sorted(devices, key=lambda device: (not device.is_in_place, device.side is Side.LEFT))
    return tuple(DeviceGaps(device, tuple(_gaps(device))) for device in ordered)


def whom_to_ask(found: Iterable[DeviceGaps]) -> tuple[WhomToAsk, ...]:
    """One line for each operation and person who may still have its records; then makers, for what a label leaves open.

    A former surgeon and the hospital are two lines, because each keeps records of their own.
    """
    by_operation: dict[int | None, list[DeviceGaps]] = {}
    for each in found:
        if each.gaps:
            by_operation.setdefault(each.device.operation_id, []).append(each)
    asked = [line for gaps in by_operation.values() for line in _of_operation(gaps)]
    return (*asked, *(line for gaps in by_operation.values() for line in _makers(gaps)))


def state_of(value: Any) -> State:
    if value is None:
        return State.NOT_ASKED
    if value is UNKNOWN:
        return State.UNKNOWN
    return State.PARTLY if isinstance(value, PartialDate) and not value.is_exact else State.KNOWN


def _gaps(device: DeviceRecord) -> Iterator[Gap]:
    for fact in FACTS:
        states = [state_of(device.values.get(column)) for column in fact.columns]
        state = next(each for each in State if each in states)
        if state is State.PARTLY:
            yield Gap(fact, state, f"only {show_partial_date(device.values[fact.columns[0]])} is known")
        elif state is not State.KNOWN:
            yield Gap(fact, state, "")


def _of_operation(found: list[DeviceGaps]) -> Iterator[WhomToAsk]:
    device = found[0].device
    names = _names(found, FACTS)
    if device.operation_id is None:
        yield WhomToAsk(None, "", f"Nobody recorded how the device of {_sides(found)} went in. {_ASK_HER}", None, names)
        return
    if device.is_ours:
        why = f"{_sides(found)}: operated on here{_when(device)}. Look in our own operation report."
        yield WhomToAsk(None, "", why, device.operation_id, names)
        return
    surgeon, facility = device.text("surgeon"), device.text("facility")
    if surgeon:
        why = f"operated on {_sides(found)}{_when(device)}"
        yield WhomToAsk(RecipientKind.SURGEON, surgeon, why, device.operation_id, names, facility)
    if facility:
        why = f"where {_sides(found)} had the operation{_when(device)}"
        yield WhomToAsk(RecipientKind.HOSPITAL, facility, why, device.operation_id, names, surgeon)
    if not surgeon and not facility:
        why = f"Nobody recorded who operated on {_sides(found)}{_when(device)}. {_ASK_HER}"
        yield WhomToAsk(None, "", why, device.operation_id, names)


_WHICH_PRODUCT: Final = ("line", "volume_ml", "fill", "surface")
"""For shape and profile alone nobody writes to a maker; who writes anyway asks for them too."""


def _makers(found: list[DeviceGaps]) -> Iterator[WhomToAsk]:
    """A maker can tell the product from its serial or lot number."""
    by_maker: dict[str, list[DeviceGaps]] = {}
    for each in found:
        has_number = each.device.text("serial") or each.device.text("lot")
        lacks_product = any(gap.fact.columns[0] in _WHICH_PRODUCT for gap in each.gaps)
        if has_number and lacks_product and (maker := each.device.text("manufacturer")):
            by_maker.setdefault(maker, []).append(each)
    for maker, gaps in by_maker.items():
        names = _names(gaps, tuple(fact for fact in FACTS if fact.is_product))
        why = f"made the device of {_sides(gaps)}; its number is known, the product not in full"
        yield WhomToAsk(RecipientKind.MANUFACTURER, maker, why, gaps[0].device.operation_id, names)


_ASK_HER: Final = "Ask the patient for a device card, an old letter, or where she was operated on."


def _names(found: list[DeviceGaps], facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """What a request asks for, by rank."""
    lacking = [(gaps.device.side, {gap.fact for gap in gaps.gaps}) for gaps in found]
    ranked = (name for fact in facts for side, gaps in lacking if fact in gaps for name in fact.names(side))
    return tuple(dict.fromkeys(ranked))


def _sides(found: list[DeviceGaps]) -> str:
    sides = {gaps.device.side for gaps in found}
    return " and ".join(side.label for side in Side if side in sides)


def _when(device: DeviceRecord) -> str:
    happened_on = device.values.get("happened_on")
    return f" ({show_partial_date(happened_on)})" if isinstance(happened_on, PartialDate) else ""


def label_of(name: str) -> str:
    """`serial number` for `right.serial`: the fact without its side."""
    column = name.rpartition(".")[2]
    return next((fact.label for fact in FACTS if column in fact.columns), column)


def side_of(name: str) -> Side | None:
    return next((side for side in Side if name.startswith(field_at(side, ""))), None)
