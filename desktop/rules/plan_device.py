"""Which devices a plan asks for in each side, what may be said of them, and what of it is not here yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import DeviceRole, OrderState, PlanStep, Side
from desktop.rules.dates import show_date
from desktop.rules.open_point import OpenPoint
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import puts_device_in, steps_at
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.rows import Row, check_rows
from desktop.rules.side import answer_at
from desktop.rules.spell import check_volume

LIST = "devices"
NAMES: Final = ("manufacturer", "line", "style", "catalogue_no", "volume_ml")
"""What tells one product from another in an order."""
_SUPPORT: Final = frozenset({PlanStep.SUPPORT_ADM, PlanStep.SUPPORT_MESH})


@dataclass(frozen=True)
class WantedDevice:
    """One line of what the plan asks for; `quantity` is at least 1."""

    side: Side
    role: DeviceRole
    manufacturer: str | None = None
    line: str | None = None
    style: str | None = None
    catalogue_no: str | None = None
    volume_ml: int | None = None
    quantity: int = 1

    @property
    def key(self) -> tuple[Any, ...]:
        """Two wishes with the same one are about the same product for the same side and use."""
        return order_key({name: getattr(self, name) for name in ("side", "role", *NAMES)})


def order_key(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a line of the order list is about; letters in another case, and blanks, make no other product."""
    return (line.get("side"), line.get("role"), *(_plain(line.get(name)) for name in NAMES))


def wanted_devices(plan: Values) -> tuple[WantedDevice, ...]:
    """RIGHT first; in each side the first choice where a device is to be put in, then what stands beside it."""
    return tuple(wanted for side in Side for wanted in _wanted_at(plan, side))


def compare_orders(
    wanted: Sequence[WantedDevice], lines: Sequence[Mapping[str, Any]]
) -> tuple[tuple[WantedDevice, ...], frozenset[int]]:
    """What the plan asks for and no line orders; and at which places the lines stand that it does not ask for.

    What the plan leaves open, whoever orders may say: a line with a catalogue number is the same wish without one.
    """
    free = dict(enumerate(lines))
    missing = []
    for wish in wanted:
        same = [at for at, line in free.items() if order_key(line) == wish.key]
        found = same or [at for at, line in free.items() if _fits(line, wish)]
        if found:
            del free[found[0]]
        else:
            missing.append(wish)
    return tuple(missing), frozenset(free)


def check_devices(values: Values) -> list[Problem]:
    """Each row says which device; a matrix has no volume; nothing is written twice.

    Sources: clinical reference §2.2 (volume), §2.7 (matrix).
    """
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows_of(values.get(LIST)), start=1):
        key = order_key(row)
        if None not in key[:2] and key in seen:
            return [Problem(LIST, f"Device {number} is the same as device {seen[key]}. Raise how many instead.")]
        seen.setdefault(key, number)
    return check_rows(values, LIST, "Device", lambda row: list(_about(row, values)))


def check_order(values: Values, circumstances: Circumstances) -> list[Problem]:
    """One line of the order list: its days follow each other, and what is here says so.

    Source: clinical reference §2.2, §8 traps 12 and 37.
    """
    problems = check_volume("volume_ml", values.get("volume_ml"))
    state, today = values.get("state"), circumstances.today
    ordered, arrived, expires = (values.get(name) for name in ("ordered_on", "arrived_on", "expires_on"))
    for name, words in (("ordered_on", "ordered"), ("arrived_on", "received")):
        day = values.get(name)
        if isinstance(day, dt.date) and day > today:
            problems.append(Problem(name, f"{show_date(day)} has not come yet. Write when it was {words}."))
    if ordered and arrived and arrived < ordered:
        problems.append(Problem("arrived_on", f"It was ordered on {show_date(ordered)}. Correct one of the days."))
    if arrived and state in (OrderState.TO_ORDER, OrderState.ORDERED):
        problems.append(Problem("state", f"It arrived on {show_date(arrived)}. Say “{OrderState.HERE.label}”."))
    elif ordered and state is OrderState.TO_ORDER:
        problems.append(Problem("state", f"It was ordered on {show_date(ordered)}. Say “{OrderState.ORDERED.label}”."))
    if isinstance(expires, dt.date) and expires < (arrived or today):
        when = "when it arrived" if arrived else "today"
        message = f"It is past its date {when}, {show_date(expires)}. Is the date right?"
        problems.append(Problem("expires_on", message, is_question=True))
    return problems


