"""What may be written for the case that surgery finds something else: if …, then …, in one side."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.models.choices import ContingencyWhen, Side
from desktop.rules.patient import rows_of
from desktop.rules.plan_step import questions, steps_at
from desktop.rules.problem import Problem, Values
from desktop.rules.rows import Row, check_rows

LIST = "contingency_list"


def check_contingencies(values: Values) -> list[Problem]:
    """Each says what is to be done; the same case is answered once a side; what contradicts itself is asked about.

    Source: clinical reference §1.4 (the steps), §6.4 (sides).
    """
    if twice := _said_twice(values):
        return [twice]
    return check_rows(values, LIST, "Contingency", lambda row: list(_about(row, values)))


def contingencies_at(values: Values, side: Side) -> list[Row]:
    return [row for row in rows_of(values.get(LIST)) if row.get("side") is side]


def _about(row: Row, values: Values) -> Iterator[Problem]:
    steps, side = row.get("steps") or (), row.get("side")
    if not steps and not row.get("then"):
        yield Problem(LIST, "nothing is said that is to be done then. Choose a step, or write it.")
    if row.get("happens") is ContingencyWhen.OTHER and not row.get("detail"):
        yield Problem(LIST, "say under “More exactly” what may be different.")
    for question in questions(steps, has_description=False):
        yield Problem(LIST, question, is_question=True)
    if isinstance(side, Side) and not steps_at(values, side):
        yield Problem(LIST, f"nothing is planned for {side.label}. Is the side right?", is_question=True)


def _said_twice(values: Values) -> Problem | None:
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows_of(values.get(LIST)), start=1):
        case = (row.get("side"), row.get("happens"), row.get("detail"))
        if None not in case[:2] and case in seen:
            message = f"Contingency {number} is about the same as contingency {seen[case]}, and one answer is enough."
            return Problem(LIST, f"{message} Join them, or say under “More exactly” what tells them apart.")
        seen.setdefault(case, number)
    return None
