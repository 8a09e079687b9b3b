"""What may be said of an imaging study of one side."""

from __future__ import annotations

from desktop.models.choices import ImagingFinding
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.problem import Circumstances, Problem, Values


def check_imaging(values: Values, circumstances: Circumstances) -> list[Problem]:
    """It has been made, and what "other" means is told. Source: clinical reference §8, traps 10 and 19."""
    problems = []
    happened_on, today = values.get("happened_on"), circumstances.today
    if isinstance(happened_on, PartialDate) and happened_on.earliest > today:
        shown = f"{show_partial_date(happened_on)} is in the future; today is {show_date(today)}."
        problems.append(Problem("happened_on", shown))
    if values.get("finding") is ImagingFinding.OTHER and not values.get("note"):
        problems.append(Problem("note", "Write what was found."))
    return problems
