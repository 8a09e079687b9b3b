"""What is told about a plan beside its answers: the template it became or began with, and what was ordered for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.demo.answers import Table, read_answers, read_choice
from desktop.demo.days import read_moment
from desktop.forms.device_order import DEVICE_ORDER_FORM
from desktop.forms.form import PREFILLED, PREFILLED_FROM
from desktop.models.choices import Indication
from desktop.services.device_order import make_orders, open_order, read_orders, save_order
from desktop.services.plan_template import keep_template, list_templates

ORDERED = dt.time(14, 30)
"""At what time of day the order list is usually made."""

BESIDES = ("template", "from_template", "order")
"""What of a plan's table is told here."""


@dataclass(frozen=True)
class OrderStory:
    """`lines` are further answers by the number of the line on the list, the first is 1."""

    made_at: dt.datetime
    lines: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class PlanExtras:
    """`unconfirmed` names the answers out of the template `began_with` that nobody confirmed yet."""

    keeps_as: str | None = None
    suits: tuple[Indication, ...] = ()
    began_with: str | None = None
    unconfirmed: tuple[str, ...] = ()
    order: OrderStory | None = None


def tell_extras(table: Table, today: dt.date) -> PlanExtras:
    template, began, order = (table.get(name, {}) for name in BESIDES)
    return PlanExtras(
        keeps_as=template.get("name"),
        suits=tuple(read_choice(Indication, code) for code in template.get("suits", ())),
        began_with=began.get("name"),
        unconfirmed=tuple(began.get("unconfirmed", ())),
        order=_tell_order(order, today) if order else None,
    )


def prefilled_answers(session: Session, extras: PlanExtras) -> dict[str, Any]:
    """What is saved beside the answers of a plan that began with a template. ValueError when there is none."""
    if extras.began_with is None:
        return {}
    row = next((row for row in list_templates(session) if row.name == extras.began_with), None)
    if row is None:
        raise ValueError(f"no template is called “{extras.began_with}” by then")
    return {PREFILLED: extras.unconfirmed, PREFILLED_FROM: row.source}


def keep_as_template(session: Session, extras: PlanExtras, plan: Mapping[str, Any]) -> None:
    if extras.keeps_as is not None:
        keep_template(session, {"name": extras.keeps_as, "suits": extras.suits}, plan)


def write_orders(session: Session, patient_id: int, case_id: int, order: OrderStory) -> None:
    make_orders(session, patient_id, case_id)
    lines = read_orders(session, patient_id, case_id).lines
    for number, answers in order.lines.items():
        opened = open_order(session, lines[number - 1].id)
        save_order(session, opened, {**opened.values, **answers}, patient_id, case_id)


def _tell_order(table: Table, today: dt.date) -> OrderStory:
    lines = {told["number"]: {k: v for k, v in told.items() if k != "number"} for told in table.get("lines", ())}
    answers = {number: read_answers(DEVICE_ORDER_FORM, told, today) for number, told in lines.items()}
    return OrderStory(read_moment(table["on"], today, ORDERED), answers)
