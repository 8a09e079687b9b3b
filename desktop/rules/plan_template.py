"""What may be written of a template, what in it makes sense alone, and in which order templates are offered."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from desktop.models.choices import ContingencyWhen, Indication
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.rows import Row


def check_template(values: Values, circumstances: Circumstances) -> list[Problem]:
    """A name that can be told from others."""
    name = values.get("name")
    if isinstance(name, str) and not name.strip():
        return [Problem("name", "Write a name under which it is found.")]
    return []


def says_what_to_do(contingency: Row) -> bool:
    """Without its free text a contingency may say nothing any more, or not what it is about."""
    is_named = contingency.get("happens") is not ContingencyWhen.OTHER or contingency.get("detail")
    return bool(is_named and (contingency.get("steps") or contingency.get("then")))


def suits(template: Collection[Indication], reasons: Collection[Indication]) -> int:
    """How many of the case's reasons it is meant for; the most stand first."""
    return len(set(template) & set(reasons))


def source_words(name: str, template_version: int) -> str:
    """`template “Exchange, same pocket”, version 2`: beside every answer that it filled in."""
    return f"template “{name}”, version {template_version}"


def is_empty_plan(answers: Values) -> bool:
    """Whether nothing is planned yet, so that a template would fill in and not write over."""
    return not any(_is_answer(name, answer) for name, answer in answers.items())


def _is_answer(name: str, answer: Any) -> bool:
    """How a new plan opens (`anesthesia_kind`) is nobody's answer yet."""
    about_it = name in ("anesthesia_kind", "prefilled", "prefilled_from") or name.endswith("_confirmed")
    return not about_it and answer not in (None, (), "", [])