def order_points(orders: Iterable[Values], surgery_on: dt.date | None) -> Iterator[OpenPoint]:
    """What keeps the devices from being ready: not here yet, or past their date on the day of surgery.

    `orders` are the answers of each line of the order list. Source: clinical reference §8 trap 12.
    """
    lines = [line for line in orders if line.get("state") is not OrderState.NOT_NEEDED]
    for state, words in ((OrderState.TO_ORDER, "not ordered"), (OrderState.ORDERED, "ordered, not here")):
        waiting = [line for line in lines if line.get("state") is state]
        if waiting:
            count = "1 device" if len(waiting) == 1 else f"{len(waiting)} devices"
            yield OpenPoint(f"{count} {words}", "\n".join(order_title(line) for line in waiting))
    for line in lines:
        expires = line.get("expires_on")
        if is_past(line, surgery_on) and isinstance(expires, dt.date) and surgery_on is not None:
            detail = f"Usable through {show_date(expires)}; surgery is on {show_date(surgery_on)}."
            yield OpenPoint(f"Past its date on the day: {order_title(line)}", detail)


def is_past(line: Values, surgery_on: dt.date | None) -> bool:
    """Whether it may be used no more on the day of surgery; the day on the label is the last one it may be."""
    expires = line.get("expires_on")
    return isinstance(expires, dt.date) and surgery_on is not None and expires < surgery_on


def order_title(line: Mapping[str, Any]) -> str:
    """`RIGHT first choice · Mentor MemoryGel 300 mL`, as far as it is known."""
    side, role, volume = line.get("side"), line.get("role"), line.get("volume_ml")
    where = " ".join(filter(None, (side.label if side else "", role.label.lower() if role else "")))
    return " · ".join(filter(None, (where, product_words(line, volume))))


def product_words(line: Mapping[str, Any], volume_ml: int | None) -> str:
    """`Mentor MemoryGel 350-3001BC 300 mL`, or that nothing says which."""
    names = dict.fromkeys(filter(None, (line.get(name) for name in NAMES[:-1])))
    shown = f"{volume_ml:,} mL" if volume_ml else ""
    return " ".join((*names, shown)).strip() or "which one is open"


def _wanted_at(plan: Values, side: Side) -> Iterator[WantedDevice]:
    if puts_device_in(plan, side):
        yield WantedDevice(side, DeviceRole.FIRST_CHOICE, **{name: answer_at(plan, side, name) for name in NAMES})
    for row in rows_of(plan.get(LIST)):
        if row.get("side") is side and row.get("role") is not None:
            names = {name: row.get(name) for name in NAMES if name in row}
            yield WantedDevice(side, row["role"], **names, quantity=row.get("quantity") or 1)


def _fits(line: Mapping[str, Any], wish: WantedDevice) -> bool:
    pairs = zip(order_key(line), wish.key, strict=True)
    return all(one == other or (None in (one, other) and at > 1) for at, (one, other) in enumerate(pairs))


def _about(row: Row, values: Values) -> Iterator[Problem]:
    side, role, volume = row.get("side"), row.get("role"), row.get("volume_ml")
    if not any(row.get(name) for name in NAMES):
        yield Problem(LIST, "say which one: its maker, line, style or volume.")
    if role is DeviceRole.FIRST_CHOICE:
        yield Problem(LIST, "the first choice is described in the plan of its side. Choose another use.")
    if role is DeviceRole.MATRIX and volume is not None:
        yield Problem(LIST, "a matrix or mesh has no volume. Remove it.")
    yield from check_volume(LIST, volume)
    if not isinstance(side, Side):
        return
    if role in (DeviceRole.SPARE, DeviceRole.SIZER) and not puts_device_in(values, side):
        yield Problem(LIST, f"no step puts a device in {side.label}. Is the side right?", is_question=True)
    if role is DeviceRole.MATRIX and _SUPPORT.isdisjoint(steps_at(values, side)):
        yield Problem(LIST, f"no step in {side.label} uses a matrix or mesh. Is that right?", is_question=True)


def _plain(name: Any) -> Any:
    return " ".join(name.casefold().split()) or None if isinstance(name, str) else name
