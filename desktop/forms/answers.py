"""Which answers of a form are known, and which questions about them nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.forms.form import is_confirmed
from desktop.models.choices import UNKNOWN
from desktop.rules.problem import Problem, Values


def known(values: Values, name: str) -> Any:
    """The answer; None also where it was stated that nobody knows."""
    value = values.get(name)
    return None if value is UNKNOWN else value


def unconfirmed(problems: Iterable[Problem], values: Values) -> list[Problem]:
    """Those that nobody has answered with “it is right” for the value that stands there now; one for each field."""
    open_ones: dict[str, Problem] = {}
    for problem in problems:
        name = problem.field
        if problem.is_question and is_confirmed(values, name):
            continue
        if name in open_ones:
            problem = replace(problem, message=f"{open_ones[name].message} {problem.message}")
        open_ones[name] = problem
    return list(open_ones.values())
