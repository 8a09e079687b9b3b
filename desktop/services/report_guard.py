"""Keep an operation as its signed report says it was; what is only known later can be written at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.forms.form import Form, ListField, source_of
from desktop.models.operative_report import OperativeReport
from desktop.rules.operative_report import LATER_FACTS

_NONE_LATER: frozenset[str] = frozenset()


def is_signed(session: Session, operation_id: int) -> bool:
    """Whether the newest version of the operation's report is signed; while an amendment is open it is not."""
    of_it = select(OperativeReport.signed_at).where(OperativeReport.operation_id == operation_id)
    return session.scalars(of_it.order_by(OperativeReport.id.desc()).limit(1)).first() is not None


def refuse_if_signed(session: Session, operation_id: int, what: str = "Not saved") -> None:
    if is_signed(session, operation_id):
        raise UserError(
            f"{what}: the operation belongs to a signed operative report. Amend the report first, in the revision "
            "under Surgery; then this can be changed."
        )


def refuse_change_of_signed(
    session: Session, form: Form, operation_id: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Refused is what changes something that was known at surgery, and nothing else."""
    was, is_now = at_surgery(form, before), at_surgery(form, after)
    if any(_plain(was.get(name)) != _plain(answer) for name, answer in is_now.items()):
        refuse_if_signed(session, operation_id)


def at_surgery(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what is only known afterwards: results, where a device went, when a drain came out."""
    later, known = LATER_FACTS.get(form.name, _NONE_LATER), {}
    for field in form:
        if field.key in later:
            continue
        if isinstance(field, ListField) and field.name in values:
            not_yet = LATER_FACTS.get(str(field.row.__tablename__), _NONE_LATER)
            names = [column.name for column in field.columns if column.name not in not_yet]
            rows = values[field.name] or ()
            known[field.name] = tuple({name: row.get(name) for name in names} for row in rows)
            continue
        known |= {name: values[name] for name in (field.name, source_of(field.name)) if name in values}
    return known


def _plain(answer: Any) -> Any:
    return None if answer == () else answer
