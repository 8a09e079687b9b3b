"""Answers of a form as they are kept in text (what was signed, what a template holds), and how they are read again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.forms.form import ChoiceField, DateField, DecimalField, Field, Form, ListField, ManyField
from desktop.models.choices import UNKNOWN, Choice
from desktop.rules.signing import canonical_json


@dataclass(frozen=True)
class Thawed:
    """What could be read, and a sentence for each answer that could not."""

    answers: Mapping[str, Any]
    lost: tuple[str, ...] = ()


def freeze_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """As plain data: codes, exact numbers, ISO dates."""
    frozen: dict[str, Any] = json.loads(canonical_json(answers))
    return frozen


def thaw_answers(form: Form, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to every question of the form; LookupError or ValueError when one cannot be read any more."""
    return {field.name: thaw_answer(field, kept.get(field.name)) for field in form}


def thaw_what_can_be(form: Form, kept: Mapping[str, Any], names: Iterable[str]) -> Thawed:
    """What a newer or older edition of the form wrote, as far as this one knows it."""
    fields, answers, lost = {field.name: field for field in form}, {}, []
    for name in names:
        if name not in fields:
            lost.append(f"“{name}” is no question of this form any more.")
            continue
        try:
            answers[name] = thaw_answer(fields[name], kept[name])
        except (LookupError, TypeError, ValueError, ArithmeticError):
            lost.append(f"{fields[name].full_label}: “{_shown(kept[name])}” is not known here.")
    return Thawed(answers, tuple(lost))


def thaw_answer(field: Field[Any], kept: Any) -> Any:
    if kept is None:
        return None
    if kept == {"unknown": True}:
        return UNKNOWN
    match field:
        case ListField():
            return tuple(
                {column.name: thaw_answer(column, row.get(column.name)) for column in field.columns} for row in kept
            )
        case ManyField():
            return tuple(_choice(field.choices, code) for code in kept)
        case ChoiceField():
            return _choice(field.choices, kept)
        case DateField():
            return dt.date.fromisoformat(kept)
        case DecimalField():
            return Decimal(kept)
    return kept


def _choice(choices: type[Choice], code: Any) -> Choice:
    found = next((choice for choice in choices if choice.value == code), None)
    if found is None:
        raise LookupError(code)
    return found


def _shown(kept: Any) -> str:
    return ", ".join(map(str, kept)) if isinstance(kept, list) else str(kept)
