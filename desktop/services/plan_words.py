"""What a plan says on paper, part by part, in words; RIGHT and LEFT name the same questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.documents.record import Pair
from desktop.forms.form import Form, SidesSection
from desktop.forms.plan import PLAN_FORM
from desktop.models.choices import ProphylaxisKind, Side
from desktop.rules.contingency import contingencies_at
from desktop.rules.patient import rows_of
from desktop.rules.plan_change import COMPARED, Change, Facts, asymmetries, changes
from desktop.rules.plan_device import product_words
from desktop.rules.plan_step import DEVICE_ANSWERS, describes_device, puts_device_in, steps_at
from desktop.rules.side import answer_at, field_at

InPlace = Mapping[Side, tuple[str, Facts] | None]
"""The title of the device in each side before the operation, and what is known of it."""

NO_NEW = "no new implant"
FOR_OTHER = "not planned for this side"


def planned_words(plan: Mapping[str, Any], in_place: InPlace, side: Side) -> tuple[Pair, ...]:
    """The steps, what the plan makes of the device of this side, and the other answers as they are."""
    steps = [f"{at}  {step.label}" for at, step in enumerate(steps_at(plan, side), start=1)]
    device = in_place.get(side)
    told = {change.name: change for each in Side for change in _changes(plan, in_place, each)}
    here = {change.name: change.words() for change in _changes(plan, in_place, side)}
    gets_device = puts_device_in(plan, side) or describes_device(plan, side)
    return (
        ("Steps", "\n".join(steps) or "nothing planned"),
        ("In place before", device[0] if device else "no implant recorded"),
        *((told[name].label, here.get(name, NO_NEW)) for name in COMPARED if name in told),
        *(
            (label, answer if gets_device or name not in DEVICE_ANSWERS else NO_NEW)
            for name, label, answer in _side_answers(PLAN_FORM, plan, side)
            if name not in ("steps", *told)
        ),
    )


def between_sides(plan: Mapping[str, Any], in_place: InPlace) -> tuple[Pair, ...]:
    """How the sides differ in size today and as planned."""
    now = {side: device[1] if device else None for side, device in in_place.items()}
    return tuple(
        (f"{each.label}, between the sides", f"today: {each.today}; planned: {each.planned}")
        for each in asymmetries(now, plan)
    )


def device_words(plan: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    """What is to be at hand beside the first choice."""
    return _beside_other(_devices(plan), side) or (("Beside the first choice", "nothing"),)


def contingency_words(plan: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    """`If it is ruptured` → what is done then."""
    return _beside_other(_contingencies(plan), side) or (("If … then …", "nothing written"),)


def _devices(plan: Mapping[str, Any]) -> dict[Side, list[tuple[str, str]]]:
    told: dict[Side, list[tuple[str, str]]] = {side: [] for side in Side}
    for row in rows_of(plan.get("devices")):
        count = f"{row['quantity']} × " if (row["quantity"] or 1) > 1 else ""
        product = f"{count}{product_words(row, row['volume_ml'])}"
        told[row["side"]].append((row["role"].label, " — ".join(filter(None, (product, row["note"])))))
    return told


def _contingencies(plan: Mapping[str, Any]) -> dict[Side, list[tuple[str, str]]]:
    told: dict[Side, list[tuple[str, str]]] = {side: [] for side in Side}
    for side in Side:
        for row in contingencies_at(plan, side):
            happens = ", ".join(filter(None, (row["happens"].label, row["detail"])))
            steps = ", ".join(step.label for step in row["steps"] or ())
            told[side].append((happens, ". ".join(filter(None, (steps, row["then"])))))
    return told


def _beside_other(told: Mapping[Side, list[tuple[str, str]]], side: Side) -> tuple[Pair, ...]:
    """What only the other side has is planned for it alone, which is not the same as not recorded."""
    here = Counter(label for label, _words in told[side])
    there = Counter(label for label, _words in told[side.other])
    return (*told[side], *((label, FOR_OTHER) for label in (there - here).elements()))


def prophylaxis_words(plan: Mapping[str, Any]) -> tuple[Pair, ...]:
    field: Any = PLAN_FORM.field("prophylaxis")
    columns = {column.name: column for column in field.columns}
    told = []
    for row in rows_of(plan.get("prophylaxis")):
        shown = {name: column.show(row.get(name)) for name, column in columns.items()}
        dose = " ".join(filter(None, (shown["drug"], shown["dose"], shown["unit"])))
        words = ", ".join(filter(None, (dose, shown["given_when"], shown["note"])))
        alone = "so decided" if row["kind"] is ProphylaxisKind.NONE else "ordered"
        told.append((row["kind"].label, words or alone))
    return tuple(told) or (("Prophylaxis", None),)


def pairs_of(form: Form, values: Mapping[str, Any], names: Iterable[str]) -> tuple[Pair, ...]:
    return tuple((form.field(name).label, form.field(name).show(values.get(name))) for name in names)


def side_pairs(form: Form, values: Mapping[str, Any], side: Side) -> tuple[Pair, ...]:
    """Both columns name the same questions, so that RIGHT and LEFT stay beside each other."""
    return tuple((label, answer) for _name, label, answer in _side_answers(form, values, side))


def _changes(plan: Mapping[str, Any], in_place: InPlace, side: Side) -> tuple[Change, ...]:
    device = in_place.get(side)
    return changes(device[1] if device else None, plan, side)


def _side_answers(form: Form, values: Mapping[str, Any], side: Side) -> tuple[tuple[str, str, str], ...]:
    section = next(section for section in form.sections if isinstance(section, SidesSection))
    return tuple(
        (field.key, field.label, field.show(values.get(field_at(side, field.key))))
        for field in section.fields_of(side)
        if any(answer_at(values, each, field.key) not in (None, ()) for each in Side)
    )
