"""How the rows of a list answer are checked one by one, and joined when two people changed different ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desktop.rules.patient import rows_of
from desktop.rules.problem import Problem, Values

Row = Mapping[str, Any]


def check_rows(values: Values, name: str, one: str, check: Callable[[Row], list[Problem]]) -> list[Problem]:
    """One sentence for each row that is wrong; every question about the rows in one, because one answer answers all."""
    confirmed = [plain_row(row) for row in rows_of(values.get(f"{name}_confirmed"))]
    questions = []
    for number, row in enumerate(rows_of(values.get(name)), start=1):
        for problem in check(row):
            message = f"{one} {number}: {problem.message}"
            if not problem.is_question:
                return [Problem(name, message)]
            if plain_row(row) not in confirmed:
                questions.append(message)
    return [Problem(name, " ".join(questions), is_question=True)] if questions else []


def plain_row(row: Row) -> Row:
    """The row without its number in the store."""
    return {name: value for name, value in row.items() if name != "id"}


def merge_rows(opened: Iterable[Row], mine: Iterable[Row], theirs: Iterable[Row]) -> tuple[Row, ...] | None:
    """Both people's rows where they changed different ones, in their order; None where they changed the same one."""
    before, own, other = ({row.get("id"): plain_row(row) for row in rows} for rows in (opened, mine, theirs))
    changed = {number for number in before if own.get(number) != before[number]}
    if any(other.get(number) not in (before[number], own.get(number)) for number in changed):
        return None
    by_number = {row.get("id"): row for row in mine}
    kept = [by_number.get(row.get("id")) if row.get("id") in changed else row for row in theirs]
    stored = [row for row in kept if row is not None]
    known = [plain_row(row) for row in stored]
    added = [row for row in mine if row.get("id") not in before and plain_row(row) not in known]
    return (*stored, *added)
