"""The order list of a case: made from its plan, kept until every device lies here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordChanged, UserError
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import OrderState
from desktop.models.plan import DeviceOrder
from desktop.models.revision import RevisionCase, RevisionPlan
from desktop.rules.open_point import OpenPoint
from desktop.rules.permission import Verb
from desktop.rules.plan_device import WantedDevice, compare_orders, is_past, order_points, order_title, wanted_devices
from desktop.services.audit import write_audit
from desktop.services.context import require, today
from desktop.services.patient import require_hers
from desktop.services.record import Snapshot, get_record, load_form, open_record, save_record, snapshot_of

NOTHING_TO_ORDER = "The plan asks for no device that is not on the list already."


@dataclass(frozen=True)
class OrderLine:
    """`is_in_plan`: whether the newest version of the plan still asks for it; `is_past_on_the_day`: of surgery."""

    id: int
    version: int
    title: str
    values: Mapping[str, Any]
    is_in_plan: bool
    is_past_on_the_day: bool


@dataclass(frozen=True)
class OrderList:
    """`missing` is what the plan asks for and nobody put on the list yet."""

    lines: tuple[OrderLine, ...] = ()
    missing: tuple[WantedDevice, ...] = ()
    points: tuple[OpenPoint, ...] = ()

    @property
    def needed(self) -> int:
        return sum(line.values["state"] is not OrderState.NOT_NEEDED for line in self.lines)

    @property
    def here(self) -> int:
        return sum(line.values["state"] is OrderState.HERE for line in self.lines)

    def words(self) -> str:
        """`3 of 5 here, 1 not on the list yet`."""
        counted = f"{self.here} of {self.needed} here" if self.needed else "nothing on the list"
        return counted + (f", {len(self.missing)} not on the list yet" if self.missing else "")


def read_orders(session: Session, patient_id: int, case_id: int) -> OrderList:
    """RIGHT first, in the order in which they were put on the list."""
    require(session, Verb.VIEW_CASE)
    case = _require_case(session, patient_id, case_id)
    rows = session.scalars(select(DeviceOrder).where(DeviceOrder.case_id == case_id).order_by(DeviceOrder.id)).all()
    found = [snapshot_of(DEVICE_ORDER_FORM, row) for row in rows]
    missing, strays = compare_orders(_wanted(session, case_id), [each.values for each in found])
    lines = [
        OrderLine(
            row.id,
            row.version,
            order_title(each.values),
            each.values,
            at not in strays,
            is_past(each.values, case.surgery_on),
        )
        for at, (row, each) in enumerate(zip(rows, found, strict=True))
    ]
    lines.sort(key=lambda line: line.values["side"].label, reverse=True)
    return OrderList(tuple(lines), missing, tuple(order_points((each.values for each in found), case.surgery_on)))


def make_orders(session: Session, patient_id: int, case_id: int) -> int:
    """Put on the list what the plan asks for and is not there; no line that is there is touched."""
    require(session, Verb.ORDER_DEVICES)
    missing = read_orders(session, patient_id, case_id).missing
    if not missing:
        raise UserError(NOTHING_TO_ORDER)
    for wish in missing:
        names = ("side", "role", "manufacturer", "line", "style", "catalogue_no", "volume_ml", "quantity")
        answers = {name: getattr(wish, name) for name in names}
        values = DEVICE_ORDER_FORM.empty() | answers | {"state": OrderState.TO_ORDER}
        # A volume that is unusual was confirmed where it was planned.
        sure = {"volume_ml_confirmed": wish.volume_ml}
        save_order(session, Snapshot(None, None, {}), values | sure, patient_id, case_id)
    return len(missing)


def open_order(session: Session, order_id: int | None) -> Snapshot:
    """Without a number, a line that is not on the list yet."""
    opened = open_record(session, DEVICE_ORDER_FORM, order_id)
    if order_id is None:
        return Snapshot(None, None, {**opened.values, "state": OrderState.TO_ORDER})
    return opened


def save_order(
    session: Session, opened: Snapshot, values: Mapping[str, Any], patient_id: int, case_id: int
) -> Snapshot:
    require(session, Verb.ORDER_DEVICES)
    _require_case(session, patient_id, case_id)
    if opened.id is not None:
        require_hers(session, get_record(session, DeviceOrder, opened.id).patient_id, patient_id)
    return save_record(session, DEVICE_ORDER_FORM, opened, values, {"patient_id": patient_id, "case_id": case_id})


def set_order_state(session: Session, order_id: int, opened_version: int, state: OrderState) -> None:
    """Ordered, or here, as of today; a day that stands there already stays."""
    require(session, Verb.ORDER_DEVICES)
    order = get_record(session, DeviceOrder, order_id)
    if order.version != opened_version:
        raise RecordChanged(snapshot_of(DEVICE_ORDER_FORM, order))
    changes: dict[str, list[Any]] = {"state": [order.state, state]}
    order.state = state
    day = {OrderState.ORDERED: "ordered_on", OrderState.HERE: "arrived_on"}.get(state)
    if day is not None and getattr(order, day) is None:
        setattr(order, day, today(session))
        changes[day] = [None, today(session)]
    if state in (OrderState.TO_ORDER, OrderState.ORDERED) and order.arrived_on is not None:
        changes["arrived_on"], order.arrived_on = [order.arrived_on, None], None
    if state is OrderState.TO_ORDER and order.ordered_on is not None:
        changes["ordered_on"], order.ordered_on = [order.ordered_on, None], None
    write_audit(session, Verb.ORDER_DEVICES, order, changes)
    session.flush()


def _wanted(session: Session, case_id: int) -> tuple[WantedDevice, ...]:
    """What the newest version of the plan asks for, signed or not."""
    newest = select(RevisionPlan.id).where(RevisionPlan.case_id == case_id)
    plan_id = session.scalar(newest.order_by(RevisionPlan.plan_version.desc()).limit(1))
    if plan_id is None:
        return ()
    return wanted_devices(snapshot_of(PLAN_FORM, load_form(session, PLAN_FORM, plan_id)).values)


def _require_case(session: Session, patient_id: int, case_id: int) -> RevisionCase:
    case = get_record(session, RevisionCase, case_id)
    require_hers(session, case.patient_id, patient_id)
    return case
