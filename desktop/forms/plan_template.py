"""What is asked about a practice's own template of a plan, and which answers of a plan it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from desktop.forms.form import Field, Form, ListField, ManyField, NoteField, Section, TextField
from desktop.forms.plan import PLAN_FORM
from desktop.models.plan import PlanTemplate
from desktop.rules.contingency import LIST as CONTINGENCIES
from desktop.rules.permission import Verb
from desktop.rules.plan_template import check_template, says_what_to_do

PLAN_TEMPLATE_FORM = Form(
    PlanTemplate,
    "Template of a plan",
    Verb.VIEW_CASE,
    Verb.EDIT_TEMPLATES,
    (
        Section(
            "What it is called",
            (
                TextField(
                    PlanTemplate.name, "Name", hint="what it does, like “Exchange, same pocket”; never a patient"
                ),
                ManyField(
                    PlanTemplate.suits,
                    "Offered first for",
                    prompt="Add an indication …",
                    hint="Enter adds · Delete removes · Alt+↑↓ moves",
                ),
            ),
        ),
    ),
    check=check_template,
)

_PRODUCT: Final = ("manufacturer", "line", "style", "catalogue_no")
"""Names of products are written as text, and are no free text."""


def is_free_text(field: Field[Any]) -> bool:
    """Whether somebody may have written about this patient there."""
    return isinstance(field, NoteField) or (isinstance(field, TextField) and field.key not in _PRODUCT)


def template_answers(plan: Mapping[str, Any], with_texts: bool) -> dict[str, Any]:
    """The answers of a plan that a template keeps; free text only when somebody said that it is about nobody."""
    kept = {field.name: _kept(field, plan.get(field.name), with_texts) for field in PLAN_FORM}
    return {name: answer for name, answer in kept.items() if answer not in (None, ())}


def _kept(field: Field[Any], answer: Any, with_texts: bool) -> Any:
    if isinstance(field, ListField):
        columns = [column for column in field.columns if with_texts or not is_free_text(column)]
        rows = [{column.name: row.get(column.name) for column in columns} for row in answer or ()]
        return tuple(row for row in rows if field.name != CONTINGENCIES or says_what_to_do(row))
    return answer if with_texts or not is_free_text(field) else None
